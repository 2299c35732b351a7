"""``data/ways.yml``: the ways to get the money back, compared by time, cost and what each can give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from . import records
from .deadlines import Deadline
from .factors import CODE, filled, marks
from .fees import Fee, short
from .records import Records
from .tables import Inline, Tables

FILE = "data/ways.yml"
SHOWN = ("topics/worth-it", "tools/assessment")
HEADS = ("办法（先后）", "多久", "多少钱", "能得到什么")
NUMBERS = "①②③④⑤⑥⑦⑧⑨"


@dataclass(frozen=True)
class Told:
    """A cell with its sources."""

    text: str
    sources: tuple[str, ...]
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Cost:
    """What a way costs: in words, or a court's ``fee`` divided by ``share`` with a word on it."""

    text: str
    sources: tuple[str, ...]
    fee: str = ""
    share: int = 1
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Way:
    """A way; ``see`` is the section that leads through it."""

    id: str
    title: str
    see: str
    time: Told
    cost: Cost
    gives: Told
    line: int = 0
    col: int = 0

    @property
    def cells(self) -> tuple[Told | Cost, ...]:
        """What is told of it."""
        return self.time, self.cost, self.gives


def load(root: Path) -> Records[Way]:
    """Read ``data/ways.yml`` under ``root``; a project without one compares no ways."""
    return records.load(root, FILE, CODE, Way)


def tables(root: Path, ways: Records[Way], periods: Records[Deadline], fees: Records[Fee]) -> dict[str, Tables]:
    """Return the comparison for the pages that show it."""
    rows = tuple(_rows(ways, periods, {fee.id: fee for fee in fees.entries}))
    pages = {slug: rows for slug in SHOWN if rows and (root / "docs" / f"{slug}.md").is_file()}
    return {"tables/ways": Tables(FILE, HEADS, pages, ways.problems)}


def lowest(cost: Cost, fees: dict[str, Fee]) -> str:
    """Return what the lowest bracket of a fee costs, in words; nothing for a way without a fee."""
    if cost.fee not in fees:
        return ""
    first = fees[cost.fee].brackets[0]
    halved = f"，减半 {Decimal(first.fixed or 0) / cost.share:f} 元" if cost.share > 1 else ""
    return f"受理费，请求不超过 {short(first.up_to or 0)}的每件 {first.fixed} 元{halved}；"


def _rows(ways: Records[Way], periods: Records[Deadline], fees: dict[str, Fee]) -> Iterator[Inline]:
    for number, way in zip(NUMBERS, ways.entries, strict=False):
        path, _, anchor = way.see.partition("#")
        cells = [f"{number} [{way.title}](../{path}.md#{anchor})"]
        for cell in way.cells:
            fee = lowest(cell, fees) if isinstance(cell, Cost) else ""
            cells.append(f"{fee}{filled(cell.text, periods)}{marks(cell.sources)}")
        sources = tuple(dict.fromkeys(source for cell in way.cells for source in cell.sources))
        yield Inline(tuple(cells), sources, way.line, way.col)
