"""The tool that works out what going to court costs, walked through as a reader does."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import DESK, PHONE, deny, deny_copying, keep, overflow, settled, small_targets, sound
from kbcheck.fees import load

PROJECT = Path(__file__).resolve().parent.parent
FEES = {fee.id: fee for fee in load(PROJECT).entries}
TOOL = "/tools/costs/"
WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.49"
CLAIM = "要对方付的金额"
Visit = Callable[..., Page]

ODD = {
    "": "请写要对方付的金额",
    "   ": "请写要对方付的金额",
    "0": "金额是 0",
    "-5": "不能是负数",
    "两千": "看不懂",
    "1.005": "最多写到分",
    "99999999999": "太大了",
    "😀": "看不懂",
    "<img src=x onerror=alert(1)>": "看不懂",
    "9" * 5000: "看不懂",
    "NaN": "看不懂",
}


def compute(page: Page, claim: str) -> None:
    page.get_by_label(CLAIM).fill(claim)
    page.get_by_role("button", name="算一算").click()


def line(page: Page, what: str) -> str:
    settled(page)
    row = page.locator("#kb-tool tr", has=page.get_by_role("rowheader", name=what))
    return row.locator("td").first.inner_text().replace("\u00a0", " ")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_from_a_guide_to_the_sum(visit: Visit, viewport: dict) -> None:
    page = visit("/topics/court-costs/", viewport=viewport)
    page.locator("article").get_by_role("link", name="打官司要花多少").first.click()
    expect(page).to_have_url(re.compile(TOOL))
    compute(page, "２万")
    expect(page.get_by_role("heading", name="算出来")).to_be_focused()
    assert line(page, "受理费") == f"{FEES['acceptance'].of(Decimal(20000)) / 2:f} 元".replace(".0", "")
    assert line(page, "执行申请费") == "200 元"
    assert overflow(page) == 0


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit(TOOL)
    page.get_by_label(CLAIM).focus()
    page.keyboard.type("20000")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")  # from small claims to the summary procedure
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="算一算")).to_be_focused()
    page.keyboard.press("Enter")
    assert line(page, "多久") == "3 个月"
    expect(page.get_by_role("heading", name="算出来")).to_be_focused()


@pytest.mark.parametrize("field", [CLAIM, "律师费（可不填）"])
def test_enter_in_a_field_works_it_out(visit: Visit, field: str) -> None:
    page = visit(TOOL, viewport=PHONE)
    page.get_by_label(CLAIM).fill("600")
    page.get_by_label(field).press("Enter")
    expect(page.get_by_role("heading", name="算出来")).to_be_focused()
    assert line(page, "受理费") == "25 元"
    expect(page).to_have_url(re.compile(TOOL + "$"))
    assert small_targets(page) == []


def test_bad_amounts_are_told_beside_the_field_and_on_top(visit: Visit) -> None:
    page = visit(TOOL)
    field, summary = page.get_by_label(CLAIM), page.locator(".kb-summary")
    for text, told in ODD.items():
        compute(page, text)
        expect(summary).to_contain_text(told)
        expect(summary).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert field.input_value() == text
        summary.get_by_role("link").click()
        expect(field).to_be_focused()
        assert not re.search("NaN|undefined|Infinity", page.locator("#kb-tool").inner_text().replace(text or "\0", ""))


@pytest.mark.parametrize("claim", ["", "2000"], ids=["errors", "sum"])
def test_who_went_to_another_field_at_once_is_not_called_back(visit: Visit, claim: str) -> None:
    page = visit(TOOL)
    page.get_by_label(CLAIM).fill(claim)
    elsewhere = "document.querySelector('#kb-tool input[id^=kb-other]').focus();"
    page.get_by_role("button", name="算一算").evaluate(f"each => {{ each.click(); {elsewhere} }}")
    expect(page.locator("#kb-tool").locator(".kb-summary, .kb-result h3").locator("visible=true")).to_be_visible()
    settled(page)
    expect(page.get_by_label("公证、打印、车费等")).to_be_focused()


def test_settled_small_claim_is_halved_once(visit: Visit) -> None:
    page = visit(TOOL)
    compute(page, "20000")
    whole = "法院用普通程序的"  # half is not the only sum a court may ask for
    assert line(page, whole) == f"{FEES['acceptance'].of(Decimal(20000)).normalize():f} 元"
    page.get_by_label("会", exact=True).check()
    compute(page, "20000")
    assert line(page, "受理费") == "150 元"
    expect(page.get_by_role("rowheader", name=whole)).to_have_count(0)  # settled, it is halved there too
    expect(page.locator("#kb-tool")).to_contain_text("只减一次")
    expect(page.locator("#kb-tool")).to_contain_text("小额诉讼减半是推论")


def test_what_costs_more_than_it_brings_is_said(visit: Visit) -> None:
    page = visit(TOOL)
    page.get_by_label("律师费（可不填）").fill("3000")
    compute(page, "2000")
    expect(page.locator("#kb-tool")).to_contain_text("不划算")


def test_state_survives_a_reload_and_can_be_cleared(visit: Visit) -> None:
    page = visit(TOOL)
    compute(page, "20000")
    page.reload()
    expect(page.get_by_label(CLAIM)).to_have_value("20000")
    page.get_by_label("律师费（可不填）").fill("9" * 5001)  # nothing that is typed takes the rest with it
    page.reload()
    expect(page.get_by_label(CLAIM)).to_have_value("20000")
    expect(page.get_by_label("律师费（可不填）")).to_have_value("9" * 5001)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".kb-keep").get_by_role("button", name="清空").click()
    page.reload()
    expect(page.get_by_label(CLAIM)).to_have_value("")


def test_broken_state_is_told_begins_anew_and_is_not_lost(visit: Visit) -> None:
    page = visit(TOOL, permissions=["clipboard-read", "clipboard-write"])
    for kept in ("{", "null", "[]", '{"tool":"costs","version":1,"state":{"claim":5}}', "<b>", "9" * 9000):
        keep(page, "costs", kept)
        expect(page.locator("#kb-tool")).to_contain_text("读不出来")
        compute(page, "2000")
        assert line(page, "受理费") == "25 元"
    page.reload()
    expect(page.get_by_label(CLAIM)).to_have_value("2000")
    page.get_by_role("button", name="复制读不出来的原文").click()
    expect(page.locator(".kb-keep")).to_contain_text("已复制")
    aside = page.evaluate("navigator.clipboard.readText()")
    assert '{"claim":5}' in aside
    assert "9" * 9000 in aside
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="清空").click()
    expect(page.get_by_role("button", name="复制读不出来的原文")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kb-tool'))") == []


@pytest.mark.parametrize("fault", ["getItem", "setItem"])
def test_without_storage_the_tool_goes_on(visit: Visit, fault: str) -> None:
    page = visit(None)
    deny(page, fault)
    page.goto(page.full(TOOL))
    compute(page, "2000")
    assert line(page, "受理费") == "25 元"
    if fault == "setItem":
        expect(page.get_by_role("status").filter(has_text="不让保存")).to_have_count(1)
        page.get_by_label("公证、打印、车费等（可不填）").fill("5")
        expect(page.locator(".kb-near")).to_be_in_viewport()  # where the reader is, and the top of the tool is not
        expect(page.locator(".kb-near")).to_contain_text("不让保存")


def test_a_file_takes_the_state_to_another_device(visit: Visit, tmp_path: Path) -> None:
    page = visit(TOOL)
    compute(page, "20000")
    with page.expect_download() as saving:
        page.get_by_role("button", name="存成文件").click()
    file = tmp_path / "kept.json"
    saving.value.save_as(file)
    other = visit(TOOL)
    other.locator("#kb-tool input[type=file]").set_input_files(file)
    expect(other.get_by_label(CLAIM)).to_have_value("20000")
    file.write_text("{}")
    other.locator("#kb-tool input[type=file]").set_input_files(file)
    expect(other.locator(".kb-keep")).to_contain_text("不是这个工具存的文件")
    expect(other.get_by_label(CLAIM)).to_have_value("20000")


def test_text_takes_the_state_where_no_file_arrives(visit: Visit) -> None:
    page = visit(TOOL, permissions=["clipboard-read", "clipboard-write"], user_agent=WECHAT)
    compute(page, "20000")
    keeping = page.locator(".kb-keep")
    expect(keeping).to_contain_text("在浏览器打开")
    page.get_by_role("button", name="存成文件").click()
    expect(keeping).to_contain_text("微信里多半收不到文件")  # and not that it was saved
    page.get_by_role("button", name="复制填的内容").click()
    expect(keeping).to_contain_text("已复制")
    text = page.evaluate("navigator.clipboard.readText()")
    other = visit(TOOL)
    other.get_by_role("button", name="粘贴读入").click()
    field = other.get_by_label("粘贴以前复制的内容")
    expect(field).to_be_focused()
    field.fill(text[:-5])
    other.get_by_role("button", name="读入", exact=True).click()
    expect(other.locator(".kb-keep .kb-fault")).to_contain_text("请粘贴完整的一份")
    expect(field).to_be_focused()
    sound(other, ".kb-keep")
    field.fill(f"\n{text} ")
    other.get_by_role("button", name="读入", exact=True).click()
    expect(other.locator(".kb-keep")).to_contain_text("已读入")
    expect(other.get_by_label(CLAIM)).to_have_value("20000")
    expect(field).to_have_count(0)
    denied = visit(None)
    deny_copying(denied)
    denied.goto(denied.full(TOOL))
    denied.get_by_role("button", name="复制填的内容").click()
    expect(denied.get_by_label("复制填的内容").locator("visible=true").last).to_be_focused()


def test_result_is_copied_or_shown_selected(visit: Visit) -> None:
    page = visit(TOOL, permissions=["clipboard-read", "clipboard-write"])
    compute(page, "20000")
    page.get_by_role("button", name="复制结果").click()
    expect(page.locator("#kb-tool .kb-out")).to_contain_text("已复制")
    assert "《诉讼费用交纳办法》第十三条" in page.evaluate("navigator.clipboard.readText()")
    denied = visit(None)
    deny_copying(denied)
    denied.goto(denied.full(TOOL))
    compute(denied, "20000")
    denied.get_by_role("button", name="复制结果").click()
    expect(denied.get_by_label("复制结果", exact=True).locator("visible=true").last).to_be_focused()


def test_without_scripts_the_brackets_are_there(visit: Visit) -> None:
    page = visit(TOOL, java_script_enabled=False)
    expect(page.locator("#kb-tool")).to_contain_text("照下面的表一样能算")
    expect(page.get_by_role("main")).to_contain_text("每件 50 元")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_any_state(visit: Visit, viewport: dict) -> None:
    page = visit(TOOL, viewport=viewport)
    sound(page)
    compute(page, "")
    sound(page, "#kb-tool")
    compute(page, "20000")
    sound(page, "#kb-tool")
