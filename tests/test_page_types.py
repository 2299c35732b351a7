"""One page of every type, as it is met: small and large, light and dark, zoomed, on paper, with a screen reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from conftest import COLOURS, DESK, LATER, PHONE, PROJECT, all_laid_out, overflow, violations
from kbcheck.site import read_site

SITE = read_site(PROJECT, LATER)
SAMPLES = {
    "hub": ["", "steps/", "deductions/"],
    "step": ["steps/find-reason/"],
    "factor": ["factors/evidence/"],
    "topic": ["topics/close-shop/"],
    "deduction": ["deductions/sampling/"],
    "template": ["templates/statement-of-claim/"],
    "tool": ["tools/triage/", "tools/letter/"],
    "faq": ["faq/"],
    "walkthrough": ["worked-example/"],
    "reference": ["reference/about/", "reference/offline/", "search/", "glossary/", "steps/all/"],
}
ADDRESSES = [path for paths in SAMPLES.values() for path in paths]
# On a desk the article is the phone's: what stands around it is looked at by all rules here, the rest by its colours.
AROUND = ["", "steps/find-reason/", "tools/letter/", "search/"]

Visit = Callable[..., Page]


def test_every_type_of_page_is_looked_at() -> None:
    assert set(SAMPLES) == set(SITE.conventions.types)
    by_slug = {page.slug: page for page in SITE.pages.values()}
    for kind, paths in SAMPLES.items():
        assert {by_slug[path.strip("/") or "index"].meta.type for path in paths} == {kind}


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_phone_a_zoomed_page_and_a_desk_in_the_dark(visit: Visit, path: str) -> None:
    page = visit(f"/{path}", viewport=PHONE)
    assert violations(page) == []
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 x 1024 at 400 %: WCAG 1.4.10
    assert overflow(page) <= 0
    desk = visit(f"/{path}", viewport=DESK, color_scheme="dark")
    assert violations(desk, rules=None if path in AROUND else COLOURS) == []
    assert overflow(desk) <= 0


@pytest.mark.parametrize("path", ["steps/find-reason/", "deductions/sampling/"])
def test_a_screen_reader_hears_what_stands_where(visit: Visit, path: str) -> None:
    page = visit(f"/{path}")
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    names = page.locator("nav:visible, [role=navigation]:visible").evaluate_all(
        "all => all.map((each) => each.getAttribute('aria-label'))"
    )
    assert all(names)
    assert len(set(names)) == len(names)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert "跳转" in skip.inner_text() or "内容" in skip.inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#title"


SEEN = """() => {
  const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
  return right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
}"""


def test_keys_on_a_phone_never_land_out_of_sight(visit: Visit) -> None:
    page = visit("/steps/file-appeal/", viewport=PHONE, reduced_motion="reduce")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")
    tree = page.locator(".md-sidebar--primary")
    way = page.get_by_role("button", name="全部页面")
    way.press("Enter")
    back = tree.get_by_role("button", name="八步追回")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")  # one level up: where the section can be opened again
    expect(tree.get_by_role("link", name="首页")).to_be_visible()
    page.keyboard.press("Enter")
    expect(back).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")
    expect(tree).to_be_hidden()
    way.press("Enter")
    page.keyboard.press("Escape")
    expect(way).to_be_focused()
    assert violations(page) == []


def test_a_window_made_wide_has_buttons_in_its_tree(visit: Visit) -> None:
    page = visit("/steps/file-appeal/", viewport={"width": 800, "height": 800})
    tree = page.locator(".md-sidebar--primary")
    assert tree.locator("button").count() == 0  # until it is shown
    page.set_viewport_size(DESK)
    expect(tree.locator("label:not([for=__drawer])")).to_have_count(0)
    assert tree.locator("button").count() > 5


UNDER_HEAD = """() => document.activeElement.getBoundingClientRect().top
  < document.querySelector('.md-header').getBoundingClientRect().bottom"""


def test_keys_going_back_do_not_land_under_the_head(visit: Visit) -> None:
    page = visit("/steps/file-appeal/", viewport={"width": 320, "height": 200})  # a desk at 400 %
    page.locator(".kb-next a").first.focus()
    for _ in range(15):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(UNDER_HEAD), page.evaluate("document.activeElement.outerHTML")


def test_wider_spacing_of_letters_and_lines_hides_nothing(visit: Visit) -> None:
    page = visit("/deductions/sampling/", bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        " p { margin-bottom: 2em !important }"
    )  # WCAG 1.4.12
    assert overflow(page) <= 0
    cut = "[...document.querySelectorAll('article p, article li, article dd, article td')].filter((each) =>"
    assert page.evaluate(f"{cut} each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0).length") == 0


LAID_OUT_LATE = ["steps/all/", "tools/triage/", "tools/deadlines/", "tools/assessment/", "tools/evidence/"]
# Each page, and what stands there when its scripts have run.
LATE = {"tools/triage/": ".kb-tool.kb-on", "search/": ".kb-az.kb-on:not([open])", "reference/offline/": ".kb-saving"}
LATE |= dict.fromkeys(["steps/legal-action/", "deductions/sampling/", "faq/"], ".kb-take button")
MOVED = """window.moved = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) moved += each.value; })
  .observe({ type: 'layout-shift', buffered: true });"""
# The script stands at the end of the page, and the browser reads no further until it has come.
PARSED = """new Promise((done) => {
  const look = () => (document.querySelector('body > script[src]') ? done() : requestAnimationFrame(look));
  look();
})"""
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAINTED = "new Promise((done) => new PerformanceObserver(() => done()).observe({ type: 'paint', buffered: true }))"


@pytest.mark.parametrize("path", ["deductions/sampling/", "steps/all/"])
def test_a_mark_leads_to_its_note_and_back(visit: Visit, path: str) -> None:
    """Notes are laid out only when the reader comes near; an address that leads there shows them all the same."""
    page = visit(f"/{path}")
    mark = page.locator("a.footnote-ref").last
    note = page.locator(f"[id='{mark.get_attribute('href')[1:]}']")
    mark.click()
    expect(note).to_be_in_viewport()
    page.go_back()
    expect(mark).to_be_in_viewport()


GUESSED = """() => [...document.querySelectorAll('article *')].filter((each) =>
  getComputedStyle(each).contentVisibility === 'auto' && !each.closest('#kb-tool')).map((each) => {
  const guess = parseFloat(getComputedStyle(each).containIntrinsicHeight.replace('auto ', ''));
  each.style.contentVisibility = 'visible';
  return [each.className, guess, each.scrollHeight];
})"""

NOTES_GUESSED = """[...document.querySelectorAll('.footnote')].map((each) =>
  getComputedStyle(each).containIntrinsicHeight)"""


@pytest.mark.parametrize("path", ["faq/", "templates/appeal-letter/", "topics/refunds/", *LAID_OUT_LATE])
def test_what_is_laid_out_late_is_not_guessed_too_small(visit: Visit, path: str) -> None:
    """What is taller than its guess lies upon what stands below it, as programs see it that press or read links."""
    page = visit(f"/{path}", viewport=PHONE)
    first = page.evaluate(NOTES_GUESSED)
    all_laid_out(page)
    assert page.evaluate(NOTES_GUESSED) == first
    guesses = page.evaluate(GUESSED)
    assert "footnote" in [each[0] for each in guesses]
    assert [each for each in guesses if each[1] < each[2]] == []


# Whether the last heading's text is laid out, and where the notes begin, below all that is laid out late.
LAST_LAID_OUT = """[...document.querySelectorAll('article > h2 > a')].pop()
  .checkVisibility({ contentVisibilityAuto: true })"""
NOTES_AT = "document.querySelector('.footnote').getBoundingClientRect().top + scrollY"


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_what_stands_below_is_laid_out_after_the_first_view(visit: Visit, viewport: dict) -> None:
    page = visit(None, viewport=viewport)
    held = held_until_painted(page, "deductions/sampling/")
    page.evaluate(PARSED)
    let_go(page, held)
    page.get_by_role("button", name="复制全文和出处").wait_for()
    page.evaluate(FRAMES)
    assert not page.evaluate(LAST_LAID_OUT)
    all_laid_out(page)
    assert page.evaluate(LAST_LAID_OUT)
    guessed_nowhere = visit("/deductions/sampling/#none", viewport=viewport)
    assert page.evaluate(NOTES_AT) == guessed_nowhere.evaluate(NOTES_AT)


def test_where_all_steps_are_one_page_the_first_is_laid_out_later_too(visit: Visit) -> None:
    page = visit("/steps/all/")
    below = page.locator("ol + .kb-joined > ul > li").last
    laid_out = "each => each.checkVisibility({ contentVisibilityAuto: true })"
    assert not below.evaluate(laid_out)
    all_laid_out(page)
    below.scroll_into_view_if_needed()  # a step waits for the reader
    assert below.evaluate(laid_out)


def test_a_jump_waits_for_no_turn(visit: Visit) -> None:
    """Where heights are guessed, a jump lands on a place that moves away."""
    page = visit(None)
    # No turn ever comes.
    page.add_init_script("document.addEventListener('DOMContentLoaded', () => { setTimeout = () => 0; })")
    page.goto(page.full("/deductions/sampling/"))
    assert not page.evaluate(LAST_LAID_OUT)
    page.locator("article > :nth-child(-n+11) a[href^='#']:not(.footnote-ref)").first.click()
    assert page.evaluate(LAST_LAID_OUT)


def test_a_page_that_opens_where_the_reader_was_or_is_sent_is_laid_out_at_once(visit: Visit) -> None:
    page = visit("/deductions/sampling/#none")
    assert page.evaluate(LAST_LAID_OUT)
    page = visit("/deductions/sampling/")
    page.reload()
    assert page.evaluate(LAST_LAID_OUT)


# The long time is up when `timeIsUp` is called.
LONG_TIME = """const soon = setTimeout;
window.setTimeout = (turn, ms) => (ms > 2000 ? (window.timeIsUp = turn) && 0 : soon(turn, ms));"""


@pytest.mark.parametrize("moved", ["Tab", "tap", "scroll", "time"])
def test_what_stands_below_is_laid_out_when_the_reader_moves_or_time_has_passed(visit: Visit, moved: str) -> None:
    page = visit(None)
    page.add_init_script(LONG_TIME)
    page.goto(page.full("/deductions/sampling/"))
    page.evaluate(FRAMES)
    assert not page.evaluate(LAST_LAID_OUT)
    if moved == "Tab":
        page.keyboard.press("Tab")
    elif moved == "tap":
        page.touchscreen.tap(180, 300)
    elif moved == "scroll":
        page.evaluate("scrollBy(0, 1)")
    else:
        page.evaluate("timeIsUp()")
    page.locator("html:not(.kb-below)").wait_for(state="attached")
    assert page.evaluate(LAST_LAID_OUT)


# Of the page tree: whether its first link, and one of a part that is not open, are laid out.
TREE_LAID_OUT = """['', 'input:not(:checked) ~ nav '].map((part) =>
  document.querySelector(`.md-nav--primary ${part}.md-nav__link`).checkVisibility())"""
CLOSING = """async () => {
  const pane = document.querySelector('.md-sidebar--primary .md-sidebar__scrollwrap');
  const state = () => getComputedStyle(pane).contentVisibility;
  document.getElementById('__drawer').checked = false;
  const states = [state()];
  await Promise.all(document.getAnimations().map((each) => each.finished));
  return [...states, state()];
}"""


def test_on_a_phone_only_the_open_part_of_the_page_tree_is_laid_out(visit: Visit) -> None:
    """Else it is half of the work before anything is seen."""
    page = visit("/steps/find-reason/#none", viewport=PHONE, reduced_motion="no-preference")
    assert page.evaluate(TREE_LAID_OUT) == [False, False]
    page.locator(".md-header [for=__drawer]").click()
    assert page.evaluate(TREE_LAID_OUT) == [True, False]
    assert page.evaluate(CLOSING) == ["visible", "hidden"]  # it slides out whole
    page.set_viewport_size(DESK)
    assert page.evaluate(TREE_LAID_OUT)[0]


def held_until_painted(page: Page, path: str) -> list[Route]:
    """Open a page as one whose scripts come after its first paint; they come when the routes are continued."""
    held: list[Route] = []
    page.route("**/*.js", lambda route: held.append(route))
    page.goto(page.full(f"/{path}"), wait_until="commit")
    page.evaluate(PAINTED)
    return held


def let_go(page: Page, held: list[Route]) -> None:
    """Let the scripts come, and those that they ask for."""
    for route in held:
        route.continue_()
    page.unroute("**/*.js")


@pytest.mark.parametrize("path", ["steps/legal-action/", "deductions/sampling/", "faq/"])
def test_scripts_style_little_anew(visit: Visit, browser: Browser, tmp_path: Path, path: str) -> None:
    """An element put in at the wrong place makes the browser style the whole page again: long, on a cheap phone."""
    page = visit(None, viewport=PHONE)
    held = held_until_painted(page, f"{path}#none")  # all is laid out, and styled, before the scripts
    page.evaluate(PARSED)
    page.evaluate(FRAMES)
    browser.start_tracing(page=page, path=tmp_path / "trace.json", categories=["devtools.timeline"])
    let_go(page, held)
    page.get_by_role("button", name="复制全文和出处").wait_for()
    page.evaluate(FRAMES)
    browser.stop_tracing()
    events = json.loads((tmp_path / "trace.json").read_text("utf-8"))["traceEvents"]
    styled = [event["args"].get("elementCount", 0) for event in events if event["name"] == "UpdateLayoutTree"]
    assert 0 < sum(styled) < page.locator("*").count() / 10


@pytest.mark.parametrize("path", LATE)
def test_little_moves_when_scripts_come_after_the_first_paint(visit: Visit, path: str) -> None:
    page = visit(None, viewport={"width": 412, "height": 823}, reduced_motion="no-preference")
    page.add_init_script(MOVED)
    let_go(page, held_until_painted(page, path))
    page.locator(LATE[path]).first.wait_for()
    page.evaluate(FRAMES)
    assert page.evaluate("moved") < 0.05
