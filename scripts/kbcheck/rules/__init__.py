"""The rules, by code. A rule is a generator from the site to problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..problem import Problem
from ..site import Site

Found = Iterator[tuple[str, int, int, str]]  # path, line, col, message
PARTS_OF_A_DOCSTRING = ("错：", "对：", "为什么：")


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its name (the function's), its manual (the function's docstring)."""

    code: str
    name: str
    manual: str
    check: Callable[[Site], Found]


RULES: dict[str, Rule] = {}


def rule(code: str) -> Callable:
    """Register a function as the rule ``code``; its docstring must say 错 / 对 / 为什么."""

    def register(check: Callable[[Site], Found]) -> Callable[[Site], Found]:
        manual = (check.__doc__ or "").strip()
        if not re.fullmatch(r"(FM|ST|LK|SR)\d{3}", code) or code in RULES:
            raise ValueError(f"rule code {code} is malformed or taken")
        if not all(part in manual for part in PARTS_OF_A_DOCSTRING):
            raise ValueError(f"{code}: the docstring must have {' '.join(PARTS_OF_A_DOCSTRING)}")
        RULES[code] = Rule(code, check.__name__.replace("_", "-"), manual, check)
        return check

    return register


def run(site: Site) -> list[Problem]:
    """Return every problem of the site: those found while reading it, then those of each rule, sorted."""
    problems = [*site.problems, *site.sources.problems]
    problems += [problem for page in site.pages.values() for problem in page.problems]
    for each in RULES.values():
        problems += [Problem(path, line, col, each.code, message) for path, line, col, message in each.check(site)]
    return sorted(set(problems))


# Importing a module registers its rules, in the order in which they are listed.
from . import front_matter, structure, links, citations  # noqa: E402, F401, I001
