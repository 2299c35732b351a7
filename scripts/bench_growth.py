"""Print how build time, memory and bytes a page grow with the number of pages: ``bench_growth.py [PAGES…]``.

A site of that many pages is this one and copies of a whole section of it, with names of their own and links within each
copy, built from nothing in a folder of its own. ``--html PAGES`` also measures what comes after MkDocs on generated HTML.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SIZES = (100, 300, 1000, 3000)
COPIED = ("docs", "data", "overrides", "scripts", "web", "tests/data")
SECTION = "topics"
AREA = 10  # sections that stand together in the navigation
INCLUDE = re.compile(r'^--8<-- "(?!sources/|glance/).*\n', re.MULTILINE)
ONCE = "worth-it.md"  # a page of the section that is nothing without its own tables


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench_growth.py", description="页数多了，生成要多久、占多少内存、一页多大")
    parser.add_argument("pages", nargs="*", type=int, default=SIZES)
    options = parser.parse_args(argv)
    for pages in options.pages:
        with tempfile.TemporaryDirectory() as folder:
            root = grown(Path(folder) / "kb", pages)
            print(root, len(list((root / "docs").rglob("*.md"))))
    return 0


def grown(root: Path, pages: int) -> Path:
    """Write a project of about ``pages`` pages into ``root`` and return it."""
    for name in COPIED:
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*PROJECT.glob("*.json"), *PROJECT.glob("*.txt"), PROJECT / "mkdocs.yml"):
        shutil.copy2(file, root)
    (root / "node_modules").symlink_to(PROJECT / "node_modules")
    section = sorted(file for file in (PROJECT / "docs" / SECTION).glob("*.md") if file.name != ONCE)
    more = pages - len(list((PROJECT / "docs").rglob("*.md"))) - 1
    sections = [f"{SECTION}-{number:03}" for number in range(1, 1 + max(0, round(more / len(section))))]
    if sections:
        for name in sections:
            for file in section:
                _write(root / "docs" / name / file.name, renamed(file.read_text("utf-8"), name, file.name))
        _list(root, sections, [file.name for file in section])
    return root


def renamed(text: str, section: str, name: str) -> str:
    """Return a page of the section as it stands in a copy: another title, no links to places that it does not have."""
    number = section.rpartition("-")[2]
    text = re.sub(r"^related:\n(?:  - .*\n)+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^part_of: .*$", f"part_of: {section}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^(title: .*|# .*)$", rf"\1（{number} 区）", text, count=2, flags=re.MULTILINE)
    text = re.sub(r"^(description: .{20,90}).*$", rf"\1（{number} 区）", text, count=1, flags=re.MULTILINE)
    return INCLUDE.sub("", text).replace(f"/{SECTION}/", f"/{section}/").replace(f"]({ONCE}", f"](../{SECTION}/{ONCE}")


def _list(root: Path, sections: list[str], names: list[str]) -> None:
    """Name the copies in the navigation, in the list of addresses and on a page, and give them their boxes."""
    nav = ["  - 各区:", "      - areas.md"]
    for at, section in enumerate(sections):
        if at % AREA == 0:
            nav.append(f"      - 第 {at // AREA + 1} 片:")
        nav.append(f"          - {section}:")
        nav += [f"              - {section}/{name}" for name in sorted(names, key=lambda name: name != "index.md")]
    _add(root / "mkdocs.yml", "\n".join(nav))
    slugs = [f"{section}/{name}".removesuffix(".md").removesuffix("/index") for section in sections for name in names]
    _add(root / "data/slugs.txt", "\n".join(["areas", *slugs]))
    links = "\n".join(f"- [{section}]({section}/index.md)" for section in sections)
    page = (root / "docs/topics/index.md").read_text("utf-8").partition("\n---\n")[0]
    page = re.sub("(?m)^(title|description): (.*)$", r"\1: 各区的\2", page)
    _write(root / "docs/areas.md", f"{page}\n---\n\n# 各区的专题\n\n{links}\n")
    _add(root / "docs/index.md", "[各区](areas.md)")
    boxes = re.split(r"(?m)^(?=- page: )", (root / "data/glance.yml").read_text("utf-8"))
    boxes = [box for box in boxes if box.startswith(f"- page: {SECTION}/") and ONCE[:-3] not in box.splitlines()[0]]
    _add(
        root / "data/glance.yml",
        "\n".join(box.replace(f"{SECTION}/", f"{each}/") for each in sections for box in boxes).replace(
            f"]({ONCE}", f"](../{SECTION}/{ONCE}"
        ),
    )


def _add(file: Path, text: str) -> None:
    _write(file, f"{file.read_text('utf-8')}\n{text}\n")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
