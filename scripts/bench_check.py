"""Measure ``check.py site`` beside lychee and LinkChecker on the same folders, in one run: problems, seconds, memory.

``bench_check.py [DIR…]``: our site, the given folders (``python3-doc``, for one), and a generated site of 10,000 pages.
The peers come from ``.bench`` (``make bench-check`` sets it up); a peer that is not there is left out and said so.
``--diff`` also prints what one found and another did not. Memory is the sum of the proportional set sizes of all
processes of a run at its highest, sampled.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import functools
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PROJECT = Path(__file__).resolve().parent.parent
BENCH = PROJECT / ".bench" / "bin"
PAGES = 10_000
SAMPLE = 0.05  # seconds between two looks at the memory
LIMIT = 240  # seconds after which a peer is stopped; what it found until then counts


@dataclass(frozen=True)
class Run:
    """What one checker did with one folder: (page, target) pairs, seconds, peak MB."""

    found: frozenset[tuple[str, str]]
    seconds: float
    megabytes: float


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench_check.py", description="和同类工具比：找到几个、多久、多少内存")
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--pages", type=int, default=PAGES, help="生成的网站有几页（默认 10000，0 表示不生成）")
    parser.add_argument("--diff", action="store_true", help="列出互相没有找到的")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as made:
        folders = [PROJECT / "site", *(folder.resolve() for folder in options.folders)]
        if options.pages:
            folders.append(generate(Path(made) / f"generated-{options.pages}", options.pages))
        print("| 网站 | 工具 | 找到（页面, 地址） | 秒 | 内存 MB |\n|---|---|---|---|---|")
        for folder in folders:
            runs = {name: check(folder) for name, check in CHECKERS.items() if is_there(name)}
            for name, run in runs.items():
                print(
                    f"| {folder.name} | {name} | {len(run.found)} | {run.seconds:.2f} | {run.megabytes:.0f} |",
                    flush=True,
                )
            if options.diff:
                differences(runs)
    for name in CHECKERS:
        if not is_there(name):
            print(f"没有 {name}；运行 make bench-check 会装上", file=sys.stderr)
    return 0


def is_there(name: str) -> bool:
    """Tell whether a checker is installed."""
    return name == "kbcheck" or (BENCH / name).exists()


def generate(folder: Path, pages: int) -> Path:
    """Write a site of ``pages`` pages, each with 60 links, of which every hundredth page has one to nowhere."""
    for number in range(pages):
        page = folder / f"s{number % 100}" / f"p{number}" / "index.html"
        page.parent.mkdir(parents=True)
        near = [(number + step * step) % pages for step in range(1, 58)]
        links = "".join(f'<li><a href="../../s{to % 100}/p{to}/#part-{to % 9}">第 {to} 页</a>' for to in near)
        wrong = '<a href="gone/">x</a><a href="#gone">y</a>' if number % 100 == 0 else ""
        parts = "".join(f'<h2 id="part-{part}">第 {part} 节</h2><p>{"正文" * 40}</p>' for part in range(9))
        head = f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{number}</title></head>'
        page.write_text(f"{head}<body><h1>{number}</h1><ul>{links}</ul>{parts}{wrong}</body></html>", "utf-8")
    (folder / "index.html").write_text('<!doctype html><title>x</title><a href="s0/p0/">x</a>', "utf-8")
    return folder


def with_kbcheck(folder: Path) -> Run:
    """Run our own checker, links only."""
    output, seconds, memory = watch(
        [
            sys.executable,
            PROJECT / "scripts/check.py",
            "site",
            folder,
            "--format",
            "json",
            "--select",
            "LK001,LK002,LK003",
        ]
    )
    rows = json.loads(output)
    return Run(frozenset((row["path"], row["target"]) for row in rows), seconds, memory)


def with_lychee(folder: Path) -> Run:
    """Run lychee, offline, fragments included."""
    command = [BENCH / "lychee", "--offline", "--include-fragments", "--no-progress", "--format", "json"]
    output, seconds, memory = watch(
        [*command, "--root-dir", folder, "--index-files", "index.html,.", f"{folder}/**/*.html"]
    )
    errors = json.loads(output).get("error_map", {})
    pairs = {
        (os.path.relpath(page, folder), unquote(urlsplit(each["url"]).path) + fragment(each["url"]))
        for page, listed in errors.items()
        for each in listed
    }
    return Run(frozenset(pairs), seconds, memory)


def with_linkchecker(folder: Path) -> Run:
    """Run LinkChecker against the folder served on this machine; it knows no folder offline that has an index."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    command = [BENCH / "linkchecker", "--no-status", "--no-robots", "-o", "csv", "--threads", "10", "-F", "none"]
    output, seconds, memory = watch([*command, root])
    server.shutdown()
    rows = csv.DictReader(
        io.StringIO("".join(f"{line}\n" for line in output.splitlines() if not line.startswith("#"))), delimiter=";"
    )
    pairs = {(unquote(urlsplit(row["parentname"] or "").path.lstrip("/")), row["urlname"] or "") for row in rows}
    return Run(frozenset(pairs), seconds, memory)


CHECKERS: dict[str, Callable[[Path], Run]] = {
    "kbcheck": with_kbcheck,
    "lychee": with_lychee,
    "linkchecker": with_linkchecker,
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Print nothing."""

    def copyfile(self, source, outputfile) -> None:
        """Send a file to a client that may hang up before the end, as LinkChecker does."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)


def fragment(url: str) -> str:
    """Return the fragment of an address with its mark, or ''."""
    return f"#{urlsplit(url).fragment}" if urlsplit(url).fragment else ""


def watch(command: list) -> tuple[str, float, float]:
    """Run a command; return its output, its seconds, and the highest memory of all its processes in MB."""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([str(each) for each in command], stdout=out, stderr=subprocess.DEVNULL)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            if time.monotonic() - start > LIMIT:
                process.kill()
            time.sleep(SAMPLE)
        seconds = time.monotonic() - start
        out.seek(0)
        return out.read(), seconds, peak


def memory_of(pid: int) -> float:
    """Return the proportional set size of a process and all its children, in MB."""
    total = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1024
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return total
    return total + sum(memory_of(int(child)) for child in children)


def differences(runs: dict[str, Run]) -> None:
    """Print how many pages each peer reports that we do not, and the other way round, with examples."""
    ours = {page for page, _ in runs["kbcheck"].found}
    for name, run in runs.items():
        if name != "kbcheck":
            theirs = {page for page, _ in run.found}
            print(f"  只有 {name} 报告的页面 {len(theirs - ours)}：{sorted(theirs - ours)[:5]}")
            print(f"  只有 kbcheck 报告的页面 {len(ours - theirs)}：{sorted(ours - theirs)[:5]}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
