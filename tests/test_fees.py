"""Court fees: the brackets of data/fees.yml, computed, against figures worked out by hand from the statute."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from kbcheck.fees import load

PROJECT = Path(__file__).resolve().parent.parent
FEES = {fee.id: fee for fee in load(PROJECT).entries}


@pytest.mark.parametrize(
    ("amount", "acceptance", "preservation"),
    [
        ("0", "50", "30"),
        ("500", "50", "30"),
        ("1000", "50", "30"),
        ("2000", "50", "40"),
        ("10000", "50", "120"),
        ("10000.01", "50.00025", "120.0001"),
        ("20000", "300", "220"),
        ("100000", "2300", "1020"),
        ("200000", "4300", "1520"),
        ("500000", "8800", "3020"),
        ("1000000", "13800", "5000"),
        ("20000000", "141800", "5000"),
        ("1000000000", "5041800", "5000"),
    ],
)
def test_fee(amount: str, acceptance: str, preservation: str) -> None:
    assert FEES["acceptance"].of(Decimal(amount)) == Decimal(acceptance)
    assert FEES["preservation"].of(Decimal(amount)) == Decimal(preservation)


def _worked(path: str, columns: int) -> list[list[str]]:
    """The rows of a page's table that begin with an amount and its fee, without marks and separators."""
    rows = [
        [re.sub(r"\[\^[^\]]*\]|不超过|元|[, ]", "", cell) for cell in line.strip("|").split("|")]
        for line in (PROJECT / path).read_text("utf-8").splitlines()
        if re.match(r"\| (?:不超过 )?[\d,]+ 元 \| [\d,]+(?: 元)?\[\^litigation-fees/13-1-i1\]", line)
    ]
    return [row for row in rows if len(row) == columns and all(cell.isdigit() for cell in row)]


def test_worked_fees_on_the_pages_are_those_of_the_data() -> None:
    """Amount, fee and half of it on steps/legal-action; with the preservation fee on topics/court-costs."""
    short, long = _worked("docs/steps/legal-action.md", 3), _worked("docs/topics/court-costs.md", 4)
    assert (len(short), len(long)) == (3, 6)
    for amount, fee, half, *preservation in (*short, *long):
        assert FEES["acceptance"].of(Decimal(amount)) == Decimal(fee) == Decimal(half) * 2
        assert [FEES["preservation"].of(Decimal(amount))] * len(preservation) == [
            Decimal(each) for each in preservation
        ]
