"""The pages at addresses that moved, and what the page for unknown addresses knows of all others."""

from __future__ import annotations

import html
import json
from pathlib import Path

from kbcheck.addresses import Redirect
from kbcheck.site import Site

LOST = "404.html"
PAGES_ID = "kb-pages"


def write(folder: Path, site: Site, address: str) -> None:
    """Write into the built ``folder`` a page for each redirect, and into its 404 page the list of slugs."""
    titles = {page.slug: page.meta.title for page in site.pages.values() if page.meta}
    for each in site.redirects.entries:
        file = folder / each.old / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(stub(each, titles[each.new.partition("#")[0]], address), "utf-8")
    if (lost := folder / LOST).is_file():
        script = f'<script type="application/json" id="{PAGES_ID}">{known(site, titles)}</script>'
        lost.write_text(lost.read_text("utf-8").replace("</article>", script + "</article>", 1), "utf-8")


def stub(redirect: Redirect, title: str, address: str) -> str:
    """Return the page at an old address: it leads on at once, without scripts too, and search engines forget it.

    ``address`` is where the site is published, or empty; the canonical link is relative then.
    """
    slug, hash_sign, anchor = redirect.new.partition("#")
    path = "" if slug == "index" else f"{slug}/"
    up = "../" * (redirect.old.count("/") + 1)
    link, name = html.escape(f"{up}{path}{hash_sign}{anchor}"), html.escape(title)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="refresh" content="0; url={link}"><meta name="robots" content="noindex">'
        f'<link rel="canonical" href="{html.escape((address or up) + path)}"><title>这一页搬到了：{name}</title></head>'
        f'<body><h1>这一页搬到了</h1><p><a href="{link}">{name}</a></p></body></html>\n'
    )


def known(site: Site, titles: dict[str, str]) -> str:
    """Return as JSON each slug with the title of its page; an old one with the place to which it moved besides."""
    rows = [[slug, title] for slug, title in titles.items() if slug != "index"]
    rows += [[each.old, titles[each.new.partition("#")[0]], each.new] for each in site.redirects.entries]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
