"""The path through the eight steps: where the reader stands, and what is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conftest import DESK, PHONE, overflow, violations

STEP = "/steps/file-appeal/"
DENIED = """Object.defineProperty(window, 'localStorage', {
  configurable: true, get() { throw new DOMException('no', 'SecurityError'); },
});"""
Visit = Callable[..., Page]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_path_says_where_the_reader_stands(visit: Visit, viewport: dict) -> None:
    page = visit(STEP, viewport=viewport)
    path = page.locator(".kb-path")
    path.get_by_text("第 4 步，共 8 步").click()
    expect(path.get_by_role("listitem")).to_have_count(8)
    expect(path.locator("[aria-current=step]")).to_have_text("提交申诉")
    assert overflow(page) == 0
    assert violations(page, ".kb-path") == []
    path.get_by_role("link", name="等待审核").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("第五步 等待审核")


def test_path_is_open_without_scripts(visit: Visit) -> None:
    page = visit(STEP, java_script_enabled=False)
    expect(page.locator(".kb-path").get_by_role("link", name="走法律途径")).to_be_visible()


def test_ticked_step_is_remembered_on_other_steps(visit: Visit) -> None:
    page = visit(STEP)
    page.get_by_label("这一步我做完了").check()
    page.goto(page.full("/steps/await-review/"))
    page.locator(".kb-path summary").click()
    expect(page.locator(".kb-path").get_by_role("link", name="提交申诉，做完了")).to_be_visible()
    expect(page.get_by_label("这一步我做完了")).not_to_be_checked()
    page.goto(page.full(STEP))
    expect(page.get_by_label("这一步我做完了")).to_be_checked()
    page.get_by_label("这一步我做完了").uncheck()
    page.reload()
    expect(page.get_by_label("这一步我做完了")).not_to_be_checked()


@pytest.mark.parametrize("kept", ["{", "5", '["file-appeal", 7, null]', '{"a": 1}'])
def test_broken_ticks_break_nothing(visit: Visit, kept: str) -> None:
    page = visit(None)
    page.add_init_script(f"localStorage.setItem('kb-steps', '{kept}')")
    page.goto(page.full("/steps/await-review/"))
    expect(page.get_by_label("这一步我做完了")).to_be_visible()


def test_page_works_where_storage_is_denied(visit: Visit) -> None:
    page = visit(None)
    page.add_init_script(DENIED)
    page.goto(page.full(STEP))
    page.get_by_label("这一步我做完了").check()
    page.get_by_title("现在跟随系统").first.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
