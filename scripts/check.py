"""Check this knowledge base: ``check.py sources [PATH…]`` and ``check.py site DIR``. ``kbcheck`` does the work."""

from __future__ import annotations

import sys
from pathlib import Path

from kbcheck.cli import main as kbcheck

PROJECT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    """Run the command line on this project unless ``--root`` names another; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["sources"] and not any(each.partition("=")[0] == "--root" for each in arguments):
        arguments[1:1] = ["--root", str(PROJECT)]
    return kbcheck(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
