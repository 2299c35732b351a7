"""The questions that lead to an outcome: as data, as a page without scripts, and as a reader walks through them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from conftest import DESK, PHONE, overflow, settled, small_targets, sound, words_of
from kbcheck import triage
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
MODEL = read_site(PROJECT, date(2100, 1, 1))
FLOW = MODEL.flows.entries[0]
PERIODS = {each.id: each for each in MODEL.deadlines.entries}
WAYS = list(FLOW.ways())
# One way to each outcome.
REACHED = {end: ".".join(answer.id for answer in given) for given, end in reversed(WAYS)}
TOOL = "/tools/triage/"
LATE = "merchant.more.penalty.shipping.late"
Visit = Callable[..., Page]


def heading(page: Page):
    return page.locator("#kb-tool h3")


def choose(page: Page, text: str) -> None:
    page.locator(".kb-answers").get_by_role("link", name=text).click()


def answers(page: Page) -> str:
    return page.evaluate("location.hash")


# The flow.


def test_every_outcome_is_reached_in_at_most_six_questions() -> None:
    assert {end for _, end in WAYS} == {outcome.id for outcome in FLOW.outcomes}
    most = max(len(given) for given, _ in WAYS)
    assert most <= triage.LONGEST
    for name in ("triage", "index"):  # what the pages say is what the tool counts down from
        told = re.findall("最多答?(.)问", (PROJECT / f"docs/tools/{name}.md").read_text("utf-8"))
        assert set(told) == {"零一二三四五六"[most]}, name


def test_every_kind_of_deduction_has_an_outcome() -> None:
    kinds = {page.slug.removeprefix("deductions/") for page in MODEL.pages.values() if page.meta.type == "deduction"}
    assert len(kinds) == 15
    assert {outcome.kind for outcome in FLOW.outcomes} - {""} == kinds


@pytest.mark.parametrize("question", FLOW.questions, ids=lambda question: question.id)
def test_a_reader_who_does_not_know_has_an_answer(question: triage.Question) -> None:
    """Everyone knows who he is, and what he came for."""
    if question.id != "who":
        assert any(answer.id == "unsure" for answer in question.answers)


def test_who_has_won_is_not_led_through_a_countdown() -> None:
    assert ["merchant", "passed"] in [[answer.id for answer in given] for given, end in WAYS if end == "passed"]


# The page without scripts.


# Of each outcome in the text: its id, its title, and whether the questions lead there.
OUTCOMES = """all => all.map((each) => [each.id, each.textContent,
  [...document.querySelectorAll('.kb-flow a')].some((a) => a.hash === `#${each.id}` && a.checkVisibility())])"""


def test_page_without_scripts_shows_every_question_and_outcome(visit: Visit) -> None:
    page = visit(TOOL, java_script_enabled=False)
    text = words_of(page, "article")
    for question in FLOW.questions:
        assert question.question in text
    shown = page.locator(".kb-flow [id^=case-]:visible").evaluate_all(OUTCOMES)
    assert sorted(shown) == sorted([f"case-{outcome.id}", outcome.title, True] for outcome in FLOW.outcomes)
    assert overflow(page) == 0


def plain(text: str) -> str:
    """Return words without their spaces; pages join numbers and units in their own way."""
    return re.sub(r"[\s\u2060]", "", text)


def test_deadlines_shown_are_those_of_the_data() -> None:
    article = LexborHTMLParser((SITE / "tools/triage/index.html").read_text("utf-8")).css_first("article")
    text = plain(article.text())
    for outcome in FLOW.outcomes:
        for point in outcome.now:
            if point.deadline:
                known = PERIODS[point.deadline]
                assert plain(f"{known.starts}起{triage.length_of(known)}") in text, outcome.id


def test_a_start_that_ends_in_a_number_keeps_its_distance() -> None:
    assert "，余额小于 0 起 48 小时；" in triage.in_words(PERIODS["deposit-negative"])


# The tool.


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_home_page_to_an_outcome_and_its_guide(visit: Visit, viewport: dict) -> None:
    page = visit("/", viewport=viewport)
    page.get_by_role("link", name="都不像").click()
    expect(page).to_have_url(re.compile(TOOL))
    for text in ("抖店商家", "后天或更晚到期", "收到罚单", "发货、缺货", "发货超时"):
        choose(page, text)
        expect(heading(page)).to_be_focused()
        assert heading(page).bounding_box()["y"] < viewport["height"] / 4  # what it asks for is in sight below it
        expect(page.locator(".md-top")).to_have_count(0)
        assert overflow(page) == 0
    expect(heading(page)).to_have_text("多半是发货超时")
    assert plain(triage.length_of(PERIODS["appeal-shipping"])) in plain(page.locator(".kb-timing").inner_text())
    expect(page.locator(".kb-moves > li")).to_have_count(3)
    page.locator(".kb-go-first").click()
    expect(page).to_have_url(re.compile(r"/deductions/late-shipment/#moves$"))


@pytest.mark.parametrize("guide", ["steps/find-reason", "topics/first-24-hours", "deductions", "faq"])
def test_guides_lead_here(visit: Visit, guide: str) -> None:
    page = visit(f"/{guide}/")
    expect(page.locator('article a[href$="tools/triage/"]').first).to_be_attached()


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit(TOOL)
    page.locator(".kb-answers a").first.focus()
    for downs in (1, 1, 0):  # the place among the answers, from the heading that has the focus
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
        settled(page)
        for _ in range(downs + 1):
            page.keyboard.press("Tab")
    assert answers(page) == "#a=merchant.day.evidence"
    expect(heading(page)).to_have_text("平台介入，要你交证据")


def test_back_reload_and_a_shared_address_keep_the_answers(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "抖店商家")
    choose(page, "已经过了")
    choose(page, "罚单的申诉")
    shared = page.url
    page.reload()
    expect(heading(page)).to_contain_text("罚单的申诉过期了")
    page.go_back()
    expect(heading(page)).to_have_text("过期的是哪一件？")
    page.go_back()
    page.go_forward()
    expect(heading(page)).to_have_text("过期的是哪一件？")
    other = visit(None)
    other.goto(shared)
    expect(heading(other)).to_contain_text("罚单的申诉过期了")


def test_an_earlier_answer_is_changed_and_all_begun_anew(visit: Visit) -> None:
    page = visit(f"{TOOL}#a={LATE}")
    page.get_by_role("link", name="改这一问：罚单写的原因").click()
    expect(heading(page)).to_have_text("罚单写的原因，属于哪一类？")
    assert answers(page) == "#a=merchant.more.penalty"
    page.get_by_role("link", name="从头再来").click()
    expect(heading(page)).to_have_text(FLOW.questions[0].question)
    expect(page.locator(".kb-given")).to_have_count(0)


ODD = {
    "nope": ("你是谁", "看不懂"),
    "merchant.nope.over": ("通知或工单上", "前面选的还在"),
    "merchant.more.<img src=x onerror=alert(1)>": ("发生的是哪一件事", "看不懂"),
    f"{LATE}.more": ("多半是发货超时", "没有用上"),
    "constructor": ("你是谁", "看不懂"),
    "😀": ("你是谁", "看不懂"),
    "%E0%A4%A": ("你是谁", "看不懂"),
    "x" * 5000: ("你是谁", "看不懂"),
    "..": ("你是谁", "看不懂"),
    "": ("你是谁", ""),
}


def test_an_edited_address_leads_to_the_last_question_that_is_known(visit: Visit) -> None:
    page = visit(TOOL)
    for edited, (title, told) in ODD.items():
        page.goto("about:blank")
        page.goto(page.full(f"{TOOL}#a={edited}"))
        expect(heading(page)).to_contain_text(title)
        expect(page.locator("#kb-tool [role=status]").first).to_contain_text(told)
        assert not re.search("undefined|NaN|null", page.locator("#kb-tool").inner_text())


def test_a_place_on_the_page_keeps_what_is_shown(visit: Visit) -> None:
    page = visit(f"{TOOL}#a={LATE}")
    page.locator("article").get_by_role("link", name="下面").first.click()
    expect(page).to_have_url(re.compile("#list$"))
    expect(heading(page)).to_have_text("多半是发货超时")


def test_address_that_asks_for_no_answer_begins_with_the_first_question(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "抖店商家")
    page.locator("article").get_by_role("link", name="下面").first.click()
    page.reload()
    for mark in ("#list", "#method", "#a", "#kind=late-shipment", "#%"):
        expect(heading(page)).to_have_text(FLOW.questions[0].question)
        expect(page.locator("#kb-tool [role=status]").first).to_be_empty()
        page.goto("about:blank")
        page.goto(page.full(TOOL + mark))
    expect(heading(page)).to_have_text(FLOW.questions[0].question)
    page.goto("about:blank")
    page.goto(page.full(f"{TOOL}#A={LATE}"))
    expect(heading(page)).to_have_text("多半是发货超时")


def test_every_outcome_shows_what_the_data_says(visit: Visit) -> None:
    page = visit(TOOL)
    for outcome in FLOW.outcomes:
        page.evaluate("hash => { location.hash = hash; }", f"#a={REACHED[outcome.id]}")
        expect(heading(page)).to_have_text(outcome.title)
        expect(page.locator(".kb-triage[aria-busy]")).to_have_count(0)  # the moves come a frame later
        shown = plain(page.locator("#kb-tool").inner_text())
        for point in outcome.points:
            assert plain(triage.said(point, PERIODS)[0]) in shown
        assert page.locator(".kb-go-first").get_attribute("href").endswith(outcome.guide.replace("#", "/#"))
        assert page.locator('.kb-go[href*="tools/"]').count() == bool(MODEL.by_path.get(f"tools/{outcome.tool}.md"))
        assert overflow(page) == 0


def test_known_kind_is_handed_to_the_next_tool() -> None:
    tools = {outcome.id: outcome.next_tool for outcome in FLOW.outcomes}
    assert tools["fake-shipment"] == "tools/deadlines#kind=fake-shipment"
    assert tools["intervention"] == "tools/deadlines#event=intervention"
    assert tools["settlement"] == "tools/letter#kind=settlement-agreement"
    assert tools["lawsuit"] == "tools/costs"
    # No reader is asked again what happened; a list of evidence without a kind is for who has a notice that names one.
    assert [name for name, tool in tools.items() if tool == "tools/deadlines"] == []
    asked = {name for name, tool in tools.items() if tool == "tools/evidence"}
    assert asked == {"supplement", "partly", "missed-supplement", "removed"}


def test_copied_text_names_the_deadline_the_moves_and_the_address(visit: Visit) -> None:
    page = visit(f"{TOOL}#a={LATE}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制这个结果").click()
    expect(page.locator("#kb-tool .kb-out [role=status]")).to_contain_text("已复制")
    text = page.evaluate("navigator.clipboard.readText()")
    assert page.url in text
    assert "3. " in text
    assert page.full("/deductions/late-shipment/#moves") in text


def test_every_target_is_large_enough(visit: Visit) -> None:
    page = visit(f"{TOOL}#a=merchant.more")
    assert small_targets(page) == []
    page.evaluate("hash => { location.hash = hash; }", f"#a={LATE}")
    expect(page.locator(".kb-sources a").first).to_be_attached()
    assert small_targets(page) == []


def test_nothing_for_axe_to_find(visit: Visit) -> None:
    page = visit(TOOL)
    sound(page)
    for way, title in {
        "merchant.more": "发生的是哪一件事？",
        "merchant.nope": "通知或工单上的倒计时，还剩多久？",
        LATE: "多半是发货超时",
        REACHED["lawsuit"]: "打官司：先看协议写去哪里，再算账",
    }.items():
        page.evaluate("hash => { location.hash = hash; }", f"#a={way}")
        expect(heading(page)).to_have_text(title)
        sound(page, "#kb-tool")


def test_it_works_from_a_file(browser: Browser) -> None:
    page = browser.new_page()
    page.goto((SITE / "tools/triage/index.html").as_uri())
    choose(page, "抖店商家")
    choose(page, "今天、明天到期")
    page.reload()
    expect(heading(page)).to_have_text("快到期的是哪一件？")
    page.go_back()
    expect(heading(page)).to_contain_text("还剩多久")
    page.close()


def test_it_works_where_storage_is_denied(visit: Visit) -> None:
    page = visit(None)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })")
    page.goto(page.full(TOOL))
    choose(page, "抖店商家")
    expect(heading(page)).to_contain_text("还剩多久")
