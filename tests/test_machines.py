"""What programs read: the feed, the lists, each page as Markdown, the head of each page."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

import machines
import pictures
from conftest import LATER
from kbcheck.site import Site, read_site

PROJECT = Path(__file__).resolve().parent.parent
BUILT = PROJECT / "site"
ADDRESS = "https://example.invalid/kb/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def site() -> Site:
    return read_site(PROJECT, LATER)


def test_feed_has_the_newest_changes_first_each_with_its_own_id(site: Site) -> None:
    feed = ElementTree.fromstring(machines.feed(site, ADDRESS))
    updated = [entry.findtext("a:updated", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert len(updated) == machines.FEED_ENTRIES
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext("a:updated", namespaces=ATOM) == updated[0]
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert len(set(ids)) == len(ids)
    assert all(link.get("href").startswith(ADDRESS) for link in feed.iter("{http://www.w3.org/2005/Atom}link"))


def test_identity_of_an_entry_does_not_change_with_the_address(site: Site) -> None:
    ids = [re.findall("<id>(.*?)</id>", machines.feed(site, address)) for address in ("", ADDRESS)]
    assert ids[0] == ids[1]


def test_sitemap_names_every_page_and_when_it_was_checked(site: Site) -> None:
    text = machines.sitemap(site, ADDRESS)
    pages = [page for page in site.pages.values() if page.meta]
    assert text.count("<loc>") == len(pages)
    page = site.pages["docs/steps/file-appeal.md"]
    assert f"<loc>{ADDRESS}steps/file-appeal/</loc><lastmod>{machines._last(page)}</lastmod>" in text


def test_built_pages_stand_beside_their_markdown_and_links_in_it_lead_somewhere(site: Site) -> None:
    for page in machines.in_order(site):
        file = BUILT / page.path.removeprefix("docs/")
        text = file.read_text("utf-8")
        assert text.startswith("# "), file
        assert "--8<--" not in text, file
        for target in re.findall(r"\]\(([^)#:\s]+\.md)[)#]", text):
            assert (file.parent / target).resolve().is_file(), f"{file}: {target}"


def test_lists_for_language_models_name_every_page(site: Site) -> None:
    listed = (BUILT / "llms.txt").read_text("utf-8")
    for page in machines.in_order(site):
        assert f"]({page.path.removeprefix('docs/')})" in listed
    full = (BUILT / "llms-full.txt").read_text("utf-8")
    assert "# 第四步 提交申诉" in full
    assert "[^fake-transactions/appeal]:" not in full


def test_head_says_what_the_page_is(site: Site) -> None:
    tree = LexborHTMLParser((BUILT / "steps/file-appeal/index.html").read_text("utf-8"))
    page = site.pages["docs/steps/file-appeal.md"]
    found = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
    assert found["og:title"] == page.meta.title
    assert found["og:description"] == page.meta.description
    assert "og:url" not in found  # no address is known here
    for link in tree.css("link[rel^=alternate]"):
        assert (BUILT / "steps/file-appeal" / link.attributes["href"]).resolve().is_file()


@pytest.mark.parametrize("picture", pictures.pictures(PROJECT, read_site(PROJECT, LATER)), ids=lambda each: each.file)
def test_committed_picture_is_current_small_and_of_its_size(picture: pictures.Picture) -> None:
    file = PROJECT / picture.file
    assert pictures.key_of(file) == picture.key, "stale: run make pictures"
    assert struct.unpack(">II", file.read_bytes()[16:24]) == (picture.width, picture.height)
    assert file.stat().st_size < 60_000


def test_stale_picture_would_be_noticed(tmp_path: Path, site: Site) -> None:
    (first, *_, last) = pictures.pictures(PROJECT, site)
    assert len({each.key for each in (first, last)}) == 2
    file = tmp_path / "some.png"
    assert pictures.key_of(file) == b""
    png = (PROJECT / first.file).read_bytes()
    file.write_bytes(png.replace(first.key, last.key))
    assert pictures.key_of(file) != first.key


def test_manifest_names_icons_that_are_there_and_our_colours() -> None:
    manifest = json.loads((BUILT / "manifest.webmanifest").read_text("utf-8"))
    assert {"name", "short_name", "lang", "start_url", "scope"} <= manifest.keys()
    assert (manifest["start_url"], manifest["scope"], manifest["lang"]) == ("./", "./", "zh-CN")
    assert manifest["theme_color"] == machines.colour(PROJECT, "paper")
    for icon in manifest["icons"]:
        data = (BUILT / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            assert "{}x{}".format(*struct.unpack(">II", data[16:24])) == icon["sizes"]
    assert {icon.get("purpose") for icon in manifest["icons"]} == {None, "maskable"}
    tree = LexborHTMLParser((BUILT / "steps/file-appeal/index.html").read_text("utf-8"))
    for kind in ("manifest", "apple-touch-icon", "icon"):
        href = tree.css_first(f"link[rel={kind}]").attributes["href"]
        assert (BUILT / "steps/file-appeal" / href).resolve().is_file()


def test_no_picture_is_named_where_no_address_is_known(site: Site) -> None:
    page = site.pages["docs/steps/file-appeal.md"]
    assert "og:image" not in machines.head(site, page, "")


def test_metadata_is_json_that_cannot_end_its_script(site: Site) -> None:
    page = site.pages["docs/steps/file-appeal.md"]
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', machines.head(site, page, ADDRESS))
    article, trail = map(json.loads, scripts)
    assert article["url"] == ADDRESS + "steps/file-appeal/"
    assert [item["name"] for item in trail["itemListElement"]][-1] == page.meta.title
    assert "<" not in machines._json_ld({"name": "</script><b>"})[len('<script type="application/ld+json">') : -9]
