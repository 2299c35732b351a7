"""The ways one below another; what stands side by side is a choice. Down the left side runs the longest clock."""

from __future__ import annotations

from collections.abc import Iterator

from kbcheck.pictures import Shown

from .drawing import PAD, WIDTH, Box, Line, Shape, arrow, bottom, card, column

EDGE = 14
GAP = 26
SPACE = 8
HALF = 2


def draw(rows: tuple[Shown, ...]) -> list[Shape]:
    """Return the shapes of a map."""
    shapes: list[Shape] = []
    ends: list[tuple[float, float]] = []  # where a way leads on: the middle of a card's lower edge
    low = clock = 0.0
    for line in _lines(rows):
        if line[0].part.group:
            shapes += (title := column(EDGE, low + SPACE, WIDTH, [("strong", line[0].part.group)]))
            low = bottom(title) - GAP + SPACE
        under = line[0].part.under
        cards = _row(line, low + GAP if shapes else low, HALF if under else len(line))
        boxes = [shape for shape in cards if isinstance(shape, Box)]
        shapes += _wires(ends[:1] if under else ends, [(_middle(box), box.y) for box in boxes])
        begun = [(_middle(box), box.y + box.height) for box, row in zip(boxes, line, strict=True) if not row.part.final]
        ends = begun + (ends[1:] if under else [])
        low = bottom(cards)
        clock = boxes[0].y + PAD * 2 if any(row.part.ends for row in line) else clock
        shapes += cards
    return [*shapes, Line(f"M{EDGE} {PAD * 2}H4V{clock}H{EDGE - 1}", "wire mine")]


def _wires(ends: list[tuple[float, float]], begins: list[tuple[float, float]]) -> list[Shape]:
    """Return the wires that lead from where ways end to where the next begin, all by one level line."""
    if not ends:
        return []
    level = begins[0][1] - GAP / 2 - 2
    every = sorted(x for x, _ in (*ends, *begins))
    path = "".join(f"M{x:g} {y:g}V{level:g}" for x, y in ends) + f"M{every[0]:g} {level:g}H{every[-1]:g}"
    path += "".join(f"M{x:g} {level:g}V{y - 6:g}" for x, y in begins)
    return [Line(path), *(arrow(x, y) for x, y in begins)]


def _lines(rows: tuple[Shown, ...]) -> Iterator[list[Shown]]:
    line: list[Shown] = []
    for row in rows:
        if line and not row.part.beside:
            yield line
            line = []
        line.append(row)
    yield line


def _row(line: list[Shown], y: float, places: int) -> list[Shape]:
    """Return the cards of parts that stand side by side in so many places, all as high as the highest."""
    width = (WIDTH - 1 - EDGE - SPACE * (places - 1)) / places
    cards = [card(EDGE + (width + SPACE) * at, y, width, _words(row)) for at, row in enumerate(line)]
    height = max(each[0].height for each in cards)
    return [shape for first, *words in cards for shape in (Box(first.x, y, width, height, first.css), *words)]


def _words(row: Shown) -> list[tuple[str, str]]:
    return [("strong", row.part.title), ("mine" if row.mine else "time", row.part.time), ("quiet", row.part.text)]


def _middle(box: Box) -> float:
    return box.x + box.width / 2
