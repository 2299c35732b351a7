"""Build the same sources with other generators and say what differs: what a move would cost.

``canary.py [--rounds N] [--details]``. Each generator of ``.bench/canary`` (see ``make canary``) builds a copy of the
sources as they are; one that cannot do with our templates is tried once more without them. Compared with MkDocs in the
same run: pages, ids, text of every page, what the check of built pages finds, and how far ``finish.py`` gets.
Nothing outside ``.bench`` is written. Exit code 0: compared, whatever was found; 2: the peers are not set up.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from finish import finish
from generate import BuildError
from kbcheck import built
from kbcheck.cli import today
from kbcheck.site import Site, read_site
from render import source_date

PROJECT = Path(__file__).resolve().parent.parent
BENCH = PROJECT / ".bench"
PEERS = BENCH / "canary"
SOURCES = ("mkdocs.yml", "docs", "overrides", ".build")
LEFT_OUT = shutil.ignore_patterns("site", "old", "lock", "libraries")  # of .build
TEMPLATES = "  custom_dir: overrides\n"
OURS = "MkDocs"
# How each builds the project in the current folder into site/.
COMMANDS = {
    OURS: [sys.executable, "-m", "mkdocs", "build", "--strict"],
    "ProperDocs": [PEERS / "bin" / "properdocs", "build", "--strict", "--config-file", "mkdocs.yml"],
    "Zensical": [PEERS / "bin" / "zensical", "build", "--strict", "--clean"],
}
LIMIT = 600  # seconds after which a build is stopped
FAULT = re.compile(r"^(?:\w*Error: .+|WARNING .+|ERROR .+|Warning: .+)$", re.MULTILINE)
COLUMNS = ("生成器", "秒", "CPU 秒", "页", "少的页", "少的锚点", "字不同的页", "少、多几段字", "新的问题", "finish.py")


@dataclass(frozen=True)
class Page:
    """What a reader gets of one built page: the ids that a link can lead to, and the text, in pieces."""

    ids: frozenset[str]
    text: Counter[str]


@dataclass(frozen=True)
class Build:
    """What a generator made: its pages by name, what the check says of them, and how ``finish.py`` failed, if so."""

    seconds: float
    cpu: float  # seconds of all processes: what a busy machine does not change
    pages: dict[str, Page]
    problems: frozenset[tuple[str, str, str]]
    unfinished: str


class CanaryError(Exception):
    """A generator does not build these sources; the message says why."""


def main(argv: list[str] | None = None) -> int:
    """Build with every generator and print the table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="canary.py", description="用别的生成器生成同样的内容，看差在哪里")
    parser.add_argument("--rounds", type=int, default=3, help="每个生成几遍，时间取中位数（默认 3）")
    parser.add_argument("--details", action="store_true", help="列出每一处不同")
    options = parser.parse_args(argv)
    if not all(Path(command[0]).exists() for command in COMMANDS.values()):
        print("没有装好别的生成器；请运行 make canary", file=sys.stderr)
        return 2
    site, ours = read_site(PROJECT, today()), None
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    for name in COMMANDS:
        for label, made in attempts(site, name, options.rounds):
            if isinstance(made, CanaryError):
                print(f"| {label} | 没有生成：{made} {'|' * (len(COLUMNS) - 1)}", flush=True)
                continue
            ours = ours or made
            print(f"| {label} | {' | '.join(row(made, ours))} |", flush=True)
            for line in details(made, ours) if options.details else ():
                print(line, file=sys.stderr)
    return 0


def attempts(site: Site, name: str, rounds: int) -> Iterator[tuple[str, Build | CanaryError]]:
    """Yield what came of building with ``name``, and where that failed, what comes without our templates."""
    for label, with_templates in ((name, True), (f"{name}，不用 overrides/", False)):
        try:
            yield label, make(site, name, with_templates, rounds)
            return
        except CanaryError as error:
            yield label, error


def make(site: Site, name: str, with_templates: bool, rounds: int) -> Build:
    """Build ``site`` with the generator ``name`` and look at what came out; CanaryError where it does not build."""
    folder = BENCH / "canary-build" / name.lower()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for source in SOURCES:
        copy = shutil.copyfile if (PROJECT / source).is_file() else copy_folder
        copy(PROJECT / source, folder / source)
    if not with_templates:
        config = (folder / "mkdocs.yml").read_text("utf-8")
        (folder / "mkdocs.yml").write_text(config.replace(TEMPLATES, ""), "utf-8")
    times = [run(COMMANDS[name], folder, site) for _ in range(rounds)]
    seconds, cpu = (statistics.median(each) for each in zip(*times, strict=True))
    output = folder / "site"
    problems = frozenset((each.path, each.code, each.message) for each in built.check(output, "/").problems)
    return Build(seconds, cpu, dict(pages(output)), problems, finished(output, site))


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder of sources without what earlier builds left in it."""
    shutil.copytree(source, target, ignore=LEFT_OUT if source.name == ".build" else None)


def run(command: list, folder: Path, site: Site) -> tuple[float, float]:
    """Return the seconds and the CPU seconds of a generator in ``folder``; CanaryError where it fails."""
    start, before = time.monotonic(), os.times()
    environment = {**os.environ, "SOURCE_DATE_EPOCH": source_date(site), "NO_MKDOCS_2_WARNING": "1"}
    try:
        run = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise CanaryError(f"{LIMIT} 秒还没有做完") from None
    seconds, after = time.monotonic() - start, os.times()
    if run.returncode or not (folder / "site" / "index.html").is_file():
        output = (run.stderr + run.stdout).strip().splitlines() or ["没有说明"]
        raise CanaryError(next((line for line in reversed(output) if FAULT.match(line)), output[-1]))
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, spent


def pages(folder: Path) -> Iterator[tuple[str, Page]]:
    """Yield the name and the contents of every page below ``folder``."""
    for file in sorted(folder.rglob("*.html")):
        article = LexborHTMLParser(file.read_bytes()).css_first("article")
        if article:
            for node in article.css(".headerlink, script, style"):
                node.decompose()
            ids = frozenset(node.attributes["id"] or "" for node in article.css("[id]"))
            pieces = (" ".join(piece.split()) for piece in article.text(separator="\n").splitlines())
            yield file.relative_to(folder).as_posix(), Page(ids, Counter(piece for piece in pieces if piece))


def finished(folder: Path, site: Site) -> str:
    """Finish the built ``folder``; returns what stands in the way, or nothing."""
    try:
        finish(PROJECT, folder, site, "")
    except BuildError as error:
        lines = str(error).splitlines()
        return f"{len(lines)} 处：{lines[0]}"
    except (AttributeError, KeyError, OSError, ValueError) as error:  # it takes the theme's HTML for granted
        return f"{type(error).__name__} {error}"
    found = built.check(folder, "/", own=True).problems
    return f"{len(found)} 个问题：{found[0]}" if found else ""


def row(made: Build, ours: Build) -> list[str]:
    """Return the cells that say how a build differs from ours."""
    return [
        f"{made.seconds:.1f}",
        f"{made.cpu:.1f}",
        str(len(made.pages)),
        str(len(ours.pages.keys() - made.pages.keys())),
        str(sum(len(missing) for _, missing in lost_ids(made, ours))),
        str(len(other := list(other_text(made, ours)))),
        f"{sum(mine.total() for _, mine, _ in other)}、{sum(theirs.total() for _, _, theirs in other)}",
        str(len(made.problems - ours.problems)),
        made.unfinished or "通过，没有问题",
    ]


def lost_ids(made: Build, ours: Build) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each page that both have, with the ids that links to ours lead to and that it lacks."""
    for name in sorted(ours.pages.keys() & made.pages.keys()):
        if missing := ours.pages[name].ids - made.pages[name].ids:
            yield name, missing


def other_text(made: Build, ours: Build) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """Yield each page that both have and whose text differs, with what only ours says and what only it says."""
    for name in sorted(ours.pages.keys() & made.pages.keys()):
        mine, theirs = ours.pages[name].text, made.pages[name].text
        if mine != theirs:
            yield name, mine - theirs, theirs - mine


def details(made: Build, ours: Build) -> Iterator[str]:
    """Yield a line for each difference."""
    yield from (f"少了 {name}" for name in sorted(ours.pages.keys() - made.pages.keys()))
    yield from (f"多了 {name}" for name in sorted(made.pages.keys() - ours.pages.keys()))
    yield from (f"{name} 少了锚点 {'、'.join(sorted(missing))}" for name, missing in lost_ids(made, ours))
    for name, mine, theirs in other_text(made, ours):
        yield f"{name} 文字：只有我们有 {list(mine)[:5]}，只有它有 {list(theirs)[:5]}"
    yield from (" ".join(problem) for problem in sorted(made.problems - ours.problems))


if __name__ == "__main__":
    raise SystemExit(main())
