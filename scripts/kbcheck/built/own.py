"""What we ask of our own pages beside sound links (``--own``): language, headings, unique titles, a strict CSP."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..problem import Problem
from .addressing import Base, Kind
from .elements import Address
from .files import Files

LANG, ONE_H1, ORDER, ALT, INLINE = "ST017", "ST018", "ST019", "ST020", "ST021"
TITLE, DESCRIPTION = "FM010", "FM011"
NOFOLLOW, SITEMAP, INDEX = "LK016", "LK017", "LK018"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HANDLER = re.compile(r"[\s\"'/]on[^\s\"'/>=]+\s*=", re.IGNORECASE)  # what looks like one
NOT_A_PAGE = {"404.html"}  # shown in the place of any page, so it is in no list
SITEMAP_FILE, STUB_FILE = "sitemap.xml", "search/search_index.json"

Found = tuple[str, str, Address]  # code, message, where


def read(text: str, tree: LexborHTMLParser) -> tuple[list[Found], tuple[str, str]]:
    """Return what is wrong on one page by itself, and its title and description. ``tree`` is the parsed ``text``."""
    return [*_findings(text, tree)], (_title_of(tree), _description_of(tree))


def _findings(text: str, tree: LexborHTMLParser) -> Iterator[Found]:
    if not (tree.root.attributes.get("lang") or "").strip():
        yield LANG, '<html> 必须写 lang，例如 lang="zh"', _at(tree.root)
    tops = tree.css("h1")
    if len(tops) != 1:
        yield (
            ONE_H1,
            f"一页必须恰好一个 <h1>，现在是 {len(tops)} 个",
            _at(tops[1]) if tops[1:] else Address("", "", "", ""),
        )
    yield from _order(tree)
    for image in tree.css("img:not([alt])"):
        yield ALT, '图片必须有 alt；只作装饰的写 alt=""', _at(image, "src")
    yield from _inline(text, tree)
    for link in tree.css("a[rel~=nofollow]"):
        href = link.attributes.get("href") or ""
        if not href.lower().startswith(("http:", "https:", "//")):
            yield NOFOLLOW, f"站内链接「{href}」不能写 nofollow", _at(link, "rel")


def _title_of(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head > title")
    return node.text(strip=True) if node else ""


def _description_of(tree: LexborHTMLParser) -> str:
    node = tree.css_first('meta[name="description"]')
    return (node.attributes.get("content") or "").strip() if node else ""


def unique(pages: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield page, code and message where a title or description is missing or used before; ``pages`` by name."""
    for code, part, what in ((TITLE, 0, "<title>"), (DESCRIPTION, 1, "description")):
        first: dict[str, str] = {}
        for name, texts in pages.items():
            if name in NOT_A_PAGE:
                continue
            if not texts[part]:
                yield name, code, f"这一页没有 {what}；搜索结果里会是一片空白"
            elif (other := first.setdefault(texts[part], name)) != name:
                yield name, code, f"{what} 与 {other} 相同；请改成能区分的"


def sitemap(files: Files, base: Base, pages: list[str]) -> Iterator[Problem]:
    """Yield where the sitemap and the pages disagree. A site built without an address has no sitemap to compare."""
    if SITEMAP_FILE not in files.names:
        return
    try:
        tree = ElementTree.fromstring(files.read(SITEMAP_FILE))
    except (ElementTree.ParseError, OSError):
        yield Problem(SITEMAP_FILE, 1, 1, SITEMAP, "sitemap 不是能读的 XML；请重新生成")
        return
    listed = {(node.text or "").strip() for node in tree.iter() if node.tag.rpartition("}")[2] == "loc"}
    listed.discard("")
    if not listed:
        return
    found = set()
    for address in sorted(listed):
        target = base.resolve(address, base.host + base.path)
        file = files.find(target.path) if target.kind is Kind.INSIDE else None
        if file is None and target.kind is not Kind.EXTERNAL:
            yield Problem(SITEMAP_FILE, 1, 1, SITEMAP, f"sitemap 里的「{address}」没有这一页", address)
        found.add(file)
    if any(found):
        for name in pages:
            if name not in found and name not in NOT_A_PAGE:
                yield Problem(SITEMAP_FILE, 1, 1, SITEMAP, f"sitemap 里没有「{name}」", name)


def search_index(files: Files, pages: list[str]) -> Iterator[Problem]:
    """Yield where the search index and the pages disagree."""
    if STUB_FILE not in files.names:
        return
    try:
        folder = json.loads(files.read(STUB_FILE))["config"]["index"]
        lists = sorted(name for name in files.names if re.fullmatch(rf"{re.escape(folder)}pages\d+\.json", name))
        index_file = lists[0]
        urls = {page[0] for name in lists for page in json.loads(files.read(name))}
    except (OSError, ValueError, LookupError, TypeError):
        yield Problem(STUB_FILE, 1, 1, INDEX, "搜索索引读不出来；请重新生成")
        return
    indexed = {files.find(url) for url in urls}
    for url in sorted(urls):
        if files.find(url) is None:
            yield Problem(index_file, 1, 1, INDEX, f"搜索索引里的「{url}」没有这一页", url)
    for name in pages:
        if name not in indexed and name not in NOT_A_PAGE:
            yield Problem(index_file, 1, 1, INDEX, f"搜索索引里没有「{name}」", name)


def _order(tree: LexborHTMLParser) -> Iterator[Found]:
    before = 0
    for heading in tree.css(",".join(HEADINGS)):
        level = int(heading.tag[1])
        if before and level > before + 1:
            yield ORDER, f"标题从 h{before} 跳到了 h{level}", _at(heading, "id")
        before = level


def _inline(text: str, tree: LexborHTMLParser) -> Iterator[Found]:
    for node in tree.css("[style]"):
        yield INLINE, "不能用 style 属性；内容安全策略会拦掉，请写进样式表", _at(node, "style")
    for node in tree.css("*") if HANDLER.search(text) else ():  # to look at every element takes long
        for name in node.attributes if node.attributes else ():
            if name.lower().startswith("on"):
                yield INLINE, f"不能用 {name} 属性；内容安全策略会拦掉，请写进脚本", _at(node, name)


def _at(node: LexborNode, attribute: str = "") -> Address:
    value = node.attributes.get(attribute) or "" if attribute else ""
    if not value:
        attribute = ""
    return Address("" if attribute == "id" else node.tag.lower(), attribute, value, value)
