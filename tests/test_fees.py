"""Court fees: the brackets of data/fees.yml, computed, against figures worked out by hand from the statute."""

from __future__ import annotations

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


def test_worked_fees_on_the_page_are_those_of_the_data() -> None:
    """The table of steps/legal-action: amount, fee, half of it, preservation."""
    rows = [
        [cell.partition("[^")[0].strip().replace(",", "") for cell in line.strip("|").split("|")]
        for line in (PROJECT / "docs/steps/legal-action.md").read_text("utf-8").splitlines()
        if "[^litigation-fees/13-1-i1] |" in line and line.startswith("|") and "元 |" in line
    ]
    assert len(rows) >= 4
    for amount, fee, half, preservation in rows:
        value = Decimal(amount.removesuffix("元").strip())
        assert FEES["acceptance"].of(value) == Decimal(fee) == Decimal(half) * 2
        assert FEES["preservation"].of(value) == Decimal(preservation)
