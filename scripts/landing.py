"""The way to deadline, entry and material, below each heading at which a reader may land.

Search results and links lead into the middle of long pages; who lands there sees what is asked, not how long he has.
The line shows below the heading that an address names (``:target``), and nowhere else; it needs no script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import relpath

from kbcheck import glance
from kbcheck.page import Page
from kbcheck.site import Site

SECTION = re.compile(r"(?=<h[23][ >])")
HEADING = re.compile(r'<h[23] id="([^"]+)".*?</h[23]>', re.DOTALL)
OWN = re.compile(r"<strong>期限")  # a section that says its own: the page's is another case's
WAY = '<p class="kb-meta kb-due"><a href="{}">{}</a></p>'
HERE, THERE = "本页的期限、入口、材料", "期限、入口、材料：{}"


def with_ways(html: str, site: Site, page: Page, asked: Iterable[tuple[str, str]] = ()) -> str:
    """Return the built ``page`` with the line below its headings, but for the sources, and what has its own deadline.

    A guide leads to its own box, a question to the box of the first guide that its answer links to. ``asked``: the id
    of each question with the slug of each page that its answer links to.
    """
    ways = _from_questions(site, page, asked)
    own = WAY.format(f"#{glance.ID}", HERE) if _has_box(site, page.slug) else ""
    before, start, article = html.partition("<article")

    def led(section: str) -> str:
        heading = HEADING.match(section)
        if not heading or heading[1] == site.conventions.sources_section or OWN.search(section, heading.end()):
            return section
        return heading[0] + ways.get(heading[1], own) + section[heading.end() :]

    return before + start + "".join(map(led, SECTION.split(article)))


def _has_box(site: Site, slug: str) -> bool:
    return f"{glance.FOLDER}/{slug}.md" in site.boxes


def _from_questions(site: Site, page: Page, asked: Iterable[tuple[str, str]]) -> dict[str, str]:
    titles = {each.slug: each.meta.title for each in site.pages.values() if each.meta}
    ways: dict[str, str] = {}
    for anchor, slug in asked:
        if anchor not in ways and _has_box(site, slug):
            ways[anchor] = WAY.format(f"{relpath(slug, page.slug)}/#{glance.ID}", THERE.format(titles[slug]))
    return ways
