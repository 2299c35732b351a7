"""Print how time, memory and bytes a page grow with the number of pages: ``bench_growth.py [PAGES…] [--html PAGES…]``.

A site of that many pages is this one and copies of a whole section of it, with names of their own and links within each
copy; it is built from nothing and again after a change of one page. ``--html`` is for what works on built pages alone:
check, search index and what finishes each page, on generated HTML. Times are CPU seconds of all processes unless they
are called wall: on a machine that others use too, these can be compared.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bench_check
import bench_search_large
import finish
import generate
import offline
import render
import search_index
from kbcheck import built
from kbcheck.cli import today
from kbcheck.rules import run
from kbcheck.site import read_site
from reuse import Kept, spread

PROJECT = Path(__file__).resolve().parent.parent
SIZES, HTML_SIZES = (100, 300, 1000, 3000), (1000, 10000)
COPIED = ("docs", "data", "overrides", "scripts", "web")
SECTION = "topics"
ONCE = "worth-it.md"  # a page of the section that is nothing without its own tables
AREA = 10  # sections that stand together in the navigation
INCLUDE = re.compile(r'^--8<-- "(?!sources/|glance/).*\n', re.MULTILINE)
CHANGED = "docs/topics/lawyer.md"
PHASES = ("read", "rules", "generate", "mkdocs", "finish", "check")


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench_growth.py", description="页数多了，生成要多久、占多少内存、一页多大")
    parser.add_argument("pages", nargs="*", type=int, default=SIZES)
    parser.add_argument("--html", nargs="*", type=int, default=HTML_SIZES, metavar="PAGES")
    parser.add_argument("--phases", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.phases:
        print(json.dumps(phases(options.phases)))
        return 0
    walls = "mkdocs（wall） | 从零（wall） | 改一页（wall）"
    print(f"| 页 | {' | '.join(PHASES)} | {walls} | 改一页 | 内存 MB | 一页 KB |\n|{'---|' * 13}")
    for pages in options.pages:
        print(f"| {' | '.join(row(pages))} |", flush=True)
    print(f"\n| HTML 页 | 检查 | 搜索索引 | 整理 |\n|{'---|' * 4}")
    found = [of_html(pages) for pages in options.html]
    for pages, times in zip(options.html, found, strict=True):
        print(f"| {pages} | {' | '.join(f'{each:.1f}' for each in times)} |")
    if len(found) > 1:
        print(
            f"| 倍数 | {' | '.join(f'{last / first:.1f}' for first, last in zip(found[0], found[-1], strict=True))} |"
        )
    return 0


def row(pages: int) -> list[str]:
    """Return one row of the table of whole builds."""
    with tempfile.TemporaryDirectory() as folder:
        root = grown(Path(folder) / "kb", pages)
        own = subprocess.run([sys.executable, __file__, "--phases", root], capture_output=True, check=True).stdout
        shutil.rmtree(root / ".build")
        whole, _ = timed(lambda: _build(root))
        text = (root / CHANGED).read_text("utf-8")
        _write(root / CHANGED, text.replace("\n## ", "\n又一句。\n\n## ", 1))
        again, cpu = timed(lambda: _build(root))
        sizes = [file.stat().st_size for file in (root / "site").rglob("index.html")]
    measured = json.loads(own)
    times = [f"{measured[name]:.1f}" for name in PHASES]
    last = [f"{measured['wall']:.1f}", f"{whole:.1f}", f"{again:.1f}", f"{cpu:.1f}", f"{measured['memory']:.0f}"]
    return [str(len(sizes)), *times, *last, f"{statistics.median(sizes) / 1000:.1f}"]


def phases(root: Path) -> dict[str, float]:
    """Return the CPU seconds of each phase of a build from nothing, one after another, and the peak memory in MB.

    ``wall``: the seconds of MkDocs by the clock, on all cores.
    """
    kept, folder = Kept(root / ".build/kept", ""), root / ".build/site"
    site = read_site(root, today())
    times = {"read": timed(lambda: read_site(root, today()))[1]}
    site = replace(generate.refresh(root, site), remember=kept)
    work = {
        "rules": lambda: run(site),
        "generate": lambda: generate.generate(root, site, kept),
        "mkdocs": lambda: render.start(root, site, kept, render.wait(root)).collect(folder),
        "finish": lambda: finish.finish(root, folder, site, "", kept),
        "check": lambda: built.check(folder, own=True, remember=kept),
    }
    clocks = {name: timed(each) for name, each in work.items()}
    times |= {name: cpu for name, (_, cpu) in clocks.items()}
    return times | {"wall": clocks["mkdocs"][0], "memory": _usage("ru_maxrss", max) / 1000}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Do the work and return its seconds by the clock, and those of all processors."""
    clock, before = time.perf_counter(), _usage("ru_utime") + _usage("ru_stime")
    work()
    return time.perf_counter() - clock, _usage("ru_utime") + _usage("ru_stime") - before


def _usage(name: str, together: Callable = sum) -> float:
    return together(getattr(resource.getrusage(who), name) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _build(root: Path) -> None:
    subprocess.run([sys.executable, "scripts/build.py"], cwd=root, stdout=subprocess.DEVNULL, check=True)


def of_html(pages: int) -> tuple[float, float, float]:
    """Return the CPU seconds of check, search index and finishing of so many generated pages."""
    with tempfile.TemporaryDirectory() as folder:
        place = bench_check.generate(Path(folder) / "check", pages)
        check = timed(lambda: built.check(place))[1]
        made = bench_search_large.generated(pages)
        searched = [bench_search_large.search_page(number, html) for number, html in enumerate(made)]
        index = timed(lambda: search_index.write(Path(folder), searched, bench_search_large.lexicon()))[1]
        copies = Path(folder) / "copies"
        html = (PROJECT / "site/topics/lawyer/index.html").read_text("utf-8")
        for number in range(pages):
            _write(copies / f"p/{number}/index.html", html)
        shutil.copytree(PROJECT / ".build/assets", copies / "assets/kb")
        shutil.copy2(PROJECT / "site/index.html", copies)
        return check, index, timed(lambda: _finish(copies))[1]


def _finish(folder: Path) -> None:
    """Do to each page of a folder what ``finish`` does to each."""
    spread(_polished, sorted(folder.rglob("*.html")))
    finish.seal(folder)
    offline.write(folder)


def _polished(file: Path) -> None:
    file.write_text(finish.polish(file.read_text("utf-8"), "**现在先做：**"), "utf-8")


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
                _write(root / "docs" / name / file.name, renamed(file.read_text("utf-8"), name))
        _list(root, sections, [file.name for file in section])
    return root


def renamed(text: str, section: str) -> str:
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
