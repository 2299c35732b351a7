"""Turn data into what the build reads: each page's list of sources, the pages made from data, the bundled assets.

Writes the pages made from data, the schemas of the data for editors, and below ``.build`` the folders ``sources``,
``tables``, ``letters``, ``files`` and ``assets``. Run before MkDocs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import rcssmin
import rjsmin

import documents
from kbcheck import letters, made, schemas
from kbcheck.cli import today
from kbcheck.letters import Template
from kbcheck.made.sources import footnotes, notes
from kbcheck.site import Site, read_site

PROJECT = Path(__file__).resolve().parent.parent
WORK = ".build"
MAX_ROUNDS = 4
MADE = ("sources", "tables", "letters", "files", "assets")

# Our scripts and styles: each bundle is the list of its modules, in the order in which they need one another.
BUNDLES = {
    "site.css": (
        "web/site/tokens.css",
        "web/site/prose.css",
        "web/site/guide.css",
        "web/site/chrome.css",
        "web/site/search.css",
        "web/site/print.css",
    ),
    "site.js": ("web/site/search-client.js", "web/site/search-box.js"),
    "highlight.js": ("web/site/highlight.js",),
    "search-page.js": ("web/site/search-client.js", "web/site/search-page.js"),
    "search-worker.js": tuple(
        f"web/search/{name}.js" for name in ("text", "index", "sound", "query", "rank", "worker")
    ),
}


def main() -> int:
    """Generate everything for this project."""
    generate(PROJECT, read_site(PROJECT, today()))
    return 0


def generate(root: Path, site: Site) -> None:
    """Write all generated files of ``site`` under ``root``; files that no longer belong are removed."""
    work = root / WORK
    site = refresh(root, site)
    for name in MADE:
        shutil.rmtree(work / name, ignore_errors=True)
    for page in site.pages.values():
        path = work / "sources" / page.path.removeprefix("docs/")
        write(path, footnotes(site, page))
    for folder, rows in site.tables.items():
        for slug in rows.pages:
            write(work / folder / f"{slug}.md", rows.table(slug))
    write(work / "sources" / "notes.md", notes(site))
    for template in site.templates.entries:
        write_letters(work, template)
    for file in schemas.RECORDS:
        write(root / schemas.name_of(file), schemas.schema(file))
    for name, modules in BUNDLES.items():
        write(work / "assets" / name, bundle(root, name, modules))


def refresh(root: Path, site: Site) -> Site:
    """Bring the pages made from data up to date and return the site with them.

    They are pages themselves: the glossary cites sources, and the list of sources says who cites them. So they are made
    until nothing changes, which takes two rounds.
    """
    for _ in range(MAX_ROUNDS):
        texts = {path: text for path, text in made.pages(site).items() if _differs(root / path, text)}
        if not texts:
            break
        for path, text in texts.items():
            write(root / path, text)
        site = read_site(root, site.today)
    return site


def write_letters(work: Path, template: Template) -> None:
    """Write what the page of ``template`` includes of each letter, and the Word documents beside the page."""
    for include, letter, filled in letters.snippets(template):
        values = letters.examples(template) if filled else letters.blanks(template)
        file = work / "files" / template.id / f"{Path(include).stem}.docx"
        write(work / include, letters.markdown(template, letter, values, file.name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(documents.document(template, letter, values, marked=not filled))


def bundle(root: Path, name: str, modules: tuple[str, ...]) -> str:
    """Return the modules as one minified file; scripts share one closed scope and leave no globals."""
    texts = [(root / module).read_text("utf-8") for module in modules]
    if name.endswith(".css"):
        return rcssmin.cssmin("\n".join(texts)) + "\n"
    return rjsmin.jsmin("(function () {\n'use strict';\n" + "\n".join(texts) + "\n})();") + "\n"


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_text("utf-8") != text


def write(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` unless it already holds exactly that, so that unchanged files keep their date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if _differs(path, text):
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
