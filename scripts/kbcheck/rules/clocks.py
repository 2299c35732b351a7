"""SR016: every deadline runs from one event, and tells truly whose appeal it is."""

from __future__ import annotations

from ..deadlines import FILE as DEADLINES
from ..events import FILE as EVENTS
from ..site import Site
from . import Found, rule

DEDUCTIONS = "deductions/"


@rule("SR016")
def event_invalid(site: Site) -> Found:
    """data/events.yml 写法不对：期限的起点不在任何一件事里、在两件事里，一件事没有期限，或者 kinds 没有那一页。

    错：deadlines.yml 写 starts: 收到通知，events.yml 里没有一件事的 starts 有它
    对：在一件事里写 starts: [收到通知]
    为什么：读者先选发生了什么；不属于任何一件事的期限，期限计算器里就找不到。
    """
    known = {each.starts for each in site.deadlines.entries}
    owner: dict[str, str] = {}
    ids: set[str] = set()
    for event in (each for group in site.events.entries for each in group.events):
        if event.id in ids:
            yield EVENTS, event.line, event.col, f"「{event.id}」写了两次；请给后一个换名"
        ids.add(event.id)
        for start in event.starts:
            if start in owner:
                yield EVENTS, event.line, event.col, f"「{start}」已在「{owner[start]}」里；请只留一处"
            owner[start] = event.id
            if start not in known:
                yield EVENTS, event.line, event.col, f"{DEADLINES} 里没有从「{start}」起算的期限；请改正或删去"
    for entry in site.deadlines.entries if owner else ():
        if entry.starts not in owner:
            yield DEADLINES, entry.line, entry.col, f"「{entry.starts}」不在任何一件事里；请写进 {EVENTS}"
    yield from _wrong_kinds(site)


def _wrong_kinds(site: Site) -> Found:
    slugs = {page.slug for page in site.pages.values()}
    taken: set[str] = set()
    for entry in site.deadlines.entries:
        for kind in entry.kinds:
            if DEDUCTIONS + kind not in slugs:
                yield DEADLINES, entry.line, entry.col, f"没有 {DEDUCTIONS}{kind} 这一页；请改正 kinds"
            if kind in taken:
                yield DEADLINES, entry.line, entry.col, f"「{kind}」已经属于另一个期限；请只留一处"
            taken.add(kind)
