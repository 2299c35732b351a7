"""Checks of a folder of built HTML: every link and fragment leads somewhere inside the folder."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from .problem import Problem

# Which attribute of which element names another file. `srcset`, CSS and the rest follow with issue 4.
LINKS = (("a", "href"), ("area", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("iframe", "src"))
NOT_FETCHED = {"canonical", "preconnect", "dns-prefetch"}  # `rel` of links that a browser does not follow
ROOT = "http://built.invalid/"


@dataclass(frozen=True)
class Reference:
    """A link as written: element, attribute, value."""

    tag: str
    attribute: str
    value: str


@dataclass(frozen=True)
class BuiltPage:
    """A built page: the ids on it and the links in it."""

    ids: frozenset[str]
    links: tuple[Reference, ...]


def check(folder: Path) -> list[Problem]:
    """Return every broken link, fragment or missing file of the built site in ``folder``, sorted."""
    pages = {path.relative_to(folder).as_posix(): _read(path) for path in sorted(folder.rglob("*.html"))}
    problems: list[Problem] = []
    for name, page in pages.items():
        broken = [(link, message) for link in page.links if (message := _broken(name, link, pages, folder))]
        if broken:
            positions = _positions(folder / name)
            for link, (code, message) in broken:
                line, col = positions.get(link, (1, 1))
                problems.append(Problem(name, line, col, code, message))
    return sorted(set(problems))


def _read(path: Path) -> BuiltPage:
    tree = LexborHTMLParser(path.read_bytes().decode("utf-8", "replace"))
    ids = {node.attributes.get("id") or "" for node in tree.css("[id]")}
    ids |= {node.attributes.get("name") or "" for node in tree.css("a[name]")}
    return BuiltPage(frozenset(ids), tuple(_links(tree)))


def _links(tree: LexborHTMLParser) -> Iterator[Reference]:
    for tag, attribute in LINKS:
        for node in tree.css(f"{tag}[{attribute}]"):
            rel = set((node.attributes.get("rel") or "").lower().split()) if tag == "link" else set()
            if not rel & NOT_FETCHED:
                yield Reference(tag, attribute, node.attributes[attribute] or "")


def _broken(name: str, link: Reference, pages: dict[str, BuiltPage], folder: Path) -> tuple[str, str] | None:
    value = link.value.strip()
    parts = urlsplit(urljoin(ROOT + name, value))
    if f"{parts.scheme}://{parts.netloc}/" != ROOT:
        return None
    path = unquote(parts.path).lstrip("/")
    if value.startswith("/") and name != "404.html":
        return "LK003", f"「{value}」以 / 开头；放在子目录下会断，请改成相对路径"
    target = _file(path, pages, folder)
    if target is None:
        return "LK001", f"「{value}」指向的文件不存在"
    fragment = unquote(parts.fragment)
    if fragment and fragment.lower() != "top" and target in pages and fragment not in pages[target].ids:
        return "LK002", f"「{value}」指向的位置不存在：{target} 没有 id「{fragment}」"
    return None


def _file(path: str, pages: dict[str, BuiltPage], folder: Path) -> str | None:
    if path in pages:
        return path
    index = posixpath.join(path, "index.html") if path else "index.html"
    if index in pages:
        return index
    return path if path and (folder / path).is_file() else None


def _positions(path: Path) -> dict[Reference, tuple[int, int]]:
    """Parse a page again, slowly, for the position at which each link's element begins."""
    finder = _PositionFinder()
    finder.feed(path.read_text("utf-8", "replace"))
    return finder.found


class _PositionFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[Reference, tuple[int, int]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, offset = self.getpos()
        for attribute, value in attrs:
            self.found.setdefault(Reference(tag, attribute, value or ""), (line, offset + 1))
