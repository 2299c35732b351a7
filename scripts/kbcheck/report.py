"""How problems are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .problem import Problem


def text(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield one line a problem: ``path:line:col CODE message``."""
    for problem in problems:
        yield str(problem)
