"""Periods: the golden cases that both halves must meet, and the holidays against two packages that keep them too.

``tests/js/days.test.mjs`` runs the same cases in the script of the tools.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbcheck import periods
from kbcheck.deadlines import UNITS

PROJECT = Path(__file__).resolve().parent.parent
YEARS = periods.load(PROJECT)[0]
CASES = json.loads((PROJECT / "tests/data/periods.json").read_text("utf-8"))
MONDAY_TO_FRIDAY = range(5)


def _name(case: dict) -> str:
    return "-".join(str(case[key]) for key in ("start", "length", "unit", "statutory"))


@pytest.mark.parametrize("case", CASES["periods"], ids=_name)
def test_golden_case(case: dict) -> None:
    counted = date.fromisoformat(case["start"]), case["length"], case["unit"], YEARS, case["statutory"]
    if "missing" in case:
        with pytest.raises(periods.NoDataError, match=str(case["missing"])):
            periods.end_of(*counted)
    else:
        assert periods.end_of(*counted) == date.fromisoformat(case["end"])


def test_golden_cases_cover_what_can_happen() -> None:
    cases = CASES["periods"]
    assert len(cases) >= 40
    assert all(case["why"] for case in cases)
    assert {case["unit"] for case in cases} == set(UNITS)
    assert len({_name(case) for case in cases}) == len(cases)
    touched = {case.get("end") for case in cases}
    made_up = {day.isoformat() for year in YEARS.values() for each in year.holidays for day in each.work}
    # 2026-05-09 and the like: weekend days that are worked, both as ends and as days counted.
    assert len(made_up & touched) >= 7


def test_days_that_are_read_are_days() -> None:
    for _, read in CASES["days"]:
        if read[:1].isdigit() and len(read) == 10:
            assert date.fromisoformat(read).isoformat() == read


@pytest.mark.parametrize("year", sorted(YEARS))
def test_working_days_are_those_of_chinese_calendar(year: int) -> None:
    for day in _days(year):
        assert periods.is_working(day, YEARS) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize("year", sorted(YEARS))
def test_weekdays_off_are_those_of_holidays(year: int) -> None:
    listed = holidays.country_holidays("CN", years=year)
    for day in _days(year):
        if day.weekday() in MONDAY_TO_FRIDAY:
            assert YEARS[year].is_off(day) == (day in listed), day


def _days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@given(
    start=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 400),
    unit=st.sampled_from(UNITS),
    statutory=st.booleans(),
)
def test_no_period_ends_before_it_starts_and_a_longer_one_not_earlier(
    start: date, length: int, unit: str, statutory: bool
) -> None:
    try:
        end = periods.end_of(start, length, unit, YEARS, statutory)
        later = periods.end_of(start, length + 1, unit, YEARS, statutory)
    except periods.NoDataError:
        return
    assert start <= end <= later


def test_holiday_and_year_say_what_is_wrong_with_them() -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 7)
    sunday, other = date(2026, 9, 27), date(2025, 9, 28)
    good = periods.Holiday("国庆", first, last, "a", (sunday,))
    assert (good.fault(), periods.Year(2026, (good,)).fault()) == (None, None)
    assert periods.Holiday("倒着", last, first, "a").fault()[0] == "last"
    assert periods.Holiday("跨年", date(2026, 12, 31), date(2027, 1, 2), "a").fault()[0] == "last"
    assert periods.Holiday("平日", first, last, "a", (date(2026, 9, 28),)).fault()[0] == "work"
    assert periods.Holiday("别的年", first, last, "a", (other,)).fault()[0] == "work"
    for year in (2025, 2027):
        assert periods.Year(year, (good,)).fault()[0] == "holidays"
    both = periods.Holiday("又放又上", first, last, "a", (date(2026, 10, 4),))
    assert "2026-10-04" in periods.Year(2026, (both,)).fault()[1]


def test_table_says_from_when_to_when() -> None:
    """A holiday of one day is no period; and a period is not moved unless that is asked for."""
    one = periods.Holiday("元旦", date(2026, 1, 1), date(2026, 1, 1), "a", (date(2026, 1, 4),))
    two = periods.Holiday("国庆", date(2026, 10, 1), date(2026, 10, 7), "a")
    rows = [row.values for row in periods._rows((periods.Year(2026, (one, two)),))]
    assert rows == [("2026 年元旦", "1 月 1 日", "1 月 4 日"), ("2026 年国庆", "10 月 1 日至 10 月 7 日", "无")]
    assert periods.end_of(date(2026, 9, 24), 7, "天", YEARS) == date(2026, 10, 1)
