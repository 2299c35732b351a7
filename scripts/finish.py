"""Finish a built site: put our assets in place and make the search index from the built pages.

The index comes from the HTML, not from the generator, so it survives a change of generator.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kbcheck.page import Page
from kbcheck.site import Site
from search_page import add_index

NOT_SEARCHED = ".headerlink, .footnote, .footnote-ref, script, style, .kb-meta, .kb-next, nav"
INDEX_HASH_LENGTH = 12
WORD_JOINER = "\u2060"
TITLE_ID = "title"  # of every page's first heading; the skip link leads there


def finish(root: Path, folder: Path, site: Site) -> None:
    """Finish the built ``folder`` of the project ``root``."""
    for file in sorted(folder.rglob("*.html")):
        file.write_text(polish(file.read_text("utf-8"), site.conventions.opening), "utf-8")
    shutil.copytree(root / ".build" / "assets", folder / "assets" / "kb", dirs_exist_ok=True)
    if (files := root / ".build" / "files").is_dir():
        shutil.copytree(files, folder, dirs_exist_ok=True)
    write_index(folder, [page for page in (_search_page(folder, site, page) for page in _searched(site)) if page])
    add_index(folder, site)


def polish(html: str, opening: str) -> str:
    """Return the page with what Markdown cannot say: table cells that know their heads, the next action marked.

    On a phone a table's rows become cards; CSS shows each cell's head from ``data-head``, and the roles keep the
    table a table for a screen reader although its boxes are no longer laid out as one. ``opening`` is how the line with
    the next action begins.
    """
    tree = LexborHTMLParser(html)
    for heading in tree.css("article h1[id]"):
        _rename(tree, heading, TITLE_ID)
    for mark in tree.css("sup"):  # a note's number never stands alone at the beginning of a line
        mark.insert_before(WORD_JOINER)
    for form in tree.css("form[name=search]"):  # by this name the theme knows that it should fetch its index
        form.attrs["name"] = "kb-search"
    for table in tree.css("article table"):
        _label_cells(table)
    for strong in tree.css("article > p > strong:first-child"):
        if strong.text().startswith(opening.strip("*")):
            strong.parent.attrs["class"] = "kb-now"
    return tree.html


def _rename(tree: LexborHTMLParser, heading: LexborNode, name: str) -> None:
    """Give the page's title a stable id; the generator makes one like ``_1`` from its words."""
    for link in tree.css(f'a[href="#{heading.attributes["id"]}"]'):
        link.attrs["href"] = f"#{name}"
    heading.attrs["id"] = name
    for anchor in heading.css(".headerlink"):
        anchor.decompose()


def _label_cells(table: LexborNode) -> None:
    heads = [cell.text(strip=True) for cell in table.css("thead th")]
    table.attrs["role"] = "table"
    for part, role in (
        ("thead", "rowgroup"),
        ("tbody", "rowgroup"),
        ("tr", "row"),
        ("th", "columnheader"),
        ("td", "cell"),
    ):
        for node in table.css(part):
            node.attrs["role"] = role
    for row in table.css("tbody tr"):
        for head, cell in zip(heads, row.css("td"), strict=False):
            cell.attrs["data-head"] = head


def write_index(folder: Path, pages: list[dict]) -> None:
    """Write our index, and in the place of the theme's a stub that names ours for our worker."""
    text = json.dumps({"pages": pages}, ensure_ascii=False, separators=(",", ":"))
    name = f"index.{hashlib.sha256(text.encode()).hexdigest()[:INDEX_HASH_LENGTH]}.json"
    stub = {"config": {"lang": ["zh"], "separator": "\\s+", "pipeline": [], "index": f"search/{name}"}, "docs": []}
    search = folder / "search"
    search.mkdir(exist_ok=True)
    (search / name).write_text(text, "utf-8")
    (search / "search_index.json").write_text(json.dumps(stub, separators=(",", ":")), "utf-8")


def _searched(site: Site) -> Iterator[Page]:
    order = {path: rank for rank, (path, _, _) in enumerate(site.nav)}
    yield from sorted(site.pages.values(), key=lambda page: order.get(page.path.removeprefix("docs/"), len(order)))


def _search_page(folder: Path, site: Site, page: Page) -> dict | None:
    url = "" if page.slug == "index" else f"{page.slug}/"
    file = folder / url / "index.html"
    if page.meta is None or not file.is_file():
        return None
    article = LexborHTMLParser(file.read_text("utf-8")).css_first("article")
    for node in article.css(NOT_SEARCHED):
        node.decompose()
    return {
        "url": url,
        "title": page.meta.title,
        "type": site.type_of(page).title,
        "guide": site.is_guide(page),
        "about": page.meta.description,
        "asked": list(page.meta.keywords),
        "sections": list(_sections(article, site.conventions.sources_section)),
    }


def _sections(article: LexborNode, sources: str) -> Iterator[list[str]]:
    """Yield [id, heading, text] for what stands before the first heading, then for each h2 and h3 but ``sources``."""
    anchor, heading, parts = "", "", []
    for node in article.traverse(include_text=True):
        if node.tag in ("h1", "h2", "h3"):
            if anchor != sources and (text := _clean(parts)):
                yield [anchor, heading, text]
            anchor, heading, parts = node.attributes.get("id") or "", node.text(strip=True), []
            if node.tag == "h1":
                anchor, heading = "", ""
        elif node.tag == "-text" and not _inside_heading(node):
            parts.append(node.text())
        elif node.tag in ("p", "li", "td", "th", "tr", "br"):
            parts.append("\n")
    if anchor != sources and (text := _clean(parts)):
        yield [anchor, heading, text]


def _inside_heading(node: LexborNode) -> bool:
    while node := node.parent:
        if node.tag in ("h1", "h2", "h3"):
            return True
    return False


def _clean(parts: list[str]) -> str:
    text = "".join(parts).replace(WORD_JOINER, "")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]+", " ", text)).strip()
