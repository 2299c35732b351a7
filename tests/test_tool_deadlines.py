"""tools/deadlines as a reader meets it: from a guide to a calendar with alarms, on any device, whatever is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from conftest import (
    DESK,
    LATER,
    PHONE,
    deny,
    deny_copying,
    keep,
    moved_after_jump,
    overflow,
    settled,
    small_targets,
    sound,
    words_of,
)
from kbcheck.periods import end_of
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = read_site(PROJECT, LATER)
DEADLINES = {each.id: each for each in SITE.deadlines.entries}
TOOL = "/tools/deadlines/"
GUIDES = ("factors/time-limits", "steps/file-appeal", "topics/deadline-missed", "topics/first-24-hours")
CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 25, 14, 30, tzinfo=CHINA)
WEEKDAYS = "一二三四五六日"
NEVER = ("NaN", "undefined", "Invalid", "null", "[object")
ODD = {
    "no such day": ("2026-02-29", "没有 29 日"),
    "no such month": ("2026-13-01", "没有 13 月"),
    "1900": ("1900-01-01", "2000 到 2100"),
    "2999": ("2999-12-31", "2000 到 2100"),
    "negative": ("-2026-11-25", "看不懂"),
    "huge": ("9" * 300, "看不懂"),
    "emoji": ("😀", "看不懂"),
    "long": ("2026-11-25" * 500, "看不懂"),
    "html": ("<img src=x onerror=alert(1)>", "看不懂"),
    "empty": ("", "请写日期"),
}

Opener = Callable[..., Page]


@pytest.fixture
def open_tool(visit: Callable[..., Page]) -> Opener:
    """Open a page at a fixed moment."""

    def open_tool(path: str = TOOL, *, moment: datetime = NOW, ticking: bool = False, **options) -> Page:
        page = visit(None, **options)
        page.clock.install(time=moment) if ticking else page.clock.set_fixed_time(moment)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(page.full(path))
        return page

    return open_tool


def select(page: Page, number: int = 0):
    return page.locator(".kb-happened select").nth(number)


def field(page: Page, name: str):
    return page.locator(f".kb-happened [id^=kb-{name}]:is(input, select)")


def add(page: Page, event: str, day: str, time: str = "", kind: str = "", note: str = "") -> None:
    select(page).select_option(event)
    if kind:
        select(page, 1).select_option(kind)
    field(page, "date").fill(day)
    if time:
        field(page, "time").fill(time)
    if note:
        field(page, "note").fill(note)
    page.get_by_role("button", name="加进清单").click()


def clocks(page: Page):
    return page.locator(".kb-clock")


def words(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


def calendar(page: Page) -> icalendar.Calendar:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="存成日历提醒").click()
    assert waiting.value.suggested_filename == "期限清单.ics"
    return icalendar.Calendar.from_ical(Path(waiting.value.path()).read_bytes())


# From a guide to the output.


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("guide", GUIDES)
def test_guide_leads_to_the_tool(open_tool: Opener, guide: str, viewport: dict) -> None:
    page = open_tool(f"/{guide}/", viewport=viewport)
    page.locator("article").get_by_role("link", name="期限计算器").first.click()
    page.wait_for_url(f"**{TOOL}*")
    expect(page.get_by_label("发生了什么")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_notice_to_calendar(open_tool: Opener, viewport: dict) -> None:
    page = open_tool(viewport=viewport)
    add(page, "notice", "2026-11-20", "15:00", kind="fake-transactions", note="罚单 1234")
    rule = DEADLINES["appeal-fake-transactions"]
    last = end_of(date(2026, 11, 20), rule.length, rule.unit, SITE.years)
    item = clocks(page)
    expect(item.locator("h4")).to_have_text(f"{rule.title}（罚单 1234）")
    expect(item.locator(".kb-until")).to_have_text(f"{words(last)}15:00 前")
    expect(item.locator(".kb-left")).to_have_text("还剩 2 天")
    expect(item).to_contain_text(f"{rule.acts}办；过了：{rule.consequence}。")
    expect(item).to_contain_text(f"从次日起数 {rule.length} {rule.unit}")
    expect(item).to_contain_text("提前一天交更稳，以后台倒计时为准")
    expect(page.get_by_role("heading", name="你的期限清单")).to_be_focused()
    (event,) = calendar(page).walk("VEVENT")
    assert event["DTEND"].dt == datetime(2026, 11, 27, 15, 0, tzinfo=CHINA)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=1), -timedelta(hours=3)]
    assert str(event["SUMMARY"]) == f"截止：{rule.title}（罚单 1234）"
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    item.locator("a.kb-source").click()
    page.wait_for_url("**/reference/rules/#fake-transactions")


def test_by_keyboard_only(open_tool: Opener) -> None:
    page = open_tool(viewport=DESK)
    select(page).focus()
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(select(page)).to_have_value("judgment")
    page.keyboard.press("Tab")
    page.keyboard.type("2026-11-27")
    for _ in range(4):  # today, yesterday, the note, the button
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="你的期限清单")).to_be_focused()
    expect(clocks(page).locator(".kb-until")).to_have_text(f"{words(date(2026, 12, 14))}当天内")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.locator("a.kb-source")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="复制清单")).to_be_focused()
    page.keyboard.press("Tab")
    with page.expect_download():
        page.keyboard.press("Enter")
    expect(page.locator(".kb-ways [role=status]").last).to_contain_text("1 个期限，各提醒两次")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(clocks(page)).to_have_count(0)
    expect(select(page)).to_be_focused()
    expect(field(page, "date")).to_have_value("2026-11-27")


def test_list_is_sorted_and_tells_who_acts(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "closing", "2026-11-25")
    add(page, "submitted", "2026-11-24", kind="review-fake-transactions")
    add(page, "intervention", "2026-11-25", "10:00")
    titles = clocks(page).locator("h4")
    expect(titles).to_have_text(["平台介入：交证据（一般）", "虚假交易：申诉审核", "退店：关店公示"])
    expect(clocks(page).locator(".kb-left")).to_have_text(
        ["还剩 19 小时 30 分钟", "对方还有 6 天 9 小时", "还要等 30 天"]
    )
    expect(clocks(page).first).to_have_class("kb-clock kb-mine kb-is-soon")
    expect(clocks(page).first.get_by_role("link", name="头 24 小时做什么")).to_have_count(1)
    assert len(calendar(page).walk("VEVENT")) == 3


def test_every_event_gives_all_its_deadlines(open_tool: Opener) -> None:
    page = open_tool(viewport=DESK)
    data = json.loads(page.locator("#kb-data").text_content())
    shown = set()
    for _, events in data["groups"]:
        for event in events:
            kinds = [choice[0] for choice in event["choices"]] or [""]
            for kind in kinds if event["id"] in ("filed", "returned") else kinds[-1:]:
                add(page, event["id"], "2026-03-02", "9:00" if event["time"] == "must" else "", kind)
                shown.update([choice[2] for choice in event["choices"] if choice[0] == kind] or event["deadlines"])
    expect(clocks(page)).to_have_count(len(shown) + 1)  # and the copied countdown
    text = words_of(page)
    assert not [word for word in NEVER if word in text]
    for name in shown:
        rule = DEADLINES[name]
        assert rule.title.replace("，最长", "") in text
        assert rule.waits or f"{rule.acts}办；" in text
        assert rule.consequence in text


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_button_below_stays_where_a_jump_finds_it(open_tool: Opener, viewport: dict) -> None:
    page = open_tool(viewport=viewport)
    add(page, "closing", "2026-11-25")
    add(page, "submitted", "2026-11-24", kind="review-fake-transactions")
    for time in ("9:00", "10:00", "11:00", "12:00"):
        add(page, "intervention", "2026-11-25", time)
    settled(page)
    assert clocks(page).count() > 5
    assert moved_after_jump(page.get_by_role("button", name="存成文件")) == 0


def test_statutory_end_is_moved_and_that_of_a_platform_is_not(open_tool: Opener) -> None:
    page = open_tool(moment=datetime(2026, 9, 20, 8, 0, tzinfo=CHINA))
    add(page, "fee", "2026-09-24")
    add(page, "notice", "2026-09-24", "8:00", kind="late-shipment")
    expect(clocks(page).locator(".kb-until")).to_have_text(
        [f"{words(date(2026, 10, 1))}08:00 前", f"{words(date(2026, 10, 8))}当天内"]
    )
    expect(clocks(page).nth(1)).to_contain_text("放假，顺延到放假后的第一天")


def test_year_without_holidays_is_said_and_not_guessed(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "sampling", "2026-12-29", "9:00")
    add(page, "known", "2026-11-25")
    first, second = clocks(page).first, clocks(page).nth(1)
    expect(first.locator(".kb-until")).to_have_text(
        "算不出是哪一天：没有 2027 年的放假安排。要稳，2027 年 1 月 3 日前办完"
    )
    expect(first).to_contain_text("要用 2027 年的放假通知，没有读到，不猜")
    expect(second.locator(".kb-until")).to_have_text(f"{words(date(2029, 11, 25))}当天内")
    expect(second).to_contain_text("2029 年的放假安排没有读到，碰上放假会顺延")
    assert len(calendar(page).walk("VEVENT")) == 1


def test_kind_in_the_address_is_chosen(open_tool: Opener) -> None:
    page = open_tool(f"{TOOL}#kind=late-shipment")
    expect(select(page)).to_have_value("notice")
    expect(select(page, 1)).to_have_value("late-shipment")
    page.evaluate("location.hash = '#kind=sampling'")
    expect(select(page)).to_have_value("sampling")
    page.evaluate("location.hash = '#event=judgment'")
    expect(select(page)).to_have_value("judgment")
    for odd in (
        "#event=__proto__",
        "#event=none",
        "#kind=__proto__",
        "#kind=constructor",
        "#kind=<b>",
        "#kind=nothing",
        "#kind=",
    ):
        page = open_tool(TOOL + odd)
        expect(select(page)).to_have_value("")


def test_kind_without_a_period_leads_to_the_countdown(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "notice", "2026-11-25", kind="unstated")
    expect(page.locator(".kb-unstated")).to_contain_text("把页面上的截止时刻抄下来")
    add(page, "countdown", "2026-11-27 09:15:59", note="类目错放")
    expect(clocks(page).locator("h4")).to_have_text("类目错放")
    expect(clocks(page).locator(".kb-until")).to_have_text(f"{words(date(2026, 11, 27))}09:15 前")


# The clock.


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati"])
def test_times_are_those_of_china_on_any_device(open_tool: Opener, zone: str) -> None:
    page = open_tool(timezone_id=zone)
    add(page, "intervention", "2026-11-25", "14:00")
    expect(clocks(page).locator(".kb-until")).to_have_text(f"{words(date(2026, 11, 26))}14:00 前")
    expect(clocks(page).locator(".kb-left")).to_have_text("还剩 23 小时 30 分钟")
    (event,) = calendar(page).walk("VEVENT")
    assert event["DTEND"].dt == datetime(2026, 11, 26, 6, 0, tzinfo=UTC)


def test_countdown_goes_on_in_silence(open_tool: Opener) -> None:
    page = open_tool(ticking=True)
    add(page, "intervention", "2026-11-24", "14:32")
    left = clocks(page).locator(".kb-left")
    expect(left).to_have_text("还剩 2 分钟")
    page.clock.run_for(60_000)
    expect(left).to_have_text("还剩 1 分钟")
    page.clock.run_for(60_000)
    expect(left).to_have_text("已过 1 分钟")
    expect(clocks(page).get_by_role("link", name="期限过了怎么办")).to_have_count(1)
    assert clocks(page).locator("xpath=ancestor-or-self::*[@aria-live or @role='status' or @role='alert']").count() == 0


def test_overdue_is_told_plainly_and_only_when_certain(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "notice", "2026-11-18", "10:00", kind="fake-transactions")
    item = clocks(page)
    expect(item.locator(".kb-left")).to_have_text("按早的数法已过")
    expect(item).to_contain_text("后台倒计时没有到零的，现在就交")
    add(page, "notice", "2026-11-10", "10:00", kind="fake-transactions")
    over = item.first
    expect(over.locator(".kb-left")).to_have_text("已过 7 天 14 小时")
    over.get_by_role("link", name="期限过了怎么办").click()
    page.wait_for_url("**/topics/deadline-missed/#platform-missed")


def test_nothing_to_remind_of_is_said(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "judgment", "2026-10-20")
    page.get_by_role("button", name="存成日历提醒").click()
    expect(page.locator(".kb-ways [role=status]").last).to_have_text("没有还没到期的日子，不用提醒。")
    expect(clocks(page).get_by_role("link", name="法律上的期限过了")).to_have_count(1)


# Taken along.


def test_text_to_copy_holds_what_is_shown(open_tool: Opener) -> None:
    page = open_tool(permissions=["clipboard-read", "clipboard-write"])
    add(page, "negative", "2026-11-25", "9:00", note="甲店")
    page.get_by_role("button", name="复制清单").click()
    expect(page.locator("#kb-tool .kb-out [role=status]")).to_contain_text("已复制")
    text = page.evaluate("navigator.clipboard.readText()").replace("\r", "")
    rule = DEADLINES["deposit-negative"]
    for part in (
        rule.title,
        f"{words(date(2026, 11, 27))}09:00 前（还剩 1 天 18 小时）",
        rule.consequence,
        "甲店",
        "依据：",
    ):
        assert part in text


def test_copying_denied_shows_the_text(open_tool: Opener) -> None:
    page = open_tool()
    deny_copying(page)
    page.reload()
    add(page, "negative", "2026-11-25", "9:00")
    page.get_by_role("button", name="复制清单").click()
    expect(page.get_by_role("textbox", name="复制清单")).to_be_focused()


def test_print_leaves_the_form_out(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "negative", "2026-11-25", "9:00")
    page.emulate_media(media="print")
    expect(page.locator(".kb-happened")).to_be_hidden()
    expect(clocks(page)).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => { window.printed = true }")
    page.locator("#kb-tool").get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed")


# Kept.


def test_list_and_draft_survive_a_reload_and_can_be_cleared(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "negative", "2026-11-25" + " " * 5001, "9:00")
    select(page).select_option("notice")
    field(page, "date").fill("2026-02-30")
    page.reload()
    expect(clocks(page)).to_have_count(1)
    expect(select(page)).to_have_value("notice")
    expect(field(page, "date")).to_have_value("2026-02-30")
    page.locator(".kb-keep").get_by_role("button", name="清空").click()
    expect(clocks(page)).to_have_count(0)
    expect(field(page, "date")).to_have_value("")
    page.reload()
    expect(clocks(page)).to_have_count(0)


def test_file_that_was_saved_is_read_again(open_tool: Opener, tmp_path: Path) -> None:
    page = open_tool()
    add(page, "negative", "2026-11-25", "9:00")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="存成文件").click()
    file = tmp_path / "kept.json"
    waiting.value.save_as(file)
    page.locator(".kb-keep").get_by_role("button", name="清空").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(clocks(page)).to_have_count(1)
    broken = tmp_path / "other.json"
    broken.write_text('{"tool": "costs", "version": 1}')
    page.locator("input[type=file]").set_input_files(broken)
    expect(page.locator(".kb-keep")).to_contain_text("不是这个工具存的文件")
    expect(clocks(page)).to_have_count(1)


BROKEN = [
    "",
    "{",
    "null",
    '"x"',
    '{"tool":"deadlines","version":0,"state":{}}',
    '{"tool":"deadlines","version":1,"state":{"events":[{}],"draft":null}}',
]


def test_broken_store_is_told_and_the_tool_goes_on(open_tool: Opener) -> None:
    page = open_tool()
    for stored in BROKEN:
        keep(page, "deadlines", stored)
        expect(page.locator(".kb-tool")).to_contain_text("读不出来")
        add(page, "negative", "2026-11-25", "9:00")
        expect(clocks(page)).to_have_count(1)


def test_event_that_can_no_longer_be_counted_stays(open_tool: Opener) -> None:
    page = open_tool()
    gone = {"event": "gone", "kind": "", "date": "2026-11-25", "time": "", "note": "甲"}
    state = {"events": [gone], "draft": dict.fromkeys(gone, "")}
    keep(page, "deadlines", json.dumps({"tool": "deadlines", "version": 1, "state": state}))
    expect(page.locator(".kb-noted li")).to_contain_text("这件事现在算不出来，请改 甲")


@pytest.mark.parametrize("denied", ["setItem", "getItem"])
def test_store_denied_or_full_is_told_and_the_tool_goes_on(open_tool: Opener, denied: str) -> None:
    page = open_tool()
    deny(page, denied)
    page.reload()
    add(page, "negative", "2026-11-25", "9:00")
    expect(clocks(page)).to_have_count(1)
    told = expect(page.locator(".kb-tool"))
    told.to_contain_text("这台设备不让保存") if denied == "setItem" else told.not_to_contain_text("这台设备不让保存")


def test_taking_out_never_overwrites_what_is_being_written(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "negative", "2026-11-25", "9:00")
    field(page, "date").fill("2026-11-26")
    page.get_by_role("button", name="改或去掉").click()
    expect(page.locator(".kb-tool")).to_contain_text("上面正填着一件")
    expect(field(page, "date")).to_have_value("2026-11-26")
    expect(clocks(page)).to_have_count(1)


# Bad input.


def test_odd_days_are_told_beside_the_field(open_tool: Opener) -> None:
    page = open_tool()
    for text, message in ODD.values():
        add(page, "judgment", text)
        expect(page.locator(".kb-wrong .kb-fault")).to_contain_text(message)
        expect(page.locator(".kb-summary")).to_be_focused()
        expect(field(page, "date")).to_have_value(text)
        expect(field(page, "date")).to_have_attribute("aria-invalid", "true")
        page.locator(".kb-summary a").click()
        expect(field(page, "date")).to_be_focused()
    field(page, "date").fill("２０２６年１１月２７日 ")
    page.get_by_role("button", name="加进清单").click()
    expect(clocks(page).locator(".kb-until")).to_have_text(f"{words(date(2026, 12, 14))}当天内")
    settled(page)
    expect(page.locator(".kb-summary")).to_be_hidden()


def test_html_and_long_text_in_every_field(open_tool: Opener) -> None:
    page = open_tool()
    html = "<b>1</b><script>alert(1)</script>"
    add(page, "intervention", html, html, note=html + "长" * 5000)
    expect(page.locator(".kb-wrong")).to_have_count(3)
    field(page, "date").fill("2026-11-25")
    field(page, "time").fill("9:00")
    field(page, "note").fill("<b>1</b><img src=x>")
    page.get_by_role("button", name="加进清单").click()
    expect(clocks(page).locator("h4")).to_contain_text("<b>1</b><img src=x>")
    assert page.locator(".kb-tool :is(b, img, script)").count() == 0
    assert str(calendar(page).walk("VEVENT")[0]["SUMMARY"]).endswith("（<b>1</b><img src=x>）")


def test_the_same_event_twice_is_refused(open_tool: Opener) -> None:
    page = open_tool()
    add(page, "negative", "2026-11-25", "9:00")
    add(page, "negative", "2026-11-25", "9:00")
    expect(page.locator(".kb-fault").first).to_contain_text("已经在清单里")
    field(page, "note").fill("另一家店")
    page.get_by_role("button", name="加进清单").click()
    expect(clocks(page)).to_have_count(2)


# Without JavaScript, and legible.


def test_without_javascript_every_deadline_is_in_the_tables(open_tool: Opener) -> None:
    page = open_tool(java_script_enabled=False)
    expect(page.locator(".kb-tool")).to_contain_text("照下面的表找到你的期限")
    tree = LexborHTMLParser((PROJECT / "site/tools/deadlines/index.html").read_text("utf-8"))
    rows = [
        [cell.text(strip=True).replace("\u00a0", " ") for cell in row.css("td")] for row in tree.css("article tbody tr")
    ]
    assert len(rows) == len(DEADLINES)
    assert {(row[0], row[2]) for row in rows} == {
        (each.title, f"{each.length} {each.unit}") for each in DEADLINES.values()
    }
    expect(page.locator("#list-law")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_no_violation_in_any_state(open_tool: Opener, viewport: dict) -> None:
    page = open_tool(viewport=viewport)
    sound(page)
    add(page, "notice", "2026-02-30", "25:00")
    sound(page, "#kb-tool")
    add(page, "notice", "2026-11-18", "10:00", kind="fake-transactions")
    add(page, "notice", "2026-11-01", kind="fake-transactions", note="长" * 40)
    add(page, "sampling", "2026-12-29")
    add(page, "submitted", "2026-11-01", kind="review-fake-transactions")
    add(page, "intervention", "2026-11-25", "10:00")
    add(page, "closing", "2026-11-25")
    add(page, "notice", "2026-11-25", kind="unstated")
    expect(clocks(page)).to_have_count(6)
    sound(page, "#kb-tool")
    assert overflow(page) == 0
    assert small_targets(page) == []


def test_today_yesterday_and_now_are_those_of_china(open_tool: Opener) -> None:
    page = open_tool(moment=datetime(2026, 12, 31, 17, 5, tzinfo=UTC), timezone_id="America/Los_Angeles")
    select(page).select_option("intervention")
    page.get_by_role("button", name="昨天，填进“哪天通知的”").click()
    expect(field(page, "date")).to_have_value("2026-12-31")
    assert [field(page, name).get_attribute("inputmode") for name in ("date", "time", "note")] == [
        "numeric",
        "numeric",
        "",
    ]
    page.get_by_role("button", name="今天，填进").focus()
    page.keyboard.press("Enter")
    expect(field(page, "date")).to_have_value("2027-01-01")
    expect(page.locator(".kb-quick [role=status]").first).to_have_text("已填今天，北京时间")
    page.get_by_role("button", name="现在，填进").click()
    expect(field(page, "time")).to_have_value("01:05")
    page.reload()
    expect(field(page, "time")).to_have_value("01:05")
    field(page, "time").fill("0105")  # as a keyboard of digits has it
    field(page, "time").press("Enter")
    expect(page.get_by_role("heading", name="你的期限清单")).to_be_focused()
    assert page.url.endswith(TOOL)
    expect(clocks(page).locator(".kb-left")).to_have_text("还剩 1 天")
    select(page).select_option("countdown")
    page.get_by_role("button", name="明天，填进").click()
    expect(field(page, "date")).to_have_value("2027-01-02")
    expect(page.get_by_role("button", name="现在，填进")).to_have_count(0)
