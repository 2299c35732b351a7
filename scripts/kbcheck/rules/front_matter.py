"""FM: what a page says of itself. FM001 to FM005 are found while front matter is read (``meta.py``)."""

from __future__ import annotations

from collections.abc import Iterator

from ..meta import SLUG
from ..page import Page
from ..site import Site
from . import Found, declare, rule

declare(
    "FM001",
    "front_matter_unreadable",
    """文首信息读不出来：没有、YAML 写坏了，或者文件不是 UTF-8。

    错：title: 第一步: 查清原因
    对：title: "第一步: 查清原因"
    为什么：读不出文首信息，就不知道这页是什么、何时核对过。
    """,
)
declare(
    "FM002",
    "field_unknown",
    """文首信息里有不认识的键。

    错：reviewd: 2026-11-24
    对：reviewed: 2026-11-24
    为什么：拼错的键会被悄悄忽略，读者就看不到核对日期。
    """,
)
declare(
    "FM003",
    "field_missing",
    """缺少必填的键。

    错：没有 description
    对：description: 一句话说清这页帮读者做什么
    为什么：标题、说明、类型、核对日期和关键词，搜索和页面都要用。
    """,
)
declare(
    "FM004",
    "field_invalid",
    """键的值不合要求。

    错：reviewed: 去年
    对：reviewed: 2026-11-24
    为什么：日期和类型是数据，写错了页面就会说错。
    """,
)
declare(
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


@rule("FM008")
def slug_repeated(site: Site) -> Found:
    """两个文件会生成同一个网址，或者网址里有不该有的字符。

    错：docs/steps.md 和 docs/steps/index.md
    对：只留 docs/steps/index.md
    为什么：一页会盖住另一页；中文、空格和大写字母的网址，发到聊天里常被截断。
    """
    first: dict[str, str] = {}
    for page in site.pages.values():
        other = first.setdefault(page.slug, page.path)
        if other != page.path:
            yield page.path, 1, 1, f"与 {other} 生成同一个网址「{page.slug}/」；请改名或合并"
        elif not SLUG.fullmatch(page.slug):
            yield page.path, 1, 1, f"网址「{page.slug}」只能用小写英文字母、数字和连字符；请给文件改名"


@rule("FM009", stale=True)
def review_overdue(site: Site) -> Found:
    """过了该复核的日子。

    错：引用平台规则的页面，半年没有对照原文通读
    对：重读来源，改正，再改 reviewed
    为什么：平台每月都在改规则，旧的期限会让人丢钱。只是时间到了，所以先算警告。
    """
    for page in site.pages.values():
        if page.meta is None or not site.is_guide(page):
            continue
        due = site.review_due(page)
        if site.today > due:
            days = (due - page.meta.reviewed).days
            message = f"应在 {due.isoformat()} 之前复核（每 {days} 天一次）；请对照来源通读，改正后更新 reviewed"
            yield page.path, *page.place("reviewed"), message
