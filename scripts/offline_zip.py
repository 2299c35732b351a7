"""Pack the built site as a ZIP that opens from a disk: unpack it, open index.html, no server and no network needed.

Links name their files, the search runs in the page, and its index comes as scripts: from ``file://`` a browser starts
no worker and fetches nothing. The same site gives the same bytes. Exit code 0: packed; 2: there is no built site.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from generate import WORK
from kbcheck.cli import today
from kbcheck.site import Site, read_site
from offline import OFFERED, kept_files

PROJECT = Path(__file__).resolve().parent.parent
NAME = "doudian-deposit-guide"  # of the folder in the ZIP; ASCII, for what unpacks it on an old Windows
ENGINE = "assets/kb/local.js"
ALONE = re.compile(r"assets/kb/search-worker\.[0-9a-f]{8}\.js|_headers")  # what only a server can run
OURS = re.compile(r'<script src="[^"]*assets/kb/site\.')  # the engine must be there before it
INDEX = re.compile(r"search/.*\.json")
WRITTEN = (1980, 1, 1, 0, 0, 0)  # the date of every file: the oldest that a ZIP can say
# What a page from a disk cannot load or has no use for, and links to what is not packed.
DROPPED = (
    "link[rel=manifest], link[rel~=alternate], meta[http-equiv=Content-Security-Policy], a[href$='.md'], .kb-downloads"
)
NOTICE = '<p class="kb-offline">离线内容，截至 {}；期限以后台为准。</p>'


def main(argv: list[str] | None = None) -> int:
    """Pack this project's site; returns the exit code."""
    parser = argparse.ArgumentParser(prog="offline_zip.py", description="把生成好的网站打成解开就能看的压缩包")
    parser.add_argument("--to", type=Path, default=PROJECT / "build" / f"{NAME}.zip", help="写到哪里（默认 build/）")
    target = parser.parse_args(argv).to
    folder = PROJECT / "site"
    if not (folder / "index.html").is_file():
        print("还没有 site/；请先运行 make site", file=sys.stderr)
        return 2
    target.parent.mkdir(parents=True, exist_ok=True)
    write(target, contents(PROJECT, folder, read_site(PROJECT, today())))
    print(f"压缩包在 {target}（{target.stat().st_size / 1e6:.1f} MB）")
    return 0


def write(target: Path, files: Iterator[tuple[str, bytes]]) -> None:
    """Write ``files``, names and what they hold, as a ZIP; where that fails, what was there before stays."""
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name, data in sorted(files):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", WRITTEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # the same on every machine that packs
            pack.writestr(entry, data)
    unfinished.replace(target)


def contents(root: Path, folder: Path, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the ZIP, name and contents, made from the built ``folder`` of the project ``root``."""
    newest = max(page.meta.reviewed for page in site.pages.values() if page.meta)
    for file in kept_files(folder):
        name = file.relative_to(folder).as_posix()
        if name.endswith(".html"):
            yield name, page(file.read_text("utf-8"), name, newest.isoformat()).encode()
        elif INDEX.fullmatch(name):
            yield f"{name}.js", f"kbShard({json.dumps(name)},{file.read_text('utf-8').strip()});\n".encode()
        elif not ALONE.fullmatch(name):
            yield name, file.read_bytes()
    yield ENGINE, (root / WORK / "assets" / Path(ENGINE).name).read_bytes()


def page(html: str, name: str, until: str) -> str:
    """Return a page as it opens from a disk; ``name`` is its file, ``until`` the date of what it says."""
    tree = LexborHTMLParser(html)
    for node in tree.css(DROPPED):
        node.decompose()
    for node in tree.css(f".{OFFERED}"):
        node.parent.decompose()
    for node in tree.css("[href], form[action]"):
        attribute = "action" if node.tag == "form" else "href"
        node.attrs[attribute] = to_file(node.attributes[attribute] or "")
    engine = f'<script src="{"../" * name.count("/")}{ENGINE}"></script>'
    html = OURS.sub(lambda found: engine + found[0], tree.html, count=1)
    return re.sub(r"<article[^>]*>", lambda found: found[0] + NOTICE.format(until), html, count=1)


def to_file(address: str) -> str:
    """Return a link to a folder as one to its page; every other address as it is."""
    parts = urlsplit(address)
    last = parts.path.rpartition("/")[2]
    if parts.scheme or parts.netloc or not parts.path or last not in ("", ".", ".."):
        return address
    return parts._replace(path=parts.path.rstrip("/") + "/index.html").geturl()


if __name__ == "__main__":
    raise SystemExit(main())
