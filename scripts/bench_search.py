"""Measure our search beside other engines on the same pages, in one run: answers, milliseconds, bytes; one table.

``bench_search.py`` asks every question of ``tests/data`` through the box of the built site, and asks each peer as its
own docs say (``search_peers/``). ``--setup`` installs the peers below ``.bench/peers``; ``--only ours`` needs none.
A cell of the first rows is success@1 / success@3 / MRR of the first ten pages / lists left empty. Questions that stand
word for word among a page's keywords are told apart: our index is made with those, the peers do not read them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import Error as BrowserError

from search_peers.install import HOME, Home
from search_peers.outcome import BenchError, Outcome, Progress, Size, percentile
from search_peers.peers import PEERS, Task
from search_peers.questions import Question, given, read, score, typed

PROJECT = Path(__file__).resolve().parent.parent
SLOWER = 4
TOTAL = "全部"
NEW = "不在 keywords 里"


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = parse(argv)
    try:
        if options.setup:
            Home(options.home.resolve()).setup()
            print(f"对手已装在 {options.home}/")
            return 0
        return bench(options)
    except (BenchError, BrowserError, OSError) as error:
        print(f"bench_search.py：{str(error).strip().splitlines()[0]}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench_search.py", description="站内搜索和同类比：答得准不准、多快、多少字节")
    parser.add_argument("--only", metavar="名字", help=f"只量这几个，用逗号隔开：{','.join(PEERS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="把结果（连同找到的页面）写到文件")
    parser.add_argument("--queries", type=Path, metavar="DIR", default=PROJECT / "tests/data", help="问题在哪个目录")
    parser.add_argument("--project", type=Path, metavar="DIR", default=PROJECT, help="量哪个项目的 site/ 和 docs/")
    parser.add_argument("--home", type=Path, metavar="DIR", default=HOME, help="对手装在哪里")
    parser.add_argument("--setup", action="store_true", help="装上对手，然后结束")
    return parser.parse_args(argv)


def bench(options: argparse.Namespace) -> int:
    """Measure and print; returns the exit code."""
    names = (options.only or ",".join(PEERS)).split(",")
    home, project = Home(options.home.resolve()), options.project.resolve()
    check(names, home, project, options.queries)
    questions = read(PROJECT / "tests/data/questions.tsv", options.queries)
    warn(questions, project / "site")
    queries = list(dict.fromkeys(question.query for question in questions))
    outcomes = {}
    for name in names:
        task = Task(project, home, queries, typed(questions), progress(name))
        outcomes[name] = PEERS[name](task)
        print("\r\033[K" if sys.stderr.isatty() else "", end="", file=sys.stderr)
    groups = grouped(questions, given(questions, project / "docs"))
    for line in table(groups, outcomes):
        print(line)
    if options.json:
        record = {"scores": scores(groups, outcomes), **{name: asdict(each) for name, each in outcomes.items()}}
        options.json.write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
    return 0


def check(names: list[str], home: Home, project: Path, queries: Path) -> None:
    """Refuse to begin what cannot be finished."""
    if unknown := [name for name in names if name not in PEERS]:
        raise BenchError(f"不认识 {'、'.join(unknown)}；有 {'、'.join(PEERS)}")
    if not (project / "site/index.html").is_file():
        raise BenchError(f"{project} 里没有 site/；请先运行 make site")
    if not queries.is_dir():
        raise BenchError(f"没有目录 {queries}")
    if lacking := [name for name in names if home.lacks(name)]:
        raise BenchError(f"没有装 {'、'.join(lacking)}；请先运行 bench_search.py --setup，或者用 --only ours")


def warn(questions: list[Question], site: Path) -> None:
    """Say which wanted pages are not there; questions that want only such pages count as not answered."""
    wanted = {page for question in questions for page in question.wanted}
    there = {page for page in wanted if (site / ("" if page == "index" else page) / "index.html").is_file()}
    lost = sum(not question.wanted & there for question in questions)
    if wanted - there:
        print(f"网站里没有 {'、'.join(sorted(wanted - there))}；{lost} 个问题只要这些页", file=sys.stderr)


def progress(name: str) -> Progress:
    """Return a function that shows on a terminal how far a peer is."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty() and done % 10 == 0:
            print(f"\r\033[K{name} {done}/{total}", end="", file=sys.stderr, flush=True)

    return tell


def grouped(questions: list[Question], known: set[str]) -> dict[str, list[Question]]:
    """Return the questions by set, each set without those that are keywords where there are any, and all at the end."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        groups.setdefault(question.group, []).append(question)
    groups[TOTAL] = questions
    parts: dict[str, list[Question]] = {}
    for name, asked in groups.items():
        parts[name] = asked
        new = [question for question in asked if question.query not in known]
        if new and len(new) < len(asked):
            parts[f"{name}，{NEW}"] = new
    return parts


def scores(groups: dict[str, list[Question]], outcomes: dict[str, Outcome]) -> dict[str, dict[str, dict]]:
    """Return the scores of every engine in every set, for the file."""
    return {
        name: {group: asdict(score(asked, outcome.found)) for group, asked in groups.items()}
        for name, outcome in outcomes.items()
    }


def table(groups: dict[str, list[Question]], outcomes: dict[str, Outcome]) -> list[str]:
    """Return the lines of the table."""
    lines = [f"| 量什么 | {' | '.join(outcomes)} |", f"|---|{'---|' * len(outcomes)}"]
    for group, asked in groups.items():
        results = (score(asked, outcome.found) for outcome in outcomes.values())
        cells = (f"{one.first:.2f} / {one.three:.2f} / {one.mrr:.3f} / {one.empty}" for one in results)
        lines.append(f"| {group}（{len(asked)}） | {' | '.join(cells)} |")
    for label, show in MEASURES.items():
        lines.append(f"| {label} | {' | '.join(show(outcome) for outcome in outcomes.values())} |")
    return lines


def spread(times: list[float], factor: int = 1) -> str:
    """Return the middle and the slow end of some times."""
    if not times:
        return "–"
    return f"{percentile(times, 50) * factor:.1f} / {percentile(times, 95) * factor:.1f}"


def kilobytes(size: Size | None) -> str:
    """Return a size in kB, br and gz."""
    if size is None:
        return "–"
    return f"{size.br / 1000:.1f} / {size.gz / 1000:.1f}"


MEASURES: dict[str, Callable[[Outcome], str]] = {
    "点开到第一个结果（ms；浏览器里 5 次的中位数）": lambda one: "–" if one.ready is None else f"{one.ready:.0f}",
    f"点开到 worker 就绪，页面慢 {SLOWER} 倍，worker 的时间 × {SLOWER}": lambda one: (
        "–" if one.started is None else f"{one.started:.0f}"
    ),
    "每个字到结果 p50 / p95（ms）": lambda one: spread(one.keys),
    f"点开到第一个结果，整个浏览器只用 CPU 的 1/{SLOWER}": lambda one: (
        "–" if one.ready_slow is None else f"{one.ready_slow:.0f}"
    ),
    f"每个字到结果，整个浏览器只用 CPU 的 1/{SLOWER}": lambda one: spread(one.slow),
    "其中 worker，或在 Node 里 p50 / p95（ms）": lambda one: spread(one.worker),
    f"worker 或 Node × {SLOWER}": lambda one: spread(one.worker, SLOWER),
    "第一次搜索取的字节 br / gz（KB）": lambda one: kilobytes(one.first),
    "其中代码 br / gz（KB）": lambda one: kilobytes(one.code),
    "整个索引 br / gz（KB）": lambda one: kilobytes(one.index),
}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
