"""What the built pages hold: no other host, stable ids, sources at the foot, words of the footer."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from docx import Document
from selectolax.lexbor import LexborHTMLParser

import answers
from conftest import LATER
from fingerprint import fingerprint
from generate import BuildError
from kbcheck import built, letters
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
    "topics/withdraw-deposit",
    "topics/open-shop",
    "topics/points-and-penalties",
    "topics/worth-it",
    "topics/mediation",
    "topics/small-claims",
    "topics/online-court",
    "topics/lawyer",
    "templates/appeal-letter",
    "templates/evidence-list",
    "templates/complaint-12315",
    "templates/lawyer-letter",
    "templates/settlement-agreement",
    "templates/statement-of-claim",
    "templates/preservation",
    "faq",
    "worked-example",
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
    "tools/triage",
    "tools/assessment",
    "tools/deadlines",
    "tools/evidence",
    "tools/letter",
    "tools/costs",
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
    least = 300 if page.meta.type == "tool" else 1000  # what a tool is for stands in its fields
    assert len(HAN.findall("".join(block.text for block in page.blocks))) >= least
    assert len(article.css("h1")) == 1
    assert built_page.css_first("meta[name=description]").attributes["content"] == page.meta.description
    assert len(notes) == len(MODEL.cited(page))
    assert all("核对于" in note.text() for note in notes)
    (dated,) = article.css(".kb-status, .kb-glance")  # in one place
    assert page.meta.reviewed.isoformat() in dated.text()
    assert [node.attributes["id"] for node in article.css("[id]") if re.match(r"_\d+$", node.attributes["id"])] == []
    assert (built_page.css_first(".md-path") is not None) == bool(page.meta.part_of)
    assert built_page.css_first(".md-footer__link") is not None


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.slug)
def test_footnotes_of_platform_rules_say_what_was_read_and_when(page) -> None:
    for note in tree(page.slug).css(".footnote li"):
        if note.text().startswith("规则原文"):
            assert re.search(r"\d{4}-\d\d-\d\d 读到，之后可能已改", note.text())


NOT_FROM_THE_SOURCE = (
    ".headerlink, .footnote, .footnote-ref, .kb-next, .kb-path, .kb-meta, .md-path, .kb-file, .kb-flow, .kb-whole"
)


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
    made = [
        each
        for each in page.includes
        if each in ("sources/notes.md", letters.LIST)
        or each.startswith(("tables/", "glance/", "pictures/", "shelves/"))
    ]
    included = "".join((PROJECT / ".build" / each).read_text("utf-8") for each in made)
    for target in (*(link.target for link in page.links), *re.findall(r"\]\(([^)]+)\)", included)):
        if (found := MODEL.resolve(page, target)) is not None:
            slug = MODEL.by_path[found[0]].slug if found[0] in MODEL.by_path else ""
            file = "" if slug in ("", "index") else f"{slug}/"
            wanted.append((file if slug else found[0], found[1]))  # a file that is no page keeps its name
    own = "" if page.slug == "index" else f"{page.slug}/"
    same = lambda places: [(own if path in (name, own) else path, fragment) for path, fragment in places]  # noqa: E731
    assert sorted(same(seen)) == sorted(same(wanted))


def test_every_source_names_the_pages_that_cite_it() -> None:
    lists = {"law": "reference/laws", "rule": "reference/rules", "procedure": "reference/back-office"}
    for kind, slug in lists.items():
        text = tree(slug).css_first("article")
        works = [work.id for work in MODEL.sources.works.values() if work.kind == kind]
        assert [node.attributes["id"] for node in text.css("h2[id]")] == works
        assert "引用：无" not in text.text()


@pytest.mark.parametrize(
    "include",
    [each for page in GUIDES for each in page.includes if each.startswith("letters/") and each != letters.LIST],
    ids=str,
)
def test_letter_is_shown_and_can_be_loaded_down(include: str) -> None:
    slug = "/".join(include.split("/")[1:3])
    name = f"{Path(include).stem}.docx"
    link = tree(slug).css_first(f'a.kb-file[href="{name}"]')
    assert link.attributes["download"].endswith(".docx")
    assert Document(SITE / slug / name).paragraphs


def test_every_real_question_is_answered_on_a_page(capsys: pytest.CaptureFixture) -> None:
    answers.main([])
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 231
    assert [row[0] for row in rows if row[1] == "（没有页面）"] == []


def test_every_judged_answer_has_its_place() -> None:
    """A reader looked up each question and wrote down where it is answered; those places must stay."""
    rows = [line.split("\t") for line in (PROJECT / "tests/data/answers.tsv").read_text("utf-8").splitlines()]
    assert len(rows) == 231
    for question, slug, section, verdict in rows:
        assert verdict in "abc", question
        assert not section or tree(slug).css_first(f"#{section}") is not None, (question, slug, section)


def test_faq_has_at_least_60_questions_and_the_glossary_80_terms() -> None:
    assert len(tree("faq").css("article h3[id]")) >= 60
    assert len(tree("glossary").css("article h3[id]")) >= 80


def test_review_page_lists_every_guide_with_its_next_review() -> None:
    rows = tree("reference/review").css("tbody tr")
    shown = {row.css_first("a").attributes["href"].strip("./"): row.css("td")[2].text() for row in rows}
    assert shown == {page.slug: MODEL.review_due(page).isoformat() for page in GUIDES}


def test_changes_page_tells_every_change() -> None:
    text = tree("reference/changes").css_first("article").text().replace("\u00a0", " ").replace("\u2060", "")
    for page in MODEL.pages.values():
        for change in page.meta.changes:
            assert change.note in text
            assert page.meta.title in text


def test_table_cells_know_their_heads() -> None:
    table = tree("factors/evidence").css_first("#judge ~ * table, #judge ~ table")
    assert {cell.attributes.get("data-head") for cell in table.css("td")} >= {"看什么", "有利", "不利", "不明"}


def test_footer_promises_nothing() -> None:
    text = tree("").css_first(".md-copyright").text()
    for word in ("独立", "不承诺结果", "不是法律意见"):
        assert word in text


def test_nothing_of_the_theme_is_loaded_as_it_came() -> None:
    for file in SITE.rglob("*.html"):
        loaded = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]*)"', file.read_text("utf-8"))
        assert loaded, file
        assert all("assets/kb/" in each for each in loaded), file
    assert sorted(path.name for path in (SITE / "assets").iterdir() if path.is_dir()) == ["kb", "share"]


ASSETS = {
    "kb/site.js": "load('data.js'); load('other.js'); // 'site.js', 'data.json'\n//# sourceMappingURL=site.js.map\n",
    "kb/data.js": "load('../deep/last.js')",
    "deep/last.js": "1",
    "kb/main.0a1b2c3d.min.css": "a{}\n/*# sourceMappingURL=main.0a1b2c3d.min.css.map */",
    "local.js": "'site.js'",  # named later, by another step
    "data.json": "{}",
}


def fingerprinted(folder: Path, files: dict[str, str], html: str = "") -> tuple[dict[str, str], str]:
    """Return the assets after they were named (name without its hash: whole name and text), and a page's new text."""
    for name, text in files.items():
        file = folder / "assets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    named = fingerprint(folder)
    left = sorted(file for file in (folder / "assets").rglob("*") if file.is_file())
    return {re.sub(r"\.[0-9a-f]{8}(?=\.)", "", file.name): (file.name, file.read_text()) for file in left}, named(html)


def test_name_of_an_asset_changes_with_all_that_is_reached_from_it(tmp_path: Path) -> None:
    html = """<script src="../kb/site.js"></script><link href='kb/main.0a1b2c3d.min.css'> my-site.js "site.jsx\""""
    files, page = fingerprinted(tmp_path / "one", ASSETS, html)
    assert sorted(files) == ["data.js", "data.json", "last.js", "local.js", "main.css", "site.js"]
    assert [files[name] for name in ("local.js", "data.json")] == [("local.js", "'site.js'"), ("data.json", "{}")]
    assert all(
        re.fullmatch(r"\w+\.[0-9a-f]{8}\.(js|css)", files[name][0]) for name in ("site.js", "data.js", "main.css")
    )
    site, data, last, main = (files[name] for name in ("site.js", "data.js", "last.js", "main.css"))
    assert site[1] == f"load('{data[0]}'); load('other.js'); // 'site.js', 'data.json'\n"
    assert data[1] == f"load('../deep/{last[0]}')"
    assert main[1] == "a{}\n"
    assert page == html.replace("/site.js", f"/{site[0]}").replace("main.0a1b2c3d.min.css", main[0])
    later, _ = fingerprinted(tmp_path / "two", ASSETS | {"deep/last.js": "2"})
    assert {name for name in files if files[name][0] != later[name][0]} == {"site.js", "data.js", "last.js"}


def test_scripts_that_load_one_another_are_refused_and_no_assets_are_no_fault(tmp_path: Path) -> None:
    circle = {"a.js": "'b.js'", "b.js": "'c.js'", "c.js": "'b.js'", "d.js": ""}
    with pytest.raises(BuildError, match=r"：a\.js、b\.js、c\.js；"):
        fingerprinted(tmp_path, circle)
    assert fingerprinted(tmp_path / "none", {"data.json": "{}"}, "'data.json'")[1] == "'data.json'"
