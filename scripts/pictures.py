"""Draw what is committed under ``docs/assets``: the icons from ``icon.svg``, and a picture a section for shared links.

Each PNG carries the hash of what it was drawn from, so a test can tell a stale one without drawing. Needs Chromium and
the fonts of ``make setup-test``.
"""

from __future__ import annotations

import hashlib
import html
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kbcheck.cli import today
from kbcheck.site import Site, read_site
from machines import ICON_SIZES, SECTIONS, SHARE_HEIGHT, SHARE_WIDTH, colour

PROJECT = Path(__file__).resolve().parent.parent
ASSETS, ICON = "docs/assets", "docs/assets/icon.svg"
PROMISE = "每个期限和条件都写明出处"
CLAUSE = re.compile("[^、，]+[、，]?")
KEY, SIGNATURE = b"Source", b"\x89PNG\r\n\x1a\n"
STYLE = """
body{margin:0;background:PAPER;color:INK;font-family:"Noto Sans CJK SC";width:1200px;height:630px;position:relative}
header{position:absolute;top:72px;left:96px;display:flex;align-items:center;font-size:36px;font-weight:500}
svg{width:72px;height:72px;margin-right:24px}
h1{position:absolute;top:196px;left:92px;margin:0;font-size:104px;font-weight:700;line-height:1.2}
p{position:absolute;top:340px;left:96px;width:1008px;margin:0;font-size:38px;line-height:1.5}
span{display:inline-block}
footer{position:absolute;bottom:64px;left:96px;width:1008px;border-top:3px solid ACCENT;padding-top:20px;font-size:32px;
color:QUIET}
"""


@dataclass(frozen=True)
class Picture:
    """A file, its size in pixels and the page that is drawn."""

    file: str
    width: int
    height: int
    source: str

    @property
    def key(self) -> bytes:
        """What tells one drawing from another."""
        return hashlib.sha256(f"{self.width}x{self.height} {self.source}".encode()).hexdigest().encode()


def main() -> int:
    """Draw every picture of this project that is missing or stale."""
    stale = [each for each in pictures(PROJECT, read_site(PROJECT, today())) if key_of(PROJECT / each.file) != each.key]
    if stale:
        with sync_playwright() as playwright:
            options = ["--no-sandbox", "--disable-lcd-text", "--force-color-profile=srgb"]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", headless=True, args=options)
            page = browser.new_page()
            for each in stale:
                draw(page, each, PROJECT / each.file)
            browser.close()
    print(f"画了 {len(stale)} 张图")
    return 0


def pictures(root: Path, site: Site) -> list[Picture]:
    """Return every picture that there should be."""
    icon = (root / ICON).read_text("utf-8")
    square = "<style>body{margin:0}svg{display:block}</style>" + icon.replace(' rx="6"', "")  # masks cut the corners
    drawn = [Picture(f"{ASSETS}/icon-{size}.png", size, size, square) for size in ICON_SIZES]
    for slug in SECTIONS:
        file = f"{ASSETS}/share/{slug}.png"
        drawn.append(Picture(file, SHARE_WIDTH, SHARE_HEIGHT, shared(root, site, slug, icon)))
    return drawn


def shared(root: Path, site: Site, slug: str, icon: str) -> str:
    """Return the page that is drawn for a section: its title and what its description says first, in our colours."""
    page = next(page for page in site.pages.values() if page.slug == slug)
    name = site.pages["docs/index.md"].meta.title
    style = STYLE
    for token in ("paper", "ink", "quiet", "accent"):
        style = style.replace(token.upper(), colour(root, token))
    says = re.split("[：。]", page.meta.description)[0]
    title = html.escape(page.meta.title)
    says = CLAUSE.sub(lambda clause: f"<span>{clause[0]}</span>", html.escape(says))  # a line ends between clauses
    head = icon + ("" if slug == "index" else f"<span>{html.escape(name)}</span>")
    return (
        f'<!doctype html><html lang="zh-CN"><style>{style}</style><header>{head}</header><h1>{title}</h1><p>{says}</p>'
        f"<footer>{PROMISE}</footer></html>"
    )


def draw(page: Page, picture: Picture, file: Path) -> None:
    """Draw one picture into ``file``."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.set_content(picture.source)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        raise SystemExit(f"{picture.file}: 字太多，画不下；请把标题或说明的第一句改短")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(with_key(page.screenshot(type="png"), picture.key))


def with_key(png: bytes, key: bytes) -> bytes:
    """Return a PNG with the key as a text chunk, right after its header."""
    end = len(SIGNATURE) + 25  # the header chunk: length, name, 13 bytes, checksum
    data = KEY + b"\0" + key
    chunk = struct.pack(">I", len(data)) + b"tEXt" + data + struct.pack(">I", zlib.crc32(b"tEXt" + data))
    return png[:end] + chunk + png[end:]


def key_of(file: Path) -> bytes:
    """Return the key of a picture; empty where there is no such file, or it has none."""
    found = re.search(b"tEXt" + KEY + b"\0([0-9a-f]{64})", file.read_bytes()) if file.is_file() else None
    return found[1] if found else b""


if __name__ == "__main__":
    raise SystemExit(main())
