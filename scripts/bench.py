"""Print build time, check time and the bytes of a first view, beside a stock mkdocs-material build of the same pages.

Both are measured in one run on this machine; the ratio is what counts. ``bench.py [RUNS]``, 5 by default.
"""

from __future__ import annotations

import functools
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from serve import Handler

PROJECT = Path(__file__).resolve().parent.parent
GUIDE = "steps/file-appeal/index.html"
STOCK = """\
site_name: stock
docs_dir: {docs}
theme: {{name: material, language: zh, font: false}}
plugins: [search]
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - md_in_html
  - tables
  - pymdownx.snippets: {{base_path: ['{build}']}}
"""


def main(argv: list[str]) -> int:
    """Measure and print a table; returns the exit code."""
    runs = int(argv[0]) if argv and argv[0].isdigit() else 5
    with tempfile.TemporaryDirectory() as folder:
        stock = Path(folder)
        config = STOCK.format(docs=PROJECT / "docs", build=PROJECT / ".build")
        (stock / "mkdocs.yml").write_text(config, "utf-8")
        ours = seconds(lambda: run(PROJECT, "scripts/build.py"), runs)
        check = seconds(lambda: run(PROJECT, "scripts/check.py", "sources"), runs)
        site = seconds(lambda: run(PROJECT, "scripts/check.py", "site", "site"), runs)
        theirs = seconds(lambda: run(stock, "-m", "mkdocs", "build", "--quiet"), runs)
        files, size = first_view(PROJECT / "site")
        stock_files, stock_size = first_view(stock / "site")
        rows = [
            ("生成（秒）", f"{ours:.2f}", f"{theirs:.2f}", f"{ours / theirs:.2f}"),
            ("检查源文件（秒）", f"{check:.2f}", "–", ""),
            ("检查网站（秒）", f"{site:.2f}", "–", ""),
            ("首次访问（请求数）", str(files), str(stock_files), f"{files / stock_files:.2f}"),
            ("首次访问，gzip（KB）", f"{size / 1000:.1f}", f"{stock_size / 1000:.1f}", f"{size / stock_size:.2f}"),
        ]
    print(f"{runs} 次取中位数；首次访问量的是 {GUIDE}")
    print("| 量什么 | 本站 | 原样的 mkdocs-material | 比 |\n|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    return 0


def run(folder: Path, *arguments: str) -> None:
    """Run Python in ``folder``; a failure ends the benchmark."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, *arguments], cwd=folder, env=env, capture_output=True, check=True)


def seconds(work: Callable[[], None], runs: int) -> float:
    """Return the median wall-clock seconds of ``runs`` runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def first_view(site: Path) -> tuple[int, int]:
    """Return the number of files and their gzip bytes that a browser asks for when a guide is opened cold."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        asked: set[str] = set()
        # The context sees what workers ask for too.
        page.context.on("request", lambda request: asked.add(urlsplit(request.url).path))
        page.goto(f"http://127.0.0.1:{server.server_port}/{GUIDE}", wait_until="networkidle")
        browser.close()
    server.shutdown()
    files = [site / path.lstrip("/") for path in sorted(asked)]
    return len(files), sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
