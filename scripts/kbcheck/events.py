"""``data/events.yml``: what can happen to a merchant that sets clocks going; the deadlines are grouped by it.

A deadline belongs to the event whose ``starts`` hold its own. The table of all deadlines is made from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import records
from .deadlines import FILE as DEADLINES
from .deadlines import Deadline
from .records import Records
from .tables import Computed, Tables

FILE = "data/events.yml"
CODE = "SR016"
PAGE = "tools/deadlines"
# What a reader can do besides: copy an end that a page of the back office shows; the tool knows it by its id.
COUNTDOWN = "countdown"
HEADS = ("什么事", "从什么时候起", "多久", "谁", "过了会怎样")


@dataclass(frozen=True)
class Event:
    """What happened, how the tool asks for its day, and what it is called in ``data/deadlines.yml``.

    Of an event that ``asks``, one deadline counts, and the reader says which; of others all do.
    """

    id: str
    title: str
    day: str
    starts: tuple[str, ...]
    asks: str = ""
    line: int = 0
    col: int = 0

    def deadlines(self, entries: tuple[Deadline, ...]) -> list[Deadline]:
        """Return the deadlines that run from this event, in their order."""
        return [each for each in entries if each.starts in self.starts]


@dataclass(frozen=True)
class EventGroup:
    """Events that a reader looks for together."""

    id: str
    title: str
    events: tuple[Event, ...]


def load(root: Path) -> Records[EventGroup]:
    """Read ``data/events.yml`` under ``root``; a project without one has no events."""
    return records.load(root, FILE, CODE, EventGroup)


def tables(groups: Records[EventGroup], deadlines: Records[Deadline]) -> Tables:
    """Return the tables of all deadlines, one a group: ``tools/deadlines.law``."""
    pages = {f"{PAGE}.{group.id}": tuple(_rows(group, deadlines.entries)) for group in groups.entries}
    return Tables(DEADLINES, HEADS, pages)


def _rows(group: EventGroup, entries: tuple[Deadline, ...]) -> Iterator[Computed]:
    for event in group.events:
        for each in event.deadlines(entries):
            cells = each.title, each.starts, f"{each.length} {each.unit}", each.acts, each.consequence
            yield Computed(cells, (each.source,), each.line, each.col)
