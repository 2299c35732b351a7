"""Bars on one scale of days, one below another: what runs at the same time, and what waits for what."""

from __future__ import annotations

from kbcheck.pictures import Shown

from .drawing import LEADING, PAD, WIDTH, Box, Line, Shape, Text, bottom, column, measure

BAR = 12
FIRST = "当天"


def draw(rows: tuple[Shown, ...]) -> list[Shape]:
    """Return the shapes of a calendar."""
    spans = _spans(rows)
    scale = (WIDTH - 2) / max(end for _, end in spans)
    shapes: list[Shape] = []
    low = float(LEADING + PAD)
    for row, (begin, end) in zip(rows, spans, strict=True):
        words = column(1, low, WIDTH - 2, [("strong", f"{row.part.title}：{row.part.time}"), ("quiet", row.part.text)])
        top = bottom(words) + PAD / 2
        shapes += [*words, *_bar(row, 1 + begin * scale, top, (end - begin) * scale, scale)]
        low = top + BAR + PAD * 2
    marks = _marks(spans, scale)
    bars = [shape for shape in shapes if isinstance(shape, Box)]
    paths = {f"M{mark.x} {bar.y - 3}v{BAR + 6}" for bar in bars for mark in marks}
    return [Line("".join(sorted(paths)), "wire faint"), *marks, *shapes]


def _spans(rows: tuple[Shown, ...]) -> list[tuple[int, int]]:
    """Return the first and last day of every bar; one that stands ``beside`` begins with the bar before."""
    spans: list[tuple[int, int]] = []
    for row in rows:
        begin = spans[-1][0] if row.part.beside else max((end for _, end in spans), default=0)
        spans.append((begin, begin + row.days))
    return spans


def _bar(row: Shown, x: float, y: float, width: float, scale: float) -> list[Shape]:
    """Return a bar: solid as far as it surely reaches, open from there on."""
    sure = row.part.least * scale or width
    rest = [Box(x + sure, y, width - sure, BAR, "box maybe")] if sure < width else []
    return [Box(x, y, sure, BAR, "bar"), *rest]


def _marks(spans: list[tuple[int, int]], scale: float) -> list[Text]:
    """Return the days on which a bar ends, as far as they can stand beside one another."""
    marks = [Text(1, LEADING - 5, FIRST, "quiet")]
    for day in sorted({end for _, end in spans}):
        words, x = f"第 {day} 天", round(1 + day * scale, 1)
        at = "end" if x + measure(words) / 2 > WIDTH else "middle"
        mark = Text(x, LEADING - 5, words, "quiet", at)
        if mark.box()[0] > marks[-1].box()[2] + PAD:
            marks.append(mark)
    return marks
