"""``data/break-even.yml``: how likely winning must be for a suit to pay, worked out from the fees."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from . import records
from .fees import Fee
from .records import Records
from .tables import CODE, Computed, Tables

FILE = "data/break-even.yml"
NOT_WORTH = "不划算"


@dataclass(frozen=True)
class BreakEven:
    """The table of one page: which ``fee``, divided by ``share``, for which amounts and own costs, all in yuan."""

    id: str
    fee: str
    share: int
    amounts: tuple[int, ...]
    own: tuple[int, ...]
    sources: tuple[str, ...]
    line: int = 0
    col: int = 0


def least_chance(amount: Decimal, fee: Decimal, own: Decimal) -> Decimal:
    """Return the lowest chance of winning (0 to 1, or more) at which suing for ``amount`` does not lose money.

    Who wins gets the amount, and the court's fee back; who loses has paid the fee; ``own`` is gone either way. With
    chance p the expectation p·amount - (1-p)·fee - own is zero at (fee + own) / (amount + fee).
    """
    return (fee + own) / (amount + fee)


def load(root: Path, fees: Records[Fee]) -> Tables:
    """Read ``data/break-even.yml`` under ``root`` and work its tables out; a project without it has none."""
    read = records.load(root, FILE, CODE, BreakEven)
    known = {fee.id: fee for fee in fees.entries}
    pages = {each.id: tuple(_rows(each, known[each.fee])) for each in read.entries if each.fee in known}
    own = read.entries[0].own if read.entries else ()
    heads = ("被扣金额", "受理费", *(f"自己另花 {cost:,} 元" for cost in own))
    return Tables(FILE, heads, pages, read.problems)


def _rows(table: BreakEven, fee: Fee) -> Iterator[Computed]:
    for position, amount in enumerate(table.amounts):
        cost = fee.of(Decimal(amount)) / table.share
        chances = (_percent(least_chance(Decimal(amount), cost, Decimal(own))) for own in table.own)
        cells = (f"{amount:,} 元", f"{cost.normalize():,f} 元", *chances)
        yield Computed(cells, () if position else table.sources, table.line, table.col)


def _percent(chance: Decimal) -> str:
    return NOT_WORTH if chance > 1 else f"{math.ceil(chance * 100)}%"
