"""Periods: when a deadline ends. Working days come from ``data/holidays.yml``, never from the weekday alone.

Civil code, articles 200 to 203: the day on which something happens does not count; a period of hours runs from the
hour; where the last day of a statutory period is a holiday, it ends on the next working day. Platform rules do not say
how they count, so none of their periods is moved: earlier is safer.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from . import records
from .tables import CODE, Computed, Tables

FILE = "data/holidays.yml"
HEADS = ("节日", "放假", "调休上班")
DAYS = ("天", "自然日")
SATURDAY = 5


@dataclass(frozen=True)
class Holiday:
    """A public holiday: the first and the last day off, and the weekend days that are worked instead."""

    name: str
    first: date
    last: date
    source: str
    work: tuple[date, ...] = ()
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """Days off run forward within a year; who works instead works on a weekend."""
        if not self.first <= self.last or self.first.year != self.last.year:
            return "last", "last 不能早于 first，也不能跨年"
        wrong = [day for day in self.work if day.weekday() < SATURDAY or day.year != self.first.year]
        return ("work", f"{wrong[0].isoformat()} 不是同一年的周末，谈不上调休；请核对通知") if wrong else None


@dataclass(frozen=True)
class Year:
    """One year's public holidays, as the State Council announced them."""

    year: int
    holidays: tuple[Holiday, ...]
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """Every day lies in the year, and no day is both off and worked."""
        if any(each.first.year != self.year for each in self.holidays):
            return "holidays", f"日期必须都在 {self.year} 年"
        wrong = [day for each in self.holidays for day in each.work if self.is_off(day)]
        return ("holidays", f"{wrong[0].isoformat()} 既放假又上班；请核对通知") if wrong else None

    def is_off(self, day: date) -> bool:
        """Tell whether ``day`` is a public holiday."""
        return any(each.first <= day <= each.last for each in self.holidays)

    def is_worked(self, day: date) -> bool:
        """Tell whether ``day`` is a weekend day that is worked instead of a holiday."""
        return any(day in each.work for each in self.holidays)


@dataclass(frozen=True)
class YearsOf:
    """The years whose holidays one page shows; ``id`` is its slug."""

    id: str
    years: tuple[Year, ...]


class NoDataError(Exception):
    """A year whose holidays are not known; its working days must not be guessed."""


def load(root: Path) -> tuple[dict[int, Year], Tables]:
    """Read ``data/holidays.yml`` under ``root``: the known years by number, and the tables that show them."""
    read = records.load(root, FILE, CODE, YearsOf)
    years = {year.year: year for each in read.entries for year in each.years}
    pages = {each.id: tuple(_rows(each.years)) for each in read.entries}
    return years, Tables(FILE, HEADS, pages, read.problems)


def _rows(years: tuple[Year, ...]) -> Iterator[Computed]:
    for each in (holiday for year in years for holiday in year.holidays):
        days = f"{_day(each.first)}至 {_day(each.last)}" if each.last > each.first else _day(each.first)
        cells = f"{each.first.year} 年{each.name}", days, "、".join(map(_day, each.work)) or "无"
        yield Computed(cells, (each.source,), each.line, each.col)


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


def is_working(day: date, years: dict[int, Year]) -> bool:
    """Tell whether ``day`` is a working day; raises ``NoDataError`` for a year without data."""
    year = years.get(day.year)
    if year is None:
        raise NoDataError(f"没有 {day.year} 年的放假安排")
    return year.is_worked(day) or (day.weekday() < SATURDAY and not year.is_off(day))


def end_of(start: date, length: int, unit: str, years: dict[int, Year], statutory: bool = False) -> date:
    """Return the last day of a period of ``length`` ``unit`` that something on ``start`` set going.

    ``unit`` is 天, 自然日, 工作日, 个月, 年 or 小时 (whole days of 24, rounded up). A ``statutory`` period that would
    end on a holiday ends on the next working day. Raises ``NoDataError`` where the holidays are not known.
    """
    if unit == "工作日":
        return _working_days(start, length, years)
    if unit in ("个月", "年"):
        end = _months(start, length * (12 if unit == "年" else 1))
    else:
        end = start + timedelta(days=length if unit in DAYS else -(-length // 24))
    while statutory and unit != "小时" and not is_working(end, years):
        end += timedelta(days=1)
    return end


def _working_days(start: date, length: int, years: dict[int, Year]) -> date:
    day = start
    for _ in range(length):
        day += timedelta(days=1)
        while not is_working(day, years):
            day += timedelta(days=1)
    return day


def _months(start: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day (civil code, article 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
