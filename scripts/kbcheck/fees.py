"""``data/fees.yml``: court fees as brackets, and the fee for an amount."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from . import records
from .records import Records
from .tables import Computed, Tables

FILE = "data/fees.yml"
CODE = "SR011"
SHOWN = "tools/costs"  # the page that shows the brackets of every fee
HEADS = ("收费", "金额里的哪一部分", "收多少")


@dataclass(frozen=True)
class Bracket:
    """A part of the amount: up to ``up_to`` yuan (None: without end), a fixed sum or a rate in percent."""

    up_to: int | None = None
    fixed: int | None = None
    rate: Decimal | None = None

    def fault(self) -> tuple[str, str] | None:
        """A bracket has one price."""
        one = (self.fixed is None) != (self.rate is None)
        return None if one else ("", "每一档必须恰好写 fixed（定额，元）或 rate（百分比）中的一个")


@dataclass(frozen=True)
class Fee:
    """A fee: its brackets from the lowest, its cap in yuan (None: none), the clause that sets it."""

    id: str
    title: str
    source: str
    brackets: tuple[Bracket, ...]
    cap: int | None = None
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """The brackets rise, and the last has no end."""
        *tops, last = [bracket.up_to for bracket in self.brackets]
        rising = last is None and None not in tops and sorted(tops) == tops
        return None if rising else ("brackets", "各档必须从低到高，只有最后一档没有 up_to")

    def of(self, amount: Decimal) -> Decimal:
        """Return the fee in yuan for ``amount`` yuan, unrounded: each part of the amount by its own bracket."""
        total, floor = Decimal(0), Decimal(0)
        for bracket in self.brackets:
            top = amount if bracket.up_to is None else min(amount, Decimal(bracket.up_to))
            if bracket.fixed is not None:
                total += bracket.fixed
            elif top > floor:
                total += (top - floor) * bracket.rate / 100
            floor = max(floor, top)
        return total if self.cap is None else min(total, Decimal(self.cap))


def load(root: Path) -> Records[Fee]:
    """Read ``data/fees.yml`` under ``root``; a project without one has no fees as data."""
    return records.load(root, FILE, CODE, Fee)


def brackets(fees: Records[Fee], slugs: Collection[str]) -> Tables:
    """Return the table of all brackets, for the page that computes fees; a project without that page has none."""
    rows = tuple(row for fee in fees.entries for row in _rows(fee))
    return Tables(FILE, HEADS, {SHOWN: rows} if rows and SHOWN in slugs else {})


def _rows(fee: Fee) -> Iterator[Computed]:
    floor = 0
    for bracket in fee.brackets:
        part = f"{short(floor)}以上" if bracket.up_to is None else f"{short(floor)}至 {short(bracket.up_to)}"
        part = part if floor else f"不超过 {short(bracket.up_to or 0)}"
        price = f"每件 {bracket.fixed:,} 元" if bracket.fixed is not None else f"这一部分的 {bracket.rate}%"
        top = f"，最多 {fee.cap:,} 元" if fee.cap is not None and bracket.up_to is None else ""
        yield Computed((fee.title, part, price + top), (fee.source,), fee.line, fee.col)
        floor = bracket.up_to or floor


def short(amount: int) -> str:
    """Write 2000000 as 200 万元."""
    return f"{amount // 10_000:,} 万元" if amount >= 10_000 else f"{amount:,} 元"
