"""Bars of days, one below another: what runs at the same time, and what waits for what.

They share one scale, but for stretches so short that they could not be told: those are drawn wider.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from kbcheck.pictures import Shown

from .drawing import LEADING, PAD, WIDTH, Box, Line, Shape, Text, bottom, column, measure

BAR = 12
LEAST = 32  # what a stretch between two ends is wide at least: a few days beside months would be a speck
FIRST = "当天"
WORKING = "工作日"  # a bar of these ends on a day that depends on the week: it has no mark


def draw(rows: tuple[Shown, ...]) -> list[Shape]:
    """Return the shapes of a calendar."""
    spans = _spans(rows)
    place = _placing([end for _, end in spans])
    shapes: list[Shape] = []
    low = float(LEADING + PAD)
    for row, (begin, end) in zip(rows, spans, strict=True):
        words = column(1, low, WIDTH - 2, [("strong", f"{row.part.title}：{row.part.time}"), ("quiet", row.part.text)])
        top = bottom(words) + PAD / 2
        sure = place(begin + row.part.least) if row.part.least else place(end)
        shapes += [*words, *_bar(place(begin), sure, place(end), top)]
        low = top + BAR + PAD * 2
    marks = _marks([end for row, (_, end) in zip(rows, spans, strict=True) if WORKING not in row.part.time], place)
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


def _placing(ends: list[int]) -> Callable[[float], float]:
    """Return what says where a day stands: evenly between two ends, and no two ends closer than ``LEAST``."""
    stops = [0, *sorted(set(ends))]
    spans = [end - begin for begin, end in pairwise(stops)]
    wide = [span for span in spans if span * (WIDTH - 2) / stops[-1] >= LEAST]
    scale = (WIDTH - 2 - LEAST * (len(spans) - len(wide))) / (sum(wide) or 1)
    widths = [span * scale if span in wide else LEAST for span in spans]

    def place(day: float) -> float:
        gone = [min(max(day - begin, 0) / span, 1) for begin, span in zip(stops, spans, strict=False)]
        return 1 + sum(width * part for width, part in zip(widths, gone, strict=True))

    return place


def _bar(x: float, sure: float, end: float, y: float) -> list[Shape]:
    """Return a bar: solid as far as it surely reaches, open from there on."""
    rest = [Box(sure, y, end - sure, BAR, "box maybe")] if sure < end else []
    return [Box(x, y, sure - x, BAR, "bar"), *rest]


def _marks(ends: list[int], place: Callable[[float], float]) -> list[Text]:
    """Return the days on which a bar ends, as far as they can stand beside one another."""
    marks = [Text(1, LEADING - 5, FIRST, "quiet")]
    for day in sorted(set(ends)):
        words, x = f"第 {day} 天", round(place(day), 1)
        at = "end" if x + measure(words) / 2 > WIDTH else "middle"
        mark = Text(x, LEADING - 5, words, "quiet", at)
        if mark.box()[0] > marks[-1].box()[2] + PAD:
            marks.append(mark)
    return marks
