"""Several pages on one: all eight steps for the printer, and the whole site for scripts/pdf.py.

Works on the built HTML. Ids get the name of their page in front, links between the joined pages become links within the
one, all other links are made anew for where it stands.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kbcheck.site import Site

STEPS = "steps/all"
PLACE = "#kb-all"
STEP = "step"
HOME = "index"
# What belongs to a page alone and not to its text.
FURNITURE = ".headerlink, .kb-meta, .kb-next, .kb-path, script, noscript, .footnote-backref"

ID_ATTRIBUTES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls")
HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")


def add_steps(folder: Path, site: Site) -> None:
    """Put all steps into the built page ``steps/all``, with a list of them; a site without it is left as it is."""
    file = folder / STEPS / "index.html"
    if not file.is_file():
        return
    steps = [page for page in site.pages.values() if page.meta and page.meta.type == STEP]
    steps.sort(key=lambda page: page.meta.part_of.position)
    tree = LexborHTMLParser(file.read_text("utf-8"))
    if place := tree.css_first(PLACE):
        listed = "".join(f'<li><a href="#{key(page.slug)}">{page.meta.title}</a></li>' for page in steps)
        text = joined(folder, [page.slug for page in steps], STEPS, 1)
        whole = f'<div class="kb-whole"><ol>{listed}</ol>{text}</div>'
        place.replace_with(LexborHTMLParser(whole).css_first(".kb-whole"))
        file.write_text(tree.html, "utf-8")


def joined(
    folder: Path,
    slugs: Collection[str],
    at: str,
    lower: int,
    outside: Callable[[str], str] = str,
    every: Collection[str] = (),
) -> str:
    """Return the articles of the built pages ``slugs`` one after another, as HTML for the page ``at``.

    Headings go down by ``lower`` levels. ``every``: all pages that stand on the one, where these are not all. Where a
    link leads to none of them, ``outside`` makes of its address as seen from ``at`` the one to write, or nothing.
    """
    parts = []
    for slug in slugs:
        article = LexborHTMLParser((folder / _place(slug) / "index.html").read_text("utf-8")).css_first("article")
        for node in article.css(FURNITURE):
            node.decompose()
        _rename(article, slug)
        _relink(article, slug, every or slugs, at, outside)
        text = _lowered(article.inner_html, lower)
        parts.append(f'<section class="kb-joined" id="{key(slug)}">{text}</section>')
    return "".join(parts)


def key(slug: str) -> str:
    """Return the id under which a page stands on the joined one."""
    return slug.replace("/", "-")


def _place(slug: str) -> str:
    return "" if slug == HOME else slug


def _rename(article: LexborNode, slug: str) -> None:
    for name in ID_ATTRIBUTES:
        for node in article.css(f"[{name}]"):
            node.attrs[name] = " ".join(f"{key(slug)}.{each}" for each in (node.attributes[name] or "").split())


def _relink(article: LexborNode, slug: str, slugs: Collection[str], at: str, outside: Callable[[str], str]) -> None:
    for link in article.css("a[href]"):
        parts = urlsplit(link.attributes["href"] or "")
        if parts.scheme or parts.netloc:
            continue
        target = posixpath.normpath(posixpath.join(_place(slug), parts.path)) if parts.path else slug
        target = HOME if target == "." else target
        if target in slugs:
            link.attrs["href"] = f"#{key(target)}.{parts.fragment}" if parts.fragment else f"#{key(target)}"
        else:
            path = posixpath.relpath(target, at) + ("/" if parts.path.endswith("/") else "")
            if address := outside(path + (f"#{parts.fragment}" if parts.fragment else "")):
                link.attrs["href"] = address
            else:
                del link.attrs["href"]


def _lowered(html: str, lower: int) -> str:
    return HEADING.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + lower)}", html)
