"""The eight factors by the eight steps: which factor matters at which step, from ``at`` of ``data/factors.yml``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from .factors import FILE, Factor
from .page import Page
from .records import Records
from .tables import Computed, Tables

SHOWN = "factors"  # the hub that shows it
STEP = "step"
NOTHING = "— { .kb-none }"  # its cell is left out where rows are cards


def tables(factors: Records[Factor], pages: Iterable[Page]) -> Tables:
    """Return the matrix, a row a step, each cell a link to what it speaks of; none where no factor says ``at``."""
    steps = in_order(pages)
    named = [factor for factor in factors.entries if factor.at]
    rows = tuple(_row(step, named) for step in steps) if named else ()
    heads = ("步骤", *(factor.title for factor in named))
    return Tables(FILE, heads, {SHOWN: rows} if rows else {})


def in_order(pages: Iterable[Page]) -> list[Page]:
    """Return the pages of the steps in their order; one whose place is not written comes first."""
    steps = [page for page in pages if page.meta and page.meta.type == STEP]
    return sorted(steps, key=_place)


def _place(step: Page) -> tuple[int, str]:
    part_of = step.meta.part_of
    return (part_of.position or 0) if part_of else 0, step.slug


def _row(step: Page, factors: list[Factor]) -> Computed:
    name = step.slug.partition("/")[2]
    cells = [f"[{step.meta.title}]({_path(step.slug)})"]
    for factor in factors:
        said = next((each for each in factor.at if each.step == name), None)
        cells.append(f"[{said.why}]({_path(said.see)})" if said else NOTHING)
    return Computed(tuple(cells), ())


def _path(see: str) -> str:
    slug, mark, anchor = see.partition("#")
    return posixpath.relpath(f"{slug}.md", SHOWN) + mark + anchor
