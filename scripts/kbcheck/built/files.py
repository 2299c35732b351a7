"""The files of a built folder, found by address as a plain static server finds them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

INDEX_NAMES = ("index.html", "index.htm")


class Files:
    """Every file under ``root`` by its path with ``/``; links to folders are followed, each folder once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names: frozenset[str] = frozenset(_walk(root))

    def find(self, path: str) -> str | None:
        """Return the file that a decoded path (without the leading ``/``) shows: itself, or its folder's index.

        Slashes in a row count as one, as static servers have it.
        """
        while "//" in path:
            path = path.replace("//", "/")
        path = path.lstrip("/")
        if path in self.names:
            return path
        folder = path if not path or path.endswith("/") else f"{path}/"
        for name in INDEX_NAMES:
            if folder + name in self.names:
                return folder + name
        return None

    def like(self, path: str) -> str | None:
        """Return a file that differs from ``path`` only by upper and lower case."""
        wanted = path.lower()
        folder = wanted if not wanted or wanted.endswith("/") else f"{wanted}/"
        candidates = (wanted, *(folder + name for name in INDEX_NAMES))
        return next((self._folded[name] for name in candidates if name in self._folded), None)

    def is_folder(self, path: str) -> bool:
        """Tell whether ``path`` names a folder that holds files."""
        return path.rstrip("/") in self._folders

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.lower(): name for name in self.names}

    @cached_property
    def _folders(self) -> frozenset[str]:
        found = {""}
        for name in self.names:
            while (name := name.rpartition("/")[0]) and name not in found:
                found.add(name)
        return frozenset(found)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises OSError where it has vanished or may not be read."""
        return (self.root / name).read_bytes()


def _walk(root: Path) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(root, followlinks=True):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders.sort()
        relative = os.path.relpath(folder, root)
        prefix = "" if relative == "." else relative.replace(os.sep, "/") + "/"
        yield from (prefix + name for name in names)
