"""What programs read of the built site: each page as Markdown, lists for language models, a feed, a sitemap, metadata.

All of it is made from the same model as the pages, so it cannot say anything else than they do. ``address`` is where
the site is published (``SITE_URL``) or empty; without it nothing that must be absolute is written.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kbcheck.page import Page
from kbcheck.site import Site

SNIPPET = re.compile(r'^--8<-- "([^"]+)"$', re.MULTILINE)
HEADING_ID = re.compile(r"\{ [#.:][^}\n]*\}")
DRAWING = re.compile(r'<div class="kb-drawing">.*\n')  # the table below it says the same
# It begins with the character, not with the beginning of a line, since re looks for that much faster.
MARKUP = re.compile(
    r"<(?:(?<![^\n]<)(?:/?(?:div|section|figure|figcaption|details)[^>\n]*>\n?|summary>.*</summary>\n)"
    r"|/?time>|!--.*?-->\n?)"
)
FEED_ENTRIES = 40
FEED_ID = "tag:doudian-deposit-guide,2026:"  # an address may change, the identity of an entry may not
SECTIONS = ("index", "steps", "factors", "deductions", "topics", "tools", "templates", "reference")  # have a picture
SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
ICON_SIZES = (180, 192, 512)
TOKENS = "web/site/tokens.css"
SHORT_NAME = "保证金追回"  # what fits below an icon
NOT_IN_FULL = "reference"  # what the full text leaves out: the lists of sources, which each page has for itself


def write(root: Path, folder: Path, site: Site, address: str) -> None:
    """Write everything into the built ``folder``; ``root`` holds the generated includes."""
    texts = {page.slug: as_markdown(root, site, page) for page in in_order(site)}
    for page in in_order(site):
        _write(folder / page.path.removeprefix("docs/"), texts[page.slug])
    _write(folder / "llms.txt", listing(site, address))
    shown = (page for page in in_order(site) if not page.slug.startswith(NOT_IN_FULL))
    full = (as_markdown(root, site, page, notes=False) for page in shown)
    _write(folder / "llms-full.txt", "\n\n---\n\n".join(full))
    _write(folder / "feed.xml", feed(site, address))
    _write(folder / "manifest.webmanifest", manifest(root, site))
    if address:
        data = sitemap(site, address).encode()
        (folder / "sitemap.xml").write_bytes(data)
        (folder / "sitemap.xml.gz").write_bytes(gzip.compress(data, mtime=0))


def in_order(site: Site) -> list[Page]:
    """Return the pages with readable front matter, in the order of the navigation."""
    order = {path: rank for rank, (path, _, _) in enumerate(site.nav)}
    pages = [page for page in site.pages.values() if page.meta]
    return sorted(pages, key=lambda page: order.get(page.path.removeprefix("docs/"), len(order)))


def as_markdown(root: Path, site: Site, page: Page, notes: bool = True) -> str:
    """Return one page as Markdown on its own: includes in place, ``notes`` below, and when it was checked."""

    def included(found: re.Match) -> str:
        return "" if found[1].startswith("sources/") and not notes else (root / ".build" / found[1]).read_text("utf-8")

    body = "\n".join(page.text.split("\n")[page.body_line - 1 :])
    body = SNIPPET.sub(included, body)
    *headings, rest = HEADING_ID.split(MARKUP.sub("", DRAWING.sub("", body)))
    body = "".join([*(each.rstrip(" \t") for each in headings), rest]).strip()
    name = site.pages["docs/index.md"].meta.title
    return f"{body}\n\n---\n\n{name}。核对日期 {page.meta.reviewed.isoformat()}。不承诺结果，不是法律意见。\n"


def listing(site: Site, address: str) -> str:
    """Return llms.txt: what the site is, and each page with one line on what it answers."""
    home = site.pages["docs/index.md"].meta
    lines = [f"# {home.title}", "", f"> {home.description}", ""]
    section = None
    for page in in_order(site):
        named = site.type_of(page).title
        if named != section:
            section = named
            lines += ["", f"## {section}", ""]
        path = page.path.removeprefix("docs/")
        lines.append(f"- [{page.meta.title}]({address}{path}): {page.meta.description}")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def manifest(root: Path, site: Site) -> str:
    """Return what a phone needs to keep the site among its apps. Its addresses are relative to itself."""
    paper = colour(root, "paper")
    icons = [{"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"}]
    for size in ICON_SIZES[1:]:
        icon = {"src": f"assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        icons += [icon, {**icon, "purpose": "maskable"}]
    home = site.pages["docs/index.md"].meta
    values = {"name": home.title, "short_name": SHORT_NAME, "description": home.description, "lang": "zh-CN"}
    values |= {"start_url": "./", "scope": "./", "display": "minimal-ui"}
    values |= {"background_color": paper, "theme_color": paper, "icons": icons}
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def colour(root: Path, token: str) -> str:
    """Return a colour of the light scheme."""
    return re.search(rf"--kb-{token}: (#[0-9a-f]{{6}})", (root / TOKENS).read_text("utf-8"))[1]


def feed(site: Site, address: str) -> str:
    """Return an Atom feed of what changed on which page, newest first. Links are relative where no address is known."""
    changed = [(change.date, page, change.note) for page in in_order(site) for change in page.meta.changes]
    changed.sort(key=lambda each: (-each[0].toordinal(), each[1].path))
    home = site.pages["docs/index.md"].meta
    newest = changed[0][0] if changed else home.reviewed
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(home.title)}</title>",
        f"<id>{FEED_ID}feed</id>",
        f"<updated>{_moment(newest)}</updated>",
        f"<author><name>{escape(home.title)}</name></author>",
        f'<link rel="self" href={quoteattr(address + "feed.xml")}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(address or "./")}/>',
    ]
    for day, page, note in changed[:FEED_ENTRIES]:
        lines += [
            "<entry>",
            f"<title>{escape(page.meta.title)}：{escape(note)}</title>",
            f"<id>{FEED_ID}{page.slug}/{day.isoformat()}/{_key(note)}</id>",
            f"<updated>{_moment(day)}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(address + _place(page))}/>',
            f"<summary>{escape(page.meta.description)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def sitemap(site: Site, address: str) -> str:
    """Return the sitemap; ``lastmod`` is the day on which a page was last checked or changed, never the build's."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for page in in_order(site):
        lines.append(f"<url><loc>{escape(address + _place(page))}</loc><lastmod>{_last(page)}</lastmod></url>")
    return "\n".join([*lines, "</urlset>", ""])


def head(site: Site, page: Page, address: str) -> str:
    """Return what a page's head says of it to programs: for chats that show a preview, for search engines."""
    name = site.pages["docs/index.md"].meta.title
    up = "../" * (page.slug.count("/") + 1) if page.slug != "index" else ""
    values = {"og:type": "article", "og:locale": "zh_CN", "og:site_name": name}
    values |= {"og:title": page.meta.title, "og:description": page.meta.description}
    if address:
        values |= {"og:url": address + _place(page), **_picture(site, page, address)}
    lines = [f'<meta property="{key}" content="{html.escape(value)}">' for key, value in values.items()]
    if address:
        lines.append('<meta name="twitter:card" content="summary_large_image">')
    lines.append(f'<link rel="alternate feed" type="application/atom+xml" title="更新" href="{up}feed.xml">')
    lines.append(f'<link rel="alternate nofollow" type="text/markdown" href="{up}{page.path.removeprefix("docs/")}">')
    if address:
        lines += [_json_ld(each) for each in _described(site, page, address, name)]
    return "".join(lines)


def _picture(site: Site, page: Page, address: str) -> dict[str, str]:
    """Return the picture of the page's section; other pages share that of the home page."""
    section = page.slug.partition("/")[0]
    shown = section if section in SECTIONS else "index"
    title = next((each.meta.title for each in site.pages.values() if each.meta and each.slug == shown), "")
    size = {"og:image:width": str(SHARE_WIDTH), "og:image:height": str(SHARE_HEIGHT), "og:image:type": "image/png"}
    return {"og:image": f"{address}assets/share/{shown}.png", **size, "og:image:alt": title}


def _described(site: Site, page: Page, address: str, name: str) -> Iterator[dict]:
    """Yield the page for schema.org: an article, and its place on the site."""
    publisher = {"@type": "Organization", "name": name, "url": address}
    dates = [change.date for change in page.meta.changes] or [page.meta.reviewed]
    yield {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.meta.title,
        "description": page.meta.description,
        "inLanguage": "zh-CN",
        "url": address + _place(page),
        "datePublished": min(dates).isoformat(),
        "dateModified": _last(page),
        "author": publisher,
        "publisher": publisher,
    }
    hub = site.by_path.get(f"{page.slug.rpartition('/')[0]}/index.md")
    trail = [site.pages["docs/index.md"], *([hub] if hub and hub is not page else []), page]
    if page.slug != "index":
        yield {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": at, "name": each.meta.title, "item": address + _place(each)}
                for at, each in enumerate(trail, 1)
            ],
        }


def _json_ld(value: dict) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _place(page: Page) -> str:
    return "" if page.slug == "index" else f"{page.slug}/"


def _last(page: Page) -> str:
    return max([page.meta.reviewed, *(change.date for change in page.meta.changes)]).isoformat()


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"


def _key(text: str) -> str:
    """Return a short, lasting name for a note: entries of one page and day must differ."""
    return format(sum((at + 1) * ord(char) for at, char in enumerate(text)) % 0xFFFFFF, "x")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
