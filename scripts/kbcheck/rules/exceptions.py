"""Exceptions that a page makes for itself: ``<!-- kb: allow ZH004 原因 -->``, with a reason, and only where needed.

On a line of its own it covers the paragraph, item or row that follows; at the end of a line, that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..page import Page
from ..problem import Problem
from ..site import Site
from . import RULES, declare

COMMENT = re.compile(r"<!--\s*kb:(.*?)-->")
ALLOW = re.compile(r"\s*allow\s+((?:[A-Z]{2}\d{3})(?:\s*,\s*[A-Z]{2}\d{3})*)(.*)", re.DOTALL)
MALFORMED, UNUSED = "ST011", "ST012"

declare(
    MALFORMED,
    "exception_malformed",
    """例外写得不对：必须是「allow 编号 原因」，编号要存在，原因不能空。

    错：<!-- kb: allow ZH004 -->
    对：<!-- kb: allow ZH004 规则原文就叫“罚单” -->
    为什么：没有原因的例外，后来的人不知道还该不该留。
    """,
)
declare(
    UNUSED,
    "exception_unused",
    """例外没有用上：它管的地方没有这个问题。

    错：改好了句子，却留着 <!-- kb: allow ZH004 … -->
    对：删去这条例外
    为什么：多余的例外会放过以后的错误。
    """,
)


@dataclass(frozen=True)
class Allowance:
    """One exception: where it is written, the codes it allows, the lines it covers."""

    path: str
    line: int
    col: int
    codes: tuple[str, ...]
    first: int
    last: int

    def covers(self, problem: Problem) -> bool:
        """Tell whether the problem is allowed."""
        return problem.path == self.path and problem.code in self.codes and self.first <= problem.line <= self.last


def apply(site: Site, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems that no page allows, and the problems of the exceptions themselves."""
    allowances: dict[str, list[Allowance]] = {}
    for page in site.pages.values():
        if "kb:" not in page.text:
            continue
        for found in _read(page):
            if isinstance(found, Problem):
                yield found
            else:
                allowances.setdefault(page.path, []).append(found)
    used = set()
    for problem in problems:
        matching = [each for each in allowances.get(problem.path, ()) if each.covers(problem)]
        used.update(matching)
        if not matching:
            yield problem
    for each in (each for listed in allowances.values() for each in listed):
        if each not in used:
            codes = "、".join(each.codes)
            yield Problem(each.path, each.line, each.col, UNUSED, f"这里没有 {codes} 的问题；请删去这条例外")


def _read(page: Page) -> Iterator[Allowance | Problem]:
    lines = page.text.split("\n")
    for number, line in enumerate(lines, 1):
        for match in COMMENT.finditer(line):
            col = match.start() + 1
            allow = ALLOW.fullmatch(match[1])
            codes = tuple(code.strip() for code in allow[1].split(",")) if allow else ()
            unknown = [code for code in codes if code not in RULES]
            if unknown:
                yield Problem(page.path, number, col, MALFORMED, f"没有规则「{unknown[0]}」；用 --list 看全部编号")
            elif not allow or not allow[2].strip():
                message = "例外必须写明编号和原因，例如 <!-- kb: allow ZH004 规则原文就这样叫 -->"
                yield Problem(page.path, number, col, MALFORMED, message)
            else:
                alone = not line.replace(match[0], "").strip()
                first, last = _next_block(lines, number) if alone else (number, number)
                yield Allowance(page.path, number, col, codes, first, last)


def _next_block(lines: list[str], number: int) -> tuple[int, int]:
    first = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), number)
    last = next((n for n in range(first, len(lines) + 1) if not lines[n - 1].strip()), len(lines) + 1) - 1
    return first, max(first, last)
