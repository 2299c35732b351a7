"""The project as one model: pages, navigation, sources and the ids that the renderer gives."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote

import markdown
from selectolax.lexbor import LexborHTMLParser

from . import (
    addresses,
    break_even,
    conventions,
    deadlines,
    events,
    factors,
    fees,
    glance,
    interface,
    letters,
    matrix,
    overview,
    periods,
    pictures,
    shelves,
    tables,
    terms,
    timeline,
    triage,
    ways,
)
from .addresses import Published, Redirect
from .conventions import Conventions, PageType
from .deadlines import Deadline
from .events import EventGroup
from .factors import Factor
from .fees import Fee
from .glance import Glance
from .interface import Interface
from .letters import Template
from .meta import Bounds
from .page import Page, read_page, slug_of
from .periods import Year
from .problem import Problem, UnreadableError, read_text
from .records import Records
from .remember import Remember, directly
from .shelves import Shelves
from .sources import Sources, load
from .tables import Tables
from .terms import Group, Term
from .triage import Flow
from .ways import Way
from .yaml_nodes import Node, parse

CONFIG = "mkdocs.yml"
# Extensions that need files made by the build; what they add carries no anchors.
BUILD_ONLY = ("pymdownx.snippets",)


@dataclass(frozen=True, eq=False)
class Site:
    """Everything that the rules look at. ``today`` is passed in: no rule reads the clock.

    A site equals only itself, so that what several rules need of it can be kept (``lru_cache``).
    """

    root: Path
    today: date
    conventions: Conventions
    pages: dict[str, Page]
    sources: Sources
    terms: Records[Group]
    deadlines: Records[Deadline]
    events: Records[EventGroup]
    fees: Records[Fee]
    factors: Records[Factor]
    ways: Records[Way]
    templates: Records[Template]
    flows: Records[Flow]
    redirects: Records[Redirect]
    published: Published
    interface: Interface
    shelves: Shelves
    glances: Records[Glance]
    tables: dict[str, Tables]
    years: dict[int, Year]
    nav: tuple[tuple[str, int, int], ...]
    config: dict[str, Node]
    extensions: tuple[str, ...]
    extension_configs: dict
    problems: tuple[Problem, ...]
    remember: Remember = directly

    @cached_property
    def by_path(self) -> dict[str, Page]:
        """Pages by their path under ``docs``."""
        return {page.path.removeprefix("docs/"): page for page in self.pages.values()}

    @cached_property
    def periods(self) -> dict[str, Deadline]:
        """All periods by id."""
        return {each.id: each for each in self.deadlines.entries}

    @cached_property
    def boxes(self) -> dict[str, Glance]:
        """All boxes, each by the file that its page includes."""
        return {each.include: each for each in self.glances.entries}

    @cached_property
    def texts(self) -> tuple[Page, ...]:
        """All that readers read and that can cite and link: the pages, and the boxes that they show."""
        by_slug = {page.slug: page for page in self.pages.values()}
        return (*self.pages.values(), *glance.as_pages(self.root, self.glances.entries, by_slug))

    @property
    def words(self) -> tuple[Term, ...]:
        """All terms, in the order of their file."""
        return tuple(term for group in self.terms.entries for term in group.terms)

    def has_anchor(self, path: str, anchor: str) -> bool:
        """Tell whether the page ``path`` (under ``docs``) has that id.

        Nearly all stand in headings as written; only where none of these has it, the page is rendered to know.
        """
        return anchor in self.by_path[path].named or anchor in self.anchors(path)

    def anchors(self, path: str) -> tuple[str, ...]:
        """Return the ids on the page ``path`` (under ``docs``) as the renderer makes them, in order."""
        if path not in self._anchors:
            page = self.by_path[path]
            body = "\n".join(page.text.split("\n")[page.body_line - 1 :])
            configs = json.dumps(self.extension_configs, sort_keys=True, ensure_ascii=False)
            self._anchors[path] = self.remember(_ids, body, self.extensions, configs)
        return self._anchors[path]

    @cached_property
    def _anchors(self) -> dict[str, tuple[str, ...]]:
        return {}

    def type_of(self, page: Page) -> PageType:
        """Return what a page consists of by its type; a page whose front matter is broken consists of nothing."""
        return self.conventions.types[page.meta.type] if page.meta else PageType("")

    def is_guide(self, page: Page) -> bool:
        """Tell whether a page leads a reader to act."""
        return self.type_of(page).guide

    def cited(self, page: Page) -> list[str]:
        """Return every ``work/clause`` that a page cites, itself and in what it includes, each once."""
        box = next((self.boxes[include] for include in page.includes if include in self.boxes), None)
        at = page.line_of(box.include) if box else 0
        first = [mark.target for mark in page.citations if mark.line < at]
        found = [*first, *(glance.citations(box, self.periods) if box else ())]
        found += self.cited_in_text(page)
        return list(dict.fromkeys(found))

    def cited_in_text(self, page: Page) -> list[str]:
        """Return what a page cites apart from its box."""
        found = [mark.target for mark in page.citations]
        for folder, rows in self.tables.items():
            for name in rows.pages:
                if f"{folder}/{name}.md" in page.includes:
                    found += (citation for citation, _ in rows.citations(name))
        for template in self.templates.entries:
            for include, letter, _ in letters.snippets(template):
                if include in page.includes:
                    found += letters.citations(template, letter)
        for flow in self.flows.entries:
            for include in page.includes if flow.id == page.slug else ():
                found += triage.citations(flow, self.periods, include)
        return found

    def review_due(self, page: Page) -> date:
        """Return the day after which a page counts as overdue; one that cites what can change at will, sooner."""
        found = (self.sources.find(citation) for citation in self.cited(page))
        volatile = any(work.volatile for work, _ in filter(None, found))
        days = self.conventions.review_days_volatile if volatile else self.conventions.review_days_stable
        return page.meta.reviewed + timedelta(days=days)

    def resolve(self, page: Page, target: str) -> tuple[str, str] | None:
        """Return (path under docs, fragment) that a link points to, or None where it leaves the site."""
        path, _, fragment = target.partition("#")
        if "://" in target or target.startswith(("mailto:", "tel:", "//")):
            return None
        own = (page.base or page.path).removeprefix("docs/")
        full = posixpath.normpath(posixpath.join(posixpath.dirname(own), unquote(path))) if path else own
        return full, unquote(fragment)


@lru_cache(maxsize=4096)
def _ids(body: str, extensions: tuple[str, ...], configs: str) -> tuple[str, ...]:
    renderer = _renderer(extensions, configs)
    renderer.reset()
    return tuple(node.attributes["id"] or "" for node in LexborHTMLParser(renderer.convert(body)).css("[id]"))


@lru_cache(maxsize=4)
def _renderer(extensions: tuple[str, ...], configs: str) -> markdown.Markdown:
    return markdown.Markdown(extensions=list(extensions), extension_configs=json.loads(configs))


def read_site(root: Path, today: date) -> Site:
    """Read the project under ``root``. Problems of single files are kept in the model, never raised."""
    files = sorted((root / "docs").rglob("*.md"))
    rules_of_house, bad_conventions = conventions.load(root)
    bounds = Bounds(today, tuple(rules_of_house.types))
    pages = {page.path: page for page in (read_page(root, file, bounds) for file in files)}
    config, problems = _read_config(root)
    extensions, configs = _extensions(config)
    templates = letters.load(root)
    nav = tuple(_nav(config["nav"])) if config and "nav" in config else ()
    known_sources, known_deadlines, known_fees = load(root), deadlines.load(root), fees.load(root)
    years, holidays = periods.load(root)
    known_factors, known_ways = factors.load(root), ways.load(root)
    known_events = events.load(root)
    computed = {
        "tables/fields": letters.slots_table(templates),
        "tables/break-even": break_even.load(root, known_fees),
        "tables/timeline": timeline.load(root, known_deadlines, years, known_sources),
        "tables/holidays": holidays,
        "tables/fees": fees.brackets(known_fees, {page.slug for page in pages.values()}),
        **factors.tables(root, known_factors, known_deadlines),
        **ways.tables(root, known_ways, known_deadlines, known_fees),
        "tables/deadlines": events.tables(known_events, known_deadlines),
        **pictures.tables(root, known_deadlines, known_fees),
        "tables/matrix": matrix.tables(known_factors, pages.values()),
        "tables/overview": overview.tables(root, _by_nav(pages, nav), known_deadlines),
    }
    return Site(
        root=root,
        today=today,
        conventions=rules_of_house,
        pages=pages,
        sources=known_sources,
        terms=terms.load(root),
        deadlines=known_deadlines,
        events=known_events,
        fees=known_fees,
        factors=known_factors,
        ways=known_ways,
        templates=templates,
        flows=triage.load(root),
        redirects=addresses.load(root),
        published=addresses.published(root),
        interface=interface.load(root),
        shelves=shelves.load(root),
        glances=glance.load(root),
        tables=tables.load(root) | computed,
        years=years,
        nav=nav,
        config=config or {},
        extensions=extensions,
        extension_configs=configs,
        problems=(*problems, *bad_conventions),
    )


def _by_nav(pages: dict[str, Page], nav: tuple[tuple[str, int, int], ...]) -> dict[str, Page]:
    """Return the pages by slug, in the order of the navigation; one that it does not name is left out."""
    named = (pages.get(f"docs/{path}") for path, _, _ in nav)
    return {page.slug: page for page in named if page and page.meta}


def _read_config(root: Path) -> tuple[dict | None, tuple[Problem, ...]]:
    try:
        tree = parse(read_text(root / CONFIG, CONFIG, "ST008"), CONFIG, "ST008")
    except UnreadableError as error:
        return None, (error.problem,)
    if not isinstance(tree.value, dict):
        return None, (Problem(CONFIG, 1, 1, "ST008", "必须是「键: 值」的形式"),)
    return {key: entry.node for key, entry in tree.value.items()}, ()


def _extensions(config: dict | None) -> tuple[tuple[str, ...], dict]:
    listed = config["markdown_extensions"].plain() if config and "markdown_extensions" in config else []
    names, configs = [], {}
    for item in listed:
        name, options = next(iter(item.items())) if isinstance(item, dict) else (item, None)
        if name not in BUILD_ONLY:
            names.append(name)
            configs[name] = options or {}
    return tuple(names), configs


def _nav(node: Node) -> Iterator[tuple[str, int, int]]:
    if isinstance(node.value, list):
        for item in node.value:
            yield from _nav(item)
    elif isinstance(node.value, dict):
        for entry in node.value.values():
            yield from _nav(entry.node)
    elif isinstance(node.value, str) and node.value.endswith(".md"):
        yield node.value, node.line, node.col


__all__ = ["Site", "read_site", "slug_of"]
