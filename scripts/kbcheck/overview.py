"""All deductions in one table: the most that is taken, the time to appeal, what speaks for the reader.

The amounts come from ``overview`` in ``data/deductions.yml``, the periods from ``data/deadlines.yml``, and what is
favourable from the tables of the pages themselves. Each cell to sort by carries its number as data.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from . import records
from .deadlines import Deadline
from .page import CITATION, Page
from .records import Records
from .tables import CODE, DEDUCTIONS, AmountsOf, Inline, Tables
from .triage import length_of

SHOWN = "deductions/compare"
HEADS = ("扣款原因", "最多扣多少 { data-largest-first=1 }", "几天内申诉", "什么情况有利")
ODDS, FAVOURABLE = "odds", 1  # the section of a deduction's page, and the column of its table
DONE_TO_THE_DEPOSIT = ("被扣", "被处置")  # how titles of deductions end; in a list of kinds it says nothing
APPEAL = "：申诉"  # how the title of a period to appeal in ends
HOURS_A_DAY = 24
YUAN = re.compile(r"(\d[\d,]*) 元")


def tables(root: Path, pages: dict[str, Page], deadlines: Records[Deadline]) -> Tables:
    """Return the table of all deductions for the page that shows it; without that page, none.

    ``pages`` are by slug, in the order in which the table shows them.
    """
    known = {each.id: each for each in amounts(root).entries if each.overview} if SHOWN in pages else {}
    rows = tuple(_row(known[slug], page, deadlines) for slug, page in pages.items() if slug in known)
    return Tables(DEDUCTIONS, HEADS, {SHOWN: rows} if rows else {})


def amounts(root: Path) -> Records[AmountsOf]:
    """Read ``data/deductions.yml`` under ``root``."""
    return records.load(root, DEDUCTIONS, CODE, AmountsOf)


def short_title(title: str) -> str:
    """Return what a deduction is called in a list: 发货超时 for 发货超时被扣."""
    for end in DONE_TO_THE_DEPOSIT:
        title = title.removesuffix(end)
    return title


def most_said(text: str) -> int | None:
    """Return the largest sum in yuan that a text states, or None."""
    return max((int(found.replace(",", "")) for found in YUAN.findall(text)), default=None)


def odds(page: Page) -> dict[str, list[str]]:
    """Return the rows of a page's table of odds by their first cell, without its citations."""
    first, end = page.section(ODDS) or (1, 1)
    found = {}
    for line in page.lines[first - 1 : end - 1]:
        if line.startswith("|") and not set(line) <= set("|-: "):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            found[CITATION.sub("", cells[0])] = cells
    return found


def appeals(entry: AmountsOf, deadlines: Records[Deadline]) -> list[Deadline]:
    """Return the periods to appeal in: those whose ``kinds`` name the page, then those that its overview names."""
    kind = entry.id.partition("/")[2]
    named = [each for each in deadlines.entries if each.id in entry.overview.appeals]
    return [each for each in deadlines.entries if kind in each.kinds] + named


def days(deadline: Deadline) -> int:
    """Return the fewest days that a period can last, to sort by: a working day is a day, hours are rounded up."""
    return math.ceil(deadline.length / HOURS_A_DAY) if deadline.unit == "小时" else deadline.length


def _row(entry: AmountsOf, page: Page, deadlines: Records[Deadline]) -> Inline:
    told = entry.overview
    found = appeals(entry, deadlines)
    periods = [_period(each, entry) for each in found] + [f"{each.text}{_marks(each.sources)}" for each in told.also]
    rows = odds(page)
    good = [_favourable(rows[name]) for name in told.good if name in rows]
    cells = (
        f"[{short_title(page.meta.title)}]({page.slug.partition('/')[2]}.md)",
        f"{told.takes}{_marks(told.sources)}{_key(told.most)}",
        "<br>".join(periods) + _key(min(map(days, found), default=None)),
        "<br>".join(good),
    )
    return Inline(cells, tuple(dict.fromkeys(CITATION.findall("".join(cells)))), told.line, told.col)


def _period(deadline: Deadline, entry: AmountsOf) -> str:
    own = entry.id.partition("/")[2] in deadline.kinds
    name = "" if own else f"{deadline.title.removesuffix(APPEAL)}："
    return f"{name}{deadline.starts}起 {length_of(deadline)}[^{deadline.source}]"


def _favourable(cells: list[str]) -> str:
    marks = "".join(match[0] for match in CITATION.finditer(cells[0]))
    return f"{CITATION.sub('', cells[0])}：{cells[FAVOURABLE]}{marks}"


def _marks(sources: tuple[str, ...]) -> str:
    return "".join(f"[^{source}]" for source in sources)


def _key(number: int | None) -> str:
    """The attribute that a column is sorted by; a cell without a number has none."""
    return "" if number is None else f" {{ data-key={number} }}"
