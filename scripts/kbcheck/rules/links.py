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
    for page in site.pages.values():
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
    for page in site.pages.values():
        for link in page.links:
            found = _internal(site, page, link.target)
            if found and found[1] and found[0] in site.by_path and found[1] not in site.anchors[found[0]]:
                known = "、".join(f"#{name}" for name in site.anchors[found[0]][:8])
                message = f"「{found[0]}」没有锚点「#{found[1]}」；它有 {known or '（没有锚点）'}"
                yield page.path, link.line, link.col, message


@rule("LK003")
def link_form(site: Site) -> Found:
    """链接写法不对：站内链接必须是相对路径、带 .md 的行内链接。

    错：[申诉](/steps/file-appeal/)，[申诉][1]，<a href="...">
    对：[申诉](../steps/file-appeal.md)
    为什么：只有这种写法，检查和生成器都认得，换了网址也不会断。
    """
    for page in site.pages.values():
        for link in page.links:
            path = link.target.partition("#")[0]
            if EXTERNAL.match(link.target) or not path:
                continue
            if path.startswith("/") or path.endswith(("/", ".html")) or not re.search(r"\.[a-z0-9]+$", path):
                message = f"「{link.target}」必须写成相对的 .md 路径，例如 ../steps/file-appeal.md"
                yield page.path, link.line, link.col, message
        for number, line in enumerate(page.lines, 1):
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
    for page in site.pages.values():
        for link in page.links:
            words = re.sub(r"[*_`\s]", "", link.text)
            if words in EMPTY_WORDS or not words:
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
