"""The built pages as plain text, the same for every peer that has no generator of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .questions import slug

LEFT_OUT = ".headerlink, .footnote, .footnote-ref, script, style, nav"
HEADINGS = ("h2", "h3")
BLOCKS = ("p", "li", "td", "th", "tr", "br", "h4")
SOURCES = "sources"  # the list of sources of every page; our own index leaves it out as well


def read(site: Path) -> list[dict]:
    """Return every page of a built site: its address, its title, its sections by the ids of h2 and h3."""
    pages = []
    for file in sorted(site.rglob("index.html")):
        article = LexborHTMLParser(file.read_text("utf-8")).css_first("article")
        if article is None:
            continue
        for node in article.css(LEFT_OUT):
            node.decompose()
        title = article.css_first("h1")
        url = slug(file.relative_to(site).as_posix())
        pages.append(
            {"url": url, "title": title.text(strip=True) if title else url, "sections": list(_sections(article))}
        )
    return pages


def write(pages: list[dict], folder: Path) -> None:
    """Write the pages as bare HTML, for a peer that indexes HTML."""
    for page in pages:
        body = "".join(
            (f'<h2 id="{escape(part["id"])}">{escape(part["heading"])}</h2>' if part["heading"] else "")
            + "".join(f"<p>{escape(line)}</p>" for line in part["text"].split("\n"))
            for part in page["sections"]
        )
        file = folder / ("" if page["url"] == "index" else page["url"]) / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        title = escape(page["title"])
        head = f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        file.write_text(f"{head}<body data-pagefind-body><h1>{title}</h1>{body}</body></html>", "utf-8")


def _sections(article: LexborNode) -> Iterator[dict]:
    section = {"id": "", "heading": "", "text": ""}
    for node in article.traverse(include_text=True):
        if node.tag in HEADINGS:
            yield from _whole(section)
            section = {"id": node.attributes.get("id") or "", "heading": node.text(strip=True), "text": ""}
        elif node.tag in BLOCKS:
            section["text"] += "\n"
        elif node.tag == "-text" and not _in_heading(node):
            section["text"] += node.text()
    yield from _whole(section)


def _whole(section: dict) -> Iterator[dict]:
    lines = (" ".join(line.replace("\u2060", "").split()) for line in section["text"].split("\n"))
    text = "\n".join(line for line in lines if line)
    if section["id"] != SOURCES and (text or section["heading"]):
        yield {**section, "text": text}


def _in_heading(node: LexborNode) -> bool:
    while node := node.parent:
        if node.tag in ("h1", *HEADINGS):
            return True
    return False
