"""The part of the theme that pages load, and what stands in the place of its scripts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import material
import pytest
from playwright.sync_api import Page, expect

import theme
from conftest import DESK, PHONE, all_laid_out, asset, settled
from generate import BuildError

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
THEIRS = Path(material.__file__).parent / "templates/assets/stylesheets"
GUIDE = "/steps/file-appeal/"
PLACES = ("/", GUIDE, "/tools/letter/", "/templates/statement-of-claim/", "/search/?q=申诉", "/deductions/compare/")
# All that the page's sheets set, each a property of its own. Nothing else can differ between two sets of sheets.
SET = """() => {
  const names = new Set();
  const read = rules => Array.from(rules).forEach(rule => {
    if (rule.style) Array.from(rule.style).filter(name => !name.startsWith('--')).forEach(name => names.add(name));
    if (rule.cssRules) read(rule.cssRules);
  });
  Array.from(document.styleSheets).forEach(sheet => read(sheet.cssRules));
  return Array.from(names);
}"""
# These properties of every element, and of what stands before and after it.
STYLES = """names => Array.from(document.querySelectorAll('html, body, body *:not(script)')).flatMap(node =>
  [null, '::before', '::after'].map(part => {
    const style = getComputedStyle(node, part);
    if (part && style.content === 'none') return '';
    const values = names.map(name => name + style.getPropertyValue(name));
    return node.tagName + '.' + node.className + (part || '') + values.join(';');
  }))"""
# The same as a number each: megabytes of text take longer to send than to compare.
DIGESTS = f"""names => ({STYLES})(names).map(text => {{
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}})"""
Visit = Callable[..., Page]


def whole_sheet() -> str:
    """Return the theme's sheets as they came, but for how keyboard focus is told, and ours."""
    sheets = [
        file.read_text("utf-8") for name in theme.SHEETS for file in THEIRS.glob(name.replace(".css", ".min.css"))
    ]
    assert len(sheets) == len(theme.SHEETS)
    return theme.FOCUS_CLASS.sub(theme.FOCUS, "".join(sheets)) + (PROJECT / ".build/assets/site.css").read_text("utf-8")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_looks_other_than_with_the_whole_sheet(visit: Visit, viewport: dict) -> None:
    page = visit(None, viewport=viewport)
    for place in PLACES:
        opened(page, place, whole=True)
        names = page.evaluate(SET)
        theirs = page.evaluate(DIGESTS, names)
        opened(page, place, whole=False)
        assert set(page.evaluate(SET)) <= set(names)
        if page.evaluate(DIGESTS, names) != theirs:
            pytest.fail(f"{place}: {differing(page, place, names)}")


def opened(page: Page, place: str, whole: bool) -> None:
    """Open a page with the theme's whole sheet or with what is left of it, and all that can be opened on it."""
    sheet = "**/" + asset("site.css").name
    page.unroute(sheet)
    if whole:
        page.route(sheet, lambda route: route.fulfill(body=whole_sheet(), content_type="text/css"))
    page.goto(page.full(place))
    settled(page)
    if "search" in place:
        expect(page.locator(".kb-found__list p:not(.kb-kind)").first).not_to_be_empty()
    if page.viewport_size == PHONE:
        page.locator(".md-header [for=__drawer]").click()
    elif "search" not in place:
        page.keyboard.press("/")
        page.keyboard.insert_text("申诉")
        expect(page.locator("[role=option] p:not(.kb-kind)").first).not_to_be_empty()
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    settled(page)  # a tool may still draw what was opened


def differing(page: Page, place: str, names: list[str]) -> list[list[str]]:
    """Return what differs between the two sheets, element by element."""
    looks = []
    for whole in (True, False):
        opened(page, place, whole)
        looks.append(page.evaluate(STYLES, names))
    pairs = [(theirs.split(";"), ours.split(";")) for theirs, ours in zip(*looks, strict=True) if theirs != ours]
    return [sorted(set(ours) ^ set(theirs)) for theirs, ours in pairs]


def test_sheet_holds_what_is_used_and_no_more(tmp_path: Path) -> None:
    css = (
        ":root{--a:1px;--b:2px}.one{margin:var(--a)}.two{margin:0}.one .two{margin:1px}#x:not(.two){margin:2px}"
        "@media print{.two{margin:3px}.one{margin:4px}}[dir=rtl] .one{margin:5px}.three{animation:go 1s}@keyframes go{}"
    )
    (tmp_path / "a.html").write_text('<p class="one" id=x dir="ltr">two</p>', "utf-8")
    used = theme.tokens([tmp_path / "a.html"])
    assert {"one", "ltr", "x", "p"} <= set(used)
    assert "two" not in used
    kept = theme.purged(PROJECT, css, used)
    assert "".join(kept.split()) == (
        ":root{--a:1px}.one{margin:var(--a)}#x:not(.two){margin:2px}@mediaprint{.one{margin:4px}}"
    )


def test_theme_that_moved_its_sheets_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SITE, tmp_path / "site", ignore=shutil.ignore_patterns("share", "search"))
    with pytest.raises(BuildError, match="没有找到主题的样式"):
        theme.reduce(PROJECT, tmp_path / "site")


# What the theme's scripts did.


def test_title_and_contents_follow_the_reader_and_a_button_leads_back(visit: Visit) -> None:
    page = visit(GUIDE, viewport=DESK)
    upward = page.get_by_role("button", name="回到顶部")
    all_laid_out(page)  # else what turns out shorter than it was guessed moves the page up
    expect(upward).to_be_hidden()
    page.locator("#moves").evaluate("node => node.scrollIntoView()")
    expect(page.locator(".md-header__title--active")).to_have_count(1)
    expect(page.locator(".md-sidebar--secondary .md-nav__link--active")).to_have_text("怎么做")
    expect(page.locator(".md-sidebar--secondary .md-nav__link--active")).to_be_in_viewport()
    expect(upward).to_be_hidden()
    page.evaluate("scrollBy(0, -300)")
    expect(upward).to_be_visible()
    upward.click()
    expect(page.locator(".md-header__title--active")).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".md-sidebar--primary a.md-nav__link--active")).to_be_in_viewport()


def test_page_tree_opens_and_closes_by_keys(visit: Visit) -> None:
    page = visit(GUIDE)
    way = page.get_by_role("button", name="全部页面")
    tree = page.locator(".md-sidebar--primary")
    expect(tree).not_to_be_in_viewport()
    way.focus()
    page.keyboard.press("Enter")
    expect(tree).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(tree).not_to_be_in_viewport()
    expect(way).to_be_focused()


def test_scheme_is_kept_and_follows_the_system_again(visit: Visit) -> None:
    page = visit(GUIDE, color_scheme="dark")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("button", name="现在跟随系统").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.goto(page.full("/"))
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_role("button", name="现在是浅色").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("button", name="现在是深色").click()
    page.emulate_media(color_scheme="light")
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_folded_parts_open_for_an_address_and_on_paper(visit: Visit) -> None:
    page = visit(None)
    page.route("**" + GUIDE, lambda route: _with_folded(route))
    page.goto(page.full(GUIDE + "#inside"))
    expect(page.locator("#inside")).to_be_in_viewport()
    page.locator("#inside").evaluate("node => node.closest('details').removeAttribute('open')")
    shut = page.locator("details:not([open])").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details:not([open])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details:not([open])")).to_have_count(shut)


def _with_folded(route) -> None:
    answer = route.fetch()
    folded = '<details><summary>x</summary><p id="inside">y</p></details></article>'
    route.fulfill(response=answer, body=answer.text().replace("</article>", folded, 1))
