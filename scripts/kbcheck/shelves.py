"""What home and the hubs offer to read besides their own lists, each honest about how it was chosen.

``data/picks.yml``: what we would read first, and why. ``data/asked.yml``: questions that people really asked in public.
``data/pictures.yml``: pages that explain with a picture. What changed and what was checked comes from the pages' own
dates.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import records
from .page import Page
from .records import Records

PICKS, ASKED, PICTURES = "data/picks.yml", "data/asked.yml", "data/pictures.yml"
CODE = "SR021"
FOLDER = "shelves"  # below .build; a page writes --8<-- "shelves/asked/deductions.md"
HOME = "index"
NEWEST, PAGES_NAMED = 3, 3  # how many changes are told, and of how many pages
MOST_ASKED = 6  # questions on one hub; home shows those that say so
CHANGES, REVIEW = "reference/changes", "reference/review"


@dataclass(frozen=True)
class Pick:
    """A page or a section to read first, and the reason."""

    see: str
    why: str
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class PicksOf:
    """What one page (its slug) recommends."""

    id: str
    picks: tuple[Pick, ...]
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Asked:
    """A question in the words of who asked it, the page or section that answers it, and where it was asked.

    Those for ``home`` are shown there too.
    """

    question: str
    see: str
    origin: str
    home: bool = False
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Picture:
    """A page or a section with a picture, and what the picture shows."""

    see: str
    shows: str
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Shelves:
    """All of them, as read."""

    picks: Records[PicksOf]
    asked: Records[Asked]
    pictures: Records[Picture]


def load(root: Path) -> Shelves:
    """Read the three files under ``root``; a project without one has nothing of that kind."""
    return Shelves(
        records.load(root, PICKS, CODE, PicksOf),
        records.load(root, ASKED, CODE, Asked),
        records.load(root, PICTURES, CODE, Picture),
    )


def includes(shelves: Shelves, pages: Iterable[Page]) -> dict[str, str]:
    """Return the Markdown of every shelf by the name under which a page includes it; ``pages`` are in their order."""
    pages = [page for page in pages if page.meta]
    titles = {page.slug: page.meta.title for page in pages}
    found = {f"{FOLDER}/picks/{each.id}.md": _picks(each, titles) for each in shelves.picks.entries}
    for hub in _hubs(shelves.asked.entries):
        found[f"{FOLDER}/asked/{hub}.md"] = _asked(shelves.asked.entries, hub)
    if shelves.pictures.entries:
        found[f"{FOLDER}/pictures.md"] = _pictures(shelves.pictures.entries)
    found[f"{FOLDER}/latest.md"] = _latest(pages)
    return {name: _wrapped(name.split("/")[1].removesuffix(".md"), text) for name, text in found.items()}


def _wrapped(kind: str, text: str) -> str:
    """Mark a shelf for the styles, and for the search index, which leaves it out."""
    return f'<div class="kb-shelf kb-{kind}" markdown>\n\n{text}\n\n</div>\n'


def hub_of(see: str) -> str:
    """Return the slug of the hub under which a place stands: deductions for deductions/counterfeit#odds."""
    return see.partition("/")[0]


def _hubs(entries: tuple[Asked, ...]) -> list[str]:
    home = [HOME] if any(each.home for each in entries) else []
    return home + list(dict.fromkeys(hub_of(each.see) for each in entries))


def _picks(entry: PicksOf, titles: dict[str, str]) -> str:
    return "\n".join(
        f"- [{titles.get(each.see.partition('#')[0], each.see)}]({path_to(each.see, entry.id)}) {each.why}"
        for each in entry.picks
    )


def _asked(entries: tuple[Asked, ...], hub: str) -> str:
    mine = [each for each in entries if (each.home if hub == HOME else hub_of(each.see) == hub)]
    return "\n".join(f"- [{each.question}]({path_to(each.see, hub)})" for each in mine)


def _pictures(entries: tuple[Picture, ...]) -> str:
    return "\n".join(f"- [{each.shows}]({path_to(each.see, HOME)})" for each in entries)


def _latest(pages: list[Page]) -> str:
    """Tell the newest changes, of one day those first that fewer pages share, and the newest review.

    What was changed and read on home itself is no news.
    """
    groups: dict[tuple[date, str], list[Page]] = {}
    pages_told = [page for page in pages if page.slug != HOME]
    for page in pages_told:
        for change in page.meta.changes:
            groups.setdefault((change.date, change.note), []).append(page)
    newest = sorted(groups.items(), key=lambda each: (-each[0][0].toordinal(), len(each[1])))[:NEWEST]
    lines = [f"- {day.isoformat()} {note}：{_named(found)}" for (day, note), found in newest]
    last = max((page.meta.reviewed for page in pages_told), default=None)
    if last:
        checked = [page for page in pages_told if page.meta.reviewed == last and not page.generated]
        lines.append(f"- {last.isoformat()} 最近一次对照原文通读：{_named(checked)}")
    known = {page.slug: page.meta.title for page in pages}
    more = [f"[{known[slug]}]({path_to(slug, HOME)})" for slug in (CHANGES, REVIEW) if slug in known]
    return "\n".join(lines) + (f"\n\n全部看{'、'.join(more)}。" if more else "")


def _named(pages: list[Page]) -> str:
    words = "、".join(f"[{page.meta.title}]({page.path.removeprefix('docs/')})" for page in pages[:PAGES_NAMED])
    return words + ("等" if len(pages) > PAGES_NAMED else "")


def path_to(see: str, shown: str) -> str:
    """Return the link to a place (``topics/refunds#refuse``) from the page with the slug ``shown``, home or a hub."""
    slug, mark, anchor = see.partition("#")
    return posixpath.relpath(f"{slug}.md", "." if shown == HOME else shown) + mark + anchor
