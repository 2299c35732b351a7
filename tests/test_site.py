"""What the built pages hold: no other host, stable ids, sources at the foot, words of the footer."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import LATER
from kbcheck import built
from kbcheck.built.addressing import Base, Kind
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
MODEL = read_site(PROJECT, LATER)
GUIDES = [page for page in MODEL.pages.values() if MODEL.is_guide(page)]
LOADED = ("script[src]", "link[rel=stylesheet]", "link[rel=icon]", "img[src]", "iframe[src]", "link[rel=preload]")
HAN = re.compile(r"[\u4e00-\u9fff]")
SLUGS = [
    "steps/find-reason",
    "steps/check-orders",
    "steps/contact-support",
    "steps/file-appeal",
    "steps/await-review",
    "steps/follow-up",
    "steps/legal-action",
    "steps/improve-operations",
    "factors/violation",
    "factors/appeal-outcome",
    "factors/transaction-dispute",
    "factors/platform-rules",
    "factors/evidence",
    "factors/time-limits",
    "factors/legal-support",
    "factors/settlement",
    "topics/first-24-hours",
    "topics/deadline-missed",
    "topics/deposit-basics",
    "topics/frozen-funds",
    "topics/withdrawal",
    "topics/close-shop",
    "topics/merchant-rights",
    "topics/malicious-claims",
    "topics/court-costs",
    "topics/complaints",
    "topics/platform-arbitration",
    "topics/refunds",
    "deductions/brand-confusion",
    "deductions/category-mismatch",
    "deductions/compensation",
    "deductions/counterfeit",
    "deductions/fake-shipment",
    "deductions/fake-transactions",
    "deductions/false-advertising",
    "deductions/improper-gain",
    "deductions/late-shipment",
    "deductions/logistics",
    "deductions/off-platform",
    "deductions/out-of-stock",
    "deductions/prohibited-goods",
    "deductions/sampling",
    "deductions/service-quality",
]


def tree(slug: str) -> LexborHTMLParser:
    return LexborHTMLParser((SITE / slug / "index.html").read_text("utf-8"))


def test_every_slug_of_the_page_map_is_a_guide() -> None:
    assert sorted(page.slug for page in GUIDES) == sorted(SLUGS)


def test_links_and_fragments_of_the_built_site_hold() -> None:
    assert built.check(SITE, own=True).problems == []


@pytest.mark.parametrize("file", sorted(SITE.rglob("*.html")), ids=lambda file: file.relative_to(SITE).as_posix())
def test_nothing_is_loaded_from_another_host(file: Path) -> None:
    page = LexborHTMLParser(file.read_text("utf-8"))
    for selector in LOADED:
        for node in page.css(selector):
            assert urlsplit(node.attributes.get("src") or node.attributes.get("href")).netloc == ""


@pytest.mark.parametrize("style", sorted((SITE / "assets").rglob("*.css")), ids=lambda file: file.name)
def test_styles_load_nothing_from_another_host(style: Path) -> None:
    assert re.findall(r"url\(\s*['\"]?(?:https?:)?//", style.read_text("utf-8")) == []


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.slug)
def test_guide_is_whole(page) -> None:
    built_page = tree(page.slug)
    article = built_page.css_first("article")
    notes = article.css(".footnote li")
    assert len(HAN.findall("".join(block.text for block in page.blocks))) >= 1000
    assert len(article.css("h1")) == 1
    assert built_page.css_first("meta[name=description]").attributes["content"] == page.meta.description
    assert len(notes) == len(MODEL.cited(page))
    assert all("核对于" in note.text() for note in notes)
    assert page.meta.reviewed.isoformat() in article.css_first(".kb-status").text()
    assert [node.attributes["id"] for node in article.css("[id]") if re.match(r"_\d+$", node.attributes["id"])] == []
    assert built_page.css_first(".md-path") is not None
    assert built_page.css_first(".md-footer__link") is not None


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.slug)
def test_footnotes_of_platform_rules_say_what_was_read_and_when(page) -> None:
    for note in tree(page.slug).css(".footnote li"):
        if note.text().startswith("规则原文"):
            assert re.search(r"\d{4}-\d\d-\d\d 读到，之后可能已改", note.text())


NOT_FROM_THE_SOURCE = ".headerlink, .footnote, .footnote-ref, .kb-next, .kb-meta, .md-path"


@pytest.mark.parametrize("page", MODEL.pages.values(), ids=lambda page: page.slug)
def test_source_checker_and_built_checker_see_the_same_links(page) -> None:
    """Every link of the source, resolved by the one, is a link of the built page, resolved by the other."""
    name = "index.html" if page.slug == "index" else f"{page.slug}/index.html"
    article = LexborHTMLParser((SITE / name).read_text("utf-8")).css_first("article")
    for node in article.css(NOT_FROM_THE_SOURCE):
        node.decompose()
    base = Base()
    targets = [base.resolve(node.attributes["href"], base.of_file(name)) for node in article.css("a[href]")]
    seen = sorted((each.path, each.fragment) for each in targets if each.kind is Kind.INSIDE)
    wanted = []
    for link in page.links:
        if (found := MODEL.resolve(page, link.target)) is not None:
            slug = MODEL.by_path[found[0]].slug
            wanted.append(("" if slug == "index" else f"{slug}/", found[1]))
    own = "" if page.slug == "index" else f"{page.slug}/"
    same = lambda places: [(own if path in (name, own) else path, fragment) for path, fragment in places]  # noqa: E731
    assert sorted(same(seen)) == sorted(same(wanted))


def test_every_source_names_the_pages_that_cite_it() -> None:
    text = tree("reference/sources").css_first("article")
    for work in MODEL.sources.works.values():
        assert text.css_first(f"#{work.id}") is not None
    assert "引用：无" not in text.text()


def test_table_cells_know_their_heads() -> None:
    table = tree("factors/evidence").css_first("#judge ~ * table, #judge ~ table")
    assert {cell.attributes.get("data-head") for cell in table.css("td")} >= {"看什么", "有利", "不利", "不明"}


def test_footer_promises_nothing() -> None:
    text = tree("").css_first(".md-copyright").text()
    for word in ("独立", "不承诺结果", "不是法律意见"):
        assert word in text


def test_search_worker_is_ours() -> None:
    for file in SITE.rglob("*.html"):
        assert '"search": "' in (html := file.read_text("utf-8")) or '"search":"' in html
        assert re.search(r'"search":\s*"[^"]*assets/kb/search-worker\.js"', html), file
