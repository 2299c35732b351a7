"""What is measured of every engine, and the one way in which measuring fails."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int], None]


class BenchError(Exception):
    """A peer is not there or did not work; the message is one line for a person."""


@dataclass(frozen=True)
class Size:
    """Bytes as a server would send them."""

    gz: int
    br: int


@dataclass
class Outcome:
    """Milliseconds and bytes of one engine, and the pages that it found for every question."""

    found: dict[str, list[str]] = field(default_factory=dict)
    ready: float | None = None  # from reaching for the box to the first result
    ready_slow: float | None = None  # the same on a quarter of this machine's processors
    started: float | None = None  # from reaching for the box to a worker that is ready, four times slower
    keys: list[float] = field(default_factory=list)  # from a keystroke to the list
    slow: list[float] = field(default_factory=list)  # the same on a quarter of this machine's processors
    worker: list[float] = field(default_factory=list)  # in the worker, with the way to it and back
    first: Size | None = None  # all that the first search fetches
    code: Size | None = None  # of that, code
    index: Size | None = None  # the whole index


def percentile(times: list[float], percent: int) -> float | None:
    """Return a percentile of some times."""
    if len(times) < 2:
        return times[0] if times else None
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]
