"""``data/drawings.yml`` and ``data/appeals.yml``: what the drawn pictures say. ``scripts/pictures/`` draws them.

A picture is a table as well: the same rows, with the same citations, stand beside it for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from . import records
from .deadlines import Deadline
from .factors import COUNTED, PERIOD, filled
from .fees import Fee, short
from .problem import Problem
from .records import Records
from .tables import CODE, Computed, Tables
from .ways import Told

FILE, APPEALS = "data/drawings.yml", "data/appeals.yml"
FOLDER = "pictures/"
MAP, CALENDAR, SHEET, CURVE, TIMELINE = "map", "calendar", "sheet", "curve", "timeline"
KINDS = (MAP, CALENDAR, SHEET, CURVE)  # of data/drawings.yml; timelines come from data/appeals.yml
HEADS = {
    MAP: ("哪一步", "多久", "要知道的"),
    CALENDAR: ("走到哪里", "多久", "要知道的"),
    SHEET: ("通知上的一栏", "拿它做什么"),
    TIMELINE: ("这一步", "谁", "多久", "要知道的"),
}
MERCHANT, PLATFORM, READER = "商家", "平台", "你"
READING = "左边是平台，右边是你。粗线是你的期限，虚线不一定发生。"
SUBMITTED, RETURNED = ("提交申诉", "平台收到申诉", "平台收到申诉邮件"), "被退回要求补充"
COUNTDOWN = "penalty-notice/countdown"
SILENT, UNREAD = "没有写", "没有读到"
HALF = 2
GROUP = 3
DAYS = ("天", "自然日", "工作日")


@dataclass(frozen=True)
class Part:
    """One thing that a picture shows; ``{id}`` in ``time`` and ``text`` is a period of ``data/deadlines.yml``.

    ``group`` begins a group of parts under that name. ``beside``: it stands beside the part before, not after it.
    ``under``: it follows only the first of the parts side by side before it. ``final``: no way leads on from it.
    ``ends``: the clock that the first part begins ends here. ``least``: the fewest days that its time can be.
    """

    title: str
    sources: tuple[str, ...] = ()
    time: str = ""
    text: str = ""
    see: str = ""
    group: str = ""
    beside: bool = False
    under: bool = False
    final: bool = False
    ends: bool = False
    least: int = 0
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """The name of a group stands beside a wire and must be short."""
        return ("group", f"group 最多 {GROUP} 个字；请换短的名字") if len(self.group) > GROUP else None


@dataclass(frozen=True)
class Picture:
    """A picture; ``id`` is the slug of its page. A curve draws ``fees`` and tells what they are for ``amounts``."""

    id: str
    kind: str = field(metadata={"choices": KINDS})
    title: str
    caption: str
    parts: tuple[Part, ...] = ()
    fees: tuple[str, ...] = ()
    amounts: tuple[int, ...] = ()
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A curve has fees and rising amounts, every other picture has parts."""
        if self.kind != CURVE:
            return None if self.parts else ("", "必须写 parts")
        if not self.fees or len(self.amounts) < HALF or list(self.amounts) != sorted(set(self.amounts)):
            return "", "kind: curve 必须写 fees，和从小到大的 amounts（至少两个）"
        return None


@dataclass(frozen=True)
class Appeal:
    """An appeal as a timeline on the page ``id``; what the rule does not say is told, the rest are periods.

    ``periods``: the appeals of the page's own rules, all equally long; else the one whose ``kinds`` name the page.
    """

    id: str
    execution: Told
    supplement: Told | None = None
    review: Told | None = None
    title: str = ""
    periods: tuple[str, ...] = ()
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Shown(Computed):
    """A row, and what is drawn of it: the ``part`` with its periods put in.

    ``mine``: the time is the reader's to keep. ``told``: no rule gives the time. ``starts``: what the time runs from.
    ``days``: the time as a number of days; in a curve, the amount.
    """

    part: Part = Part("")
    mine: bool = False
    told: bool = False
    starts: str = ""
    days: int = 0


@dataclass(frozen=True)
class Pictures(Tables):
    """The pictures of one kind: their rows by page, and what they are by page."""

    drawn: dict[str, Picture] = field(default_factory=dict)


class _WrongError(Exception):
    """What is wrong with a picture, and the record at fault; the message says how to mend it."""

    def problem(self, file: str) -> Problem:
        """Return it as a problem of ``file``."""
        message, record = self.args
        return Problem(file, record.line, record.col, CODE, message)


def tables(root: Path, periods: Records[Deadline], fees: Records[Fee]) -> dict[str, Pictures]:
    """Read both files under ``root``: the pictures by the folder below ``.build`` that they are written to."""
    read, appeals = records.load(root, FILE, CODE, Picture), records.load(root, APPEALS, CODE, Appeal)
    found = {FOLDER + TIMELINE: _timelines(appeals, periods)}
    for kind in KINDS:
        pictures = [each for each in read.entries if each.kind == kind]
        problems = list(read.problems) if kind == MAP else []
        pages = {}
        for each in pictures:
            try:
                pages[each.id] = tuple(_curve(each, fees) if kind == CURVE else _rows(each, periods))
            except _WrongError as error:
                problems.append(error.problem(FILE))
        heads = HEADS.get(kind) or _curve_heads(pictures, fees)
        drawn = {each.id: each for each in pictures}
        found[FOLDER + kind] = Pictures(FILE, heads, pages, tuple(problems), drawn)
    return found


def length(period: Deadline) -> str:
    """Write a period: 7 个自然日."""
    return f"{period.length} {COUNTED.get(period.unit, period.unit)}"


def _rows(picture: Picture, periods: Records[Deadline]) -> Iterator[Shown]:
    known = {each.id: each for each in periods.entries}
    for part in picture.parts:
        names = PERIOD.findall(part.time) + PERIOD.findall(part.text)
        if missing := [name for name in names if name not in known]:
            raise _WrongError(f"「{part.title}」：data/deadlines.yml 里没有「{missing[0]}」；请补上，或改正", part)
        sources = tuple(dict.fromkeys((*(known[name].source for name in names), *part.sources)))
        if any(char.isdigit() for char in part.time + part.text) and not sources:
            raise _WrongError(f"「{part.title}」说了数，必须写 sources；请补上来源，或删去这个数", part)
        full = replace(part, time=filled(part.time, periods), text=filled(part.text, periods))
        own = known.get(next(iter(PERIOD.findall(part.time)), ""))
        mine = own is not None and MERCHANT in own.acts
        values = tuple(_cells(picture.kind, full))
        yield Shown(values, sources, part.line, part.col, full, mine, days=_days(picture, part, own))


def _days(picture: Picture, part: Part, period: Deadline | None) -> int:
    if picture.kind != CALENDAR:
        return 0
    if period is None or period.unit not in DAYS or part.least > period.length:
        raise _WrongError(f"日历里的「{part.title}」：time 要写一个以天计的期限，least 不能比它长；请改正", part)
    return period.length


def _cells(kind: str, part: Part) -> Iterator[str]:
    path, _, anchor = part.see.partition("#")
    yield f"[{part.title}](../{path}.md#{anchor})" if path else part.title
    if kind != SHEET:
        yield part.time or "—"
    yield part.text or "—"


def _curve(picture: Picture, fees: Records[Fee]) -> Iterator[Shown]:
    by_id = {fee.id: fee for fee in fees.entries}
    if missing := [name for name in picture.fees if name not in by_id]:
        raise _WrongError(f"data/fees.yml 里没有「{missing[0]}」；请改正", picture)
    drawn = [by_id[name] for name in picture.fees]
    sources = tuple(dict.fromkeys(fee.source for fee in drawn))
    for amount in picture.amounts:
        first, *others = (fee.of(Decimal(amount)) for fee in drawn)
        values = (short(amount), yuan(first), yuan(first / HALF), *map(yuan, others))
        yield Shown(values, sources, picture.line, picture.col, days=amount)


def _curve_heads(pictures: list[Picture], fees: Records[Fee]) -> tuple[str, ...]:
    names = [fee.title for each in pictures for name in each.fees for fee in fees.entries if fee.id == name]
    return ("金额", *names[:1], "减半后", *names[1:])


def yuan(amount: Decimal) -> str:
    """Write 1050 as 1,050 元, 52.50 as 52.5 元."""
    text = f"{amount:,.2f}".rstrip("0").rstrip(".")
    return f"{text} 元"


def _timelines(appeals: Records[Appeal], periods: Records[Deadline]) -> Pictures:
    pages, drawn, problems = {}, {}, list(appeals.problems)
    for each in appeals.entries:
        try:
            pages[each.id] = tuple(_steps(each, periods))
        except _WrongError as error:
            problems.append(error.problem(APPEALS))
            continue
        named = each.title or _first(each, periods)[0].title.partition("：")[0]
        drawn[each.id] = Picture(each.id, TIMELINE, f"{named}：从通知到执行", READING)
    return Pictures(APPEALS, HEADS[TIMELINE], pages, tuple(problems), drawn)


def _first(appeal: Appeal, periods: Records[Deadline]) -> list[Deadline]:
    """Return the periods of appeal, all of one length; raises ``_WrongError``."""
    slug = appeal.id.partition("/")[2]
    of_page = [each.id for each in periods.entries if slug in each.kinds]
    wanted = [each for each in periods.entries if each.id in (appeal.periods or of_page)]
    if not wanted or len(wanted) < len(appeal.periods):
        raise _WrongError("data/deadlines.yml 里没有它的申诉期；请写 periods，或在那里的 kinds 写上这一页", appeal)
    if len({(each.length, each.unit) for each in wanted}) > 1:
        raise _WrongError("periods 里的几个申诉期不一样长，不能画成一条；请分开，或只写一个", appeal)
    return wanted


def _steps(appeal: Appeal, periods: Records[Deadline]) -> Iterator[Shown]:
    first = _first(appeal, periods)
    clauses = {each.source for each in first}
    of_clause = [each for each in periods.entries if each.source in clauses]
    review = [each for each in of_clause if each.acts == PLATFORM and each.starts in SUBMITTED]
    supplement = [each for each in of_clause if each.starts == RETURNED]
    yield _counted(appeal, "提交申诉", READER, first)
    yield _told_or_counted(appeal, periods, "审核结果", PLATFORM, review, appeal.review)
    yield _told_or_counted(appeal, periods, "被退回，补材料", READER, supplement, appeal.supplement)
    yield _told(appeal, periods, "处罚执行", PLATFORM, appeal.execution, "—")


def _told_or_counted(
    appeal: Appeal, periods: Records[Deadline], title: str, who: str, found: list[Deadline], told: Told | None
) -> Shown:
    if found and told:
        raise _WrongError(f"「{title}」的期限已经在 data/deadlines.yml 里；请删去这里写的", appeal)
    if not found and not told:
        raise _WrongError(
            f"「{title}」在 data/deadlines.yml 里没有期限；请在 review 或 supplement 写明规则怎么说", appeal
        )
    return _told(appeal, periods, title, who, told) if told else _counted(appeal, title, who, found)


def _told(appeal: Appeal, periods: Records[Deadline], title: str, who: str, told: Told, time: str = "") -> Shown:
    text = filled(told.text, periods)
    time = time or (UNREAD if UNREAD in text else SILENT)
    part = Part(title, told.sources, time, text)
    return Shown((title, who, time, text), told.sources, appeal.line, appeal.col, part, told=True)


def _counted(appeal: Appeal, title: str, who: str, found: list[Deadline]) -> Shown:
    starts = "、".join(dict.fromkeys(each.starts for each in found))
    sources = (*dict.fromkeys(each.source for each in found), COUNTDOWN)
    within, mine = f"{length(found[0])}内", who == READER
    values = title, who, f"{starts}起 {within}", f"{found[0].consequence}；以页面倒计时为准"
    part = Part(title, sources, within, found[0].consequence if mine else f"从{starts}起算")
    return Shown(values, sources, appeal.line, appeal.col, part, mine, starts=starts)
