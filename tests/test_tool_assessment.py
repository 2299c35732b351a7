"""The tool that puts a reader's case against the eight factors, walked through as a reader does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import tools
from conftest import (
    DESK,
    LATER,
    PHONE,
    Project,
    deny,
    keep,
    moved_after_jump,
    overflow,
    settled,
    small_targets,
    sound,
    words_of,
)
from kbcheck.factors import CLASSES, SHOWN, Factor, filled
from kbcheck.problem import Problem
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = read_site(PROJECT, LATER)
FACTORS: tuple[Factor, ...] = SITE.factors.entries
FEE = next(fee for fee in SITE.fees.entries if fee.id == "acceptance")
TOOL = "/tools/assessment/"
AMOUNT = "被扣的金额（可不填）"
Visit = Callable[..., Page]
ODD = {
    "-5": "不能是负数",
    "两千": "看不懂",
    "1.005": "最多写到分",
    "99999999999": "太大了",
    "2026-02-30": "看不懂",
    "😀": "看不懂",
    "<img src=x onerror=alert(1)>": "看不懂",
    "9" * 5000: "看不懂",
    "9" * 6000: "看不懂",
    "NaN": "看不懂",
}


def tool(page: Page):
    return page.locator("#kb-tool")


def plain(text: str) -> str:
    """What is on the page holds numbers and units together; the data does not."""
    return re.sub(r"\s+", " ", text.replace("\u2060", ""))


def heading(page: Page):
    return tool(page).locator("h3")


def answer(page: Page, question: str, kind: str) -> None:
    group = tool(page).get_by_role("group", name=question, exact=True)
    group.locator(f"input[value='{kind}']").check()


def answer_all(page: Page, kind: str) -> None:
    """Answer each question of each factor alike, and come to the result."""
    for factor in FACTORS:
        for question in factor.questions:
            answer(page, filled(question.text, SITE.deadlines), kind)
        tool(page).locator(".kb-main").click()
    expect(heading(page)).to_have_text("对照的结果")


def to_result(page: Page) -> None:
    tool(page).get_by_role("button", name="直接看结果").click()


def verdicts(page: Page) -> dict[str, str]:
    """Return the class of each factor in the result: its sign and its word."""
    settled(page)
    lines = tool(page).locator(".kb-open").all()
    return {line.locator(".kb-open-title").text_content(): line.locator(".kb-class").text_content() for line in lines}


def costs(page: Page) -> list[str]:
    settled(page)
    return [plain(each.text_content()) for each in tool(page).locator(".kb-way dl div:nth-child(2) dd").all()]


# The data.


def test_factors_are_the_eight_pages_and_each_can_go_either_way() -> None:
    assert {f"factors/{each.id}" for each in FACTORS} == {
        page.slug for page in SITE.pages.values() if page.meta and page.meta.type == "factor"
    }
    assert all(set(question.answers) == set(CLASSES) for each in FACTORS for question in each.questions)


def test_tables_of_the_page_say_what_the_tool_says() -> None:
    data = tools.page_data(SITE, "assessment")
    tables = SITE.tables["tables/factors"]
    for factor in data["factors"]:
        table = tables.table(f"{SHOWN}.{factor['id']}")
        for question in factor["questions"]:
            assert question["text"] in table
            for told, why, sources in question["answers"].values():
                assert f"{told}。{why}{''.join(f'[^{source}]' for source in sources)} |" in table
    assert all(source in data["sources"] for source in re.findall(r"\[\^([^\]]+)\]", "".join(map(str, tables.pages))))


def test_ways_state_the_periods_and_the_fee_of_the_data() -> None:
    known = {each.id: each for each in SITE.deadlines.entries}
    table = SITE.tables["tables/ways"].table("topics/worth-it")
    assert f"{known['small-claims'].length} 个月" in table
    assert f"每件 {FEE.brackets[0].fixed} 元，减半 {Decimal(FEE.brackets[0].fixed) / 2:f} 元" in table
    assert "{" not in table


def test_tool_without_a_page_is_not_offered() -> None:
    offered = {each["id"]: each["tool"] for each in tools.page_data(SITE, "assessment")["factors"]}
    assert offered["legal-support"] == ["../../tools/costs/", "打官司要花多少"]
    assert offered["settlement"] == []
    for factor in FACTORS:
        exists = bool(factor.tool) and (PROJECT / f"docs/tools/{factor.tool}.md").is_file()
        assert bool(offered[factor.id]) == exists


def test_number_of_questions_is_kept_to_few(project: Project) -> None:
    text = project.read("data/factors.yml")
    first, second = text.index("    - id: kind"), text.index("  improve:")
    project.write("data/factors.yml", text[:first] + text[second:])
    found = [each for each in project.problems() if each.code == "SR017"]
    assert found == [Problem("data/factors.yml", 4, 5, "SR017", "一个因素问 2 到 4 题，现在是 1 题")]


# The tool.


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_from_a_guide_to_the_result(visit: Visit, viewport: dict) -> None:
    page = visit("/factors/evidence/", viewport=viewport)
    page.locator("article").get_by_role("link", name="自评工具").click()
    expect(page).to_have_url(re.compile(TOOL))
    answer_all(page, "good")
    assert verdicts(page) == {factor.title: "＋有利" for factor in FACTORS}
    expect(heading(page)).to_be_focused()
    expect(tool(page)).to_contain_text("没有不利、不明的")
    assert overflow(page) == 0
    page.get_by_label(AMOUNT).fill("２，０００元")
    assert f"先垫受理费 {FEE.of(Decimal(2000)) / 2:f} 元" in costs(page)[4]
    assert f"先垫受理费 {FEE.of(Decimal(2000)):f} 元" in costs(page)[5]
    assert overflow(page) == 0


def test_decisive_answer_makes_the_factor_the_weakest_and_says_what_to_do(visit: Visit) -> None:
    page = visit(TOOL)
    factor = FACTORS[0]
    question = next(each for each in factor.questions if each.decisive)
    for each in factor.questions:
        answer(page, filled(each.text, SITE.deadlines), "bad" if each is question else "good")
    to_result(page)
    weakest = tool(page).locator(".kb-weakest")
    expect(weakest).to_contain_text(f"最弱的一项：{factor.title}")
    expect(weakest).to_contain_text("关键的一题不利")
    for advice in factor.improve:
        link = weakest.get_by_role("link", name=advice.text)
        path, _, anchor = advice.see.partition("#")
        assert link.get_attribute("href") == f"../../{path}/#{anchor}"
    assert verdicts(page) == {each.title: "－不利" if each is factor else "？不明" for each in FACTORS}
    opened = tool(page).get_by_role("button", name=re.compile(factor.title), expanded=True)
    expect(opened).to_be_visible()
    panel = tool(page).locator(f"#{opened.get_attribute('aria-controls')}")
    expect(panel).to_contain_text(question.bad.why)
    expect(panel.get_by_role("link", name=re.compile("《")).first).to_be_visible()


def test_weakest_factor_leads_to_its_tool(visit: Visit) -> None:
    page = visit(TOOL)
    factor = next(each for each in FACTORS if each.tool == "costs")
    for _ in range(FACTORS.index(factor)):
        tool(page).locator(".kb-main").click()
    expect(heading(page)).to_contain_text(factor.title)
    answer(page, factor.questions[0].text, "bad")
    to_result(page)
    expect(tool(page)).to_contain_text("期限不等人")
    tool(page).locator(".kb-weakest").get_by_role("link", name="打官司要花多少").click()
    expect(page).to_have_url(re.compile("/tools/costs/"))


def test_an_answer_can_be_changed_from_the_result(visit: Visit) -> None:
    page = visit(TOOL)
    answer_all(page, "bad")
    factor = FACTORS[3]
    tool(page).get_by_role("button", name=re.compile(f"^{factor.title}")).click()
    tool(page).get_by_role("button", name=f"改答案：{factor.title}").click()
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_contain_text(f"第 {FACTORS.index(factor) + 1} 项，共 {len(FACTORS)} 项")
    answer(page, factor.questions[0].text, "good")
    to_result(page)
    assert verdicts(page)[factor.title] == "？不明"


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit(TOOL)
    page.evaluate("document.querySelector('#kb-tool input').focus({ preventScroll: true })")
    for question in FACTORS[0].questions:
        for _ in range(4):  # to the end and around to the first
            page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        group = tool(page).get_by_role("group", name=filled(question.text, SITE.deadlines), exact=True)
        expect(group.locator("input:checked")).to_be_focused()
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(tool(page).get_by_role("button", name="直接看结果")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    settled(page)
    line = tool(page).locator(".kb-open").nth(1)
    line.focus()
    page.keyboard.press("Enter")
    expect(line).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(tool(page).get_by_role("button", name=f"去答：{FACTORS[1].title}")).to_be_focused()


def test_bad_amounts_are_told_and_nothing_is_lost(visit: Visit) -> None:
    page = visit(TOOL)
    answer(page, FACTORS[0].questions[0].text, "bad")
    to_result(page)
    before = costs(page)
    field, summary = page.get_by_label(AMOUNT), page.locator(".kb-summary")
    for text, told in ODD.items():
        field.fill(text)
        field.press("Enter")  # does what the button does, and leads nowhere
        expect(summary).to_contain_text(told)
        expect(summary).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert field.input_value() == text
        assert costs(page) == before
        assert not re.search("NaN|undefined|Infinity|Invalid", words_of(page).replace(text, ""))
        field.fill("2000")
        expect(summary).to_be_hidden()
        assert costs(page) != before
    page.get_by_role("button", name="照这个数算").click()
    assert page.url.endswith(TOOL)
    page.reload()
    assert verdicts(page)[FACTORS[0].title] == "－不利"


def test_state_survives_a_reload_and_can_be_cleared(visit: Visit) -> None:
    page = visit(TOOL)
    answer(page, FACTORS[0].questions[0].text, "unclear")
    page.reload()
    group = tool(page).get_by_role("group", name=FACTORS[0].questions[0].text)
    expect(group.locator("input[value=unclear]")).to_be_checked()
    to_result(page)
    page.get_by_label(AMOUNT).fill("1.5万")
    page.reload()
    expect(page.get_by_label(AMOUNT)).to_have_value("1.5万")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".kb-keep").get_by_role("button", name="清空").click()
    expect(heading(page)).to_contain_text("第 1 项")
    page.reload()
    expect(group.locator("input[value='']")).to_be_checked()


BROKEN = ["{", "null", "[]", "<b>", '{"tool":"assessment","version":1,"state":{"answers":{"a":"best"}}}', "9" * 9000]


def test_broken_state_is_told_and_begins_anew(visit: Visit) -> None:
    page = visit(TOOL)
    for kept in BROKEN:
        keep(page, "assessment", kept)
        expect(tool(page)).to_contain_text("读不出来")
        expect(heading(page)).to_contain_text("第 1 项")
        to_result(page)
        expect(tool(page)).to_contain_text("一题也没有答")


def test_state_beyond_the_last_factor_shows_the_result(visit: Visit) -> None:
    state = {"answers": {"gone.gone": "bad", "__proto__": "bad"}, "amount": "<b>x</b>", "at": 99}
    kept = json.dumps({"tool": "assessment", "version": 1, "state": state})
    page = visit(None)
    page.add_init_script(f"localStorage.setItem('kb-tool-assessment', {json.dumps(kept)})")
    page.goto(page.full(TOOL))
    expect(heading(page)).to_have_text("对照的结果")
    expect(page.get_by_label(AMOUNT)).to_have_value("<b>x</b>")
    assert set(verdicts(page).values()) == {"？不明"}


@pytest.mark.parametrize("fault", ["getItem", "setItem"])
def test_without_storage_the_tool_goes_on(visit: Visit, fault: str) -> None:
    page = visit(None)
    deny(page, fault)
    page.goto(page.full(TOOL))
    answer(page, FACTORS[0].questions[0].text, "bad")
    if fault == "setItem":
        expect(tool(page)).to_contain_text("不让保存")
    to_result(page)
    assert verdicts(page)[FACTORS[0].title] == "－不利"


def test_a_file_takes_the_state_to_another_device(visit: Visit, tmp_path: Path) -> None:
    page = visit(TOOL)
    answer(page, FACTORS[0].questions[0].text, "bad")
    to_result(page)
    with page.expect_download() as saving:
        page.get_by_role("button", name="存成文件").click()
    file = tmp_path / "kept.json"
    saving.value.save_as(file)
    other = visit(TOOL)
    other.locator("#kb-tool input[type=file]").set_input_files(file)
    expect(heading(other)).to_have_text("对照的结果")
    assert verdicts(other)[FACTORS[0].title] == "－不利"
    file.write_text("{}")
    other.locator("#kb-tool input[type=file]").set_input_files(file)
    expect(other.locator(".kb-keep")).to_contain_text("不是这个工具存的文件")
    assert verdicts(other)[FACTORS[0].title] == "－不利"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_button_below_stays_where_a_jump_finds_it(visit: Visit, viewport: dict) -> None:
    page = visit(TOOL, viewport=viewport)
    to_result(page)
    settled(page)
    assert moved_after_jump(page.get_by_role("button", name="存成文件")) == 0


def test_result_is_copied_with_its_sources(visit: Visit) -> None:
    page = visit(TOOL, permissions=["clipboard-read", "clipboard-write"])
    answer(page, FACTORS[0].questions[0].text, "bad")
    to_result(page)
    page.get_by_label(AMOUNT).fill("2000")
    page.get_by_role("button", name="复制结果").click()
    expect(page.locator("#kb-tool .kb-out")).to_contain_text("已复制")
    text = page.evaluate("navigator.clipboard.readText()")
    assert f"最弱的一项：{FACTORS[0].title}（不利，关键的一题不利）" in text
    assert all(factor.title in text for factor in FACTORS)
    assert "争 2,000 元" in text
    assert "《" in text


def test_without_scripts_the_tables_are_there(visit: Visit) -> None:
    page = visit(TOOL, java_script_enabled=False)
    expect(tool(page)).to_contain_text("照下面的表一样能对")
    main = plain(words_of(page, "article"))
    for factor in FACTORS:
        for question in factor.questions:
            assert filled(question.text, SITE.deadlines) in main
            assert all(filled(each.answer, SITE.deadlines) in main for each in question.answers.values())
    assert all(way.title in main for way in SITE.ways.entries)
    assert overflow(page) == 0


def test_paper_shows_every_reason(visit: Visit) -> None:
    page = visit(TOOL)
    answer_all(page, "bad")
    page.emulate_media(media="print")
    for factor in FACTORS:
        expect(tool(page).get_by_text(factor.questions[-1].bad.why).first).to_be_visible()


def test_targets_are_large_enough_for_a_thumb(visit: Visit) -> None:
    page = visit(TOOL)
    assert small_targets(page) == []
    answer_all(page, "bad")
    assert small_targets(page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_any_state(visit: Visit, viewport: dict) -> None:
    page = visit(TOOL, viewport=viewport)
    sound(page)
    to_result(page)
    sound(page, "#kb-tool")
    page.get_by_role("button", name="从第一项开始答").click()
    for factor, kind in zip(FACTORS, ["bad", "good", "unclear", "bad", "good", "unclear", "bad", "good"], strict=True):
        for question in factor.questions:
            answer(page, filled(question.text, SITE.deadlines), kind)
        tool(page).locator(".kb-main").click()
    for line in tool(page).locator(".kb-open").all():
        if line.get_attribute("aria-expanded") == "false":
            line.click()
    page.get_by_label(AMOUNT).fill("两千")
    page.get_by_role("button", name="照这个数算").click()
    sound(page, "#kb-tool")
