"""The anatomy of a notice: a sheet with its fields on the left, what each is good for on the right."""

from __future__ import annotations

from kbcheck.pictures import Shown

from .drawing import LEADING, PAD, WIDTH, Box, Line, Shape, bottom, column

SHEET = 134
GAP = 18
MARK = "示意"
BLANK = 7
FOLD = 16


def draw(rows: tuple[Shown, ...]) -> list[Shape]:
    """Return the shapes of a notice whose fields are blank: nobody shall take it for a real one."""
    inner = SHEET - 2 * PAD
    shapes: list[Shape] = [
        *column(PAD, PAD, inner - FOLD, [("", "处置通知"), ("quiet", f"{MARK}，不是截图")]),
        *column(SHEET + GAP, PAD, WIDTH - SHEET - GAP, [("quiet", "拿它做什么")]),
    ]
    low = bottom(shapes) + PAD * 2
    for row in rows:
        field = column(PAD, low, inner, [("strong", row.part.title)])
        use = column(SHEET + GAP, low, WIDTH - SHEET - GAP, [("", row.part.text)])
        ruled = bottom(field) + 4
        middle = low + LEADING / 2
        shapes += [*field, Box(PAD, ruled, inner, BLANK, "blank"), *use, Line(f"M{SHEET} {middle}h{GAP - 5}")]
        low = max(ruled + BLANK, bottom(use)) + PAD * 2
    outline = f"M.5 .5H{SHEET - FOLD}L{SHEET} {FOLD}V{low}H.5zM{SHEET - FOLD} .5V{FOLD}H{SHEET}"
    return [Line(outline), *shapes, Box(0, low, 0, 0, "ground")]
