"""The built site in a real browser: search, the first screen, both schemes, without JavaScript, no other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import LATER
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
READ = read_site(PROJECT, LATER)
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
RESULTS = ".md-search-result__item"
GUIDES = {f"/{page.slug}" for page in READ.pages.values() if "/" in page.slug and READ.is_guide(page)}

# What people ask, and pages of which one must be among the first three found.
QUERIES = {
    "保证金": {"/topics/deposit-basics/", "/", "/steps/", "/steps/find-reason/", "/factors/violation/"},
    "仲裁": {"/topics/platform-arbitration/"},
    "起诉": {"/steps/legal-action/"},
    "12315投诉": {"/topics/complaints/"},
    "申诉时限": {"/steps/file-appeal/", "/factors/time-limits/"},
    "恶意退款": {"/topics/malicious-claims/", "/topics/refunds/"},
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone that fails the test on a console error, a page error or a request to another host."""
    yield from watched(browser)


@pytest.fixture(scope="module")
def walker(browser: Browser) -> Iterator[Page]:
    """One such phone for all pages, of which nothing is asked but to be opened: half the work of a new one for each."""
    yield from watched(browser)


def watched(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")
    opened = context.new_page()
    opened.faults, opened.requested = [], []
    opened.on("console", lambda message: opened.faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("request", lambda request: opened.requested.append(request.url))
    yield opened
    context.close()
    expect_no_fault(opened)


def expect_no_fault(page: Page) -> None:
    """Say what went wrong on a page since this was asked last."""
    faults, requested = page.faults.copy(), page.requested.copy()
    page.faults.clear()
    page.requested.clear()
    assert faults == []
    assert [url for url in requested if not url.startswith(("http://127.0.0.1:", "data:"))] == []


def addresses() -> list[str]:
    """Every page of the site, as a path."""
    files = sorted(SITE.rglob("index.html"))
    return ["/" + file.parent.relative_to(SITE).as_posix().strip(".") for file in files]


def open_search(page: Page) -> None:
    page.locator("[for=__search].md-header__button").click()
    page.locator(".md-search__input").wait_for(state="visible")


def first_results(page: Page) -> list[str]:
    page.locator(RESULTS).first.wait_for()
    links = page.locator(f"{RESULTS} > a:first-child").all()
    return [link.evaluate("a => new URL(a.href).pathname") for link in links[:3]]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_search_finds_chinese(page: Page, address: str, query: str, way: str) -> None:
    page.goto(address)
    open_search(page)
    box = page.locator(".md-search__input")
    if way == "typed":
        box.press_sequentially(query)
    else:
        page.keyboard.insert_text(query)  # like a paste: fires input, but no key events
    assert box.input_value() == query
    page.locator(".md-search-result__meta", has_text="结果").wait_for()
    assert set(first_results(page)) & QUERIES[query]


def test_search_marks_the_hit_and_leads_to_a_section(page: Page, address: str) -> None:
    page.goto(address)
    open_search(page)
    page.locator(".md-search__input").press_sequentially("申诉时限")
    page.locator(RESULTS).first.wait_for()
    assert page.locator(f"{RESULTS} mark").count() > 0
    page.locator(f"{RESULTS} a[href*='#']").first.click()
    page.wait_for_url("**#*")
    assert page.evaluate("document.getElementById(location.hash.slice(1)) !== null")


def test_search_of_nonsense_says_that_nothing_was_found(page: Page, address: str) -> None:
    page.goto(address)
    open_search(page)
    page.locator(".md-search__input").press_sequentially("zzqqxxkk")
    page.locator(".md-search-result__meta", has_text="没有找到").wait_for()


def test_search_query_is_shown_as_text_never_as_markup(page: Page, address: str) -> None:
    page.goto(address + "/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E保证金")
    page.locator(RESULTS).first.wait_for()
    assert page.locator(".md-search-result img").count() == 0


def test_index_is_not_loaded_before_the_reader_reaches_for_the_box(page: Page, address: str) -> None:
    page.goto(address + "/steps/file-appeal/", wait_until="networkidle")
    assert [url for url in page.requested if "/search/" in url] == []
    open_search(page)
    page.locator(".md-search__input").press_sequentially("申诉")
    page.locator(RESULTS).first.wait_for()
    assert len([url for url in page.requested if url.endswith("/core.json")]) == 1


@pytest.mark.parametrize("path", addresses())
def test_no_sideways_scroll_and_the_next_action_in_the_first_screen(walker: Page, address: str, path: str) -> None:
    walker.set_viewport_size(PHONE)
    walker.goto(address + path)
    if path in GUIDES:
        box = walker.locator(".kb-now").bounding_box()
        assert box["y"] + box["height"] <= PHONE["height"]
    for width in (PHONE["width"], 320, DESK["width"]):
        walker.set_viewport_size({"width": width, "height": 640})
        assert walker.evaluate("document.documentElement.scrollWidth") <= width
    expect_no_fault(walker)


@pytest.mark.parametrize("path", ["/", "/steps/file-appeal/", "/factors/evidence/"])
def test_page_is_readable_without_javascript(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + path)
    assert opened.locator("h1").is_visible()
    assert opened.locator("article a").first.is_visible()
    assert not opened.locator("[for=__search].md-header__button").is_visible()
    opened.locator("[for=__drawer].md-header__button").click()
    assert opened.locator(".md-sidebar--primary").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    opened = context.new_page()
    opened.goto(address)
    background = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    brightness = sum(int(part) for part in background.removeprefix("rgb(").removesuffix(")").split(","))
    assert (brightness > 600) == (scheme == "light")


def test_missing_page_shows_the_ways_on(page: Page, address: str) -> None:
    response = page.request.get(address + "/no/such/page/")
    assert response.status == 404
    assert "没有找到这一页" in response.text()
