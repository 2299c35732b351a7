"""Search as a reader meets it: the theme's box, the search page, words marked on arrival, the index without scripts.

The engine is another matter: here a small worker answers in its place (``data/fake-search-worker.js``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser

from conftest import LATER, all_laid_out, asset, handheld, overflow
from kbcheck.site import read_site
from search_page import Entry, render

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
WORKER = (PROJECT / "tests/data/fake-search-worker.js").read_text("utf-8")
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
GUIDE = "/steps/file-appeal/"
ODD = {
    "long": "保" * 10_000,
    "emoji": "😀🧧👩‍👩‍👧",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "pattern": "(.*)+[a-",
    "proto": "__proto__",
    "control": "a\u0000\u200f\u202eb",
    "half": "保\ud83d",
}
NEWER_THAN_ES2019 = re.compile(
    r"\?\.[^\d]|\?\?|\*\*=|&&=|\|\|=|\b\d+n\b|\bimport\(|replaceAll|matchAll|replaceChildren|\.at\(|\.flatMap\(|globalThis"
    r"|Intl\.Segmenter|\beval\(|new Function|WebAssembly|structuredClone"
)


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Opener]:
    """Open a path with the fake worker; afterwards no error may have been logged and no other host asked.

    Where something is meant to fail, ``faults_meant`` lets the browser log that.
    """
    contexts, faults, asked = [], [], []

    def open_page(path: str, *, viewport: dict = PHONE, faults_meant: bool = False, go: bool = True, **options) -> Page:
        context = browser.new_context(viewport=viewport, locale="zh-CN", **{**handheld(viewport), **options})
        contexts.append(context)
        page = context.new_page()
        page.route("**/search-worker.*.js", lambda route: route.fulfill(body=WORKER, content_type="text/javascript"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        if not faults_meant:
            page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.full = lambda path: address + path
        if go:
            page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def box(page: Page):
    return page.locator(".md-search__input")


def meta(page: Page):
    return page.locator(".md-search-result__meta")


def reach_for_the_box(page: Page):
    page.locator("[for=__search].md-header__button").click()
    expect(box(page)).to_be_focused()
    return box(page)


def search(page: Page, query: str) -> None:
    reach_for_the_box(page)
    page.keyboard.insert_text(query)
    page.locator("[role=option]").first.wait_for()


# The box.


def test_box_names_itself_and_is_a_combobox(open_page: Opener) -> None:
    page = open_page(GUIDE)
    field = page.get_by_role("combobox", name="搜索")
    reach_for_the_box(page)
    expect(page.get_by_role("dialog", name="搜索全站")).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.insert_text("申诉")
    expect(field).to_have_attribute("aria-expanded", "true")
    listbox = page.locator("#" + field.get_attribute("aria-controls"))
    expect(listbox).to_have_attribute("role", "listbox")
    assert listbox.get_by_role("option").count() == 6
    ids = listbox.get_by_role("option").evaluate_all("options => options.map(option => option.id)")
    assert len(set(ids)) == 6
    page.keyboard.press("Escape")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_count(0)  # out of sight, out of reach


def test_box_says_that_it_loads_and_then_what_to_write(open_page: Opener) -> None:
    page = open_page(GUIDE)
    held: list[Route] = []
    page.route("**/search_index.json", lambda route: held.append(route))
    reach_for_the_box(page)
    expect(meta(page)).to_have_text("正在载入…")
    page.keyboard.insert_text("申诉")
    expect(meta(page)).to_have_text("正在载入…")
    page.unroute("**/search_index.json")
    held[0].continue_()
    expect(meta(page)).to_have_text("找到 3 个结果")
    box(page).fill("")
    expect(meta(page)).to_contain_text("写下你遇到的事")


@pytest.mark.parametrize("missing", ["**/search-worker.*.js", "**/search_index.json"])
def test_failure_is_told_and_can_be_tried_again(open_page: Opener, missing: str) -> None:
    page = open_page(GUIDE, faults_meant=True)
    page.route(missing, lambda route: route.abort())
    reach_for_the_box(page)
    page.keyboard.insert_text("申诉")
    expect(meta(page)).to_contain_text("没有载入")
    expect(page.get_by_role("link", name="不搜，看全部页面、词和问题")).to_be_visible()
    page.unroute(missing)
    if "worker" in missing:
        page.route(missing, lambda route: route.fulfill(body=WORKER, content_type="text/javascript"))
    page.get_by_role("button", name="重试").click()
    expect(meta(page)).to_have_text("找到 3 个结果")
    expect(page.get_by_role("button", name="重试")).to_have_count(0)


def test_worker_that_breaks_is_started_anew_and_at_last_given_up(open_page: Opener) -> None:
    page = open_page(GUIDE, faults_meant=True)
    search(page, "申诉")
    box(page).fill("错")
    expect(meta(page)).to_contain_text("没有载入")
    box(page).fill("近处")
    expect(meta(page)).to_contain_text("最接近的")


def test_result_tells_type_and_deadline(open_page: Opener) -> None:
    page = open_page(GUIDE)
    search(page, "申诉")
    lines = page.locator(".md-search-result .kb-kind")
    expect(lines).to_have_count(3)
    expect(lines.first).to_have_text("步骤期限：7 天")
    expect(lines.nth(1)).to_have_text("专题")


def test_nothing_found_offers_other_words(open_page: Opener) -> None:
    page = open_page(GUIDE)
    search(page, "无此事")
    expect(meta(page)).to_contain_text("没有找到对得上的")
    expect(page.locator(".kb-note")).to_contain_text("你是不是要找")
    assert page.locator(".kb-note i").count() == 0
    page.keyboard.press("Tab")
    expect(page.locator(".kb-note button").first).to_be_focused()
    page.keyboard.press(" ")
    expect(box(page)).to_have_value("保证金")
    expect(meta(page)).to_have_text("找到 3 个结果")
    expect(page.locator(".kb-note")).to_be_hidden()


def test_half_found_says_so(open_page: Opener) -> None:
    page = open_page(GUIDE)
    search(page, "近似")
    expect(meta(page)).to_have_text("最接近的 3 个结果：")


def test_screen_reader_is_told_once_the_reader_pauses(open_page: Opener) -> None:
    page = open_page(GUIDE)
    reach_for_the_box(page)
    status = page.locator(".md-search [role=status]")
    page.evaluate(
        """() => { window.told = []; const status = document.querySelector('.md-search [role=status]');
        new MutationObserver(() => window.told.push(status.textContent)).observe(status, {childList: true}) }"""
    )
    box(page).press_sequentially("多少钱申诉")
    expect(status).to_have_text("找到 45 个结果")
    told = page.evaluate("window.told.filter(text => text.startsWith('找到'))")
    assert told == ["找到 45 个结果"]
    assert page.locator(".md-search-result__meta[aria-live]").count() == 0


def test_keys(open_page: Opener) -> None:
    page = open_page(GUIDE, viewport=DESK)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.insert_text("申诉")
    options = page.locator("[role=option]")
    expect(options).to_have_count(6)
    active = lambda: box(page).get_attribute("aria-activedescendant")  # noqa: E731
    page.keyboard.press("ArrowDown")
    assert active() == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert active() == ""
    page.keyboard.press("ArrowUp")
    assert active() == options.last.get_attribute("id")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/file-appeal/#moves")


def test_enter_opens_the_first_result(open_page: Opener) -> None:
    page = open_page("/")
    search(page, "申诉")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/file-appeal/")


@pytest.mark.parametrize("query", ["近似", "无此事"])
def test_enter_leads_to_all_results_where_none_holds_the_whole_query(open_page: Opener, query: str) -> None:
    page = open_page(GUIDE)
    search(page, query)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".kb-search input[type=search]")).to_have_value(query)


def test_tab_leads_to_the_search_page_and_out_of_the_box(open_page: Opener) -> None:
    page = open_page(GUIDE, viewport=DESK)
    page.keyboard.press("/")
    page.keyboard.insert_text("申诉 12315&a")
    expect(page.locator("[role=option]")).to_have_count(6)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="在搜索页看全部结果")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#__search")).not_to_be_checked()
    page.keyboard.press("/")
    page.get_by_role("link", name="在搜索页看全部结果").click()
    expect(page.locator(".kb-search input[type=search]")).to_have_value("申诉 12315&a")


def test_closed_box_holds_nothing_to_tab_to(open_page: Opener) -> None:
    page = open_page(GUIDE, viewport=DESK)
    box(page).focus()
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Escape")
    assert page.locator(".md-search .kb-all").is_hidden()
    assert page.locator(".md-search .kb-note").is_hidden()


def test_composing_searches_and_keeps_its_keys(open_page: Opener) -> None:
    page = open_page(GUIDE)
    field = reach_for_the_box(page)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "shen'su", "selectionStart": 7, "selectionEnd": 7})
    expect(page.locator("[role=option]")).to_have_count(6)
    composing = {"key": "Enter", "keyCode": 229, "isComposing": True, "bubbles": True, "cancelable": True}
    for key in ("ArrowDown", "Enter"):
        assert field.evaluate(
            "(box, init) => box.dispatchEvent(new KeyboardEvent('keydown', init))", {**composing, "key": key}
        )
    assert not field.get_attribute("aria-activedescendant")
    session.send("Input.insertText", {"text": "申诉"})
    expect(field).to_have_value("申诉")
    expect(page.locator("[role=option] mark").first).to_have_text("申诉")


def test_answer_that_comes_again_keeps_the_option_chosen(open_page: Opener) -> None:
    page = open_page(GUIDE)
    search(page, "等申诉")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.evaluate("new BroadcastChannel('go').postMessage(1)")
    expect(page.locator("[role=option]", has_text="片段")).to_have_count(3)
    expect(page.locator("[aria-selected=true]")).to_contain_text("片段")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/file-appeal/#moves")


def test_results_beyond_the_first_ten_are_options_too(open_page: Opener) -> None:
    page = open_page(GUIDE)
    search(page, "多")
    page.locator(".md-search__scrollwrap").evaluate("wrap => { wrap.scrollTop = wrap.scrollHeight }")
    eleventh = page.locator(".md-search-result__item").nth(10)
    expect(eleventh.locator("[role=option]").first).to_have_attribute("href", re.compile(r"\?h="))


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
@pytest.mark.parametrize("place", ["box", "page"])
def test_odd_queries_are_text_and_break_nothing(open_page: Opener, query: str, place: str) -> None:
    page = open_page(GUIDE if place == "box" else "/search/")
    field = reach_for_the_box(page) if place == "box" else page.locator(".kb-search input[type=search]")
    field.evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})) }", query
    )
    expect(meta(page) if place == "box" else page.locator(".kb-found__meta")).to_have_text("找到 3 个结果")
    results = page.locator(".md-search-result, .kb-found")
    assert results.locator("script, img, b, i").count() == 0
    link = page.locator("[role=option], .kb-found h3 a").first
    link.click()
    page.wait_for_url("**/steps/file-appeal/**")
    assert "h=" not in page.url


def test_deep_link_opens_the_box(open_page: Opener) -> None:
    page = open_page(GUIDE + "?q=申诉")
    expect(page.locator("[role=option]")).to_have_count(6)
    expect(box(page)).to_have_value("申诉")


def test_nothing_is_loaded_unasked(open_page: Opener) -> None:
    for path in (GUIDE, "/search/"):
        page = open_page(path, go=False)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(page.full(path), wait_until="networkidle")
        page.wait_for_load_state("load")  # on a busy machine half a second without a request may come before it
        assert [url for url in asked if "search-worker" in url or "search_index" in url or "highlight" in url] == []
        assert any("search-page." in url for url in asked) == (path == "/search/")


# Words marked on arrival.


def test_words_are_marked_on_arrival_and_leave_the_address(open_page: Opener) -> None:
    page = open_page("/?x=1")
    search(page, "申诉")
    link = page.locator("[role=option]").first
    expect(link).to_have_attribute("href", re.compile(r"/steps/file-appeal/\?h=%E7%94%B3%E8%AF%89"))
    link.click()
    page.locator("article mark").first.wait_for()
    assert page.url.endswith(GUIDE)
    assert set(page.locator("article mark").all_text_contents()) <= {"申诉", "7 天"}
    all_laid_out(page)  # a browser says no text of what is not
    text = page.locator("article").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("article mark")).to_have_count(0)
    assert text.replace("已标出你搜的词 清除标记", "").strip() == page.locator("article").inner_text().strip()


def test_marks_are_few_and_only_in_text(open_page: Opener) -> None:
    page = open_page("/templates/appeal-letter/?h=%E7%9A%84&h=a&h=(&h=&keep=1#fields")
    page.locator("article mark").first.wait_for()
    assert page.url.endswith("/templates/appeal-letter/?keep=1#fields")
    assert page.locator("article mark").count() <= 200
    assert page.locator("article :is(code, pre, script, style, svg, .headerlink) mark").count() == 0
    page.get_by_role("button", name="清除标记").click()
    expect(page.locator("article mark")).to_have_count(0)
    page = open_page("/reference/laws/?h=%E7%9A%84")
    expect(page.locator("article mark")).to_have_count(200)


def test_marks_are_no_links_and_of_whole_numbers(open_page: Opener) -> None:
    page = open_page("/topics/deposit-basics/?h=500&h=2,000 元")
    page.locator("article mark").first.wait_for()
    assert set(page.locator("article mark").all_text_contents()) == {"500", "2,000\u00a0元"}
    assert page.get_by_text("4,500").count() > 0
    around = """marks => marks.map(({previousSibling: before, nextSibling: after}) =>
      (before ? before.textContent.slice(-1) : '') + (after ? after.textContent.slice(0, 1) : '')).join('')"""
    beside = page.locator("article mark").evaluate_all(around)
    assert not set(beside) & set("0123456789,")
    look = "mark => { const style = getComputedStyle(mark); return [style.textDecorationLine, style.boxShadow] }"
    assert page.locator("article mark").first.evaluate(look) == ["none", "none"]


@pytest.mark.parametrize("words", ["h=", "h=<img src=x onerror=alert(1)>", "h=" + "保" * 5_000, "h=[", "h=__proto__"])
def test_odd_words_mark_nothing(open_page: Opener, words: str) -> None:
    page = open_page(f"{GUIDE}?{words}")
    page.wait_for_url(f"**{GUIDE}")
    assert page.locator("article mark, .kb-marked, article img").count() == 0


# The search page.


def test_search_page_answers_its_address(open_page: Opener) -> None:
    page = open_page("/search/?q=申诉")
    first = page.locator(".kb-found__list > li").first
    expect(first.locator("h3 a")).to_have_attribute("href", re.compile(r"/steps/file-appeal/\?h="))
    expect(first.locator(".kb-kind")).to_have_text("步骤期限：7 天")
    expect(first.locator("ul a")).to_have_attribute("href", re.compile(r"\?h=.*#moves$"))
    expect(first.locator("ul p mark")).to_have_text("申诉")
    assert page.locator(".md-search").count() == 0
    expect(page.locator(".kb-found [role=status]")).to_have_text("找到 3 个结果")
    first.locator("h3 a").click()
    page.locator("article mark").first.wait_for()
    page.go_back()
    expect(page.locator(".kb-found__list > li")).to_have_count(3)


def test_search_page_filters_by_type_and_keeps_it_in_the_address(open_page: Opener) -> None:
    page = open_page("/search/?q=申诉")
    expect(page.get_by_label("专题（2）")).to_be_hidden()
    page.get_by_text("只看某一类").click()
    page.get_by_label("专题（2）").check()
    expect(page.locator(".kb-found__list > li")).to_have_count(2)
    assert "type=%E4%B8%93%E9%A2%98" in page.url
    page.reload()
    expect(page.get_by_label("专题（2）")).to_be_checked()
    expect(page.locator(".kb-found__list > li")).to_have_count(2)
    page.get_by_label("专题（2）").uncheck()
    expect(page.locator(".kb-found__list > li")).to_have_count(3)
    assert "type" not in page.url


def test_first_result_and_its_section_are_on_the_first_screen_of_a_phone(open_page: Opener) -> None:
    page = open_page("/search/?q=申诉")
    first = page.locator(".kb-found__list > li").first
    expect(first.locator("ul p mark")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("只看某一类")).to_be_visible()
    page.goto(page.full("/search/"))
    expect(page.get_by_text("写下你遇到的事：")).to_be_visible()


def test_search_page_shows_more_on_request(open_page: Opener) -> None:
    page = open_page("/search/?q=多")
    results = page.locator(".kb-found__list > li")
    expect(results).to_have_count(20)
    page.get_by_role("button", name="再看一些").click()
    expect(results).to_have_count(40)
    expect(results.nth(20).locator("h3 a")).to_be_focused()


def test_search_page_as_the_reader_writes(open_page: Opener) -> None:
    page = open_page("/search/", viewport=DESK)
    page.keyboard.press("/")
    field = page.locator(".kb-search input[type=search]")
    expect(field).to_be_focused()
    page.keyboard.insert_text("无此事")
    expect(page.locator(".kb-found__meta")).to_contain_text("没有找到对得上的")
    page.locator(".kb-found .kb-note button").first.click()
    expect(field).to_have_value("保证金")
    expect(page.locator(".kb-found__meta")).to_have_text("找到 3 个结果")
    page.wait_for_url("**/search/?q=%E4%BF%9D%E8%AF%81%E9%87%91")
    field.press("Enter")
    expect(field).not_to_be_focused()
    field.fill("")
    expect(page.locator(".kb-found__list > li")).to_have_count(0)
    page.wait_for_url("**/search/")


def test_search_page_without_its_worker_shows_the_index(open_page: Opener) -> None:
    page = open_page("/search/", faults_meant=True)
    page.route("**/search_index.json", lambda route: route.abort())
    page.locator(".kb-search input[type=search]").fill("申诉")
    expect(page.locator(".kb-found__meta")).to_contain_text("没有载入")
    expect(page.locator("#az-b")).to_be_visible()
    page.unroute("**/search_index.json")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".kb-found__list > li")).to_have_count(3)


def test_header_button_leads_to_the_field_on_the_search_page(open_page: Opener) -> None:
    page = open_page("/search/")
    page.locator("[for=__search].md-header__button").click()
    expect(page.locator(".kb-search input[type=search]")).to_be_focused()
    expect(page.locator("#__search")).not_to_be_checked()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_fits_the_screen_and_is_legible(open_page: Opener, viewport: dict, scheme: str) -> None:
    page = open_page("/search/?q=申诉", viewport=viewport, color_scheme=scheme)
    page.locator(".kb-found__list > li").first.wait_for()
    page.get_by_text("只看某一类").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    for control in page.locator(".kb-search :is(input[type=search], button, label, summary), .kb-az summary").all():
        assert control.bounding_box()["height"] >= 44
    for selector in (".kb-kind", ".kb-due", ".kb-found mark", ".kb-found a", ".kb-search button", ".kb-az small"):
        assert page.locator(selector).first.evaluate(CONTRAST) >= 4.5, selector


def test_nothing_in_the_open_box_is_wider_than_the_phone(open_page: Opener) -> None:
    """A phone draws the page as wide as the widest of it, now and then, and what was found does not wrap."""
    page = open_page(GUIDE, reduced_motion="reduce")
    search(page, "申诉")
    rights = page.locator(".md-search, .md-search *").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().right)"
    )
    assert max(rights) < PHONE["width"] + 1
    assert overflow(page) == 0


CONTRAST = """node => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const linear = c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  let ground = node;
  while (rgb(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
  const pair = [getComputedStyle(node).color, getComputedStyle(ground).backgroundColor].map(each => light(rgb(each)));
  return (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
}"""


# The index that needs no script.


def test_index_is_there_without_javascript(open_page: Opener) -> None:
    page = open_page("/search/?q=申诉", java_script_enabled=False)
    expect(page.locator("#az-b")).to_be_visible()
    expect(page.locator(".kb-search")).to_be_hidden()
    expect(page.locator("noscript p")).to_be_visible()
    page.locator(".kb-az").get_by_role("link", name="保证金是什么、交多少", exact=True).click()
    page.wait_for_url("**/topics/deposit-basics/")


def test_index_is_closed_with_javascript_unless_asked_for(open_page: Opener) -> None:
    expect(open_page("/search/").locator(".kb-az")).not_to_have_attribute("open", "")
    expect(open_page("/search/#index").locator(".kb-az")).to_have_attribute("open", "")


def test_index_lists_every_page_term_and_question() -> None:
    tree = LexborHTMLParser((SITE / "search/index.html").read_text("utf-8"))
    listed = {link.attributes["href"].removeprefix("../") for link in tree.css(".kb-az li a")}
    slugs = {page.slug for page in read_site(PROJECT, LATER).pages.values()} - {"search"}
    assert listed >= {"" if slug == "index" else f"{slug}/" for slug in slugs}
    for slug in ("faq", "glossary"):
        article = LexborHTMLParser((SITE / slug / "index.html").read_text("utf-8")).css_first("article")
        assert listed >= {f"{slug}/#{heading.attributes['id']}" for heading in article.css("h3[id]")}


@pytest.mark.parametrize(
    ("label", "letter"),
    [
        ("保证金", "B"),
        ("第四步 提交申诉", "T"),
        ("「重大」违规", "Z"),
        ("重新上架", "C"),
        ("GMV", "G"),
        ("12315", "0–9"),
        ("？", "0–9"),
    ],
)
def test_letter_is_that_of_the_pinyin(label: str, letter: str) -> None:
    assert Entry(label, "x/").letter == letter


def test_index_escapes_what_it_shows() -> None:
    assert "<b>" not in render([Entry("<b>", "x/")])


# What is sent.


@pytest.mark.parametrize("name", ["site.js", "search-page.js", "highlight.js"])
def test_scripts_run_in_old_webviews(name: str) -> None:
    assert NEWER_THAN_ES2019.findall(asset(name).read_text("utf-8")) == []
