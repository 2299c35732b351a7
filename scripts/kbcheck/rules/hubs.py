"""SR: what home and the hubs show of the data: the table of all deductions, what to read first, what people ask."""

from __future__ import annotations

import re
from collections import Counter

from .. import overview, shelves
from ..page import Page
from ..shelves import ASKED, FOLDER, MOST_ASKED, PICKS, PICTURES, Asked, Pick, Picture
from ..site import Site
from ..tables import DEDUCTIONS, AmountsOf
from . import Found, rule

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
PERIOD = re.compile(r"\d\s*(?:小时|天|日|个)")


@rule("SR020")
def overview_invalid(site: Site) -> Found:
    """data/deductions.yml 的 overview 和它的 amounts、期限或那一页的“什么情况有利”对不上。

    错：takes 写最高 60 元，amounts 里最高 50 元
    对：takes: 每单实付的 1%–5%，最高 50 元
    为什么：读者用这张表先看轻重；一行写错，他就少报了一张单，或者白急一场。
    """
    entries = overview.amounts(site.root).entries
    for entry in entries if any(each.overview for each in entries) else ():
        if entry.overview is None:
            message = f"「{entry.id}」没有 overview；{overview.SHOWN} 的表要有它"
            yield DEDUCTIONS, entry.line, entry.col, message
            continue
        line, col = entry.overview.line, entry.overview.col
        for message in (*_wrong_amount(entry), *_wrong_periods(site, entry), *_wrong_odds(site, entry)):
            yield DEDUCTIONS, line, col, message


def _wrong_amount(entry: AmountsOf):
    """Numbers and sources are those of the rows, and the number to sort by is the largest that is said."""
    told = entry.overview
    known = set(NUMBER.findall(" ".join(cell for row in entry.amounts for cell in row.cells())))
    for number in NUMBER.findall(told.takes):
        if number not in known:
            yield f"takes 里的「{number}」不在它的 amounts 里；请改成那里的数"
    cited = {source for row in entry.amounts for source in row.sources}
    for source in told.sources:
        if source not in cited:
            yield f"sources「{source}」不在它的 amounts 里；请改成那里引用的"
    if (said := overview.most_said(told.takes)) is not None and said != told.most:
        yield f"most 是 {told.most}，takes 里最大的是 {said} 元；请写成一样"


def _wrong_periods(site: Site, entry: AmountsOf):
    told = entry.overview
    known = {each.id for each in site.deadlines.entries}
    for name in told.appeals:
        if name not in known:
            yield f"data/deadlines.yml 里没有「{name}」；请改正 appeals"
    for each in told.also:
        if PERIOD.search(each.text):
            yield f"also「{each.text}」说了期限；请写进 data/deadlines.yml，再写 appeals"
    if not overview.appeals(entry, site.deadlines) and not told.also:
        yield "没有申诉期限：deadlines.yml 的 kinds 里没有它；请写 appeals，没有读到的写 also"


def _wrong_odds(site: Site, entry: AmountsOf):
    page = site.by_path.get(f"{entry.id}.md")
    rows = overview.odds(page) if page else {}
    for name in entry.overview.good:
        if name not in rows:
            yield f"{entry.id} 的「什么情况有利」里没有「{name}」这一行；有的是 {'、'.join(list(rows)[1:])}"


@rule("SR021")
def shelf_invalid(site: Site) -> Found:
    """推荐阅读、大家都在搜、图文的数据写法不对：去处不存在、那一页没有图，或者没有一页收入它。

    错：see: topics/refund
    对：see: topics/refunds#refuse
    为什么：首页的每一条都要点得开，说有图就有图。
    """
    found = site.shelves
    for each in (found.picks, found.asked, found.pictures):
        yield from ((problem.path, problem.line, problem.col, problem.message) for problem in each.problems)
    for entry in found.picks.entries:
        for pick in entry.picks:
            yield from _wrong_place(site, PICKS, pick)
    for picture in found.pictures.entries:
        yield from _wrong_place(site, PICTURES, picture)
    yield from _wrong_questions(site)
    yield from _not_shown(site)


def _wrong_questions(site: Site) -> Found:
    count: Counter[str] = Counter()
    for asked in site.shelves.asked.entries:
        yield from _wrong_place(site, ASKED, asked)
        hub = shelves.hub_of(asked.see)
        count[hub] += 1
        if count[hub] > MOST_ASKED:
            yield ASKED, asked.line, asked.col, f"「{hub}」下已有 {MOST_ASKED} 个问题；请换掉一个"


def _wrong_place(site: Site, file: str, entry: Pick | Asked | Picture) -> Found:
    path, _, anchor = entry.see.partition("#")
    page = site.by_path.get(f"{path}.md")
    if page is None:
        yield file, entry.line, entry.col, f"see「{entry.see}」没有这一页；请写成 topics/refunds 这样，可以加 #那一节"
    elif anchor and not site.has_anchor(f"{path}.md", anchor):
        yield file, entry.line, entry.col, f"see「{entry.see}」没有这一节；请改成那一页有的 id"
    elif isinstance(entry, Picture) and not _has_picture(page):
        yield file, entry.line, entry.col, f"{path} 里没有图；请先放图，或删去这一项"


def _has_picture(page: Page) -> bool:
    return any(link.image for link in page.links) or any(name.startswith("pictures/") for name in page.includes)


def _not_shown(site: Site) -> Found:
    """Every shelf is on a page, and no page includes one that is not there."""
    made = shelves.includes(site.shelves, site.pages.values())
    shown = {name for page in site.pages.values() for name in page.includes}
    files = {"picks": PICKS, "asked": ASKED, "pictures.md": PICTURES}
    for name in sorted(made.keys() - shown):
        if file := files.get(name.split("/")[1]):
            yield file, 1, 1, f'没有一页收入「{name}」；请在那一页写 --8<-- "{name}"，或删去它的数据'
    for page in site.pages.values():
        for name in page.includes:
            if name.startswith(f"{FOLDER}/") and name not in made:
                line = page.lines.index(f'--8<-- "{name}"') + 1
                yield page.path, line, 1, f"没有「{name}」；请补上数据，或删去这一行"
