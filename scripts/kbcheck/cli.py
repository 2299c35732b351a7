"""The command line: ``kbcheck sources [PATH…]``, ``kbcheck site DIR``, ``kbcheck --list``, ``kbcheck --explain CODE``.

Exit code 0: clean (warnings do not count); 1: problems; 2: bad usage or unreadable input, with one line on stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from . import built, report
from .problem import ERROR, Problem
from .rules import RULES, run
from .site import read_site

QUIET_SECONDS = 3  # work that takes longer shows its progress on a terminal


class UsageError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(argv)
    try:
        return options.run(options)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def today() -> date:
    """Return the day it is for our readers and authors, who live by the clock of Beijing."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kbcheck", description="检查知识库的源文件，或任何生成好的网站")
    _add_manual(parser)
    commands = parser.add_subparsers(metavar="命令")
    sources = commands.add_parser("sources", help="检查 docs/ 和 data/")
    sources.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="只报告这些文件或目录里的问题")
    sources.add_argument("--root", type=Path, default=Path.cwd(), help="项目目录（默认：当前目录）")
    sources.add_argument("--today", type=_date, default=None, metavar="YYYY-MM-DD", help="把哪一天当作今天")
    sources.add_argument("--stale", choices=("warn", "error"), default="warn", help="过了复核日期算警告还是错误")
    _add_common(sources, _check_sources)
    site = commands.add_parser("site", help="检查任何生成好的网站（只看目录，不联网）")
    site.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    site.add_argument("--base-url", default="/", help="网站放在哪里：/、/kb/ 或 https://example.org/kb/（默认 /）")
    site.add_argument("--own", action="store_true", help="再按自己的网站的要求检查")
    site.add_argument("--list-external", action="store_true", help="列出站外地址（不去访问）")
    _add_common(site, _check_site)
    return parser


def _add_common(parser: argparse.ArgumentParser, work: Callable) -> None:
    parser.add_argument(
        "--select", type=_codes, default=(), metavar="CODES", help="只报告这些编号或系列，逗号分开：LK,ST001"
    )
    parser.add_argument("--ignore", type=_codes, default=(), metavar="CODES", help="不报告这些编号或系列")
    parser.add_argument("--format", choices=sorted(report.FORMATS), default="text", help="输出的样子（默认 text）")
    _add_manual(parser)
    parser.set_defaults(work=work)


def _add_manual(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help="列出全部规则")
    parser.add_argument("--explain", metavar="CODE", help="说明一条规则：错、对、为什么")
    parser.add_argument("--handbook", action="store_true", help="打印全部规则的手册（Markdown）")
    parser.set_defaults(run=_run, work=None)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，请写成 2026-11-24 这样") from error


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise argparse.ArgumentTypeError(f"没有编号或系列「{code}」；用 --list 看全部")
    return codes


def _run(options: argparse.Namespace) -> int:
    if options.list:
        print(report.table(RULES.values()))
        return 0
    if options.handbook:
        print(report.handbook(RULES.values()))
        return 0
    if options.explain:
        return _explain(options.explain.upper())
    if options.work is None:
        raise UsageError("要检查什么？请写 sources（源文件）或 site DIR（生成好的网站）；--help 看用法")
    problems, root = options.work(options)
    problems = [
        problem
        for problem in problems
        if (not options.select or problem.code.startswith(options.select))
        and not (options.ignore and problem.code.startswith(options.ignore))
    ]
    for line in report.FORMATS[options.format](problems, root):
        print(line)
    return 1 if any(problem.severity == ERROR for problem in problems) else 0


def _explain(code: str) -> int:
    if code not in RULES:
        raise UsageError(f"没有规则「{code}」；用 --list 看全部")
    print(report.manual(RULES[code]))
    return 0


def _check_sources(options: argparse.Namespace) -> tuple[list[Problem], Path]:
    root = options.root.resolve()
    if not (root / "docs").is_dir():
        raise UsageError(f"{options.root}: 这里没有 docs 目录；请用 --root 指出项目目录")
    wanted = [_inside(path, root) for path in options.paths]
    site = read_site(root, options.today or today())
    problems = run(site, stale=options.stale)
    return [each for each in problems if not wanted or any(_covers(path, each.path) for path in wanted)], root


def _inside(path: Path, root: Path) -> str:
    """Return ``path`` relative to ``root``; it may be given from here or from there."""
    there = [full for full in (path.resolve(), (root / path).resolve()) if full.exists()]
    if not there:
        raise UsageError(f"{path}: 没有这个文件或目录；请检查路径")
    inside = [full for full in there if full.is_relative_to(root)]
    if not inside:
        raise UsageError(f"{path}: 不在项目 {root.name} 里；请用 --root 指出它所在的项目")
    return inside[0].relative_to(root).as_posix()


def _covers(wanted: str, path: str) -> bool:
    return wanted == "." or path == wanted or path.startswith(f"{wanted}/")


def _check_site(options: argparse.Namespace) -> tuple[list[Problem], Path]:
    folder = options.folder
    if folder is None:
        raise UsageError("要检查哪个目录？请写 site DIR")
    if not folder.is_dir():
        raise UsageError(f"{folder}: 没有这个目录；请先运行 make site")
    try:
        found = built.check(folder.resolve(), options.base_url, options.own, _progress())
    except built.BadBaseError as error:
        raise UsageError(f"--base-url「{options.base_url}」不是网址或以 / 开头的路径；请写成 /kb/ 这样") from error
    if not found.pages:
        raise UsageError(f"{folder}: 里面没有 HTML 页面；请指向生成好的网站")
    if options.list_external:
        for address in found.external:
            print(address)
        return [], folder
    return found.problems, folder


def _progress() -> Callable[[int, int], None] | None:
    """Return what shows the progress of long work on a terminal; elsewhere nothing is shown."""
    if not sys.stderr.isatty():
        return None
    start = time.monotonic()

    def show(done: int, total: int) -> None:
        if time.monotonic() - start > QUIET_SECONDS and (done % 100 == 0 or done == total):
            print(f"\r已读 {done}/{total} 页", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return show


if __name__ == "__main__":
    raise SystemExit(main())
