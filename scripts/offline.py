"""List what a reader's browser may keep of the built site, and put the worker that keeps it in place.

Writes ``offline.json`` (every file with its size and hash, from which web/offline/ saves the whole site and brings it
up to date) and ``sw.js``. Must come last of all that changes the site: it looks at every file.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from kbcheck.remember import Remember, directly
from reuse import spread

LIST, WORKER = "offline.json", "sw.js"
BUNDLE, RETIRED = "assets/kb/offline-worker.js", "assets/kb/retire-worker.js"
ON_DISK = "assets/kb/local.js"  # which only the ZIP needs (offline_zip.py)
OFFERED = "kb-offline-way"  # the link in the foot of each page, by which a site says that it may be kept
KEPT = (".html", ".css", ".js", ".json", ".svg", ".png", ".ico", ".webmanifest", ".docx", "licences.txt")
# What no page of ours asks for: the theme's search with its languages, what only programs read, pictures of links.
UNUSED = ("404.html", LIST, WORKER, "assets/share/")
HASH = 16  # hexadecimal digits; web/offline/kept.js makes the same


def write(folder: Path, remember: Remember = directly) -> None:
    """Write the list and the worker into the built ``folder``; without the link, a worker that removes itself."""
    kept, retired = (folder / name for name in (BUNDLE, RETIRED))
    offered = OFFERED in (folder / "index.html").read_text("utf-8")
    worker = (kept if offered else retired).read_text("utf-8")
    for name in (BUNDLE, RETIRED, ON_DISK):
        (folder / name).unlink()
    every = spread(lambda file: listed(folder, file, remember), list(kept_files(folder)))
    files = [each[:3] for each in every]
    build = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:HASH]
    if offered:
        worker = f"self.kbBuild='{build}';{worker}"
        sizes = {"bytes": sum(size for _, size, _ in files), "wire": round(sum(each[3] for each in every), -5)}
        text = json.dumps({"build": build, **sizes, "files": files}, ensure_ascii=False, separators=(",", ":"))
        (folder / LIST).write_text(text, "utf-8")
    (folder / WORKER).write_text(worker, "utf-8")


def kept_files(folder: Path) -> Iterator[Path]:
    """Yield the files of the built ``folder`` that a reader without a network can use, sorted by name."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and name.endswith(KEPT) and not name.startswith(UNUSED):
            yield file


def listed(folder: Path, file: Path, remember: Remember = directly) -> tuple[str, int, str, int]:
    """Return a file's address below the site's root, its size, its hash and its size compressed as most hosts do."""
    data = file.read_bytes()
    name = file.relative_to(folder).as_posix()
    address = name.removesuffix("index.html") if f"/{name}".endswith("/index.html") else name
    return address, len(data), hashlib.sha256(data).hexdigest()[:HASH], remember(compressed, data)


def compressed(data: bytes) -> int:
    """Return how many bytes a file is compressed."""
    return len(zlib.compress(data, 6))
