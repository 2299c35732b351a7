"""Addresses that readers may have kept: every slug ever published, and where the pages that moved went.

``data/slugs.txt`` holds a slug a line; ``scripts/slugs.py`` adds new ones, and nothing is taken out again.
``data/redirects.yml`` says where to find what is no longer there. Ids of sections are not tracked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from . import records
from .meta import SLUG
from .problem import Problem, UnreadableError, read_text
from .records import Records

LIST, LIST_CODE = "data/slugs.txt", "LK019"
FILE, CODE = "data/redirects.yml", "LK020"
COMMENT = "#"


@dataclass(frozen=True)
class Redirect:
    """A page that moved from the slug ``old`` to ``new`` (``slug`` or ``slug#id``) on a day, and why."""

    old: str
    new: str
    date: date
    why: str
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """An old address is one that a page could have had."""
        wrong = not SLUG.fullmatch(self.old)
        return ("old", f"「{self.old}」不是页面的路径；请写成 steps/file-appeal 这样，不带 .md") if wrong else None


@dataclass(frozen=True)
class Published:
    """The slugs that were ever published, each with its line; ``kept`` is false where a project keeps no list."""

    kept: bool = False
    lines: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load(root: Path) -> Records[Redirect]:
    """Read ``data/redirects.yml`` under ``root``; a project without one moved no page."""
    return records.load(root, FILE, CODE, Redirect)


def published(root: Path) -> Published:
    """Read ``data/slugs.txt`` under ``root``. Lines with a fault are left out and the fault kept, never raised."""
    if not (root / LIST).exists():
        return Published()
    try:
        text = read_text(root / LIST, LIST, LIST_CODE)
    except UnreadableError as error:
        return Published(True, {}, (error.problem,))
    lines: dict[str, int] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        slug = line.strip()
        if not slug or slug.startswith(COMMENT):
            continue
        if not SLUG.fullmatch(slug):
            problems.append(Problem(LIST, number, 1, LIST_CODE, f"「{slug}」不是页面的路径；一行只写一个，不带 .md"))
        elif slug in lines:
            problems.append(Problem(LIST, number, 1, LIST_CODE, f"「{slug}」第 {lines[slug]} 行已经有了；请删去一行"))
        else:
            lines[slug] = number
    return Published(True, lines, tuple(problems))
