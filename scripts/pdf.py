"""Print the built site as one PDF, and each guide as one of its own, with bookmarks and page numbers.

``pdf.py [--whole]`` writes ``build/pdf/``; with ``--whole`` the site's alone. Chromium prints what the pages say, in
the colours of paper. Exit code 0: done; 1: a PDF is larger than a phone should load; 2: no site, no Chromium.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from build import site_address
from kbcheck.cli import today
from kbcheck.page import Page
from kbcheck.site import Site, read_site
from machines import in_order
from one_page import STEPS, joined, key
from paper_fonts import FAMILY, write_fonts

PROJECT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
LARGEST = 10_000_000  # bytes
# A box, what the pages say themselves, and what is about the site or for those who keep it.
LEFT_OUT = ("search", "reference/sources", STEPS, "reference/changes", "reference/review", "reference/offline")
QPDF = ["qpdf", "--object-streams=generate", "--recompress-flate", "--compression-level=9", "--deterministic-id"]
LIST, LIST_TITLE = "kb-notes", "资料来源"  # of all pages
AT = "print"  # where the joined page stands for a moment, beside the pages
MARK = re.compile(r'<sup[^>]*><a class="footnote-ref" href="#[^"]*?fn:([^"]*)">[^<]*</a>')
NEXT_MARK = re.compile(r"(</sup>\u2060*<sup[^>]*>)")
# The notes of a page, with the heading that stands over nothing else.
NOTES = re.compile(
    r'(?:<h(\d)[^>]*>[^<]*</h\1>\s*(?:<!--[^>]*-->\s*)?)?<div class="footnote">.*?</ol>\s*</div>', re.DOTALL
)
NOTE = re.compile(r'<li id="[^"]*?fn:([^"]*)">(.*?)</li>', re.DOTALL)
LINK = re.compile(r"</?a\b[^>]*>")
BEGIN = re.compile(r"^(<section[^>]*>)")  # Chromium doubles the bookmark of a heading with nothing before it
FOOT = """<div style="font:8px sans-serif;width:100%;padding:0 14mm;display:flex;justify-content:space-between">
<span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>"""
DOCUMENT = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>{styles}
<style>{paper}</style></head>
<body dir="ltr" data-md-color-scheme="default" data-md-color-primary="indigo">
<article class="md-content__inner md-typeset">
{text}</article></body></html>"""

PAPER = """html { font-size: 110%; } article { margin: 0; } .kb-joined { break-before: page; }
* { font-family: FAMILY, sans-serif !important; font-kerning: none; }
* { text-autospace: no-autospace; text-spacing-trim: space-all; }
.md-typeset .footnote { font-size: 0.55rem; line-height: 1.45; } .md-typeset :is(h2, h3) { break-after: avoid; }
.md-typeset .kb-leaf { margin-left: 2em; } .kb-part { font-weight: 600; list-style: none; }
.md-typeset #kb-notes ol { margin-left: 2.6rem; } /* numbers of four figures */""".replace("FAMILY", FAMILY)


def main(argv: list[str]) -> int:
    """Print everything, or the whole alone."""
    folder, target = PROJECT / "site", PROJECT / "build" / "pdf"
    if not (folder / "index.html").is_file():
        print("还没有 site/；请先运行 make site", file=sys.stderr)
        return 2
    try:
        files = print_site(folder, read_site(PROJECT, today()), target, "--whole" in argv)
    except (BrowserError, OSError) as error:
        print(
            f"印不了 PDF：{str(error).splitlines()[0]}；需要 Debian 的 chromium、fonts-noto-cjk 和 qpdf",
            file=sys.stderr,
        )
        return 2
    large = [file for file in files if file.stat().st_size > LARGEST]
    for file in large:
        print(f"{file.name} 超过 {LARGEST // 1_000_000} MB；请减少内容", file=sys.stderr)
    size = files[0].stat().st_size / 1e6
    print(f"PDF 在 build/pdf/（{len(files)} 个，全站的 {size:.1f} MB）")
    return 1 if large else 0


def print_site(folder: Path, site: Site, target: Path, whole: bool) -> list[Path]:
    """Start a browser and print; BrowserError where there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        files = write_all(browser, folder, site, target, whole)
        browser.close()
    return files


def write_all(browser: Browser, folder: Path, site: Site, target: Path, whole: bool) -> list[Path]:
    """Write the PDFs of the built ``folder`` into ``target`` and return them, the whole site's first."""
    target.mkdir(parents=True, exist_ok=True)
    title = site.pages["docs/index.md"].meta.title
    pages = [page for page in in_order(site) if page.slug not in LEFT_OUT]
    files = [target / f"{title}.pdf"]
    text = document(folder, title, pages)
    with tempfile.TemporaryDirectory() as beside:
        _say("字体")
        fonts = write_fonts(sorted(set(text)), Path(beside))
        write(browser, folder, text, files[0], fonts)
        for page in pages if not whole else ():
            if site.is_guide(page):
                files.append(target / f"{key(page.slug)}.pdf")
                write(browser, folder, document(folder, page.meta.title, [page]), files[-1], fonts)
                _say(f"{len(files)} 个 PDF")
    _say("")
    return files


def document(folder: Path, title: str, pages: list[Page]) -> str:
    """Return the page that is printed: where there are many, a title and a list of them come first."""
    parts = list(_front(title, pages)) if len(pages) > 1 else []
    every = [page.slug for page in pages]
    for page in pages:
        lower = 0 if len(pages) == 1 or _leads(page) else 1
        parts.append(BEGIN.sub(r"\1<p></p>", joined(folder, [page.slug], AT, lower, _outside, every), count=1))
    if len(pages) > 1:
        parts = _noted_once(parts)
    parts.append(f"<p>{html.escape(_note(pages))}</p>")
    styles = "".join(f'<link rel="stylesheet" href="../{each}">' for each in _styles(folder))
    return DOCUMENT.format(title=html.escape(title), styles=styles, paper=PAPER, text="".join(parts))


def _noted_once(parts: list[str]) -> list[str]:
    """Return the pages with their notes numbered through, and each note once behind them: most stand on several pages.

    A mark is text to a screen reader, not a part of its own; two of them must not read as one number. There are no
    links from marks to notes and from notes to rules: they take a sixth of the bytes, and are of no use on paper.
    """
    notes = {name: LINK.sub("", text) for part in parts for name, text in NOTE.findall(part)}
    numbers: dict[str, int] = {}

    def mark(found: re.Match[str]) -> str:
        return f'<sup role="none">{numbers.setdefault(found[1], len(numbers) + 1)}'

    marked = [NEXT_MARK.sub(r"\1, ", MARK.sub(mark, NOTES.sub("", part))) for part in parts]
    listed = "".join(f"<li>{notes[name]}</li>" for name in numbers)
    heading = f'<section class="kb-joined" id="{LIST}"><h1>{LIST_TITLE}</h1>'
    return [*marked, f'{heading}<div class="footnote"><ol>{listed}</ol></div></section>']


def write(browser: Browser, folder: Path, text: str, file: Path, fonts: str) -> None:
    """Print the HTML ``text``, which stands in a folder beside the pages, into ``file``; ``fonts`` is their CSS."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=f".{AT}") as beside:
        source = Path(beside) / "index.html"
        source.write_text(text.replace("</style>", f"{fonts}</style>", 1), "utf-8")
        tab = browser.new_page(color_scheme="light")
        tab.goto(source.as_uri())
        tab.pdf(
            path=str(file),
            format="A4",
            margin={"top": "16mm", "bottom": "18mm", "left": "14mm", "right": "14mm"},
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOT,
            outline=True,
            tagged=True,
        )
        tab.close()
        # Chromium packs nothing that is not text: a third of the bytes say the same.
        subprocess.run([*QPDF, "--replace-input", str(file)], check=True)


def _leads(page: Page) -> bool:
    """Whether a page begins a part of the whole: a hub, or one that stands by itself."""
    return page.path.endswith("/index.md") or "/" not in page.slug


def _front(title: str, pages: list[Page]) -> Iterator[str]:
    yield f"<h1>{html.escape(title)}</h1><p>{html.escape(_note(pages))}</p><ul>"
    for page in pages:
        name = html.escape(page.meta.title)
        yield f'<li class="{"kb-part" if _leads(page) else "kb-leaf"}"><a href="#{key(page.slug)}">{name}</a></li>'
    yield f'<li class="kb-part"><a href="#{LIST}">{LIST_TITLE}</a>：正文里的小号数字，就是它的编号</li></ul>'


def _note(pages: list[Page]) -> str:
    newest, oldest = (pick(page.meta.reviewed for page in pages) for pick in (max, min))
    checked = f"{oldest}" if oldest == newest else f"{oldest} 至 {newest}"
    where = f"{site_address()}。" if site_address() else ""
    return f"{where}核对日期 {checked}。平台规则常改，期限和金额以你后台的处置通知为准。不承诺结果，不是法律意见。"


def _outside(path: str) -> str:
    """Return the address of what is not in the PDF; nothing where the site's is not known."""
    return site_address() + path.removeprefix("../") if site_address() else ""


def _styles(folder: Path) -> list[str]:
    return [str(file.relative_to(folder)) for file in sorted((folder / "assets" / "kb").glob("site.*.css"))]


def _say(text: str) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
