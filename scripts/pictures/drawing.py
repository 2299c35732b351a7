"""What every picture is drawn with: shapes, text that is measured and wrapped, and the SVG made of them.

A picture is as wide as the text of a phone of 320 px, so that its letters are never smaller than drawn. Colours and
strokes come from the style sheet by class; there are no ids, styles or references in the SVG.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import rjieba

from typography import NO_BREAK, keep_together

WIDTH = 288
SIZE, LEADING = 13, 19  # of all text; the style sheet says the same
ASCENT, DESCENT = 0.88, 0.24
PAD = 8
MARK_ENDS = 40  # what it is worth that a line ends with a mark, against the square of the ems that stay empty
NARROW = {" ": 0.34, NO_BREAK: 0.34, ",": 0.34, ".": 0.34, "–": 0.8, "%": 0.95}
LATIN = 0.62
CLOSING, OPENING = "，。；、：）」》” ", "「（《“"
# What never begins a line, and a number, which is never parted from its unit.
CLINGS = frozenset("的了起算内前后上里时")
PIECE = re.compile(r"[0-9][0-9,.–%]*(?:\u00a0(?:个?(?:工作日|自然日|月)|小时|万元|.))?|[^0-9]+")


@dataclass(frozen=True)
class Text:
    """One line of text: its anchor point on the baseline, its words, its classes; ``at``: start, middle or end."""

    x: float
    y: float
    words: str
    css: str = ""
    at: str = "start"

    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of the line."""
        width = measure(self.words)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.at]
        return left, self.y - SIZE * ASCENT, left + width, self.y + SIZE * DESCENT


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    css: str = "box"


@dataclass(frozen=True)
class Line:
    """A line along ``path``, in the words of SVG."""

    path: str
    css: str = "wire"


Shape = Text | Box | Line


def measure(words: str) -> float:
    """Return how wide a line is at most: a Chinese character is one em, letters and digits are less."""
    return SIZE * sum(NARROW.get(char, LATIN if char.isascii() else 1) for char in words)


def wrap(words: str, width: float) -> list[str]:
    """Return ``words`` in as few lines as fit ``width``: evenly filled, parted after a mark where that can be."""
    words = keep_together(words)
    tokens = [part for token in _tokens(words) for part in ([token] if measure(token) <= width else token)]
    counts = range(1, len(tokens) + 1)
    return list(next(found[1] for count in counts if (found := _split(tuple(tokens), count, width))))


@lru_cache(maxsize=4096)
def _split(tokens: tuple[str, ...], count: int, width: float) -> tuple[float, tuple[str, ...]] | None:
    """Return the best way to set ``tokens`` on so many lines, as what it costs and the lines; None where none fits."""
    if count == 1:
        line = "".join(tokens).strip()
        return (_cost(line, width), (line,)) if measure(line) <= width else None
    ways = []
    for at in range(1, len(tokens) - count + 2):
        first = "".join(tokens[:at]).strip()
        if measure(first) > width:
            break
        if rest := _split(tokens[at:], count - 1, width):
            ways.append((_cost(first, width) + rest[0], (first, *rest[1])))
    return min(ways, default=None)


def _cost(line: str, width: float) -> float:
    return ((width - measure(line)) / SIZE) ** 2 - (MARK_ENDS if line[-1] in CLOSING else 0)


def _tokens(words: str) -> list[str]:
    tokens: list[str] = []
    for piece in PIECE.findall(words):
        for word in [piece] if piece[0].isdigit() else rjieba.cut(piece):
            if tokens and (word in CLINGS or word[0] in CLOSING or tokens[-1][-1] in OPENING):
                tokens[-1] += word
            else:
                tokens.append(word)
    return tokens


def column(x: float, y: float, width: float, parts: Iterable[tuple[str, str]], at: str = "start") -> list[Text]:
    """Return the lines of ``parts`` (classes, words) one below another from the top ``y``."""
    lines = [(css, line) for css, words in parts if words for line in wrap(words, width)]
    left = x + {"start": 0, "middle": width / 2, "end": width}[at]
    first = y + (LEADING + SIZE * (ASCENT - DESCENT)) / 2
    return [Text(left, round(first + LEADING * at_line, 1), line, css, at) for at_line, (css, line) in enumerate(lines)]


def card(x: float, y: float, width: float, parts: Iterable[tuple[str, str]], css: str = "box") -> list[Shape]:
    """Return a box with the lines of ``parts`` in it, as high as they need; the box comes first."""
    lines = column(x + PAD, y + PAD - 2, width - 2 * PAD, parts)
    return [Box(x, y, width, len(lines) * LEADING + 2 * PAD - 4, css), *lines]


def arrow(x: float, y: float, css: str = "head") -> Line:
    """Return the head of an arrow that points down to (x, y)."""
    return Line(f"M{_n(x - 4)} {_n(y - 6)}h8l-4 6z", css)


def label(x: float, y: float, words: str, css: str = "") -> list[Shape]:
    """Return one line centred at (x, y) on a ground of its own, so that a wire may run behind it."""
    width = measure(words) + PAD
    middle = y + SIZE * (ASCENT - DESCENT) / 2
    return [Box(x - width / 2, y - LEADING / 2, width, LEADING, "ground"), Text(x, middle, words, css, "middle")]


def bottom(shapes: Iterable[Shape]) -> float:
    """Return where the lowest box or text ends."""
    ends = [shape.y + shape.height if isinstance(shape, Box) else shape.y + SIZE * DESCENT for shape in _solid(shapes)]
    return max(ends)


def _solid(shapes: Iterable[Shape]) -> list[Box | Text]:
    return [shape for shape in shapes if not isinstance(shape, Line)]


def svg(shapes: Iterable[Shape], named_by: str) -> str:
    """Return the SVG of ``shapes``, named by the element with the id ``named_by``: wires below, text above."""
    shapes = list(shapes)
    height = _n(bottom(shapes) + 1)
    wires = [shape for shape in shapes if isinstance(shape, Line) and "wire" in shape.css]
    rest = [shape for shape in shapes if not (isinstance(shape, Line) and "wire" in shape.css)]
    drawn = "".join(_element(shape) for shape in wires + rest)
    head = f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
    return f'{head} aria-labelledby="{named_by}">{drawn}</svg>'


def _element(shape: Shape) -> str:
    css = f' class="{shape.css}"' if shape.css else ""
    if isinstance(shape, Line):
        return f'<path{css} d="{shape.path}"/>'
    place = f'x="{_n(shape.x)}" y="{_n(shape.y)}"'
    if isinstance(shape, Box):
        return f'<rect{css} {place} width="{_n(shape.width)}" height="{_n(shape.height)}"/>'
    anchor = "" if shape.at == "start" else f' text-anchor="{shape.at}"'
    return f"<text{css} {place}{anchor}>{escape(shape.words)}</text>"


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
