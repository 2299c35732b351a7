"""``data/timelines.yml``: what happens when in a worked example; every later date is counted from an earlier one.

A timeline is shown on a page, in parts: ``worked-example`` is the first table of that page, ``worked-example.refused``
another one. Events of a later part may count from those of the parts before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import periods, records
from .deadlines import Deadline
from .problem import Problem
from .records import Records
from .sources import Sources
from .tables import CODE, Computed, Tables

FILE = "data/timelines.yml"
HEADS = ("日期", "发生了什么", "怎么来的")
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Event:
    """What happens ``at`` a given day, or at the end of a ``deadline`` of ``data/deadlines.yml`` ``after`` an event."""

    id: str
    what: str
    at: date | None = None
    after: str = ""
    deadline: str = ""
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A date is given or counted."""
        given, counted = self.at is not None, bool(self.after and self.deadline)
        return None if given != counted else ("", "每件事必须写 at，或者写 after 和 deadline，二者之一")


@dataclass(frozen=True)
class Part:
    """One table: the page's slug, with a dot and a name for every table after the first."""

    id: str
    events: tuple[Event, ...]


def load(root: Path, deadlines: Records[Deadline], years: dict[int, periods.Year], sources: Sources) -> Tables:
    """Read ``data/timelines.yml`` under ``root`` and count its dates; a project without it has none."""
    read = records.load(root, FILE, CODE, Part)
    known = {each.id: each for each in deadlines.entries}
    dates: dict[tuple[str, str], date] = {}
    pages, problems = {}, list(read.problems)
    for part in read.entries:
        page = part.id.partition(".")[0]
        rows = []
        for event in part.events:
            try:
                rows.append(_row(event, page, dates, known, years, sources))
            except (KeyError, periods.NoDataError) as error:
                problems.append(Problem(FILE, event.line, event.col, CODE, f"「{event.id}」算不出来：{error.args[0]}"))
        pages[part.id] = tuple(rows)
    return Tables(FILE, HEADS, pages, tuple(problems))


def _row(event: Event, page: str, dates: dict, known: dict, years: dict, sources: Sources) -> Computed:
    if event.at is not None:
        day, how, cited = event.at, "示例", ()
    else:
        if (page, event.after) not in dates:
            raise KeyError(f"前面没有「{event.after}」这件事")
        if event.deadline not in known:
            raise KeyError(f"data/deadlines.yml 里没有「{event.deadline}」")
        rule = known[event.deadline]
        found = sources.find(rule.source)
        statutory = found is not None and found[0].kind == "law"
        day = periods.end_of(dates[page, event.after], rule.length, rule.unit, years, statutory)
        how, cited = f"{rule.starts}起 {rule.length} {rule.unit}", (rule.source,)
    dates[page, event.id] = day
    cells = f"{day.isoformat()}（周{WEEKDAYS[day.weekday()]}）", event.what, how
    return Computed(cells, cited, event.line, event.col)
