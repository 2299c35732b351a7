"""Check the knowledge base: ``check.py sources [PATH…]`` and ``check.py site DIR``.

Exit code 0: clean; 1: problems, one a line as ``path:line:col CODE message``; 2: bad usage or unreadable input.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kbcheck import built, report
from kbcheck.problem import Problem
from kbcheck.rules import RULES, run
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(argv)
    try:
        problems = options.check(options)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    for line in report.text(problems):
        print(line)
    return 1 if problems else 0


class UsageError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="check.py", description="检查知识库的源文件，或生成好的网站")
    commands = parser.add_subparsers(required=True, metavar="命令")
    sources = commands.add_parser("sources", help="检查 docs/ 和 data/")
    sources.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="只报告这些文件或目录里的问题")
    sources.add_argument("--root", type=Path, default=PROJECT, help="项目目录（默认：本项目）")
    sources.add_argument("--today", type=_date, default=None, metavar="YYYY-MM-DD", help="把哪一天当作今天")
    sources.set_defaults(check=_check_sources)
    site = commands.add_parser("site", help="检查生成好的网站")
    site.add_argument("folder", type=Path, metavar="DIR")
    site.set_defaults(check=_check_site)
    rules = commands.add_parser("rules", help="列出全部规则")
    rules.set_defaults(check=_list_rules)
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，请写成 2026-11-24 这样") from error


def _check_sources(options: argparse.Namespace) -> list[Problem]:
    root = options.root.resolve()
    if not (root / "docs").is_dir():
        raise UsageError(f"{options.root}: 这里没有 docs 目录；请用 --root 指出项目目录")
    wanted = [_inside(path, root) for path in options.paths]
    day = options.today or today()
    problems = run(read_site(root, day))
    return [problem for problem in problems if not wanted or any(_covers(path, problem.path) for path in wanted)]


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


def today() -> date:
    """Return the day it is for our readers and authors, who live by the clock of Beijing."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _check_site(options: argparse.Namespace) -> list[Problem]:
    if not options.folder.is_dir():
        raise UsageError(f"{options.folder}: 没有这个目录；请先运行 make site")
    if not any(options.folder.rglob("*.html")):
        raise UsageError(f"{options.folder}: 里面没有 HTML 页面；请指向生成好的网站")
    return built.check(options.folder)


def _list_rules(_options: argparse.Namespace) -> list[Problem]:
    for rule in RULES.values():
        print(f"{rule.code}  {rule.name:<26}  {rule.manual.splitlines()[0]}")
    return []


if __name__ == "__main__":
    raise SystemExit(main())
