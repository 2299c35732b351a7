"""The tools one after the other, as a case goes on: what one of them knows, the next one is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import DESK, PHONE, overflow, sound
from kbcheck.periods import end_of

NOW = "2026-11-25T06:30:00Z"  # half past two in the afternoon in China
WAY = ("抖店商家", "后天或更晚到期", "收到罚单", "发货、缺货", "欺诈发货")
KIND, TITLE = "fake-shipment", "欺诈发货申诉"
Visit = Callable[..., Page]
Act = Callable[[Locator], None]


def click(target: Locator) -> None:
    target.click()


def press(target: Locator) -> None:
    """Come to a control by the Tab key alone and press it."""
    tab_to(target)
    target.page.keyboard.press("Space" if target.evaluate("each => each.matches('input')") else "Enter")


def tab_to(target: Locator) -> None:
    """From where the focus is, forward, at most round the page."""
    element = target.element_handle()  # what the locator says costs more than the key
    for _ in range(400):
        if element.evaluate("each => each === document.activeElement"):
            return
        target.page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {target}")


def tool(page: Page) -> Locator:
    return page.locator("#kb-tool")


def at_rest(page: Page) -> None:
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert overflow(page) == 0
    sound(page, "#kb-tool")


def write(page: Page, label: str, text: str, act: Act) -> None:
    field = tool(page).get_by_label(label, exact=True)
    if act is click:
        field.fill(text)
        return
    tab_to(field)
    page.keyboard.type(text)


def to_outcome(page: Page, act: Act) -> None:
    """From a guide through the questions to the outcome."""
    act(page.locator('article a[href$="tools/triage/"]').first)
    for text in WAY:
        act(tool(page).locator(".kb-answers").get_by_role("link", name=text))
        expect(tool(page).locator("h3")).to_be_focused()
    expect(tool(page).locator("h3")).to_contain_text("多半是")
    at_rest(page)


def to_deadline(page: Page, act: Act) -> None:
    """From the outcome to the deadline of the kind that it named."""
    act(tool(page).locator('.kb-go[href*="tools/deadlines"]'))
    expect(tool(page).locator("select").nth(1)).to_have_value(KIND)
    at_rest(page)
    act(tool(page).get_by_role("button", name="昨天，填进"))
    act(tool(page).get_by_role("button", name="现在，填进"))
    act(tool(page).get_by_role("button", name="加进清单"))
    end = end_of(date(2026, 11, 24), 7, "天", {})
    expect(tool(page).locator(".kb-clock .kb-until")).to_contain_text(f"{end.month} 月 {end.day} 日")
    at_rest(page)


def to_list(page: Page, act: Act) -> None:
    """The evidence for the same kind, from the list of deadlines: one piece of it is at hand."""
    act(tool(page).get_by_role("link", name="列证据清单"))
    expect(tool(page).locator("h3")).to_contain_text("第 2 步")
    at_rest(page)
    act(tool(page).get_by_role("checkbox").first)
    act(tool(page).get_by_role("button", name="列出清单"))
    expect(tool(page).locator("h3")).to_contain_text("第 3 步")
    act(tool(page).locator(".kb-item").first.get_by_label("有", exact=True))
    expect(tool(page).locator(".kb-count-line")).to_contain_text("有 1 件")
    at_rest(page)


def to_letter(page: Page, act: Act) -> None:
    """The letter of the same kind, from the list, takes the evidence at hand, and is copied."""
    act(tool(page).get_by_role("link", name="写申诉书"))
    expect(tool(page).get_by_label(TITLE, exact=True)).to_be_checked()
    act(tool(page).get_by_role("button", name="开始填"))
    act(tool(page).get_by_role("button", name="放进证据清单里已有的 1 件"))
    expect(tool(page).get_by_label("证据", exact=True)).to_have_value("证据 1 " + evidence(page))
    write(page, "单号", "示例-101", act)
    expect(tool(page).locator(".kb-paper")).to_contain_text("针对单号 示例-101 申诉")
    at_rest(page)
    act(tool(page).get_by_role("button", name="核对", exact=True))
    expect(tool(page).locator("h3").first).to_be_focused()
    at_rest(page)
    act(tool(page).get_by_role("button", name="复制全文"))
    expect(tool(page).locator(".kb-ways .kb-out")).to_contain_text("已复制")
    assert evidence(page) in page.evaluate("navigator.clipboard.readText()")


def evidence(page: Page) -> str:
    """Return what tools/evidence keeps of the one piece at hand, as a letter says it."""
    listed = page.evaluate("JSON.parse(localStorage.getItem('kb-tool-evidence')).state.list")
    (each,) = [each for each in listed if each["have"] == "yes"]
    return each["name"] + (f"，证明“{each['proves']}”" if each["proves"] else "")


@pytest.mark.parametrize(("viewport", "act"), [(PHONE, click), (DESK, press)], ids=["phone", "desk by keyboard"])
def test_one_case_through_all_tools(visit: Visit, viewport: dict, act: Act) -> None:
    page = visit(None, viewport=viewport, permissions=["clipboard-read", "clipboard-write"])
    page.clock.set_fixed_time(NOW)
    page.goto(page.full("/topics/first-24-hours/"))
    to_outcome(page, act)
    to_deadline(page, act)
    to_list(page, act)
    to_letter(page, act)
