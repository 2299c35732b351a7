"""How a costly function of its inputs alone is called: directly, or by a build that knows what earlier ones found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Remember = Callable[..., Any]  # takes the function and its inputs


def directly(work: Callable, *inputs: object) -> Any:
    """Return ``work(*inputs)``."""
    return work(*inputs)
