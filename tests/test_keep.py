"""What a reader takes along: links, text with its sources, paper, all steps on one page, PDF."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

import pdf
from conftest import DESK, PROJECT, overflow, violations
from kbcheck.site import read_site
from one_page import joined
from paper_fonts import WEIGHTS, write_fonts

GUIDE = "/steps/file-appeal/"
COPY = ["clipboard-read", "clipboard-write"]
WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.49"
SITE = PROJECT / "site"

Visit = Callable[..., Page]


def copied(page: Page, name: str) -> str:
    """Press a button and return what is on the clipboard then."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text("已复制").first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def test_a_section_is_copied_with_its_sources_the_day_and_the_address(visit: Visit) -> None:
    page = visit(GUIDE, permissions=COPY)
    page.locator("#deadline .headerlink").click()
    assert page.url.endswith("#deadline")
    assert copied(page, "复制这一段的链接") == page.full(GUIDE) + "#deadline"
    text = copied(page, "复制这一段和出处")
    assert text.startswith("期限\n先看你那张单的倒计时，它比下面的表准[4]。")
    assert "《第四步 提交申诉》 " + page.full(GUIDE) in text
    assert "核对日期 2026-" in text
    marks = set(re.findall(r"\[(\d+)\]", text.partition("\n\n")[0]))
    listed = set(re.findall(r"^\[(\d+)\] .{10,}", text, re.MULTILINE))
    assert marks == listed != set()
    assert "做完这一步" not in text
    assert "¶" not in text
    assert "↩" not in text
    page.locator("#deadline .headerlink").click()
    assert page.locator(".kb-section").count() == 1
    assert violations(page, ".kb-section") == []
    assert overflow(page) <= 0


def test_a_page_is_copied_whole_and_its_address_without_the_place(visit: Visit) -> None:
    page = visit(GUIDE + "#deadline", viewport=DESK, permissions=COPY)
    assert copied(page, "复制本页链接") == page.full(GUIDE)
    text = copied(page, "复制全文和出处")
    assert text.startswith("第四步 提交申诉\n")
    assert "做完这一步，你会有什么" in text
    assert "接着看" not in text
    assert "这一步我做完了" not in text
    assert violations(page, ".kb-take") == []


def test_where_copying_is_denied_the_text_is_shown_selected(visit: Visit) -> None:
    page = visit(None)
    page.add_init_script("delete Navigator.prototype.clipboard; document.execCommand = () => false")
    page.goto(page.full(GUIDE))
    page.get_by_role("button", name="复制本页链接").click()
    page.get_by_text("文字已选中").wait_for()
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == page.full(GUIDE)


def test_wechat_is_told_of_only_where_a_file_or_paper_is_asked_for(visit: Visit) -> None:
    page = visit("/templates/appeal-letter/", user_agent=WECHAT)
    assert page.get_by_text("微信里可能").count() == 0
    page.get_by_role("button", name="打印或存成 PDF").click()
    assert page.get_by_text("微信里可能").count() == 1
    with page.expect_download():
        page.locator(".kb-file").first.click()
    assert page.get_by_text("微信里可能").count() == 2


def test_on_paper_everything_is_open_and_ink_on_white_in_the_dark(visit: Visit) -> None:
    page = visit(GUIDE, color_scheme="dark")
    assert page.locator("article details:not([open])").count() > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article details:not([open])").count() == 0
    page.emulate_media(media="print")
    colours = (
        "[...document.querySelectorAll('article, article p, article a')].map((each) => getComputedStyle(each).color)"
    )
    assert {tuple(map(int, re.findall(r"\d+", each)[:3])) for each in page.evaluate(colours)} <= {
        (0, 0, 0),
        (51, 51, 51),
        (11, 85, 99),
        (154, 52, 18),
    }
    assert page.locator(".kb-take").first.is_hidden()
    assert page.locator(".kb-next").is_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("article details:not([open])").count() > 0


def test_the_plain_text_of_a_page_is_there_without_scripts(visit: Visit) -> None:
    page = visit(GUIDE, java_script_enabled=False)
    link = page.get_by_role("link", name="本页的纯文字版")
    assert (SITE / "steps/file-appeal" / link.get_attribute("href")).resolve() == SITE / "steps/file-appeal.md"
    assert page.get_by_role("button", name="复制本页链接").count() == 0


def test_all_steps_stand_on_one_page_with_sound_links() -> None:
    tree = LexborHTMLParser((SITE / "steps/all/index.html").read_text("utf-8"))
    heads = [node.text(strip=True)[:3] for node in tree.css(".kb-whole .kb-joined > h2:first-of-type")]
    assert heads == [f"第{each}步" for each in "一二三四五六七八"]
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    within = {link.attributes["href"][1:] for link in tree.css('.kb-whole a[href^="#"]')}
    assert within
    assert within <= set(ids)
    outside = tree.css('.kb-whole a[href^="../../deductions/"]')
    assert outside
    assert all((SITE / "steps/all" / link.attributes["href"].split("#")[0]).exists() for link in outside)


def test_links_that_lead_nowhere_on_paper_are_text() -> None:
    text = joined(SITE, ["steps/file-appeal"], "print", 1, lambda _path: "")
    hrefs = [link.attributes.get("href") for link in LexborHTMLParser(text).css("a")]
    assert None in hrefs
    assert all(href is None or href.startswith(("#", "https:")) for href in hrefs)


def test_a_guide_is_printed_with_bookmarks_page_numbers_and_its_day(browser: Browser, tmp_path: Path) -> None:
    site = read_site(PROJECT, pdf.today())
    page = site.pages["docs/topics/small-claims.md"]
    file = tmp_path / "guide.pdf"
    text = pdf.document(SITE, page.meta.title, [page])
    pdf.write(browser, SITE, text, file, write_fonts(sorted(set(text)), tmp_path))
    outlines = json.loads(subprocess.check_output(["qpdf", "--json", "--json-key=outlines", str(file)]))["outlines"]
    assert [each["title"] for each in outlines] == ["小额诉讼"]
    assert len(outlines[0]["kids"]) == sum(heading.level == 2 for heading in page.headings) > 4
    assert file.stat().st_size < 300_000
    printed = subprocess.check_output(["qpdf", "--qdf", "--object-streams=disable", str(file), "-"])
    assert printed.count(b"/Subtype /CIDFontType2") >= 2
    assert printed.count(b"/Subtype /Type3") <= 3  # a sign or two that Noto does not have
    assert not list(SITE.glob(".print*"))


def test_notes_of_the_whole_are_numbers_and_text_without_links() -> None:
    site = read_site(PROJECT, pdf.today())
    pages = [site.pages[f"docs/steps/{name}.md"] for name in ("follow-up", "file-appeal")]
    tree = LexborHTMLParser(pdf.document(SITE, "两步", pages))
    marks = [mark.text() for mark in tree.css("sup")]
    assert len(marks) > 50
    assert {re.sub(r"\d+", "1", mark) for mark in marks} == {"1", ", 1"}  # two in a row are no number of their own
    assert tree.css("sup a, .footnote a") == []
    notes = [note.text(strip=True) for note in tree.css(".footnote li")]
    assert len(notes) == len(set(notes)) == max(int(mark.removeprefix(", ")) for mark in marks) > 50
    assert len(tree.css("#kb-notes .footnote")) == len(tree.css(".footnote")) == 1  # none on the pages
    assert len(tree.css("a[href]")) > 20
    own = LexborHTMLParser((SITE / "steps/follow-up/index.html").read_text("utf-8"))
    first = own.css_first(".footnote-ref").attributes["href"].removeprefix("#")
    assert own.css_first(f'[id="{first}"]').text(strip=True).startswith(notes[int(marks[0]) - 1])


def test_the_numbers_of_lists_stand_within_the_paper(browser: Browser, tmp_path: Path) -> None:
    site = read_site(PROJECT, pdf.today())
    page = site.pages["docs/steps/file-appeal.md"]
    (tmp_path / "assets").symlink_to(SITE / "assets")
    source = tmp_path / "print" / "index.html"
    source.parent.mkdir()
    source.write_text(pdf.document(SITE, page.meta.title, [page]), "utf-8")
    tab = browser.new_page()
    tab.goto(source.as_uri())
    edge = tab.locator("article").bounding_box()["x"]
    items = tab.locator("article > section > :is(ol, ul) > li").all()
    assert len(items) > 20
    assert all(item.bounding_box()["x"] >= edge + 16 for item in items)
    tab.close()


def test_the_font_of_paper_has_the_characters_asked_for_as_truetype(tmp_path: Path) -> None:
    rules = write_fonts("保证金 12\U0010ffff", tmp_path)
    assert rules.count("@font-face") == 2
    outlines = {}
    for weight in WEIGHTS:
        assert (tmp_path / f"{weight}.ttf").as_uri() in rules
        font = TTFont(tmp_path / f"{weight}.ttf")
        assert "glyf" in font
        assert "CFF " not in font
        assert {chr(code) for code in font.getBestCmap()} == set("保证金 12")
        name = font.getBestCmap()[ord("证")]
        assert font["hmtx"][name][0] == font["head"].unitsPerEm
        outlines[weight] = font["glyf"][name].getCoordinates(font["glyf"])[0]
    assert outlines[400] != outlines[700]


def test_a_font_without_the_face_is_refused(tmp_path: Path) -> None:
    for name in WEIGHTS.values():
        shutil.copy("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", tmp_path / name)
    with pytest.raises(OSError, match=r"NotoSansCJK-Regular\.ttc: 里面没有 Noto Sans CJK SC"):
        write_fonts("证", tmp_path, tmp_path)


@pytest.mark.parametrize(("size", "code"), [(10, 0), (10_000_001, 1)])
def test_a_pdf_that_is_too_large_fails(
    size: int, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "site.pdf"
    file.write_bytes(b"x" * size)
    monkeypatch.setattr(pdf, "print_site", lambda *_: [file])
    assert pdf.main(["--whole"]) == code
    assert ("site.pdf 超过 10 MB" in capsys.readouterr().err) == bool(code)
