"""Finish a built site: put our assets in place and make the search index from the built pages.

The index comes from the HTML, not from the generator, so it survives a change of generator.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

import headers
import machines
import moved
import offline
import search_index
import theme
import tools
from fingerprint import fingerprint
from generate import BuildError
from kbcheck import glance
from kbcheck.page import Heading, Page
from kbcheck.remember import Remember, directly
from kbcheck.site import Site
from landing import with_ways
from one_page import add_steps
from reuse import spread
from search_index import SearchPage
from search_page import add_index, headings
from typography import WORD_JOINER, keep_together

NOT_SEARCHED = ".headerlink, .footnote, .footnote-ref, script, style, .kb-meta, .kb-next, .kb-path, nav, pre, .kb-file"
NOT_SEARCHED += ", .kb-flow, .kb-glance, .kb-picture"  # triage, boxes and pictures: they say what the guides say
NOT_SEARCHED += ", .kb-shelf, .kb-matrix, .kb-sortable"  # lists made from what other pages say
NOT_SEARCHED += ", .kb-pairs, .kb-urgent, .kb-links, .kb-trail, .kb-jump"  # lists of links: what other pages are called
NOT_SEARCHED += ", .kb-slots"  # the fields of a letter: they say what the letter says, with examples that are made up
EVENTS = ".kb-targets li a"  # the buttons of the home page: what happened, and where to go
CAUSES = "violations"  # the group of terms that name what money is taken for
CARDS = "reference/causes"  # a card for each reason a notice gives; they say what the guides say
GLOSSARY = "glossary"  # it says what other pages say, too; its terms are phrases already
FAQ = "faq"  # the answers say what the guides say in full; the questions are phrases
STAND_IN = re.compile(r'<p id="kb-tool">(.*?)</p>', re.DOTALL)  # where a tool will stand; ST024 holds pages to it
TOOL, TOOL_LIST = "tool", "list"  # the type of such a page, and its section for those without scripts
TABLE = re.compile(r'<table role="table">.*?</table>', re.DOTALL)  # one without a class of its own
SCROLLS = (
    r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>'  # if wider than the text
)
CASES = re.compile(r'(?<=<p class="kb-now">).*?(?=</p>)|(?<=<dd>).*?(?=</dd>)', re.DOTALL)  # in the lead and its box
VOID = re.compile(r"<(?:br|img|wbr)\b")  # elements without an end
TITLE_ID = "title"  # of every page's first heading; the skip link leads there


def finish(root: Path, folder: Path, site: Site, address: str, kept: Remember = directly) -> None:
    """Finish the built ``folder`` of the project ``root``; it will be published at ``address``, where that is known.

    BuildError where a page holds a script that nobody has read.
    """
    pages = {folder / ("" if page.slug == "index" else page.slug) / "index.html": page for page in site.pages.values()}
    files = sorted(folder.rglob("*.html"))
    found = spread(lambda file: _prepared(file, pages.get(file), site, address, kept), files)
    read = {pages[file].slug: each for file, each in zip(files, found, strict=True) if each}
    machines.write(root, folder, site, address)
    shutil.copytree(root / ".build" / "assets", folder / "assets" / "kb", dirs_exist_ok=True)
    if (made := root / ".build" / "files").is_dir():
        shutil.copytree(made, folder, dirs_exist_ok=True)
    index = write_index(folder, site, {slug: sections for slug, (_, sections) in read.items()}, kept)
    add_index(folder, site, {slug: heads for slug, (heads, _) in read.items()}, kept)
    add_steps(folder, site)
    moved.write(folder, site, address)
    theme.reduce(root, folder, kept)
    seal(folder, (f"/{index}*",))
    offline.write(folder, kept)


Read = tuple[list[tuple[str, str]], list[tuple[str, str, str]]]  # of a page: its headings, its searched sections


def _prepared(file: Path, page: Page | None, site: Site, address: str, kept: Remember) -> Read | None:
    """Make of what MkDocs wrote the page that readers get; return what the search needs of it."""
    text = kept(polish, file.read_text("utf-8"), site.conventions.opening)
    if page is None or page.meta is None:
        file.write_text(text, "utf-8")
        return None
    folder, _, slug = page.slug.rpartition("/")
    if folder == "tools" and slug in tools.DATA:
        text = _with_data(text, tools.page_data(site, slug))
    asked = ((heading.id, slug) for heading, slug in questions(site, page))
    text = with_ways(text, site, page, asked)
    text = text.replace("</head>", machines.head(site, page, address) + "</head>", 1)
    file.write_text(text, "utf-8")
    return kept(read, text, site.conventions.sources_section)


def _with_data(html: str, data: dict) -> str:
    """Put a tool's data into its page, and make of the paragraph that stands in for the tool its place."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script = f'<script type="application/json" id="kb-data">{text}</script>'
    before, stand_in, after = STAND_IN.split(html, 1)
    return f'{before}<div id="kb-tool" class="kb-tool"><p>{stand_in}</p></div>{script}{after}'


def seal(folder: Path, lasting: tuple[str, ...] = ()) -> None:
    """Give assets their lasting names, and pages these names and their policy; nothing may change them any more.

    BuildError where a page holds a script that nobody has read.
    """
    named = fingerprint(folder)

    def sealed(file: Path) -> tuple[list[str], list[str]]:
        text = named(file.read_text("utf-8"))
        file.write_text(headers.protected(text), "utf-8")
        return headers.unknown(text, file.relative_to(folder).as_posix()), headers.hashes_of(text)

    found = spread(sealed, sorted(folder.rglob("*.html")))
    if strange := [line for lines, _ in found for line in lines]:
        raise BuildError("\n".join(strange))
    headers.write(folder, {each for _, hashes in found for each in hashes}, lasting)


def polish(html: str, opening: str) -> str:
    """Return the page with what Markdown cannot say: table cells that know their heads, the next action marked.

    On a phone a table's rows become cards; CSS shows each cell's head from ``data-head``, and the roles keep the
    table a table for a screen reader although its boxes are no longer laid out as one. ``opening`` is how the line with
    the next action begins.
    """
    tree = LexborHTMLParser(html)
    for heading in tree.css("article h1[id]"):
        _rename(tree, heading, TITLE_ID)
    for mark in tree.css("sup"):  # a note's number never stands alone at the beginning of a line
        mark.insert_before(WORD_JOINER)
    _name_landmarks(tree)
    for table in tree.css("article table"):
        _label_cells(table)
    for strong in tree.css("article > p > strong:first-child"):
        if strong.text().startswith(opening.strip("*")):
            strong.parent.attrs["class"] = "kb-now"
    before, start, rest = tree.html.partition("<article")
    article, stop, after = rest.partition("</article>")
    article = CASES.sub(lambda found: sentences(found[0]), keep_together(article))
    return before + start + TABLE.sub(SCROLLS, article) + stop + after


def sentences(html: str) -> str:
    """Return the inside of an element with every sentence in a box of its own, so that a reader finds his own case.

    A sentence ends at a full stop outside all elements; one alone is left as it is.
    """
    lines, depth = [""], 0
    for piece in re.split(r"(<[^>]+>)", html):
        if piece.startswith("<"):
            depth += 0 if VOID.match(piece) else -1 if piece.startswith("</") else 1
        if piece.startswith("<") or depth:
            lines[-1] += piece
        else:
            first, *rest = re.split("(?<=。)", piece)
            lines[-1] += first
            lines += rest
    whole = [line for line in lines if line.strip()]
    return html if len(whole) < 2 else "".join(f"<span>{line}</span>" for line in whole)


def _name_landmarks(tree: LexborHTMLParser) -> None:
    """Give every landmark a name of its own; the theme names a section of the page tree by a label without text."""
    for nav in tree.css("nav.md-nav[aria-labelledby]"):
        if (title := nav.css_first(".md-nav__title")) is not None:
            del nav.attrs["aria-labelledby"]
            nav.attrs["aria-label"] = " ".join(title.text().split())
    for nav in tree.css("nav.md-path"):
        nav.attrs["aria-label"] = "所在位置"


def _rename(tree: LexborHTMLParser, heading: LexborNode, name: str) -> None:
    """Give the page's title a stable id; the generator makes one like ``_1`` from its words."""
    for link in tree.css(f'a[href="#{heading.attributes["id"]}"]'):
        link.attrs["href"] = f"#{name}"
    heading.attrs["id"] = name
    for anchor in heading.css(".headerlink"):
        anchor.decompose()


def _label_cells(table: LexborNode) -> None:
    heads = [cell.text(strip=True) for cell in table.css("thead th")]
    table.attrs["role"] = "table"
    for part, role in (
        ("thead", "rowgroup"),
        ("tbody", "rowgroup"),
        ("tr", "row"),
        ("th", "columnheader"),
        ("td", "cell"),
    ):
        for node in table.css(part):
            node.attrs["role"] = role
    for row in table.css("tbody tr"):
        for head, cell in zip(heads, row.css("td"), strict=False):
            cell.attrs["data-head"] = head


def write_index(folder: Path, site: Site, sections: dict[str, list[tuple[str, str, str]]], kept: Remember) -> str:
    """Write the index, and a file of a lasting name that says where it is; returns where.

    ``sections``: what ``read`` finds on each page, by its slug.
    """
    pages = [_search_page(site, page, sections[page.slug]) for page in _searched(site) if page.slug in sections]
    _add_questions(site, pages)
    _add_cards(site, pages)
    _add_events(folder, pages)
    _add_terms(site, pages)
    lexicon = [search_index.Lexeme(term.term, term.aliases) for term in site.words if term.see]
    name = search_index.write(folder, pages, lexicon, kept)
    ours = {"index": f"search/{name}/", "shards": search_index.shards_for(len(pages))}
    stub = {"config": ours}
    (folder / "search" / "search_index.json").write_text(json.dumps(stub, separators=(",", ":")), "utf-8")
    return ours["index"]


def _searched(site: Site) -> Iterator[Page]:
    order = {path: rank for rank, (path, _, _) in enumerate(site.nav)}
    yield from sorted(site.pages.values(), key=lambda page: order.get(page.path.removeprefix("docs/"), len(order)))


def _search_page(site: Site, page: Page, sections: list[tuple[str, str, str]]) -> SearchPage:
    if page.generated and page.meta.part_of:  # lists of what other pages say: found by their titles alone
        sections = []
    if page.meta.type == TOOL:  # so is the list of a tool, for those without scripts
        sections = [section for section in sections if section[0] != TOOL_LIST]
    if not sections or sections[0][0]:
        sections = [("", "", ""), *sections]
    box = site.boxes.get(f"{glance.FOLDER}/{page.slug}.md")
    return SearchPage(
        url="" if page.slug == "index" else f"{page.slug}/",
        title=page.meta.title,
        kind=site.type_of(page).title,
        rank=_rank(site, page),
        about=page.meta.description,
        deadline=glance.due(box, site.periods) if box else "",
        sections=sections,
        phrases=search_index.phrases_of(page.meta.keywords, page.meta.title),
        by_phrases=page.slug in (CARDS, GLOSSARY),
        by_headings=page.slug == FAQ,
    )


def _rank(site: Site, page: Page) -> int:
    if site.is_guide(page):
        return search_index.HUB if site.type_of(page).answer else search_index.GUIDE
    return search_index.LIST if page.generated or page.slug == CARDS else search_index.HUB


def _add_questions(site: Site, pages: list[SearchPage]) -> None:
    """Let each question of the FAQ be found by its words, and the pages its answer leads to, the first above all."""
    by_slug = {page.url.strip("/"): page for page in pages}
    for page in site.pages.values():
        if site.type_of(page).answer and (own := by_slug.get(page.slug)):
            own.phrases += [(search_index.QUESTION, at, each[1]) for at, each in enumerate(own.sections) if at]
        led: set[str] = set()
        for heading, target in questions(site, page):
            if target in by_slug:
                source = search_index.SAID if heading.title in led else search_index.QUESTION
                by_slug[target].phrases.append((source, 0, heading.title))
                led.add(heading.title)


def _add_cards(site: Site, pages: list[SearchPage]) -> None:
    """Let each card be found by its heading."""
    for own in pages:
        if own.url == f"{CARDS}/":
            heads = site.by_path[f"{CARDS}.md"].headings
            asked = {heading.id for heading in heads if heading.level == 3}
            found = (at for at, (anchor, _, _) in enumerate(own.sections) if anchor in asked)
            own.phrases += [(search_index.QUESTION, at, own.sections[at][1]) for at in found]


def questions(site: Site, page: Page) -> Iterator[tuple[Heading, str]]:
    """Yield each question of a page of questions with the slug of each page that its answer links to."""
    asked = [heading for heading in page.headings if heading.level == 3] if site.type_of(page).answer else []
    for heading in asked:
        end = next((each.line for each in page.headings if each.line > heading.line), len(page.lines) + 1)
        for link in page.links:
            if heading.line < link.line < end and (found := site.resolve(page, link.target)):
                yield heading, site.by_path[found[0]].slug


def _add_events(folder: Path, pages: list[SearchPage]) -> None:
    """Let a page be found by the words of each button of the home page that leads there."""
    by_url = {page.url: page for page in pages}
    home = folder / "index.html"
    for link in LexborHTMLParser(home.read_text("utf-8")).css(EVENTS) if home.is_file() else ():
        url, _, anchor = (link.attributes.get("href") or "").partition("#")
        if page := by_url.get(url):
            page.phrases.append((search_index.EVENT, _section(page, anchor), link.text(strip=True)))


def _section(page: SearchPage, anchor: str) -> int:
    """Return which section of the page an anchor names; one that is not searched is the page itself."""
    anchors = [each for each, _, _ in page.sections]
    return anchors.index(anchor) if anchor in anchors else 0


def _add_terms(site: Site, pages: list[SearchPage]) -> None:
    """Let a page be found by each term that it explains, by what others call it, and by what they say instead."""
    by_slug = {page.url.strip("/"): page for page in pages}
    causes = {term for group in site.terms.entries if group.id == CAUSES for term in group.terms}
    for term in site.words:
        slug, _, anchor = term.see.partition("#")
        page = by_slug.get(slug)
        if page is not None:
            section = _section(page, anchor)
            source = search_index.CAUSE if term in causes else search_index.TERM
            page.phrases += [(source, section, name) for name in (term.term, *term.aliases)]
            page.phrases += [(search_index.SAID, section, text) for text in term.said]


def read(html: str, sources: str) -> Read:
    """Return the headings of a built page, and what is searched of it, section by section."""
    article = LexborHTMLParser(html).css_first("article")
    heads = headings(article)
    for node in article.css(NOT_SEARCHED):
        node.decompose()
    return heads, list(sections_of(article, sources))


def sections_of(article: LexborNode, sources: str) -> Iterator[tuple[str, str, str]]:
    """Yield [id, heading, text] for what stands before the first heading, then for each h2 and h3 but ``sources``."""
    anchor, heading, parts, within = "", "", [], 0
    for node in article.traverse(include_text=True):
        if node.tag in ("h1", "h2", "h3"):
            if anchor != sources and (text := _clean(parts)):
                yield anchor, heading, text
            anchor, heading, parts = node.attributes.get("id") or "", node.text(strip=True), []
            within = sum(each.tag == "-text" for each in node.traverse(include_text=True))
            if node.tag == "h1":
                anchor, heading = "", ""
        elif node.tag == "-text":
            if not within:
                parts.append(node.text())
            within = max(0, within - 1)
        elif node.tag in ("p", "li", "td", "th", "tr", "br"):
            parts.append("\n")
    if anchor != sources and (text := _clean(parts)):
        yield anchor, heading, text


def _clean(parts: list[str]) -> str:
    text = "".join(parts).replace(WORD_JOINER, "")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]+", " ", text)).strip()
