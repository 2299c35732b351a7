"""``data/terms.yml``: the words of the field, what people say instead, and what must not be written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import records
from .records import Records

FILE = "data/terms.yml"
CODE = "ZH009"


@dataclass(frozen=True)
class Term:
    """A word we write, what readers type for it, and what a page must not use in its place.

    An alias is another name of the very same thing, and a query with it means the term. ``said`` is what people type
    who want the term's page though it is no name of it: the search finds the page by it, and nothing else.
    ``formal`` is what the law or the rule calls it where that differs. ``see`` is the place (``slug`` or ``slug#id``)
    that says more: a term that has one stands in the glossary, under its ``id``. ``sources`` carry what ``meaning``
    states.
    """

    term: str
    meaning: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    formal: str = ""
    see: str = ""
    sources: tuple[str, ...] = ()
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A term of the glossary can be linked to."""
        return ("see", "有 see 的词在术语表里，必须写 id：英文短名") if self.see and not self.id else None


@dataclass(frozen=True)
class Group:
    """Terms that belong together, in the order in which the glossary shows them."""

    id: str
    title: str
    terms: tuple[Term, ...]


def load(root: Path) -> Records[Group]:
    """Read ``data/terms.yml`` under ``root``; a project without one has no words of its own."""
    return records.load(root, FILE, CODE, Group)
