"""Pages made from data: the sources, the glossary, what changed, what is due for review.

A page is made where the navigation names it, so another knowledge base takes those that it wants.
"""

from __future__ import annotations

from collections.abc import Callable

from ..site import Site
from . import glossary, history, sources

PAGES: dict[str, Callable[[Site], str]] = {
    "docs/reference/sources.md": sources.overview,
    "docs/reference/laws.md": sources.laws,
    "docs/reference/rules.md": sources.rules,
    "docs/reference/back-office.md": sources.procedures,
    "docs/reference/changes.md": history.changes,
    "docs/reference/review.md": history.review,
    "docs/glossary.md": glossary.render,
}


def pages(site: Site) -> dict[str, str]:
    """Return the text of every page that is made for ``site``, by path."""
    named = {f"docs/{path}" for path, _, _ in site.nav}
    return {path: render(site) for path, render in PAGES.items() if path in named}
