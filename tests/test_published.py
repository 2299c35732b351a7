"""The site published below a folder: unknown and old addresses, links to say what is wrong, what programs read."""

from __future__ import annotations

import functools
import json
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

import offline_zip
from conftest import DESK, PHONE, PROJECT, copy_project, overflow, violations
from kbcheck import built
from serve import Handler
from test_build import build

ADDRESS = "https://example.invalid/kb/"
FORM = "https://git.example.invalid/us/guide/issues/new?title={title}&body={body}"
FILED = "京ICP备12345678号 & <b>"
OLD, NEW = "topics/old-fees", "topics/court-costs#sources"
CHANGED = ("mkdocs.yml", "data/slugs.txt", "data/redirects.yml")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a web server: our site in ``kb``, with a page that moved and a form to write to."""
    root = copy_project(tmp_path_factory.mktemp("published") / "project")
    shutil.copytree(PROJECT / ".build/kept", root / ".build/kept")  # all pages are made anew, but not all of the rest
    files = {name: (root / name).read_text("utf-8") for name in CHANGED}
    files["mkdocs.yml"] = files["mkdocs.yml"].replace('  feedback: ""', f"  feedback: {FORM}")
    files["mkdocs.yml"] = files["mkdocs.yml"].replace('  icp: ""', f'  icp: "{FILED}"')
    files["mkdocs.yml"] = files["mkdocs.yml"].replace('  downloads: ""', "  downloads: downloads/")
    files["data/slugs.txt"] += f"{OLD}\n"
    moved = f"- {{old: {OLD}, new: '{NEW}', date: 2026-11-20, why: 改名}}"
    files["data/redirects.yml"] = files["data/redirects.yml"].replace("[]", moved)
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    result = build(root, SITE_URL=ADDRESS.rstrip("/"), SOURCE_DATE_EPOCH="86400")
    assert result.returncode == 0, result.stderr
    folder = tmp_path_factory.mktemp("server")
    shutil.move(root / "site", folder / "kb")
    shutil.copy(folder / "kb" / "404.html", folder / "404.html")  # what a server is told to answer with
    return folder


@pytest.fixture(scope="module")
def server(published: Path) -> Iterator[str]:
    """Where that folder is served; what is not there is answered by our page, with status 404."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(published)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/kb/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator:
    """Open a path below the site's root on a phone; no script may fail, and no other host may be asked."""
    contexts, faults, asked = [], [], []

    def open_page(path: str, **options) -> Page:
        quiet = {"viewport": PHONE, "locale": "zh-CN", "reduced_motion": "reduce", "service_workers": "block"}
        context = browser.new_context(**{**quiet, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(server + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith((server, "data:", "blob:"))] == []


def near(page: Page) -> list[str]:
    """Return where the pages lead that are named as near, below the site's root."""
    return [
        urlsplit(each).path for each in page.eval_on_selector_all("#kb-near a", "links => links.map((a) => a.href)")
    ]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("a/b/c/file-apeal/", "/kb/steps/file-appeal/"),
        ("steps/file_appeal.html", "/kb/steps/file-appeal/"),
        ("Topics/Court-Cost", "/kb/topics/court-costs/"),
        ("deadlines/", "/kb/tools/deadlines/"),
        ("tool/triage/index.html?x=1", "/kb/tools/triage/"),
    ],
)
def test_unknown_address_names_the_nearest_page(open_page, asked: str, first: str) -> None:
    page = open_page(asked)
    assert near(page)[0] == first
    assert 1 <= len(near(page)) <= 3


def test_page_for_unknown_addresses_works_at_any_depth(open_page, server: str) -> None:
    page = open_page("x/y/z/wholly/unknown-thing")
    assert page.title().startswith("没有找到这一页")
    expect(page.locator("#kb-near")).to_be_hidden()
    assert near(page) == []
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) == 0
    links = page.eval_on_selector_all("article .kb-ways a", "links => links.map((a) => a.href.split('#')[0])")
    assert len(links) >= 6
    assert [link for link in links if page.request.get(link).status != 200] == []
    field = page.get_by_role("searchbox")
    field.fill("保证金")
    field.press("Enter")
    page.wait_for_url(f"{server}search/?q=*")
    expect(page.locator(".kb-found__list > li").first).to_be_visible()


def test_broken_escapes_do_not_break_the_page_for_unknown_addresses(open_page) -> None:
    assert near(open_page("steps/file-appea%E4%B8/")) == ["/kb/steps/file-appeal/"]


def test_page_for_unknown_addresses_has_its_ways_without_scripts(open_page) -> None:
    page = open_page("x/y/z/file-apeal", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到这一页")
    expect(page.locator("article form")).to_be_hidden()  # it could not search
    page.get_by_role("link", name="全部页面，按拼音排").click()
    expect(page.locator("#kb-az, .kb-az").first).to_be_visible()


def test_old_address_leads_to_the_new_place(open_page, server: str, published: Path) -> None:
    page = open_page(f"{OLD}/", java_script_enabled=False)
    page.wait_for_url(f"{server}topics/court-costs/#sources")
    text = (published / "kb" / OLD / "index.html").read_text("utf-8")
    stub = LexborHTMLParser(text)
    assert stub.css_first("link[rel=canonical]").attributes["href"] == f"{ADDRESS}topics/court-costs/"
    assert stub.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert stub.css_first("body a").attributes["href"] == "../../topics/court-costs/#sources"
    assert "<script" not in text
    for name in ("sitemap.xml", "llms.txt", "feed.xml"):
        assert OLD not in (published / "kb" / name).read_text("utf-8")
    assert built.check(published / "kb", ADDRESS, own=True).problems == []


def test_old_address_written_otherwise_is_told_to_have_moved(open_page) -> None:
    page = open_page("topics/Old_Fees.html")
    assert near(page) == ["/kb/topics/court-costs/"]
    expect(page.locator("#kb-near")).to_contain_text("这一页搬到了")


def prefilled(href: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}


def test_reader_can_say_what_is_wrong_with_page_version_and_passage(open_page) -> None:
    page = open_page("topics/court-costs/")
    wrong = page.get_by_role("link", name="这一页哪里不对")
    before = prefilled(wrong.get_attribute("href"))
    assert before["title"].startswith("不对：")
    assert "topics/court-costs/" in before["body"]
    assert re.search(r"版本：\d{4}-\d\d-\d\d 核对", before["body"])
    assert "原文" not in before["body"]
    box = page.locator("article p:not(.kb-meta):not(.kb-status)").first
    box.evaluate("(p) => getSelection().selectAllChildren(p)")
    told = page.locator(".kb-feedback p").last
    expect(told).to_contain_text("受理费 50 元；")  # a number of a note stands there, and is left out
    page.evaluate("getSelection().removeAllRanges()")  # as a tap does
    after = prefilled(wrong.get_attribute("href"))
    assert re.search("原文：.+受理费 50 元；", after["body"])
    assert after["title"] == before["title"]
    assert prefilled(page.get_by_role("link", name="这一页有用").get_attribute("href"))["title"].startswith("有用：")
    assert violations(page, ".kb-feedback") == []
    assert overflow(page) == 0


def test_form_is_reachable_without_scripts_and_offered_on_guides_alone(open_page, published: Path) -> None:
    page = open_page("steps/file-appeal/", viewport=DESK, java_script_enabled=False)
    assert prefilled(page.get_by_role("link", name="这一页哪里不对").get_attribute("href"))["body"].startswith("页面：")
    for name in ("index.html", "steps/index.html", "reference/index.html", "search/index.html", "404.html"):
        assert "kb-feedback" not in (published / "kb" / name).read_text("utf-8"), name


def test_files_that_the_host_puts_beside_the_site_are_linked_by_their_names(open_page, published: Path) -> None:
    page = open_page("reference/offline/")
    links = page.locator(".kb-downloads a")
    where = [urlsplit(link.evaluate("(a) => a.href")).path for link in links.all()]
    title = LexborHTMLParser((published / "kb" / "index.html").read_text("utf-8")).css_first("title").text()
    assert [unquote(each) for each in where] == [
        f"/kb/downloads/{name}" for name in (f"{offline_zip.NAME}.zip", f"{title}.pdf")
    ]
    assert page.locator("article > .kb-take").first.get_by_role("button").count()  # copying still comes first
    assert violations(page, ".kb-take") == []
    assert overflow(page) == 0
    assert [name for name in published.rglob("*.html") if 'class="kb-take kb-downloads' in name.read_text("utf-8")] == [
        published / "kb" / "reference" / "offline" / "index.html"
    ]
    assert "kb-downloads" not in offline_zip.page(page.content(), "reference/offline/index.html", "2026-11-26")
    assert "kb-downloads" not in (PROJECT / "site/reference/offline/index.html").read_text("utf-8")  # not set


def test_what_programs_read_is_absolute_where_the_address_is_known(published: Path) -> None:
    folder = published / "kb"
    sitemap = (folder / "sitemap.xml").read_text()
    assert f"<loc>{ADDRESS}steps/</loc>" in sitemap
    assert "<lastmod>1970" not in sitemap
    for name, picture in {"steps/file-appeal": "steps", "faq": "index", "": "index", "reference": "reference"}.items():
        tree = LexborHTMLParser((folder / name / "index.html").read_text("utf-8"))
        slug = f"{name}/" if name else ""
        assert tree.css_first("link[rel=canonical]").attributes["href"] == ADDRESS + slug
        shown = tree.css_first("meta[property='og:image']").attributes["content"]
        assert shown == f"{ADDRESS}assets/share/{picture}.png"
        assert (folder / shown.removeprefix(ADDRESS)).is_file()
        assert tree.css_first("meta[name='twitter:card']").attributes["content"] == "summary_large_image"
        kinds = [json.loads(node.text())["@type"] for node in tree.css("script[type='application/ld+json']")]
        assert kinds == ["Article", "BreadcrumbList"][: 2 if name else 1]


def test_filing_number_stands_in_the_foot_where_there_is_one(published: Path) -> None:
    [link] = LexborHTMLParser((published / "kb/index.html").read_text("utf-8")).css(
        'a[href="https://beian.miit.gov.cn/"]'
    )
    assert link.text() == FILED
    assert "beian" not in (PROJECT / "site/index.html").read_text("utf-8")
