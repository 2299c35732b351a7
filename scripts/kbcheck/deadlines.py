"""``data/deadlines.yml``: every clock that runs for a merchant; the same number stands in the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from . import records
from .records import Records

FILE = "data/deadlines.yml"
CODE = "SR010"
UNITS = ("小时", "天", "自然日", "工作日", "个月", "年")


@dataclass(frozen=True)
class Deadline:
    """A period: what starts it, how long, in which unit, who must act, what follows, and the clause that says so.

    ``kinds`` are the pages in ``deductions/`` whose appeal it is. A period that ``waits`` must only have passed.
    """

    id: str
    title: str
    starts: str
    length: int
    unit: str = field(metadata={"choices": UNITS})
    acts: str
    consequence: str
    source: str
    kinds: tuple[str, ...] = ()
    waits: bool = False
    line: int = 0
    col: int = 0


def load(root: Path) -> Records[Deadline]:
    """Read ``data/deadlines.yml`` under ``root``; a project without one has no periods as data."""
    return records.load(root, FILE, CODE, Deadline)
