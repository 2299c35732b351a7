"""Run MkDocs for the pages that changed, in as many processes as there are cores.

A run of MkDocs gets some pages whole and stubs in the place of all others: what pages show of one another and no more
(``SEEN``). So a page's HTML depends on its own source, on what it includes, on the stubs and on the project's settings,
whichever other pages are made in the same run, and it can be kept until one of these changes. Places within other pages
(``#deadline``) are not known in such a run; the check of the built pages looks them up.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generate import MADE, WORK
from kbcheck.page import SNIPPET, Page
from kbcheck.site import Site
from reuse import Kept, key_of

SEEN = ("title", "type")  # what templates and the navigation read of pages other than their own
SETTINGS = ("mkdocs.yml", f"{WORK}/interface.yml")
TEMPLATES = "overrides"
FEW = 12  # pages; for fewer, another process costs more than it saves
CONFIG = """\
INHERIT: {root}/mkdocs.yml
docs_dir: docs
site_dir: site
theme: {{custom_dir: {root}/overrides}}
validation: {{anchors: ignore}}
"""
# MkDocs, loaded and waiting for what to do: its command line and the date that it should write.
WAITING = """\
import json, os, sys
import mkdocs.commands.build, pymdownx.snippets, pymdownx.superfences
from mkdocs.__main__ import cli
if order := sys.stdin.read():
    os.environ["SOURCE_DATE_EPOCH"], *arguments = json.loads(order)
    cli(arguments)
"""
NAME = re.compile(r"[A-Za-z]\w+")
MESSAGE = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(.*)$|^(Error: .*)$")


def wait(root: Path) -> subprocess.Popen:
    """Start a MkDocs that loads itself, which takes as long as reading the sources, and then waits for ``start``."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen([sys.executable, "-c", WAITING], cwd=root, env=environment, text=True, **streams)


def start(root: Path, site: Site, kept: Kept, waiting: subprocess.Popen) -> Runs:
    """Start making the HTML of all pages and what MkDocs adds to them, by ``waiting`` and as many more as it takes."""
    common = shared(root, site)
    inputs = {page.path: ("html", common, page.path, page.text, *_included(root, page.text)) for page in _pages(site)}
    known = {path: html for path, each in inputs.items() if (html := kept.find(*each)) is not None}
    parts = _parts([page for page in _pages(site) if page.path not in known])
    places = [_prepare(root, site, number, part) for number, part in enumerate(parts)]
    started = [waiting, *(wait(root) for _ in places[1:])]
    for process, place in zip(started, places, strict=True):
        _order(process, place, site)
    return Runs(site, kept, inputs, known, list(zip(started, places, parts, strict=True)))


@dataclass
class Runs:
    """Runs of MkDocs that are under way: ``collect`` what they make, or ``stop`` them where nobody wants it any more.

    ``inputs``: what the HTML of each page is made from; ``known``: the HTML that was kept.
    """

    site: Site
    kept: Kept
    inputs: dict[str, tuple[str, ...]]
    known: dict[str, bytes]
    running: list[tuple[subprocess.Popen, Path, list[Page]]]  # each with its folder and the pages that it makes whole

    def collect(self, folder: Path) -> list[str]:
        """Wait for them and put all pages into ``folder``; returns what is wrong, a line each."""
        if failures := [line for process, _, _ in self.running for line in _failures(process)]:
            return list(dict.fromkeys(failures))
        for _, place, part in self.running:
            for page in part:
                made = place_of(place / "site", page).read_bytes()
                self.known[page.path] = self.kept.put(made, *self.inputs[page.path])
        shutil.rmtree(folder, ignore_errors=True)
        (self.running[0][1] / "site").rename(folder)
        for page in _pages(self.site):
            file = place_of(folder, page)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.known[page.path])
        return []

    def stop(self) -> None:
        """End them; what they have made so far stays where it is and is never looked at."""
        for process, _, _ in self.running:
            process.kill()
            process.communicate()


def place_of(folder: Path, page: Page) -> Path:
    """Return the file of a page in a built folder."""
    return folder / ("" if page.slug == "index" else page.slug) / "index.html"


def source_date(site: Site) -> str:
    """Return SOURCE_DATE_EPOCH: as set outside, else midnight UTC of the newest review date, never the clock."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    newest = max(page.meta.reviewed for page in site.pages.values() if page.meta)
    return str(int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp()))


def stub(page: Page) -> str:
    """Return what stands in for a page: what others see of it, and a template that shows nothing."""
    seen = {name: str(getattr(page.meta, name)) for name in SEEN}
    return f"---\n{json.dumps({**seen, 'template': 'stub.html'}, ensure_ascii=False)}\n---\n"


def _pages(site: Site) -> list[Page]:
    return list(site.pages.values())


def shared(root: Path, site: Site) -> str:
    """Return the hash of what every page may depend on beside itself."""
    settings = [(root / name).read_text("utf-8") for name in SETTINGS]
    words = set(NAME.findall(settings[0]))
    named = [(name, value) for name, value in sorted(os.environ.items()) if name in words]  # by !ENV
    templates = sorted(file for file in (root / TEMPLATES).rglob("*") if file.is_file())
    others = [(page.path, stub(page) if page.meta else "") for page in _pages(site)]
    names = [file.relative_to(root).as_posix() for file in _other_files(root)]
    looks = [(file.relative_to(root).as_posix(), file.read_bytes()) for file in templates]
    return key_of(settings, named, source_date(site), looks, others, names)


def _included(root: Path, text: str) -> Iterator[str]:
    """Yield the texts that a page includes, and what these include; where a mark is not understood, all there are."""
    names = SNIPPET.findall(text)
    files = [root / WORK / name for name in names]
    if text.count("8<") != len(names) or not all(file.is_file() for file in files):
        files = sorted(file for name in MADE for file in (root / WORK / name).rglob("*.md"))
        yield from (file.read_text("utf-8") for file in files)
        return
    for file in files:
        yield (own := file.read_text("utf-8"))
        yield from _included(root, own)


def _other_files(root: Path) -> list[Path]:
    return sorted(file for file in (root / "docs").rglob("*") if file.is_file() and file.suffix != ".md")


def _parts(pages: list[Page]) -> list[list[Page]]:
    """Return the pages in as many parts of about the same length as there are cores; at least one, if an empty one."""
    count = max(1, min(os.cpu_count() or 1, len(pages) // FEW))
    longest_first = sorted(pages, key=lambda page: (-len(page.text), page.path))
    return [longest_first[number::count] for number in range(count)]


def _prepare(root: Path, site: Site, number: int, whole: list[Page]) -> Path:
    """Write a folder in which MkDocs finds the pages of ``whole`` and stubs of all others."""
    place = root / WORK / f"run{number}"
    shutil.rmtree(place, ignore_errors=True)
    wanted = {page.path for page in whole}
    for page in _pages(site):
        file = place / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.text if page.path in wanted or not page.meta else stub(page), "utf-8")
    for file in _other_files(root):
        copy = place / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    (place / "mkdocs.yml").write_text(CONFIG.format(root=root), "utf-8")
    return place


def _order(process: subprocess.Popen, place: Path, site: Site) -> None:
    # Never add -q or -v: together with --strict they turn failures into exit code 0.
    arguments = ["build", "--strict", "--config-file", str(place / "mkdocs.yml")]
    with contextlib.suppress(BrokenPipeError):  # it could not load itself, and has said why
        process.stdin.write(json.dumps([source_date(site), *arguments]))
        process.stdin.close()
    process.stdin = None  # else communicate() would look at it


def _failures(process: subprocess.Popen) -> list[str]:
    output, _ = process.communicate()
    if process.returncode == 0:
        return []
    messages = [match[1] or match[2] for line in output.splitlines() if (match := MESSAGE.match(line))]
    return [f"mkdocs.yml:1:1 MkDocs {message}" for message in messages] or output.strip().splitlines()[-1:]
