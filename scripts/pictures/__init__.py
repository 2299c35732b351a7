"""The pictures that explain, as SVG made from data, each with a caption and the same as a table.

``scripts/generate.py`` writes them to ``.build/pictures/<kind>/<slug>.md``; pages include them like the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kbcheck.pictures import CURVE, FOLDER, TIMELINE, Pictures, Shown
from kbcheck.site import Site

from . import bars, curve, sheet, timeline, ways
from .drawing import Shape, svg

DRAWN: dict[str, Callable[[tuple[Shown, ...]], list[Shape]]] = {
    TIMELINE: timeline.draw,
    "map": ways.draw,
    "calendar": bars.draw,
    "sheet": sheet.draw,
}
# Each tag on a line of its own: scripts/machines.py takes them and the drawing out of the Markdown for programs.
INCLUDE = """\
<figure class="kb-picture" markdown>
<figcaption markdown>

**{title}**{{ #{name} }}

{caption}

</figcaption>
<div class="kb-drawing">{drawing}</div>
<details markdown>
<summary>图里的内容，写成表</summary>

{table}
</details>
</figure>
"""


def includes(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the name below ``.build`` and the Markdown of every picture of ``site``."""
    for folder, pictures in site.tables.items():
        for slug in pictures.pages if is_drawn(folder) else ():
            yield f"{folder}/{slug}.md", include(site, folder, slug)


def is_drawn(folder: str) -> bool:
    """Tell whether what stands in ``folder`` are pictures."""
    return folder.startswith(FOLDER)


def include(site: Site, folder: str, slug: str) -> str:
    """Return the Markdown of one picture: its title and caption, the drawing, the table."""
    pictures: Pictures = site.tables[folder]
    name = f"kb-picture-{folder.removeprefix(FOLDER)}"
    drawing = svg(shapes(site, folder, slug), name)
    told = pictures.drawn[slug]
    return INCLUDE.format(
        name=name, title=told.title, caption=told.caption, drawing=drawing, table=pictures.table(slug)
    )


def shapes(site: Site, folder: str, slug: str) -> list[Shape]:
    """Return what is drawn of the picture ``slug`` in ``folder``."""
    pictures: Pictures = site.tables[folder]
    kind, rows = folder.removeprefix(FOLDER), pictures.pages[slug]
    if kind == CURVE:
        fees = {fee.id: fee for fee in site.fees.entries}
        return curve.draw(rows, [fees[name] for name in pictures.drawn[slug].fees])
    return DRAWN[kind](rows)
