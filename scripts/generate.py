"""Turn data into what the build reads: each page's list of sources, the page of all sources, the bundled assets.

Writes ``docs/reference/sources.md``, and below ``.build`` the folders ``sources``, ``tables`` and ``assets``. Run
before MkDocs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import rcssmin
import rjsmin

from kbcheck import reference_page
from kbcheck.cli import today
from kbcheck.site import Site, read_site

PROJECT = Path(__file__).resolve().parent.parent
WORK = ".build"

# Our scripts and styles: each bundle is the list of its modules, in the order in which they need one another.
BUNDLES = {
    "site.css": (
        "web/site/tokens.css",
        "web/site/prose.css",
        "web/site/guide.css",
        "web/site/chrome.css",
        "web/site/print.css",
    ),
    "site.js": ("web/site/search-box.js",),
    "search-worker.js": ("web/search/text.js", "web/search/rank.js", "web/search/worker.js"),
}


def main() -> int:
    """Generate everything for this project."""
    generate(PROJECT, read_site(PROJECT, today()))
    return 0


def generate(root: Path, site: Site) -> None:
    """Write all generated files of ``site`` under ``root``; files that no longer belong are removed."""
    work = root / WORK
    for name in ("sources", "tables", "assets"):
        shutil.rmtree(work / name, ignore_errors=True)
    for page in site.pages.values():
        path = work / "sources" / page.path.removeprefix("docs/")
        write(path, reference_page.footnotes(site, page))
    for folder, rows in site.tables.items():
        for slug in rows.kinds:
            write(work / folder / f"{slug}.md", rows.table(slug))
    for name, modules in BUNDLES.items():
        write(work / "assets" / name, bundle(root, name, modules))
    write(root / reference_page.PATH, reference_page.render(site))


def bundle(root: Path, name: str, modules: tuple[str, ...]) -> str:
    """Return the modules as one minified file; scripts share one closed scope and leave no globals."""
    texts = [(root / module).read_text("utf-8") for module in modules]
    if name.endswith(".css"):
        return rcssmin.cssmin("\n".join(texts)) + "\n"
    return rjsmin.jsmin("(function () {\n'use strict';\n" + "\n".join(texts) + "\n})();") + "\n"


def write(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` unless it already holds exactly that, so that unchanged files keep their date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
