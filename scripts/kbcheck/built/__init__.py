"""Checks of a folder of built HTML, ours or not: what every address leads to, offline."""

from .addressing import BadBaseError
from .checker import Report, check

__all__ = ["BadBaseError", "Report", "check"]
