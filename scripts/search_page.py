"""The index of the search page: every page, term and question of the built site, by the first letter of its pinyin.

It needs no script, so it stands for the search where there is none. Letters are told when the site is built, never in
the browser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from pypinyin import lazy_pinyin
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kbcheck.made import glossary
from kbcheck.page import Page
from kbcheck.remember import Remember
from kbcheck.site import Site

PAGE = "search.md"
PLACE = "#kb-az"
# What a reader does not look under: the number of a step, quotation marks.
NOT_WORDS = re.compile(r"^(?:第.步\s)?[\W_]*")
OTHERS = "0–9"


@dataclass(frozen=True)
class Entry:
    """One line of the index: what it says, where it leads from the site's root, and what kind of place that is."""

    label: str
    address: str
    kind: str = ""

    @cached_property
    def spelt(self) -> str:
        """The label in pinyin, as it is sorted."""
        return " ".join(lazy_pinyin(NOT_WORDS.sub("", self.label))).lower()

    @property
    def letter(self) -> str:
        """The heading under which the entry stands."""
        first = self.spelt[:1].upper()
        return first if "A" <= first <= "Z" else OTHERS


def add_index(folder: Path, site: Site, heads: dict[str, list[tuple[str, str]]], kept: Remember) -> None:
    """Write the index into the built search page; a site without one is left as it is.

    ``heads``: what ``headings`` finds on each page, by its slug.
    """
    page = site.by_path.get(PAGE)
    file = folder / page.slug / "index.html" if page else None
    if file is None or not file.is_file():
        return
    tree = LexborHTMLParser(file.read_text("utf-8"))
    if place := tree.css_first(PLACE):
        place.replace_with(LexborHTMLParser(render(entries(site, heads, kept))).css_first("details"))
        file.write_text(tree.html, "utf-8")


def entries(site: Site, heads: dict[str, list[tuple[str, str]]], kept: Remember) -> list[Entry]:
    """Return all entries, sorted."""
    found = {entry for page in site.pages.values() for entry in _of_page(page, heads.get(page.slug, ()))}
    return kept(in_order, sorted(found, key=lambda entry: (entry.label, entry.address)))


def in_order(found: list[Entry]) -> list[Entry]:
    """Return the entries by their letters in pinyin."""
    return sorted(found, key=lambda entry: (entry.letter == OTHERS, entry.spelt, entry.label, entry.address))


def render(found: list[Entry]) -> str:
    """Return the index as HTML. It is open for readers without scripts; the page's script closes it."""
    groups = [(letter, list(group)) for letter, group in groupby(found, key=lambda entry: entry.letter)]
    letters = "".join(f'<a href="#{_id(letter)}">{letter}</a>' for letter, _ in groups)
    parts = [
        f'<details class="kb-az kb-meta" open><summary>全部 {len(found)} 条</summary>',
        f'<nav class="kb-az__letters" aria-label="按字母">{letters}</nav>',
    ]
    for letter, group in groups:
        parts.append(f'<h3 id="{_id(letter)}">{letter}</h3><ul>{"".join(map(_line, group))}</ul>')
    return "\n".join([*parts, "</details>"])


def _line(entry: Entry) -> str:
    kind = f" <small>{entry.kind}</small>" if entry.kind else ""
    return f'<li><a href="../{entry.address}">{html.escape(entry.label)}</a>{kind}</li>'


def _id(letter: str) -> str:
    return f"az-{'0' if letter == OTHERS else letter.lower()}"


def _of_page(page: Page, heads: Sequence[tuple[str, str]]) -> Iterator[Entry]:
    """Yield the page itself and, where it is the glossary or answers questions, each of its parts."""
    address = "" if page.slug == "index" else f"{page.slug}/"
    if page.path == f"docs/{PAGE}" or not heads:
        return
    title, *parts = heads
    yield Entry(title[1], address)
    kind = "词" if page.path == glossary.PATH else "问题"
    if page.path == glossary.PATH or page.meta.type == "faq":
        for anchor, heading in parts:
            yield Entry(heading, f"{address}#{anchor}", kind)


def headings(article: LexborNode) -> list[tuple[str, str]]:
    """Return id and words of a built page's title and of each h3 with an id."""
    found = [article.css_first("h1"), *article.css("h3[id]")]
    return [(each.attributes.get("id") or "", _text(each)) for each in found]


def _text(heading: LexborNode) -> str:
    for anchor in heading.css(".headerlink"):
        anchor.decompose()
    return heading.text(strip=True)
