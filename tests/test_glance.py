"""The box of a guide: what it says of periods and certainty, how it stands in the page, when it is overdue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

import finish
from conftest import DESK, LATER, PHONE, TODAY, Project, overflow, violations
from kbcheck.glance import LABELS, Glance, due, rows
from kbcheck.made.glance import CERTAINTY, box, certainty
from kbcheck.made.sources import footnotes
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
MODEL = read_site(PROJECT, LATER)
BY_SLUG = {page.slug: page for page in MODEL.pages.values()}
BOXES = MODEL.glances.entries
GUIDE = "deductions/late-shipment"
LATE = "docs/deductions/late.md"
DUE = MODEL.review_due(BY_SLUG[GUIDE])
DENIED = """Object.defineProperty(window, 'localStorage', {
  configurable: true, get() { throw new DOMException('no', 'SecurityError'); },
});"""
Visit = Callable[..., Page]


def told(*periods: str, **lines: str | bool) -> dict[str, str]:
    return dict(rows(Glance("x", periods, **lines), MODEL.periods))


def test_period_says_what_starts_it_how_long_for_what_and_who_must_act() -> None:
    assert told("appeal-shipping") == {"期限": "收到违规处理通知起 **7 个自然日内**：申诉[^shipping/ch5]"}
    assert told("review-fake-transactions") == {
        "期限": "提交申诉起 **5 个工作日内**：申诉审核（平台办）[^fake-transactions/appeal]"
    }
    assert told("close-notice")["期限"].startswith("开启关店公示起 **30 天后**：退店[")
    assert told("appeal-judgment", "appeal-ruling")["期限"].count("：上诉[") == 2
    assert told("deposit-negative")["期限"].startswith("余额小于 0 起 **48 小时内**")
    first = told("limitation", deadline="先查另一张", deadline_first=True)["期限"]
    assert first.startswith("先查另一张；")
    assert "**" not in first
    assert told("appeal-shipping", deadline="看倒计时")["期限"].endswith("[^shipping/ch5]；  \n    看倒计时")


def test_periods_for_the_same_thing_say_of_which_rule_they_are() -> None:
    lines = told("appeal-shipping", "appeal-passive-service")["期限"].split("；  \n    ")
    named = [line.partition("：")[2].partition("[")[0] for line in lines]
    assert named == ["发货违规的申诉", "消极服务、拒绝售后的申诉"]


def test_result_of_a_search_tells_a_period_with_its_case_or_none() -> None:
    def label(page: str, *periods: str, deadline: str = "") -> str:
        return due(Glance(page, periods, deadline), MODEL.periods)

    assert label(GUIDE, "appeal-shipping", deadline="**另一张**看倒计时") == "收到违规处理通知起 7 个自然日内：申诉"
    assert label("topics/x", "appeal-shipping") == "发货违规，收到违规处理通知起 7 个自然日内：申诉"
    assert label("x", "evidence-intervention", "deposit-negative", "limitation") == (
        "平台介入，平台通知起 24 小时内：交证据（一般）；余额小于 0 起 48 小时内：补足"
    )
    assert label("x", "evidence-intervention", deadline="**已经退了的**，看倒计时") == ""
    assert label("x", "limitation", "review-shipping") == label("x") == ""


def test_lines_stand_in_the_same_order_however_they_are_written() -> None:
    lines = dict.fromkeys(("not_for", "cost", "entry", "for_", "result", "materials", "deadline"), "话")
    assert list(told(**lines)) == list(LABELS.values())


def test_box_tells_how_sure_the_page_is(project: Project) -> None:
    def made() -> tuple[str, str]:
        site = read_site(project.root, TODAY)
        page = site.pages[LATE]
        return certainty(site, page)[0], box(site, site.glances.entries[0], page)

    assert made()[0] == CERTAINTY[0][1]
    assert "● 原文为主：依据 1 条，1 条读到原文。\n" in made()[1]
    project.edit("data/sources.yml", "confidence: high", "confidence: medium")
    project.edit("data/sources.yml", "standing: notice", "standing: draft")
    assert made()[0] == CERTAINTY[-1][1]
    assert "○ 不少要核对：依据 1 条，1 条拿不准。还提到征求意见稿，尚未生效。\n" in made()[1]
    due = TODAY + timedelta(days=92)
    assert f"核对日期 2026-11-24，平台规则读于 2026-08-22，下次核对 <time>{due}</time>。" in made()[1]


def test_what_the_box_cites_is_among_the_notes_where_it_is_read(project: Project) -> None:
    project.edit("data/glance.yml", "cost: 没有写", "cost: 违约金可以减[^law-a/2]")
    project.edit(LATE, "承诺的时间里没有发出。", "承诺的时间里没有发出[^rule-a/2.1]。")
    site = read_site(project.root, TODAY)
    assert site.cited(site.pages[LATE]) == ["rule-a/2.1", "law-a/2"]
    assert "[^law-a/2]:" in footnotes(site, site.pages[LATE])
    assert "law-a/2" not in site.cited_in_text(site.pages[LATE])


@pytest.mark.parametrize("entry", BOXES, ids=lambda entry: entry.page)
def test_built_page_shows_its_box_after_the_next_action(entry: Glance) -> None:
    tree = LexborHTMLParser((PROJECT / "site" / entry.page / "index.html").read_text("utf-8"))
    (shown,) = tree.css(".kb-glance")
    assert tree.css_first(".kb-now + .kb-glance") is not None
    terms = [node.text() for node in shown.css("dt")]
    assert terms == [label for label, _ in rows(entry, MODEL.periods)]
    assert len(shown.css("dd")) == len(terms)
    assert date.fromisoformat(shown.css_first("time").text()) == MODEL.review_due(BY_SLUG[entry.page])
    jumps = [link.attributes["href"][1:] for link in shown.css(".kb-jump a")]
    assert set(jumps) == {*MODEL.type_of(BY_SLUG[entry.page]).jump, *entry.jump}
    assert all(tree.css_first(f"#{each}") for each in jumps)
    assert shown.css_first('a[href$="about/#certainty"]').text() == certainty(MODEL, BY_SLUG[entry.page])[0]


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("<strong>先：</strong>看。", None),
        ("<strong>先：</strong>看，没有句号", None),
        ("甲。乙。", ["甲。", "乙。"]),
        ("甲<br>乙。丙", ["甲<br>乙。", "丙"]),
        (
            '<a href="#x">甲。乙</a>丙。<b>丁<i>。</i></b>戊。',
            ['<a href="#x">甲。乙</a>丙。', "<b>丁<i>。</i></b>戊。"],
        ),
    ],
)
def test_sentences_of_the_next_action_stand_each_on_its_own(said: str, lines: list[str] | None) -> None:
    assert finish.sentences(said) == (said if lines is None else "".join(f"<span>{line}</span>" for line in lines))


@pytest.mark.parametrize("where", [".kb-now", ".kb-glance dd:has(> span)"], ids=["next action", "cell"])
def test_a_sentence_has_a_line_and_the_box_says_the_same(visit: Visit, where: str) -> None:
    page = visit(f"/{GUIDE}/")
    box = page.locator(where).first
    spans = box.locator("> span").all()
    assert "".join(each.text_content() for each in spans) == box.text_content()
    assert all(each.text_content().endswith("。") for each in spans[:-1])
    tops = [each.bounding_box()["y"] for each in spans]
    assert len(tops) > 1
    assert tops == sorted(set(tops))


def test_only_the_name_of_the_next_action_has_the_colour_of_a_deadline(visit: Visit) -> None:
    strongs = visit(f"/{GUIDE}/").locator(".kb-now strong")
    first, second = (each.evaluate("element => getComputedStyle(element).color") for each in strongs.all()[:2])
    assert first != second


def test_markdown_of_the_page_reads_as_text() -> None:
    text = (PROJECT / f"site/{GUIDE}.md").read_text("utf-8")
    assert "\n期限\n:   收到违规处理通知起 **7 个自然日内**" in text
    assert f"下次核对 {DUE}。" in text
    assert "<" not in text.partition("## ")[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_box_is_a_named_region_and_says_when_it_is_overdue(visit: Visit, viewport: dict, scheme: str) -> None:
    page = visit(None, viewport=viewport, color_scheme=scheme)
    page.add_init_script(DENIED)
    shown = page.get_by_role("region", name="发货超时被扣：要点")
    page.clock.set_fixed_time(f"{DUE}T23:59:59+08:00")
    page.goto(page.full(f"/{GUIDE}/"))
    expect(shown.get_by_role("term").first).to_have_text("期限")
    expect(shown.get_by_text("该核对的日子已过")).to_have_count(0)
    page.clock.set_fixed_time(f"{DUE + timedelta(days=1)}T00:00:01+08:00")
    page.reload()
    expect(shown.get_by_text("这一页该核对的日子已过")).to_be_visible()
    assert violations(page, ".kb-glance") == []
    for width in (320, viewport["width"]):
        page.set_viewport_size({**viewport, "width": width})
        assert overflow(page) == 0
    assert shown.bounding_box()["width"] <= 660
    page.emulate_media(media="print")  # a printer leaves out what is behind the words
    assert page.locator(".kb-overdue").evaluate("each => getComputedStyle(each).color") == "rgb(0, 0, 0)"


def test_without_scripts_the_date_alone_is_there(visit: Visit) -> None:
    page = visit(f"/{GUIDE}/", java_script_enabled=False)
    expect(page.get_by_text(f"下次核对 {DUE}")).to_be_visible()


SECTION = f"/{GUIDE}/#rule"
WAY = "期限、入口、材料"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_who_lands_in_the_middle_of_a_page_is_led_to_its_box(visit: Visit, scripts: bool) -> None:
    page = visit(SECTION, java_script_enabled=scripts)
    shown = page.locator(".kb-due:visible")
    expect(shown).to_have_text([f"本页的{WAY}"])
    assert shown.evaluate("each => each.previousElementSibling.id") == "rule"
    assert shown.get_by_role("link").bounding_box()["height"] >= 24
    shown.get_by_role("link").click()
    expect(page.locator(".kb-glance")).to_be_in_viewport()
    top, head = (page.locator(each).bounding_box() for each in (".kb-glance", ".md-header"))
    assert top["y"] >= head["y"] + head["height"]
    expect(shown).to_have_count(0)
    page.go_back()
    expect(shown).to_have_count(1)


def test_a_question_leads_to_the_box_of_the_guide_that_answers_it(visit: Visit) -> None:
    page = visit("/faq/#sampling-fine")
    page.locator(".kb-due:visible").get_by_role("link", name=WAY).click()
    page.wait_for_url("**/deductions/sampling/#glance")
    expect(page.locator(".kb-glance")).to_be_in_viewport()


def test_nobody_else_meets_the_line(visit: Visit) -> None:
    page = visit(f"/{GUIDE}/")
    assert page.locator(".kb-due").count() > 10
    assert page.locator(".kb-due:visible").count() == 0
    page = visit(SECTION)
    page.emulate_media(media="print")
    assert page.locator(".kb-due:visible").count() == 0
    for file in ("steps/all/index.html", f"{GUIDE}.md", "llms-full.txt"):
        assert f"本页的{WAY}" not in (PROJECT / "site" / file).read_text("utf-8")


def lined(slug: str) -> dict[str, bool]:
    tree = LexborHTMLParser((PROJECT / "site" / slug / "index.html").read_text("utf-8"))
    headings = tree.css("article h2[id], article h3[id]")
    return {each.attributes["id"]: "kb-due" in (each.next.attributes.get("class") or "") for each in headings}


def test_each_section_has_the_line_but_the_sources_and_those_with_a_deadline_of_their_own() -> None:
    found = lined(GUIDE)
    assert {each: found[each] for each in ("rule", "amount", "not-yet", "sources")} == {
        "rule": True,
        "amount": True,
        "not-yet": False,  # what is not fined yet: not the days to appeal
        "sources": False,
    }
    assert not lined("topics/malicious-claims")["civil"]  # suing a buyer: not the day that the platform gives
    assert not any(lined("reference/causes").values())
