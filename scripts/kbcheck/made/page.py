"""What all pages made from data have in common: their front matter and their links."""

from __future__ import annotations

import posixpath
from datetime import date
from functools import lru_cache

from ..page import Page
from ..site import Site

NOTICE = "由 scripts/generate.py 从数据生成，请勿手改"


def front(title: str, description: str, kind: str, reviewed: date, keywords: tuple[str, ...], hub: str = "") -> str:
    """Return the front matter and the first heading of a page made from data."""
    lines = [
        "---",
        f"# {NOTICE}",
        f"title: {title}",
        f"description: {description}",
        f"type: {kind}",
        f"reviewed: {reviewed.isoformat()}",
        "keywords:",
        *(f"  - {word}" for word in keywords),
        *([f"part_of: {hub}"] if hub else []),
        "---",
        "",
        f"# {title}",
        "",
    ]
    return "\n".join(lines) + "\n"


def last_checked(site: Site) -> date:
    """Return the day on which a source was last checked; never the day of the build."""
    return max((work.checked for work in site.sources.works.values()), default=date.min)


def link(page: Page, path: str, anchor: str = "") -> str:
    """Return a Markdown link to ``page`` from the page at ``path`` (``docs/…``)."""
    title = page.meta.title if page.meta else page.slug
    return f"[{title}]({relative(page.path, path)}{'#' + anchor if anchor else ''})"


@lru_cache(maxsize=10_000)  # asked for once for each note of each page
def relative(target: str, path: str) -> str:
    """Return how the page at ``path`` links to ``target``; both are below the project's root."""
    return posixpath.relpath(target, posixpath.dirname(path))
