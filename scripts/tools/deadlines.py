"""The data of tools/deadlines: what can happen, which clocks it sets going, and the days on which nobody works."""

from __future__ import annotations

from datetime import date

from kbcheck.deadlines import Deadline
from kbcheck.events import COUNTDOWN, Event
from kbcheck.overview import short_title
from kbcheck.periods import Year
from kbcheck.site import Site

from .cites import Cite

EPOCH = date(1970, 1, 1).toordinal()
KIND = "deduction"
# What else the page says: how days and hours are counted, which countdown decides, where holidays stand.
CLAUSES = (
    "civil-code-general/201-1",
    "civil-code-general/203",
    "civil-procedure/85-3",
    "civil-procedure/85-4",
    "penalty-notice/countdown",
)
CREATOR = "创作者"
MINE = ("商家", CREATOR)
COPIED = {"id": COUNTDOWN, "title": "页面上写了截止时刻，抄下来", "day": "截止是哪天", "time": "must"}
# Where to read on, from tools/deadlines/, by what has happened or by who is late.
LINKS = {
    "missed": ("期限过了怎么办", "topics/deadline-missed#platform-missed"),
    "missedLaw": ("法律上的期限过了", "topics/deadline-missed#court-missed"),
    "soon": ("头 24 小时做什么", "topics/first-24-hours"),
    "lastDay": ("只剩一天怎么交", "steps/file-appeal#last-day"),
    "平台": ("等审核超时了", "steps/await-review#deadline"),
    "法院": ("等开庭、催法院", "topics/online-court#moves"),
    "市场监督管理部门": ("投诉没有回音", "topics/complaints#failure"),
}


def data(site: Site, cite: Cite) -> dict:
    """Return events, deadlines by id, what deductions preselect, which have lists, where to read on, and the years."""
    for clause in CLAUSES:
        cite(clause)
    entries = site.deadlines.entries
    groups = [[group.title, [_event(site, each) for each in group.events]] for group in site.events.entries]
    copied = COPIED | {"asks": "", "choices": [], "deadlines": []}
    return {
        "groups": [["后台写明的", [copied]], *groups],
        "links": {name: [title, _address(target)] for name, (title, target) in LINKS.items()},
        "deadlines": {each.id: _deadline(site, each, cite) for each in entries},
        "kinds": _kinds(site),
        "lists": _lists(site),
        "years": {str(year.year): _year(year) for year in site.years.values()},
    }


def _event(site: Site, event: Event) -> dict:
    found = event.deadlines(site.deadlines.entries)
    return {
        "id": event.id,
        "title": event.title,
        "day": event.day,
        "time": max((_time(site, each) for each in found), key=("", "may", "must").index),
        "asks": event.asks,
        "choices": _choices(site, found) if event.asks else [],
        "deadlines": [each.id for each in found],
    }


def _time(site: Site, deadline: Deadline) -> str:
    """Tell whether the time of day is needed: for hours; it helps where a platform may count its days to the minute."""
    if deadline.unit == "小时":
        return "must"
    return "may" if _is_mine(deadline) and not _is_law(site, deadline) else ""


def _choices(site: Site, found: list[Deadline]) -> list[list[str]]:
    """Return [id, words, id of the deadline]: first what deductions are called on this site, then the rules."""
    titles = {f"deductions/{kind}": each.id for each in found for kind in each.kinds}
    named = [
        [page.slug.partition("/")[2], short_title(page.meta.title), titles[page.slug]]
        for page in site.pages.values()
        if page.slug in titles
    ]
    rules = [each for each in found if not each.kinds]
    return named + [[each.id, _rule_title(each, rules), each.id] for each in rules]


def _rule_title(deadline: Deadline, others: list[Deadline]) -> str:
    """Return what a deadline's title names, with what is to be done where another one of them has the same name."""
    name, _, deed = deadline.title.partition("：")
    alike = sum(each.title.partition("：")[0] == name for each in others)
    return name if alike == 1 and deadline.acts != CREATOR else f"{name}（{deed}）"


def _deadline(site: Site, deadline: Deadline, cite: Cite) -> dict:
    side = "waits" if deadline.waits else "mine" if _is_mine(deadline) else "theirs"
    return {
        "title": deadline.title,
        "starts": deadline.starts,
        "length": deadline.length,
        "unit": deadline.unit,
        "acts": deadline.acts,
        "then": deadline.consequence,
        "source": cite(deadline.source),
        "law": _is_law(site, deadline),
        "side": side,
    }


def _is_mine(deadline: Deadline) -> bool:
    return not deadline.waits and deadline.acts.startswith(MINE)


def _is_law(site: Site, deadline: Deadline) -> bool:
    found = site.sources.find(deadline.source)
    return found is not None and found[0].kind == "law"


def _kinds(site: Site) -> dict[str, list[str]]:
    """Return for each deduction its event and the choice there; where several rules may apply, the choice is open."""
    events = {start: event for group in site.events.entries for event in group.events for start in event.starts}
    own = {kind: events[each.starts] for each in site.deadlines.entries for kind in each.kinds if each.starts in events}
    notice = next(iter(events.values())) if events else None
    slugs = [page.slug.partition("/")[2] for page in site.pages.values() if page.meta and page.meta.type == KIND]
    return {
        slug: [event.id, slug if slug in own and event.asks else ""]
        for slug in slugs
        if (event := own.get(slug, notice))
    }


def _lists(site: Site) -> dict[str, str]:
    """Return what each deduction is called for which tools/evidence has a list."""
    known = site.tables["tables/evidence"].pages if "tools/evidence.md" in site.by_path else ()
    return {slug.partition("/")[2]: short_title(site.by_path[f"{slug}.md"].meta.title) for slug in sorted(known)}


def _address(target: str) -> str:
    slug, hash_, anchor = target.partition("#")
    return f"../../{slug}/{hash_}{anchor}"


def _year(year: Year) -> dict:
    return {
        "off": [[_number(each.first), _number(each.last)] for each in year.holidays],
        "worked": sorted(_number(day) for each in year.holidays for day in each.work),
    }


def _number(day: date) -> int:
    return day.toordinal() - EPOCH
