"""The page of causes: a card for each reason that a notice gives, always in the same four lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from conftest import PHONE

PROJECT = Path(__file__).resolve().parent.parent
TEXT = (PROJECT / "docs/reference/causes.md").read_text("utf-8")
LINES = ["期限", "入口", "材料", "接着看"]
MOST = 110  # characters of a line, without its notes and where its links lead
CARD = re.compile(r"^### .+ \{ #([a-z-]+) \}\n\n((?:.+\n)+)", re.MULTILINE)
NOT_READ = re.compile(r"\[\^[^\]]+\]|(?<=\])\([^)]*\)|\*\*")


def kinds() -> set[str]:
    files = ("data/deductions.yml", "data/evidence.yml")
    return {each["id"] for file in files for each in yaml.safe_load((PROJECT / file).read_text("utf-8"))}


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong with the cards of a page: their lines, and kinds of deduction that have no card."""
    cards = dict(CARD.findall(text))
    if len(cards) != text.count("\n### "):
        yield "标题后面没有四行"
    for name, body in cards.items():
        lines = body.splitlines()
        if [re.sub(r"^- \*\*(.+?)\*\*：.*", r"\1", line) for line in lines] != LINES:
            yield f"{name}：四行不齐"
        yield from (f"{name}：太长" for line in lines if len(NOT_READ.sub("", line)) > MOST)
        yield from (f"{name}：没有来源" for line in lines[:3] if "[^" not in line and "](#" not in line)
    linked = set(re.findall(r"\.\./(deductions/[a-z-]+)\.md", "".join(cards.values())))
    yield from (f"{kind}：没有一张卡连到它" for kind in sorted(kinds() - linked))


def test_each_card_has_its_lines_and_each_kind_of_deduction_a_card() -> None:
    assert list(faults(TEXT)) == []
    assert len(CARD.findall(TEXT)) > 90


@pytest.mark.parametrize(
    ("pattern", "new", "told"),
    [
        (r"- \*\*材料\*\*：相机.*\n", "", "images：四行不齐"),
        (r"(- \*\*期限\*\*：.*\n)(- \*\*入口\*\*：.*\n)", r"\2\1", "late-shipment：四行不齐"),
        (r"\n\n(- \*\*期限\*\*)", r"\n\1", "标题后面没有四行"),
        (r"\.\./deductions/improper-gain\.md", "../faq.md", "deductions/improper-gain：没有一张卡连到它"),
        (r"(材料\*\*：相机)", r"\1" + "很长" * 60, "images：太长"),
        (r"(材料\*\*：相机[^\n]*?)\[\^[^\]]+\]", r"\1", "images：没有来源"),
    ],
)
def test_seeded_fault_is_told(pattern: str, new: str, told: str) -> None:
    assert told in list(faults(re.sub(pattern, new, TEXT, count="faq" not in new)))


def test_reader_finds_a_card_and_sees_it_whole(visit: Callable[..., Page]) -> None:
    page = visit("/search/?q=盗用图片被扣保证金", viewport=PHONE)
    first = page.locator(".kb-found__list > li").first
    expect(first).to_be_visible()
    expect(first.locator("ul a").first).to_have_attribute("href", re.compile("#images$"))
    first.locator("h3 a").click()  # a list opens at what was asked for, not at its top
    expect(page.locator("#images")).to_be_in_viewport()
    high = """all => all.map((head) => head.nextElementSibling.getBoundingClientRect().bottom
        - head.getBoundingClientRect().top)"""
    heights = page.locator("article h3[id]").evaluate_all(high)
    assert max(heights) < 0.85 * PHONE["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_card_is_two_taps_from_home(visit: Callable[..., Page]) -> None:
    page = visit("/deductions/", viewport=PHONE)
    link = page.get_by_role("link", name="盗用图片")
    assert link.bounding_box()["height"] >= 40
    link.click()
    expect(page.locator("#images")).to_be_in_viewport()
