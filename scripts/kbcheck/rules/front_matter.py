"""FM: what a page says of itself. FM001 to FM005 are found while front matter is read (``meta.py``)."""

from __future__ import annotations

from collections.abc import Iterator

from ..page import Page
from ..site import Site
from . import Found, rule


def _unreported(_site: Site) -> Found:
    yield from ()


def _from_reader(code: str, name: str, manual: str) -> None:
    """Register a rule whose problems the reader of front matter reports itself."""
    check = lambda site: _unreported(site)  # noqa: E731 - each rule needs a function of its own to carry its manual
    check.__name__, check.__doc__ = name, manual
    rule(code)(check)


_from_reader(
    "FM001",
    "front_matter_unreadable",
    """文首信息读不出来：没有、YAML 写坏了，或者文件不是 UTF-8。

    错：title: 第一步: 查清原因
    对：title: "第一步: 查清原因"
    为什么：读不出文首信息，就不知道这页是什么、何时核对过。
    """,
)
_from_reader(
    "FM002",
    "field_unknown",
    """文首信息里有不认识的键。

    错：reviewd: 2026-11-24
    对：reviewed: 2026-11-24
    为什么：拼错的键会被悄悄忽略，读者就看不到核对日期。
    """,
)
_from_reader(
    "FM003",
    "field_missing",
    """缺少必填的键。

    错：没有 description
    对：description: 一句话说清这页帮读者做什么
    为什么：标题、说明、类型、核对日期和关键词，搜索和页面都要用。
    """,
)
_from_reader(
    "FM004",
    "field_invalid",
    """键的值不合要求。

    错：reviewed: 去年
    对：reviewed: 2026-11-24
    为什么：日期和类型是数据，写错了页面就会说错。
    """,
)
_from_reader(
    "FM005",
    "field_order",
    """键的先后不对。

    错：先写 type，后写 title
    对：先写 title，后写 type
    为什么：次序固定，改动才看得清楚。
    """,
)


@rule("FM006")
def relation_missing(site: Site) -> Found:
    """related、fallback、part_of 指向的页面不存在。

    错：fallback: steps/follow
    对：fallback: steps/follow-up
    为什么：读者在这一步失败后，会没有下一步可走。
    """
    slugs = {page.slug for page in site.pages.values()}
    for page in site.pages.values():
        for key, slug in _relations(page):
            if slug not in slugs or slug == page.slug:
                place = page.place(f"{key}={slug}", key)
                yield page.path, *place, f"「{slug}」不是别的已有页面；请改成存在的路径，或先写那一页"


def _relations(page: Page) -> Iterator[tuple[str, str]]:
    if page.meta is None:
        return
    yield from (("related", slug) for slug in page.meta.related)
    if page.meta.fallback:
        yield "fallback", page.meta.fallback
    if page.meta.part_of:
        yield "part_of", page.meta.part_of.hub


@rule("FM007")
def title_repeated(site: Site) -> Found:
    """两页用了同一个标题。

    错：两页的 title 都是「申诉」
    对：「第四步 提交申诉」与「申诉结果」
    为什么：读者在搜索结果里分不清该点哪一个。
    """
    first: dict[str, str] = {}
    for page in site.pages.values():
        if page.meta is None:
            continue
        other = first.setdefault(page.meta.title, page.path)
        if other != page.path:
            yield page.path, *page.place("title"), f"标题「{page.meta.title}」与 {other} 相同；请改成能区分的标题"
