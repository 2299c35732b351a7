"""The rules, by code. A rule is a generator from the site to problems; it prints nothing and reads no clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..problem import ERROR, WARNING, Problem
from ..site import Site

Found = Iterator[tuple[str, int, int, str]]  # path, line, col, message
PARTS_OF_A_MANUAL = ("错：", "对：", "为什么：")
CODE = re.compile(r"(FM|ST|LK|SR|ZH)\d{3}")


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its name, its manual, and what finds its problems.

    ``check`` is None where the problems are found elsewhere: while a file is read, or in built pages. A ``stale`` rule
    depends on the day; its problems are warnings unless errors are asked for.
    """

    code: str
    name: str
    manual: str
    check: Callable[[Site], Found] | None
    stale: bool = False

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return self.manual.splitlines()[0]


RULES: dict[str, Rule] = {}


def rule(code: str, stale: bool = False) -> Callable:
    """Register a function as the rule ``code``; its docstring is the manual and must say 错 / 对 / 为什么."""

    def register(check: Callable[[Site], Found]) -> Callable[[Site], Found]:
        _register(Rule(code, check.__name__.replace("_", "-"), (check.__doc__ or "").strip(), check, stale))
        return check

    return register


def declare(code: str, name: str, manual: str) -> None:
    """Register a rule whose problems are found elsewhere: by a reader of files, or in built pages."""
    _register(Rule(code, name.replace("_", "-"), manual.strip(), None))


def _register(new: Rule) -> None:
    if not CODE.fullmatch(new.code) or new.code in RULES:
        raise ValueError(f"rule code {new.code} is malformed or taken")
    if not all(part in new.manual for part in PARTS_OF_A_MANUAL):
        raise ValueError(f"{new.code}: the manual must have {' '.join(PARTS_OF_A_MANUAL)}")
    RULES[new.code] = new


def run(site: Site, stale: str = "warn", only: str = "") -> list[Problem]:
    """Return every problem of the site: those found while reading it, then those of each rule, sorted.

    ``stale`` is ``warn`` or ``error``: what a problem of time alone counts as; ``only`` is the code of the one rule to
    ask, or nothing for all. What a page allows with a reason is left
    out, and an allowance that nothing needed is a problem itself.
    """
    problems = [*site.problems, *site.sources.problems, *site.terms.problems]
    problems += [*site.deadlines.problems, *site.events.problems, *site.fees.problems]
    problems += [*site.templates.problems, *site.flows.problems, *site.glances.problems]
    problems += [*site.redirects.problems, *site.published.problems, *site.interface.problems]
    problems += [problem for each in site.tables.values() for problem in each.problems]
    problems += [problem for page in site.pages.values() for problem in page.problems]
    for each in (RULES[only],) if only in RULES else RULES.values():
        severity = WARNING if each.stale and stale == "warn" else ERROR
        problems += [
            Problem(path, line, col, each.code, message, severity=severity)
            for path, line, col, message in (each.check(site) if each.check else ())
        ]
    return sorted(set(apply(site, problems)))


# Importing a module registers its rules, in the order in which they are listed.
from . import (  # noqa: E402, F401, I001
    front_matter,
    structure,
    links,
    addresses,
    citations,
    clocks,
    data_files,
    factors,
    hubs,
    flows,
    glance,
    interface,
    language,
    pages_built,
)
from .exceptions import apply  # noqa: E402
