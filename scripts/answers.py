"""Which page and section answers each real question: ``answers.py [TSV]`` prints question → page → section.

The pages that ought to answer were judged beforehand (the TSV's second column, best first). The section is found by its
words (Okapi BM25 over pairs of characters, headings counted several times). Needs ``site/``. A question whose pages are
all missing makes the exit code 1.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
QUESTIONS = PROJECT / "tests/data/questions.tsv"
HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z0-9]+")
IN_HEADING = 6  # a pair in a heading counts so many times
SATURATION, LENGTH = 1.2, 0.75  # BM25's k1 and b
LATER_PAGE = 0.85  # what a page counts that was judged to answer less well than the one before it


@dataclass(frozen=True)
class Answer:
    """A question and where it is answered; ``page`` is empty where no wanted page exists."""

    question: str
    page: str = ""
    section: str = ""
    heading: str = ""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="answers.py", description="每个真实的问题，由哪一页的哪一节回答")
    parser.add_argument("questions", nargs="?", type=Path, default=QUESTIONS, help="问题表（TSV：query、wanted、…）")
    parser.add_argument("--site", type=Path, default=PROJECT / "site", help="生成好的网站")
    options = parser.parse_args(argv)
    try:
        found = list(answers(options.questions, options.site))
    except (OSError, ValueError, LookupError) as error:
        print(f"读不出来：{error}；请先 make site，并检查问题表的路径", file=sys.stderr)
        return 2
    for each in found:
        print("\t".join((each.question, each.page or "（没有页面）", each.section, each.heading)))
    missing = sum(not each.page for each in found)
    print(f"{len(found)} 个问题，{missing} 个没有页面回答", file=sys.stderr)
    return 1 if missing else 0


def answers(questions: Path, site: Path) -> Iterator[Answer]:
    """Yield the answer of each question, in the order of the file."""
    pages = _pages(site)
    sections = {slug: [_Section.read(*each) for each in page] for slug, page in pages.items()}
    weight = _rarity(sections)
    with questions.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line.lstrip("#") for line in file), delimiter="\t"):
            wanted = [slug for slug in row["wanted"].split("|") if slug in sections]
            yield _best(row["query"], {slug: sections[slug] for slug in wanted}, weight)


def _pages(site: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Return the sections of each page, (id, heading, text), by slug: what the site's own search shows."""
    folder = site / json.loads((site / "search/search_index.json").read_text("utf-8"))["config"]["index"]
    found = {}
    for number, record in enumerate(json.loads((folder / "pages0.json").read_text("utf-8"))):
        _, *texts = json.loads((folder / f"text{number}.json").read_text("utf-8"))
        sections = zip(record[4], texts, strict=True)
        found[record[0].strip("/") or "index"] = [(anchor, heading, text) for (anchor, heading), text in sections]
    return found


@dataclass(frozen=True)
class _Section:
    anchor: str
    heading: str
    counts: Counter

    @classmethod
    def read(cls, anchor: str, heading: str, text: str) -> _Section:
        return cls(anchor, heading, Counter(_pairs(text)) + Counter(dict.fromkeys(_pairs(heading), IN_HEADING)))

    def score(self, asked: set[str], weight: dict[str, float], usual: float) -> float:
        size = SATURATION * (1 - LENGTH + LENGTH * self.counts.total() / usual)
        shared = ((weight[pair], self.counts[pair]) for pair in asked if pair in self.counts)
        return sum(rarity * count * (SATURATION + 1) / (count + size) for rarity, count in shared)


def _best(question: str, pages: dict[str, list[_Section]], weight: dict[str, float]) -> Answer:
    asked = set(_pairs(question))
    usual = sum(each.counts.total() for page in pages.values() for each in page) / max(1, sum(map(len, pages.values())))
    best, found = -1.0, Answer(question)
    for rank, (slug, sections) in enumerate(pages.items()):
        for each in sections:
            score = each.score(asked, weight, usual) * LATER_PAGE**rank
            if score > best:
                best, found = score, Answer(question, slug, each.anchor, each.heading)
    return found


def _pairs(text: str) -> Iterator[str]:
    lower = text.lower()
    yield from LATIN.findall(lower)
    for run in HAN.findall(lower):
        yield from (run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else (run,)


def _rarity(pages: dict[str, list[_Section]]) -> dict[str, float]:
    """Return how much each pair counts: the fewer sections have it, the more."""
    total = Counter(pair for sections in pages.values() for each in sections for pair in each.counts)
    number = sum(map(len, pages.values()))
    return {pair: math.log(1 + number / count) for pair, count in total.items()}


if __name__ == "__main__":
    raise SystemExit(main())
