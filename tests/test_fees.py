"""Court fees: the brackets of data/fees.yml, computed, against figures worked out by hand from the statute."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from kbcheck.fees import Bracket, Fee, brackets, load, short

PROJECT = Path(__file__).resolve().parent.parent
VECTORS = PROJECT / "tests/data/fees.json"
FEES = {fee.id: fee for fee in load(PROJECT).entries}
SAID = re.compile(
    r"(\d+) 万元(?:以内|的?，(?:受理费|每件)+|是)? ([\d,]+) 元(?=[^|\n]{0,24}\[\^litigation-fees/13-1-i1\])"
)


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


def _worked(path: str) -> list[list[str]]:
    """The rows of a page's table of an amount, its fee and half of it, without marks and separators."""
    text = (PROJECT / path).read_text("utf-8")
    table = re.search(r"\n\| [^|\n]+ \| 受理费 \| 减半后 \|[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)", text)[1]
    lines = [line.strip("|").split("|") for line in table.splitlines()]
    return [[re.sub(r"\[\^[^\]]*\]|不超过|元|[, ]", "", cell) for cell in line] for line in lines]


def test_worked_fees_on_the_pages_are_those_of_the_data() -> None:
    """Amount, fee and half of it on steps/legal-action; with the preservation fee on topics/court-costs."""
    short, long = _worked("docs/steps/legal-action.md"), _worked("docs/topics/court-costs.md")
    assert (len(short), len(long)) == (3, 6)
    for amount, fee, half, *preservation in (*short, *long):
        assert FEES["acceptance"].of(Decimal(amount)) == Decimal(fee) == Decimal(half) * 2
        assert [FEES["preservation"].of(Decimal(amount))] * len(preservation) == [
            Decimal(each) for each in preservation
        ]


def test_fees_said_in_a_line_are_those_of_the_data() -> None:
    """A box or a first paragraph says 2 万元 300 元 in passing; it must be what the brackets come to."""
    files = [PROJECT / "data/glance.yml", *sorted((PROJECT / "docs").rglob("*.md"))]
    said = {pair for file in files for pair in SAID.findall(file.read_text("utf-8"))}
    assert {("1", "50"), ("2", "300"), ("5", "1,050")} <= said
    for amount, fee in said:
        assert FEES["acceptance"].of(Decimal(amount) * 10_000) == Decimal(fee.replace(",", "")), (amount, fee)


def test_both_sides_compute_the_same_fees() -> None:
    """The same figures are asked of web/tools/core/money.js, which rounds half up to the fen."""
    fen = Decimal("0.01")
    for amount, acceptance, half, preservation, enforcement in json.loads(VECTORS.read_text("utf-8"))["fees"]:
        computed = {name: FEES[name].of(Decimal(amount)) for name in ("acceptance", "preservation", "enforcement")}
        expected = {"acceptance": acceptance, "preservation": preservation, "enforcement": enforcement}
        rounded = {name: fee.quantize(fen, ROUND_HALF_UP) for name, fee in computed.items()}
        assert rounded == {name: Decimal(fee).quantize(fen) for name, fee in expected.items()}, amount
        assert (computed["acceptance"] / 2).quantize(fen, ROUND_HALF_UP) == Decimal(half).quantize(fen), amount


def _fee(*tops: int | None) -> Fee:
    return Fee("a", "甲", "law/1", tuple(Bracket(top, fixed=1) for top in tops))


@pytest.mark.parametrize("tops", [(20, 10, None), (10, 20), (None, 10, None), (10, None, None)])
def test_brackets_that_do_not_rise_to_no_end_are_refused(tops: tuple) -> None:
    assert _fee(*tops).fault()[0] == "brackets"
    assert _fee(10, 20, None).fault() is None


def test_table_of_brackets_says_what_each_costs() -> None:
    assert [short(amount) for amount in (9_999, 10_000, 200_000, 20_000_000)] == [
        "9,999 元",
        "1 万元",
        "20 万元",
        "2,000 万元",
    ]
    cells = [row.values for row in brackets(load(PROJECT), {"tools/costs"}).pages["tools/costs"]]
    assert ("财产案件受理费", "不超过 1 万元", "每件 50 元") in cells
    assert ("财产案件受理费", "1 万元至 10 万元", "这一部分的 2.5%") in cells
    assert any(each[1:] == ("10 万元以上", "这一部分的 0.5%，最多 5,000 元") for each in cells)
