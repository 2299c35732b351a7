"""The version that a release will have: pyproject.toml and the newest heading of CHANGELOG.md must say the same."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
DATED = re.compile(r"([0-9]+\.[0-9]+\.[0-9]+)（([0-9]{4}-[0-9]{2}-[0-9]{2})）")


class VersionError(Exception):
    """The files do not agree on a version; the message says where, and what to write."""


@dataclass(frozen=True)
class Version:
    """What is released: its number, and midnight UTC of the day in the changelog, which every date of a release is."""

    number: str
    released: datetime

    @property
    def tag(self) -> str:
        """Return the name of its git tag."""
        return f"v{self.number}"


def read(root: Path) -> Version:
    """Return the version of the project ``root``; VersionError where it has none that both files agree on."""
    number = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changes = root / "CHANGELOG.md"
    heading = HEADING.search(changes.read_text("utf-8") if changes.is_file() else "")
    if not heading:
        raise VersionError(f"CHANGELOG.md 里没有一节改动；请先写 ## {number}（年-月-日）和改了什么")
    dated = DATED.fullmatch(heading[1])
    try:
        released = datetime.fromisoformat(dated[2] if dated else "").replace(tzinfo=UTC)
    except ValueError:
        raise VersionError(f"CHANGELOG.md 的「{heading[1]}」必须写成 {number}（年-月-日）") from None
    if dated[1] != number:
        raise VersionError(f"pyproject.toml 是 {number}，CHANGELOG.md 最上面是 {dated[1]}；请改成一样，写明改了什么")
    return Version(number, released)
