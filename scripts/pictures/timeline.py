"""An appeal as two lanes: what the platform does on the left, what the reader does on the right, the periods between.

Beside them runs a thin line from the notice to the execution, which waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from kbcheck.pictures import Shown

from .drawing import PAD, WIDTH, Box, Line, Shape, arrow, bottom, card, column, label

EDGE = 12  # where the lanes begin; the line of the execution runs left of them
LANE = 132
LEFT, RIGHT = EDGE, WIDTH - LANE - 1
GAP = 42
TOP = 24


def draw(rows: tuple[Shown, ...]) -> list[Shape]:
    """Return the shapes of a timeline: appeal, review, supplement, execution."""
    appeal, review, supplement, execution = rows
    shapes: list[Shape] = [*column(LEFT, 0, LANE, [("strong", "平台")]), *column(RIGHT, 0, LANE, [("strong", "你")])]
    notice = card(LEFT, TOP, LANE, [("strong", "处罚通知"), ("quiet", f"从{appeal.starts}起算")])
    asked = _next(notice, RIGHT, appeal)
    answer = _next(asked, LEFT, review)
    again = _next(answer, RIGHT, supplement, maybe=True)
    low = bottom(again) + PAD * 2
    last = card(1, low, WIDTH - 2, [("strong", execution.part.title), ("", execution.part.text)], "box tint")
    wait = Line(f"M{EDGE} {TOP + 16}H5V{low - 1}", "wire")
    return [*shapes, *notice, *asked, *answer, *again, wait, arrow(5, low), *last]


def _next(before: list[Shape], x: float, row: Shown, maybe: bool = False) -> list[Shape]:
    """Return the card of ``row`` below the one ``before``, with the wire between them that tells the time."""
    source = next(shape for shape in before if isinstance(shape, Box) and "box" in shape.css)
    start, low = source.x + LANE / 2, source.y + source.height
    end, middle = x + LANE / 2, low + GAP / 2 - 2
    kind = "mine" if row.mine else "quiet" if row.told else ""
    wire = f"wire {'mine' if row.mine else ''} {'maybe' if maybe else ''}".strip()
    path = f"M{start} {low}V{middle}H{end}V{low + GAP - 6}"
    made = card(x, low + GAP, LANE, _words(row), "box maybe" if maybe else "box")
    head = arrow(end, low + GAP, "head mine" if row.mine else "head")
    return [Line(path, wire.replace("  ", " ")), head, *label(WIDTH / 2 + EDGE / 2, middle, row.part.time, kind), *made]


def _words(row: Shown) -> Iterable[tuple[str, str]]:
    return [("strong", row.part.title), ("quiet", row.part.text)]
