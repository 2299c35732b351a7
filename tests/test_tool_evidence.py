"""The tool that lists what an appeal must hand in, walked through as a reader does."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import tools
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
from kbcheck import tables
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
PROOFS = {slug.rpartition("/")[2]: rows for slug, rows in tables.load(PROJECT)["tables/evidence"].pages.items()}
CARES = tables.load(PROJECT)["tables/care"].pages["tools/evidence"]
HOLDS = tables.load(PROJECT)["tables/hold"].pages["tools/evidence"]
GUIDES = ("factors/evidence", "steps/check-orders", "steps/file-appeal", "templates/evidence-list")
TOOL = "/tools/evidence/"
ODD = ("<img src=x onerror=alert(1)>", "😀" * 100, "２０００ 元", "=1+1", "a\nb\n", "字" * 5000)
SITE = PROJECT / "site/tools/evidence/index.html"
# Whatever opens a file is noted: nothing of a picked file but its name may be asked for.
WATCHED = """
window.opened = [];
for (const name of ['text', 'arrayBuffer', 'stream', 'slice']) {
  Blob.prototype[name] = function () { window.opened.push(name); };
}
window.FileReader = function () { window.opened.push('FileReader'); };
"""
PICTURE = {"name": "=面单<b>.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
Visit = Callable[..., Page]


def tool(page: Page) -> Locator:
    return page.locator("#kb-tool")


def choose(page: Page, slug: str, *places: int) -> None:
    """Choose a kind and tick the grounds at these places of its table."""
    title = read_title(slug)
    page.get_by_label(title, exact=True).check()
    page.get_by_role("button", name="下一步").click()
    for place in places:
        tool(page).get_by_role("checkbox").nth(place).check()
    page.get_by_role("button", name="列出清单").click()
    settled(page)


def read_title(slug: str) -> str:
    text = (PROJECT / f"docs/deductions/{slug}.md").read_text("utf-8")
    return re.search(r"(?m)^title: (.*)$", text)[1]


def items(page: Page) -> Locator:
    return tool(page).locator(".kb-item")


def count(page: Page) -> Locator:
    return tool(page).locator(".kb-count-line")


def mark(page: Page, place: int, have: str) -> None:
    items(page).nth(place).get_by_label(have, exact=True).check()


def write(page: Page, place: int, note: str) -> Locator:
    """Open an item's note and write; returns the field."""
    card = items(page).nth(place)
    if not card.get_by_label("备注").is_visible():
        card.get_by_text("备注、文件名").click()
    card.get_by_label("备注").fill(note)
    return card.get_by_label("备注")


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as saving:
        page.get_by_role("button", name=button).click()
    return Path(saving.value.path()).read_bytes()


# What the page knows is what the data says.


def test_every_ground_is_on_the_page_and_light_enough() -> None:
    data = tools.page_data(read_site(PROJECT, LATER), "evidence")
    shown = {slug: [row[1:5] for row in rows] for slug, _, rows in data["kinds"]}
    assert shown == {slug: [row.cells() for row in rows] for slug, rows in PROOFS.items()}
    keys = [row[0] for _, _, rows in data["kinds"] for row in rows] + [care[0] for care in data["cares"]]
    assert len(set(keys)) == len(keys)
    html = SITE.read_text("utf-8")
    (stored,) = re.findall(r'id="kb-data">(.*?)</script>', html, re.DOTALL)
    assert json.loads(stored)["kinds"] == json.loads(json.dumps(data["kinds"]))
    assert len(stored.encode()) < 60_000
    assert len(html.encode()) < 140_000


def test_what_needs_no_hand_in_is_just_what_the_rules_say() -> None:
    data = tools.page_data(read_site(PROJECT, LATER), "evidence")
    nothing = {row[2] for _, _, rows in data["kinds"] for row in rows if row[7]}
    assert nothing == {
        "不用上传",
        "不用上传，平台复核",
        "不用上传，平台复核；理由里写清卖的是什么",
        "不用上传；在理由里写清每单的沟通记录",
        "不用上传；没有单列这个申诉原因，写在上面第一、二种的理由里",
        "不收新材料；指出判定漏看了哪一份已交的证据",
        "无需上传，平台根据信息复核",
        "无需上传，平台根据相关信息复核",
        "标准写无需上传，平台复核",
        "规则写无需上传；把完整经过写进申诉理由",
    }
    assert all(row[6] or row[7] for _, _, rows in data["kinds"] for row in rows)


def test_list_without_scripts_leads_to_every_kind(visit: Visit) -> None:
    page = visit(TOOL, java_script_enabled=False)
    expect(tool(page)).to_contain_text("照下面的列表一样能查")
    for slug in PROOFS:
        link = page.locator(f"article a#{slug}")
        expect(link).to_have_attribute("href", f"../../deductions/{slug}/#evidence")
    main = page.get_by_role("main")
    for row in (*CARES, *HOLDS):
        expect(main).to_contain_text(row.cells()[1])


@pytest.mark.parametrize("slug", PROOFS)
def test_every_kind_links_here_and_is_chosen_on_arrival(slug: str) -> None:
    html = (PROJECT / f"site/deductions/{slug}/index.html").read_text("utf-8")
    assert f'href="../../tools/evidence/#{slug}"' in html


# The way through.


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_from_a_guide_to_the_list(visit: Visit, viewport: dict) -> None:
    page = visit("/deductions/fake-transactions/", viewport=viewport)
    page.get_by_role("link", name="证据清单工具").click()
    expect(page).to_have_url(re.compile(re.escape(TOOL) + "#kind=fake-transactions$"))
    heading = tool(page).get_by_role("heading", name=re.compile("第 2 步"))
    expect(heading).to_be_focused()
    assert 40 < heading.bounding_box()["y"] < 160  # below the bar, at the top of the window
    rows = PROOFS["fake-transactions"]
    assert tool(page).get_by_role("checkbox").count() == len(rows)
    tool(page).get_by_role("checkbox").first.check()
    page.get_by_role("button", name="列出清单").click()
    expect(tool(page).get_by_role("heading", name=re.compile("第 3 步"))).to_be_focused()
    for cell in rows[0].cells():
        expect(items(page).first).to_contain_text(cell)
    base = sum(care.base for care in CARES)
    expect(count(page)).to_have_text(f"要备 {1 + base} 件：有 0 件，还缺 {1 + base} 件（其中 {1 + base} 件还没标）。")
    expect(count(page)).to_have_role("status")
    mark(page, 0, "有")
    mark(page, 1, "没有")
    mark(page, 2, "不适用")
    left = f"还缺 {base - 1} 件（其中 {base - 2} 件还没标），不适用 1 件。"
    expect(count(page)).to_have_text(f"要备 {base} 件：有 1 件，{left}")
    for row in HOLDS:
        expect(tool(page)).to_contain_text(row.how)
    assert overflow(page) == 0


@pytest.mark.parametrize("guide", GUIDES)
def test_guides_lead_here(guide: str) -> None:
    html = (PROJECT / f"site/{guide}/index.html").read_text("utf-8")
    assert re.search(r'href="../../tools/evidence/">证据清单工具</a>', html)


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit(TOOL)
    press = page.keyboard.press
    tool(page).get_by_role("radio").first.focus()
    press("Space")
    press("ArrowDown")
    press("Tab")
    expect(page.get_by_role("button", name="下一步")).to_be_focused()
    press("Enter")
    expect(tool(page).get_by_role("heading", name=re.compile("第 2 步"))).to_be_focused()
    settled(page)
    press("Tab")
    press("Space")
    for _ in PROOFS["out-of-stock"]:
        press("Tab")
    expect(page.get_by_role("button", name="列出清单")).to_be_focused()
    press("Enter")
    expect(tool(page).get_by_role("heading", name=re.compile("第 3 步"))).to_be_focused()
    settled(page)
    while not page.evaluate("document.activeElement.matches('input[type=radio]')"):
        press("Tab")
    press("Space")
    expect(count(page)).to_contain_text("有 1 件")
    while page.evaluate("document.activeElement.textContent") != "备注、文件名":
        press("Tab")
    press("Enter")
    press("Tab")
    page.keyboard.type("=note")
    press("Tab")
    expect(items(page).first.get_by_role("button", name="选文件")).to_be_focused()
    page.reload()
    expect(items(page).first.get_by_label("备注")).to_have_value("=note")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_button_below_stays_where_a_jump_finds_it(visit: Visit, viewport: dict) -> None:
    page = visit(TOOL, viewport=viewport)
    choose(page, "fake-shipment", 0, 1)
    assert items(page).count() > 4
    assert moved_after_jump(page.get_by_role("button", name="存成文件")) == 0


def test_proofs_that_need_no_hand_in_are_not_counted(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "off-platform", 0)
    expect(items(page).first).to_contain_text("不用交材料")
    expect(items(page).first.get_by_role("radio")).to_have_count(0)
    expect(count(page)).to_contain_text("不用交材料的 1 条")


def test_no_ground_at_all_is_said(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "sampling")
    expect(tool(page)).to_contain_text("没有勾申诉原因")
    expect(items(page)).to_have_count(sum(care.base for care in CARES))


def test_changing_the_kind_loses_nothing(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "sampling", 0)
    write(page, 0, "等报告")
    page.get_by_role("button", name="换扣款原因").click()
    choose(page, "counterfeit", 1)
    expect(items(page).first).to_contain_text(PROOFS["counterfeit"][1].proof)
    page.get_by_role("button", name="换扣款原因").click()
    page.get_by_label(read_title("sampling"), exact=True).check()
    page.get_by_role("button", name="下一步").click()
    expect(tool(page).get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="列出清单").click()
    expect(items(page).first.get_by_label("备注")).to_have_value("等报告")


def test_address_that_changes_is_followed(visit: Visit) -> None:
    page = visit(TOOL + "#kind=nothing-like-it")
    expect(tool(page)).to_contain_text("链接里的扣款原因这里没有")
    page.evaluate("location.hash = '#kind=sampling'")
    expect(tool(page).get_by_role("heading", name=re.compile("商品抽检不合格"))).to_be_focused()
    tool(page).get_by_role("checkbox").first.check()
    page.get_by_role("button", name="列出清单").click()
    page.reload()  # the address still names the kind: the reader stays where they were
    expect(tool(page).get_by_role("heading", name=re.compile("第 3 步"))).to_be_visible()
    page.evaluate("location.hash = '#kind=<img src=x onerror=alert(1)>'")
    expect(tool(page)).to_contain_text("链接里的扣款原因这里没有")


# Bad input.


def test_no_kind_is_told_beside_the_field_and_on_top(visit: Visit) -> None:
    page = visit(TOOL)
    page.get_by_role("button", name="下一步").click()
    summary = tool(page).locator(".kb-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("请选一种")
    summary.get_by_role("link").click()
    expect(tool(page).get_by_role("radio").first).to_be_focused()


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "字" * 5000])
def test_bad_name_of_own_item_is_told(visit: Visit, name: str) -> None:
    page = visit(TOOL)
    choose(page, "sampling")
    before = items(page).count()
    field = page.get_by_label("再加一件")
    field.fill(name)
    field.press("Enter")  # as the button beside it
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="加上").click()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(name)
    assert items(page).count() == before


@pytest.mark.parametrize("text", ODD, ids=lambda text: text[:12])
def test_odd_text_is_kept_as_text(visit: Visit, text: str) -> None:
    page = visit(TOOL)
    choose(page, "sampling", 0)
    name = text.replace("\n", " ")[:200]
    page.get_by_label("再加一件").fill(name)
    page.get_by_role("button", name="加上").click()
    expect(items(page).last.get_by_role("heading")).to_be_focused()
    expect(items(page).last.get_by_role("heading")).to_contain_text(name.strip())
    write(page, 0, text)
    page.reload()
    expect(items(page).first.get_by_label("备注")).to_have_value(text)
    expect(items(page).last.get_by_role("heading")).to_contain_text(name.strip())
    assert not re.search("NaN|undefined|Infinity", words_of(page))
    items(page).last.get_by_role("button", name="删掉这一件").click()
    expect(items(page)).to_have_count(1 + sum(care.base for care in CARES))


def test_note_that_is_too_long_is_told_and_not_cut(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "sampling", 0)
    write(page, 0, "先前的")
    field = write(page, 0, "字" * 5001)
    expect(items(page).first).to_contain_text("有 5001 字，最多 5000 字")
    expect(field).to_have_value("字" * 5001)
    tool(page).get_by_label("再加一件（可不填）").fill("发货视频")  # and not added yet
    page.reload()
    expect(field).to_have_value("字" * 5001)
    expect(items(page).first).to_contain_text("有 5001 字，最多 5000 字")
    expect(tool(page).get_by_label("再加一件（可不填）")).to_have_value("发货视频")
    page.get_by_role("button", name="加上").click()
    expect(items(page).last).to_contain_text("发货视频")
    field.fill("短了")
    expect(items(page).first.locator(".kb-fault").last).to_be_hidden()
    page.reload()
    expect(items(page).first.get_by_label("备注")).to_have_value("短了")
    expect(tool(page).get_by_label("再加一件（可不填）")).to_have_value("")


# What is kept, and what leaves the page.


def test_files_give_their_names_only(visit: Visit) -> None:
    page = visit(None)
    page.add_init_script(WATCHED)
    page.goto(page.full(TOOL))
    choose(page, "sampling", 0)
    card = items(page).first
    card.get_by_text("备注、文件名").click()
    card.locator("input[type=file]").set_input_files([PICTURE, {**PICTURE, "name": "b.mp4"}])
    expect(card.get_by_role("status")).to_have_text("记下 2 个文件名。")
    expect(card.locator(".kb-files li span")).to_have_text(["=面单<b>.jpg", "b.mp4"])
    card.locator("input[type=file]").set_input_files([PICTURE])
    expect(card.get_by_role("status")).to_have_text("这些文件名已经记过了。")
    assert page.evaluate("opened") == []
    page.reload()
    card.get_by_role("button", name="删掉 b.mp4").click()
    expect(card.get_by_role("button", name="选文件")).to_be_focused()
    expect(card.locator(".kb-files li span")).to_have_text(["=面单<b>.jpg"])


def test_list_leaves_as_text_and_as_a_table(visit: Visit) -> None:
    page = visit(TOOL, permissions=["clipboard-read", "clipboard-write"])
    choose(page, "fake-shipment", 0, 2)
    write(page, 0, '=HYPERLINK("http://x","看")\n第二行，有逗号')
    items(page).first.locator("input[type=file]").set_input_files([PICTURE])
    mark(page, 0, "有")
    page.get_by_role("button", name="复制清单").click()
    expect(tool(page)).to_contain_text("已复制")
    text = page.evaluate("navigator.clipboard.readText()")
    first, third = PROOFS["fake-shipment"][0], PROOFS["fake-shipment"][2]
    told = ("手里有吗：有", "还缺：", "《商家申诉举证标准》", *(row.how for row in HOLDS))
    for part in (*first.cells(), *third.cells(), *told):
        assert part in text
    assert saved(page, "存成 .txt").decode() == text
    table = saved(page, "存成 .csv")
    assert table.startswith(b"\xef\xbb\xbf")
    head, row, *others = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert row[:7] == ["1", "按申诉原因", first.proof, first.reason, first.accepts, first.refuses, "有"]
    assert row[7] == '\'=HYPERLINK("http://x","看")\n第二行，有逗号'
    assert row[8] == "'=面单<b>.jpg"
    assert [each[2] for each in others] == [third.proof, *(care.what for care in CARES if care.base)]
    assert {len(each) for each in (head, row, *others)} == {12}
    denied = visit(None)
    deny_copying(denied)
    denied.goto(denied.full(TOOL))
    choose(denied, "sampling")
    denied.get_by_role("button", name="复制清单").click()
    expect(tool(denied).locator(".kb-copied")).to_be_focused()


def test_letter_finds_the_list_under_the_shared_key(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "fake-shipment", 0)
    write(page, 0, "三段")
    mark(page, 0, "有")
    mark(page, 1, "不适用")
    kept = json.loads(page.evaluate("localStorage.getItem('kb-tool-evidence')"))
    first = PROOFS["fake-shipment"][0]
    given = kept["state"]["list"]
    assert given[0] == {"have": "yes", "note": "三段", "files": [], "name": first.proof, "proves": first.reason}
    assert [each["name"] for each in given[1:]] == [care.what for care in CARES if care.base][1:]


def test_next_steps_lead_to_pages_that_are_there(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "sampling")
    links = tool(page).locator("a").evaluate_all("links => links.map(link => link.href)")
    assert any("templates/evidence-list" in link or "tools/letter" in link for link in links)
    for link in set(links):
        path, _, anchor = link.removeprefix(page.full("/")).partition("#")
        html = (PROJECT / "site" / path / "index.html").read_text("utf-8")
        assert not anchor or "=" in anchor or f'id="{anchor}"' in html, link


def test_file_takes_the_state_to_another_device(visit: Visit, tmp_path: Path) -> None:
    page = visit(TOOL)
    choose(page, "sampling", 0)
    write(page, 0, "等报告")
    file = tmp_path / "kept.json"
    file.write_bytes(saved(page, "存成文件"))
    other = visit(TOOL)
    other.locator(".kb-keep input[type=file]").set_input_files(file)
    expect(items(other).first.get_by_label("备注")).to_have_value("等报告")
    file.write_text('{"tool":"costs"}')
    other.locator(".kb-keep input[type=file]").set_input_files(file)
    expect(other.locator(".kb-keep")).to_contain_text("不是这个工具存的文件")
    expect(items(other).first.get_by_label("备注")).to_have_value("等报告")
    settled(other)  # the list is drawn a part a frame, and what stands below it goes down
    other.on("dialog", lambda dialog: dialog.accept())
    other.locator(".kb-keep").get_by_role("button", name="清空").click()
    other.reload()
    expect(tool(other).get_by_role("heading", name=re.compile("第 1 步"))).to_be_visible()


def test_broken_state_is_told_and_begins_anew(visit: Visit) -> None:
    page = visit(TOOL + "#sampling")
    for kept in ("{", "null", "[]", '{"tool":"evidence","version":1,"state":{"kind":5}}', "<b>", "9" * 9000):
        keep(page, "evidence", kept)
        expect(tool(page)).to_contain_text("读不出来")
        tool(page).get_by_role("checkbox").first.check()
        page.get_by_role("button", name="列出清单").click()
        expect(items(page).first).to_contain_text(PROOFS["sampling"][0].proof)


@pytest.mark.parametrize("fault", ["getItem", "setItem"])
def test_without_storage_the_tool_goes_on(visit: Visit, fault: str) -> None:
    page = visit(None)
    deny(page, fault)
    page.goto(page.full(TOOL))
    choose(page, "sampling", 0)
    mark(page, 0, "有")
    expect(count(page)).to_contain_text("有 1 件")
    if fault == "setItem":
        expect(items(page).first.locator(".kb-near")).to_contain_text("不让保存")
        page.evaluate("location.hash = '#kind=counterfeit'")
        expect(tool(page).get_by_role("heading", name=re.compile("第 2 步"))).to_be_focused()
        told = tool(page).get_by_role("status").filter(has_text="不让保存")
        assert 40 < told.bounding_box()["y"] < 100  # below the bar, above the step


# Seen and heard.


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_any_state(visit: Visit, viewport: dict) -> None:
    page = visit(TOOL, viewport=viewport)
    sound(page)
    page.get_by_role("button", name="下一步").click()
    sound(page, "#kb-tool")
    page.get_by_label(read_title("counterfeit"), exact=True).check()
    page.get_by_role("button", name="下一步").click()
    sound(page, "#kb-tool")
    tool(page).get_by_role("checkbox").first.check()
    page.get_by_role("button", name="列出清单").click()
    write(page, 0, "字" * 5001)
    items(page).first.locator("input[type=file]").set_input_files([PICTURE])
    items(page).first.get_by_text("去哪里取").click()
    page.get_by_role("button", name="加上").click()
    settled(page)  # axe takes its time, in which nothing may move
    sound(page, "#kb-tool")
    assert overflow(page) == 0


def test_everything_to_press_is_large_enough(visit: Visit) -> None:
    page = visit(TOOL)
    choose(page, "counterfeit", 0)
    write(page, 0, "x")
    items(page).first.locator("input[type=file]").set_input_files([PICTURE])
    assert small_targets(page) == []
