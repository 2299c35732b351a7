"""LK: links between pages."""

from __future__ import annotations

import re

from ..page import AUTOLINK, RAW_HTML, REFERENCE, Page
from ..site import Site
from . import Found, rule

EMPTY_WORDS = {"点击这里", "点这里", "这里", "此处", "点击此处", "点击查看", "查看", "链接", "更多", "详情"}
EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@rule("LK001")
def target_missing(site: Site) -> Found:
    """链接指向的文件不存在。

    错：[申诉](../steps/apeal.md)
    对：[申诉](../steps/file-appeal.md)
    为什么：读者点下去是一张「找不到」。
    """
    for page in site.texts:
        for link in page.links:
            found = _internal(site, page, link.target)
            if found and found[0] not in site.by_path and not _is_asset(site, found[0]):
                hint = _nearest(found[0], site)
                yield page.path, link.line, link.col, f"「{link.target}」指向的文件不存在；{hint}"


@rule("LK002")
def anchor_missing(site: Site) -> Found:
    """链接指向的标题不存在。

    错：[时限](../steps/file-appeal.md#no-such-id)
    对：[时限](../steps/file-appeal.md#deadline)
    为什么：读者会落在页首，找不到要看的那一段。
    """
    for page in site.texts:
        for link in page.links:
            found = _internal(site, page, link.target)
            if found and "=" in found[1] and found[0].startswith("tools/"):
                continue  # what a tool reads; its place is in what the page includes, and MkDocs knows it
            if found and found[1] and found[0] in site.by_path and not site.has_anchor(*found):
                known = "、".join(f"#{name}" for name in site.anchors(found[0])[:8])
                message = f"「{found[0]}」没有锚点「#{found[1]}」；它有 {known or '（没有锚点）'}"
                yield page.path, link.line, link.col, message


@rule("LK003")
def link_form(site: Site) -> Found:
    """链接写法不对：站内链接必须是相对路径、带 .md 的行内链接。

    错：[申诉](/steps/file-appeal/)，[申诉][1]，<a href="...">
    对：[申诉](../steps/file-appeal.md)
    为什么：只有这种写法，检查和生成器都认得，换了网址也不会断。
    """
    for page in site.texts:
        for link in page.links:
            path = link.target.partition("#")[0]
            if EXTERNAL.match(link.target) or not path:
                continue
            if path.startswith("/") or path.endswith(("/", ".html")) or not re.search(r"\.[a-z0-9]+$", path):
                message = f"「{link.target}」必须写成相对的 .md 路径，例如 ../steps/file-appeal.md"
                yield page.path, link.line, link.col, message
        for number, line in page.numbered:
            for pattern, name in ((REFERENCE, "引用式链接"), (RAW_HTML, "HTML 标签"), (AUTOLINK, "尖括号链接")):
                for match in pattern.finditer(line):
                    yield page.path, number, match.start() + 1, f"不能用{name}；请写成 [文字](路径.md)"


@rule("LK004")
def link_words(site: Site) -> Found:
    """链接文字没有说去哪里。

    错：[点击这里](../steps/file-appeal.md)
    对：[怎样提交申诉](../steps/file-appeal.md)
    为什么：用读屏软件的人，和匆匆扫一眼的人，只看得到链接文字。
    """
    for page in site.texts:
        for link in page.links:
            words = re.sub(r"[*_`\s]", "", link.text)
            if not link.image and (words in EMPTY_WORDS or not words):
                yield page.path, link.line, link.col, f"链接文字「{link.text}」没有说去哪里；请写出目标页讲什么"


@rule("LK005")
def relation_one_sided(site: Site) -> Found:
    """related 只写了一边。

    错：甲页的 related 有乙，乙页的没有甲
    对：两页都写上对方
    为什么：相关是相互的，读者从哪边来都该看到另一边。
    """
    by_slug = {page.slug: page for page in site.pages.values()}
    for page in site.pages.values():
        for slug in page.meta.related if page.meta else ():
            other = by_slug.get(slug)
            if other and other.meta and page.slug not in other.meta.related:
                yield (
                    other.path,
                    *other.place("related", "title"),
                    f"{page.path} 的 related 写了本页；请在 related 里补上「{page.slug}」",
                )


@rule("LK006")
def fallback_cycle(site: Site) -> Found:
    """fallback 转了一圈又回来。

    错：申诉失败去跟进，跟进失败又去申诉
    对：申诉 → 跟进 → 法律途径
    为什么：读者要的是下一步，不是原地打转。
    """
    chain = {page.slug: page.meta.fallback for page in site.pages.values() if page.meta}
    for page in site.pages.values():
        seen, slug = [page.slug], chain.get(page.slug)
        while slug and slug not in seen:
            seen.append(slug)
            slug = chain.get(slug)
        if slug == page.slug:
            yield (
                page.path,
                *page.place("fallback"),
                f"fallback 转了一圈：{' → '.join([*seen, slug])}；请改成通向最终作决定的地方",
            )


@rule("LK011")
def fallback_undecided(site: Site) -> Found:
    """fallback 一路走下去，没有到有人作决定的地方。

    错：申诉失败去跟进，跟进没有 fallback
    对：申诉 → 跟进 → 投诉 → 法律途径（data/page-types.yml 的 decided_at）
    为什么：每条路都要有尽头，读者才知道最后找谁。
    """
    decided = set(site.conventions.decided_at)
    chain = {page.slug: page.meta.fallback for page in site.pages.values() if page.meta}
    for page in site.pages.values() if decided else ():
        if page.meta and page.meta.fallback in chain:
            end, seen = page.meta.fallback, {page.slug}
            while chain.get(end) in chain and end not in seen:
                seen.add(end)
                end = chain[end]
            if end not in decided and end not in seen:
                ends = "、".join(sorted(decided))
                message = f"fallback 停在「{end}」，那里没有人作决定；请给它写 fallback，最后要到 {ends}"
                yield page.path, *page.place("fallback"), message


@rule("LK012")
def position_gap(site: Site) -> Found:
    """一个栏目里的次序有缺或有重。

    错：steps/1、steps/2、steps/4
    对：steps/1、steps/2、steps/3
    为什么：读者看到“第 4 步，共 8 步”，会去找那不存在的第 3 步。
    """
    hubs: dict[str, dict[int, Page]] = {}
    for page in site.pages.values():
        part = page.meta.part_of if page.meta else None
        if part is None or part.position is None:
            continue
        taken = hubs.setdefault(part.hub, {})
        if part.position in taken:
            message = f"「{part.hub}/{part.position}」与 {taken[part.position].path} 相同；请改成各不相同的次序"
            yield page.path, *page.place("part_of"), message
        taken.setdefault(part.position, page)
    for hub, taken in hubs.items():
        for position in sorted(taken):
            if position > 1 and position - 1 not in taken:
                message = f"「{hub}」里没有第 {position - 1} 个，却有第 {position} 个；请补上或改正次序"
                yield taken[position].path, *taken[position].place("part_of"), message


@rule("LK013")
def unreachable(site: Site) -> Found:
    """从首页点不到，或者要点太多次。

    错：写了一页，没有一页链接到它
    对：在栏目页里加上链接
    为什么：读者从首页出发，三次之内找不到，就走了。
    """
    home = site.conventions.home
    if not any(page.slug == home for page in site.pages.values()):
        return
    clicks = _clicks_from(site, home)
    for page in site.pages.values():
        if page.meta is None or page.slug == home:
            continue
        if page.slug not in clicks:
            yield page.path, *page.place("title"), "没有一条链接从首页通到这里；请在栏目页或相关页面里加上链接"
        elif clicks[page.slug] > site.conventions.max_clicks:
            message = (
                f"从首页要点 {clicks[page.slug]} 次，最多 {site.conventions.max_clicks} 次；请从更近的页面链接过来"
            )
            yield page.path, *page.place("title"), message


@rule("LK014")
def dead_end(site: Site) -> Found:
    """指南里没有一条链接通到下一步。

    错：整页没有链接，也没有 fallback
    对：文末写明接着去哪里
    为什么：读者做完这一页，不该停在原地。
    """
    for page in site.pages.values():
        if site.is_guide(page) and not page.meta.fallback:
            own = page.path.removeprefix("docs/")
            targets = {found[0] for link in page.links if (found := _internal(site, page, link.target))}
            if not targets - {own}:
                yield page.path, *page.place("title"), "这一页没有通到别处的链接；请写明读者接着去哪里"


@rule("LK015")
def missing_from_hub(site: Site) -> Found:
    """栏目页没有列出它的一页。

    错：part_of: topics，而 docs/topics/index.md 里没有它
    对：在栏目页里加上这一页
    为什么：读者从栏目页找，找不到就以为没有。
    """
    by_slug = {page.slug: page for page in site.pages.values()}
    listed = {slug: _linked_slugs(site, page) for slug, page in by_slug.items()}
    for page in site.pages.values():
        part = page.meta.part_of if page.meta else None
        if part and part.hub in by_slug and page.slug not in listed[part.hub] and part.hub != page.slug:
            message = f"栏目页 {by_slug[part.hub].path} 没有链接到这一页；请在那里加上"
            yield page.path, *page.place("part_of"), message


def _linked_slugs(site: Site, page: Page) -> set[str]:
    found = {_internal(site, page, link.target) for link in page.links}
    return {site.by_path[each[0]].slug for each in found if each and each[0] in site.by_path}


def _clicks_from(site: Site, home: str) -> dict[str, int]:
    """Return how many clicks each page is away from home, by links in the text and by relations.

    Pages made from data link to everything; nobody finds a guide through them.
    """
    by_slug = {page.slug: page for page in site.pages.values()}
    clicks, todo = {home: 0}, [home]
    while todo:
        slug = todo.pop(0)
        page = by_slug[slug]
        if page.generated:
            continue
        relations = (*page.meta.related, page.meta.fallback) if page.meta else ()
        for other in (*sorted(_linked_slugs(site, page)), *relations):
            if other in by_slug and other not in clicks:
                clicks[other] = clicks[slug] + 1
                todo.append(other)
    return clicks


def _internal(site: Site, page: Page, target: str) -> tuple[str, str] | None:
    if EXTERNAL.match(target) or target.startswith("/"):
        return None
    return site.resolve(page, target)


def _is_asset(site: Site, path: str) -> bool:
    return not path.startswith("..") and not path.endswith(".md") and (site.root / "docs" / path).is_file()


def _nearest(path: str, site: Site) -> str:
    name = path.rpartition("/")[2]
    same = [known for known in site.by_path if known.rpartition("/")[2] == name or known.lower() == path.lower()]
    return f"有一页叫「{same[0]}」，是不是它" if same else "请改正路径，或先写那一页"
