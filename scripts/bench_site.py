"""Measure our site beside the same Markdown built by other engines, in one run: bytes, first view, scores, build time.

``bench_site.py --setup`` installs the peers below ``.bench/peers``; then ``bench_site.py`` builds every site RUNS times
from nothing, compresses all of them the same way, serves them from the same nginx and opens one guide in Lighthouse,
engine by engine in turn. ``--types`` opens the largest page of every type of ours instead. Prints Markdown; medians.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pack
from kbcheck.site import read_site
from search_peers.convert import LEFT_OUT
from search_peers.install import HOME, Home
from search_peers.lighthouse import Visit, median, version, visit
from search_peers.outcome import BenchError
from search_peers.server import served
from search_peers.sites import ENGINES, GUIDE, Engine, version_of

PROJECT = Path(__file__).resolve().parent.parent
NAMES = {"ours": "本站", "material": "原样的 mkdocs-material", "zensical": "Zensical"}
NAMES |= {"vitepress": "VitePress", "starlight": "Astro Starlight"}
COLUMNS = ("FCP", "LCP", "TBT", "CLS", "性能", "无障碍", "最佳做法", "SEO", "机器")
MACHINE = "“机器”是 Lighthouse 当时量的处理器快慢（benchmarkIndex），时间只和快慢相近的比。"


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = parse(argv)
    home, load = Home(HOME), os.getloadavg()[0]
    try:
        if options.setup:
            home.setup()
            print(f"对手已装在 {HOME.relative_to(PROJECT)}/")
            return 0
        lines = types(home, options.runs) if options.types else engines(home, chosen(options.only, home), options.runs)
        for line in lines:  # as they come: a run that is cut short has said what it measured
            print(line, flush=True)
        print(f"\n机器：{os.cpu_count()} 核，开始时平均负载 {load:.1f}，结束时 {os.getloadavg()[0]:.1f}")
        return 0
    except (BenchError, OSError) as error:
        print(f"bench_site.py：{str(error).strip().splitlines()[0]}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench_site.py", description="同一批 Markdown，和别的生成器比")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="每样量几次，取中位数（默认 5）")
    parser.add_argument("--only", metavar="名字", help=f"只量这几个，用逗号隔开：{','.join(NAMES)}")
    parser.add_argument("--types", action="store_true", help="改为量本站：每一类页面里最大的一页")
    parser.add_argument("--setup", action="store_true", help="装上对手和 Lighthouse，然后结束")
    options = parser.parse_args(argv)
    if options.runs < 1:
        parser.error("--runs 至少是 1")
    return options


def chosen(only: str | None, home: Home) -> list[Engine]:
    """Return the engines to measure; BenchError for one that is unknown or not installed."""
    names = only.split(",") if only else list(NAMES)
    if unknown := [name for name in names if name not in NAMES]:
        raise BenchError(f"不认识 {'、'.join(unknown)}；有 {'、'.join(NAMES)}")
    if lacking := [name for name in [*names, "lighthouse"] if home.lacks(name)]:
        raise BenchError(f"没有装 {'、'.join(lacking)}；请先运行 bench_site.py --setup")
    if not (PROJECT / ".build/sources").is_dir():
        raise BenchError("还没有 .build/；请先运行 make site")
    return [engine for engine in ENGINES if engine.name in names]


def engines(home: Home, wanted: list[Engine], runs: int) -> list[str]:
    """Build, serve and visit every engine's site; return the lines to print."""
    seconds = {engine.name: medians(build(home, engine) for _ in range(runs)) for engine in wanted}
    with ExitStack() as stack:
        urls = {}
        for engine in wanted:
            root = stack.enter_context(served(packed(home, engine.name, built(home, engine), [engine.guide])))
            urls[engine.name] = root + engine.guide
        visits = rounds(home, urls, runs)
    return [
        *table(visits, seconds, {engine.name: version_of(home, engine) for engine in wanted}),
        "",
        *notes(home, runs),
    ]


def build(home: Home, engine: Engine) -> tuple[float, float]:
    """Build a site from nothing; return its seconds, and those of the processors, which a busy machine changes less."""
    tell(f"生成 {engine.name}")
    folder = engine.prepare(PROJECT, home)
    start, busy = time.perf_counter(), processors()
    engine.build(folder, home)
    return time.perf_counter() - start, processors() - busy


def processors() -> float:
    """Return the seconds that processors worked for programs which this one started and which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def medians(builds: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the medians of seconds and of processors' seconds."""
    seconds, busy = zip(*builds, strict=True)
    return statistics.median(seconds), statistics.median(busy)


def built(home: Home, engine: Engine) -> Path:
    """Return the folder that an engine built."""
    return (PROJECT if engine.name == "ours" else home.root / "build" / engine.name) / engine.site


def packed(home: Home, name: str, site: Path, pages: Iterable[str]) -> Path:
    """Return a copy of a site, compressed as ``make pack`` does: of its pages only those that are visited."""
    tell(f"压缩 {name}")
    folder = home.empty(f"served/{name}")
    shutil.copytree(site, folder, dirs_exist_ok=True)
    visited = {folder / page / "index.html" if page.endswith("/") or not page else folder / page for page in pages}
    texts = [file for file in sorted(folder.rglob("*")) if pack.is_text(file)]
    pack.compress([file for file in texts if file in visited or file.suffix not in (".html", ".md")])
    return folder


def rounds(home: Home, urls: dict[str, str], runs: int) -> dict[str, Visit]:
    """Visit all pages in turn, several times, so that a busy minute hits all of them; return the medians."""
    visits: dict[str, list[Visit]] = {name: [] for name in urls}
    for number in range(runs):
        for name, url in urls.items():
            tell(f"Lighthouse {number + 1}/{runs} {name}")
            visits[name].append(visit(home, url))
    return {name: median(each) for name, each in visits.items()}


def table(visits: dict[str, Visit], seconds: dict[str, tuple[float, float]], versions: dict[str, str]) -> list[str]:
    """Return the table of the engines."""
    head = ("生成器", "KB（br）", "请求", *COLUMNS, "生成：秒", "CPU 秒")
    rows = [
        (
            f"{NAMES[name]} {versions[name]}".strip(),
            f"{one.bytes / 1000:.1f}",
            f"{one.requests:.0f}",
            *cells(one),
            *(f"{each:.1f}" for each in seconds[name]),
        )
        for name, one in visits.items()
    ]
    return markdown(head, rows)


def types(home: Home, runs: int) -> Iterator[str]:
    """Visit the largest page of every type of our site; yield the lines to print, a page's when it is measured."""
    if home.lacks("lighthouse"):
        raise BenchError("没有装 lighthouse；请先运行 bench_site.py --setup")
    pages = largest()
    faults = []
    yield from markdown(("类型", "页面", "KB（br）", *COLUMNS), [])
    with served(packed(home, "ours", PROJECT / "site", [path for path, _ in pages])) as root:
        for path, kind in pages:
            [one] = rounds(home, {path: root + path}, runs).values()
            yield row((kind, f"/{path}", f"{one.bytes / 1000:.1f}", *cells(one)))
            faults += [f"- /{path}：{'、'.join(one.faults)}"] if one.faults else []
    yield from ["", f"Lighthouse {version(home)}，{runs} 次取中位数；{MACHINE}", *faults]


def largest() -> list[tuple[str, str]]:
    """Return the home page and the largest page of every type, each with its type."""
    site = read_site(PROJECT, date.today())
    found = {}
    for page in site.pages.values():
        path = "" if page.slug == "index" else f"{page.slug}/"
        size = (PROJECT / "site" / path / "index.html").stat().st_size
        found[page.meta.type] = max(found.get(page.meta.type, (0, "")), (size, path))
    return [("", "首页"), *((path, kind) for kind, (_, path) in sorted(found.items()))]


def cells(one: Visit) -> tuple[str, ...]:
    """Return the cells that both tables have."""
    scores = tuple(f"{score:.0f}" for score in one.scores)
    return (f"{one.fcp:.0f}", f"{one.lcp:.0f}", f"{one.tbt:.0f}", f"{one.cls:.3f}", *scores, f"{one.machine:.0f}")


def markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return a table in Markdown."""
    lines = [row(cells) for cells in (head, *rows)]
    return [lines[0], "|" + "---|" * lines[0].count(" | ") + "---|", *lines[1:]]


def row(cells: Iterable[str]) -> str:
    """Return a row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def notes(home: Home, runs: int) -> list[str]:
    """Say what was measured, and what the other engines were spared."""
    return [
        f"{runs} 次取中位数；Lighthouse {version(home)}，手机预设（模拟的 4G 和慢 4 倍的处理器），页面是 {GUIDE}，",
        "同一个 nginx、同样压缩（br 11），字节含响应头，FCP、LCP、TBT 是毫秒。",
        MACHINE,
        "生成：从空目录开始；本站的含检查、搜索索引、工具。",
        "别的生成器：同样的页面和目录树，各自的默认外观和搜索，不带字体；没有本站的工具、检查、离线。转换时：",
        *(f"- {NAMES[name]}：{what}" for name, what in LEFT_OUT.items()),
    ]


def tell(text: str) -> None:
    """Show on a terminal how far the run is."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
