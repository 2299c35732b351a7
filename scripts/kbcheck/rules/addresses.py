"""LK: addresses that were published once stay good."""

from __future__ import annotations

from ..addresses import FILE, LIST, Redirect
from ..site import Site
from . import Found, rule


@rule("LK019")
def address_lost(site: Site) -> Found:
    """发布过的地址没有了，或者新的一页没有记进 data/slugs.txt。

    错：改了文件名，data/slugs.txt 里的旧地址既没有页面，也不在 data/redirects.yml 里
    对：在 data/redirects.yml 写一项 old、new、date、why；新的一页运行 make slugs
    为什么：读者收藏、转发的是旧地址，搜索引擎记的也是；打不开，他就以为这里没有了。
    """
    if not site.published.kept:
        return
    slugs = {page.slug: page for page in site.pages.values()}
    moved = {each.old for each in site.redirects.entries}
    for slug, line in site.published.lines.items():
        if slug not in slugs and slug not in moved:
            message = f"「{slug}」发布过，现在没有这一页；请恢复它，或在 {FILE} 写明搬到了哪里"
            yield LIST, line, 1, message
    for slug, page in slugs.items():
        if slug not in site.published.lines:
            yield page.path, 1, 1, f"{LIST} 里没有这一页；请运行 make slugs"


@rule("LK020")
def redirect_invalid(site: Site) -> Found:
    """data/redirects.yml 写法不对：格式、目标不存在、接连跳转、旧地址还有页面或没有发布过。

    错：old: topics/fees，new: topics/costs（这一页也搬走了）
    对：old: topics/fees，new: topics/court-costs#acceptance
    为什么：旧地址应当一步到新的地方；跳两次或跳到空处，读者就走了。
    """
    slugs = {page.slug: page for page in site.pages.values()}
    moved = {each.old for each in site.redirects.entries}
    for each in site.redirects.entries:
        if message := _fault(site, each, slugs, moved):
            yield FILE, each.line, each.col, message


def _fault(site: Site, redirect: Redirect, slugs: dict, moved: set[str]) -> str:
    slug, _, anchor = redirect.new.partition("#")
    if redirect.old in slugs:
        return f"「{redirect.old}」还有页面 {slugs[redirect.old].path}；请删去这一项，或删去那一页"
    if site.published.kept and redirect.old not in site.published.lines:
        return f"「{redirect.old}」不在 {LIST} 里，没有发布过；请改成发布过的地址，或删去这一项"
    if slug in moved:
        return f"「{slug}」自己也搬走了；请直接写最后的地址"
    if slug not in slugs:
        return f"没有「{slug}」这一页；请改成有的"
    if anchor and not site.has_anchor(slugs[slug].path.removeprefix("docs/"), anchor):
        return f"「{slug}」没有「#{anchor}」这一节；请改成有的，或只写页面"
    if redirect.date > site.today:
        return f"date 不能晚于今天（{site.today.isoformat()}）；请写搬家的那一天"
    return ""
