"""What readers cost a host: bytes and requests of a view, measured on the packed site (``make pack``), and per month.

Prints Markdown. A first view loads a page with everything that its head and foot name; a later one the page alone,
because the rest may be kept for a year.
"""

from __future__ import annotations

import sys
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

PROJECT = Path(__file__).resolve().parent.parent
PAGE = "steps/file-appeal/index.html"
VIEWS = (10**6, 10**7, 10**8)
SECONDS = 30 * 24 * 3600
PEAK = 10  # how many times the average the busiest moment is; a guess, so that there is room
LINES = (5, 100, 1000)  # Mbit/s of one machine's line


def main() -> int:
    """Print the table for this project; returns the exit code."""
    folder = PROJECT / "dist" / "site"
    if not (folder / PAGE).is_file():
        print("还没有 dist/；请先运行 make pack", file=sys.stderr)
        return 2
    page, loaded = sent(folder / PAGE), [sent(file) for file in loads(folder / PAGE)]
    first = page + sum(loaded)
    print(
        f"一页 {page / 1e3:.1f} KB；第一次看另加 {len(loaded)} 个文件，一共 {first / 1e3:.1f} KB（br，不算响应头）。\n"
    )
    print("| 每月次数 | 全是第一次看 | 全是再看 | 请求数 | 平均每秒 | 最忙时每秒（10 倍） | 最忙时的带宽 |")
    print("|---|---|---|---|---|---|---|")
    for views in VIEWS:
        print(row(views, page, first, len(loaded) + 1))
    print()
    for line in LINES:
        bytes_a_second = line * 1e6 / 8
        most = f"{bytes_a_second / first:.0f} 次第一次看、{bytes_a_second / page:.0f} 次再看"
        print(f"- {line} Mbit/s 的线路，每秒最多 {most}。")
    return 0


def row(views: int, page: int, first: int, requests: int) -> str:
    """Return one line of the table."""
    second = views / SECONDS
    cells = (f"{views:,}", f"{views * first / 1e9:,.0f} GB", f"{views * page / 1e9:,.0f} GB")
    cells += (f"{views:,} – {views * requests:,}", f"{second:.1f}", f"{second * PEAK:.0f}")
    return f"| {' | '.join((*cells, f'{second * PEAK * first * 8 / 1e6:,.0f} Mbit/s'))} |"


def loads(page: Path) -> list[Path]:
    """Return the files that a page loads by itself."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    nodes = tree.css("script[src], link[rel=stylesheet], link[rel=icon], link[rel=manifest], article img")
    found = {(page.parent / (node.attributes.get("src") or node.attributes["href"])).resolve() for node in nodes}
    return sorted(file for file in found if file.is_file())


def sent(file: Path) -> int:
    """Return how many bytes nginx sends of a file."""
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.is_file() else file).stat().st_size


if __name__ == "__main__":
    raise SystemExit(main())
