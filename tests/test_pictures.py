"""The pictures: what they say comes from the data, nothing overlaps, and who sees none of it misses nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

import machines
import pictures
from conftest import DESK, LATER, PHONE, PROJECT, Project, overflow, violations
from kbcheck import pictures as facts
from kbcheck.records import Records
from kbcheck.site import Site, read_site
from pictures.drawing import SIZE, WIDTH, Box, Text, bottom, measure, svg, wrap

SITE = read_site(PROJECT, LATER)
EVERY = [(folder, slug) for folder, each in SITE.tables.items() if pictures.is_drawn(folder) for slug in each.pages]
SMALLEST = 12  # px of any letter on a phone
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
SHOWN = {
    "/steps/": "map",
    "/steps/legal-action/": "map",
    "/topics/close-shop/": "calendar",
    "/steps/find-reason/": "sheet",
    "/topics/court-costs/": "curve",
    "/deductions/fake-transactions/": "timeline",
}
# Every line of every drawing as laid out by the browser: its box, and how large its letters are.
LAID_OUT = """() => [...document.querySelectorAll('.kb-drawing svg')].map((svg) => {
  const whole = svg.getBoundingClientRect();
  const place = (box) => [box.left - whole.left, box.top - whole.top, box.right - whole.left, box.bottom - whole.top];
  const scale = whole.width / svg.viewBox.baseVal.width;
  return {
    size: [whole.width, whole.height],
    texts: [...svg.querySelectorAll('text')].map((text) => ({
      words: text.textContent,
      box: place(text.getBoundingClientRect()),
      letters: parseFloat(getComputedStyle(text).fontSize) * scale,
    })),
  };
})"""


def texts_of(folder: str, slug: str, site: Site = SITE) -> list[Text]:
    return [shape for shape in pictures.shapes(site, folder, slug) if isinstance(shape, Text)]


def words_of(folder: str, slug: str, site: Site = SITE) -> str:
    return "\n".join(text.words.replace("\u00a0", " ") for text in texts_of(folder, slug, site))


def overlap(one: tuple[float, ...], other: tuple[float, ...], slack: float = 0) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > slack and down > slack


def within(one: tuple[float, ...], frame: tuple[float, ...]) -> bool:
    return one[0] >= frame[0] and one[1] >= frame[1] and one[2] <= frame[2] and one[3] <= frame[3]


def with_period(name: str, length: int) -> Site:
    """The site as it would be with another length of one period."""
    entries = tuple(replace(each, length=length) if each.id == name else each for each in SITE.deadlines.entries)
    periods = Records(SITE.deadlines.file, entries)
    return replace(SITE, tables=SITE.tables | facts.tables(PROJECT, periods, SITE.fees))


def test_the_pictures_that_the_project_has() -> None:
    assert {folder for folder, _ in EVERY} == {f"pictures/{kind}" for kind in (*facts.KINDS, facts.TIMELINE)}
    assert sum(folder == "pictures/timeline" for folder, _ in EVERY) >= 14


@pytest.mark.parametrize(("folder", "slug"), EVERY)
def test_no_texts_overlap_or_leave_the_picture(folder: str, slug: str) -> None:
    shapes = pictures.shapes(SITE, folder, slug)
    lines = [shape for shape in shapes if isinstance(shape, Text)]
    for one, other in itertools.combinations(lines, 2):
        assert not overlap(one.box(), other.box()), (one, other)
    for line in lines:
        assert within(line.box(), (0, -1, WIDTH + 1, bottom(shapes) + 1)), line
    cards = [shape for shape in shapes if isinstance(shape, Box) and "box" in shape.css and shape.height > SIZE]
    for card, line in itertools.product(cards, lines):
        frame = card.x, card.y, card.x + card.width, card.y + card.height
        assert within(line.box(), frame) or not overlap(line.box(), frame), (card, line)


def test_a_few_days_beside_months_are_still_a_bar() -> None:
    bars = [each for each in pictures.shapes(SITE, "pictures/calendar", "topics/close-shop") if isinstance(each, Box)]
    ends = [each.x + each.width for each in bars]
    assert max(ends) <= WIDTH
    assert min(each.width for each in bars) > SIZE / 2
    assert ends == sorted(ends)  # what comes later reaches further


@pytest.mark.parametrize("width", [86, 116, 260])
def test_wrapping_keeps_every_word_and_every_number_with_its_unit(width: int) -> None:
    for folder, slug in EVERY:
        for row in SITE.tables[folder].pages[slug]:
            lines = wrap(row.part.text, width) if row.part.text else []
            assert "".join(lines).replace("\u00a0", "").replace(" ", "") == row.part.text.replace(" ", "")
            assert all(measure(line) <= width for line in lines)
            assert not any(re.search(r"[0-9]$", line) or line[0] in "，。；、）》" for line in lines[:-1]), lines
    assert wrap("甲" * 40, 26) == ["甲甲"] * 20
    assert "".join(wrap("x" * 300, 26)) == "x" * 300


@pytest.mark.parametrize(
    ("period", "length", "folder", "slug", "words"),
    [
        ("appeal-shipping", 9, "pictures/timeline", "deductions/logistics", "9 个自然日内"),
        ("review-fake-transactions", 11, "pictures/timeline", "deductions/fake-transactions", "11 个工作日内"),
        ("supplement-off-platform", 96, "pictures/timeline", "deductions/off-platform", "96 小时内"),
        ("appeal-judgment", 16, "pictures/map", "steps/legal-action", "16 天内"),
        ("close-notice", 40, "pictures/calendar", "topics/close-shop", "第 40 天"),
    ],
)
def test_another_period_in_the_data_is_another_picture(
    period: str, length: int, folder: str, slug: str, words: str
) -> None:
    assert words not in words_of(folder, slug)
    assert words in words_of(folder, slug, with_period(period, length))
    assert svg(pictures.shapes(SITE, folder, slug), "x") != svg(
        pictures.shapes(with_period(period, length), folder, slug), "x"
    )


def test_another_fee_in_the_data_is_another_curve() -> None:
    first, *others = SITE.fees.entries
    brackets = (replace(first.brackets[0], fixed=60), *first.brackets[1:])
    fees = Records(SITE.fees.file, (replace(first, brackets=brackets), *others))
    other = replace(SITE, fees=fees, tables=SITE.tables | facts.tables(PROJECT, SITE.deadlines, fees))
    place = "pictures/curve", "topics/court-costs"
    for site, told in ((SITE, ("50", "2,300 元", "1,150 元")), (other, ("60", "2,310 元", "1,155 元"))):
        assert set(told) <= set(words_of(*place, site).split("\n"))


@pytest.mark.parametrize(("folder", "slug"), EVERY)
def test_every_number_of_a_picture_is_in_the_data(folder: str, slug: str) -> None:
    written = (PROJECT / facts.FILE).read_text("utf-8") + (PROJECT / facts.APPEALS).read_text("utf-8")
    known = {number.replace(",", "") for number in NUMBER.findall(written)}
    known |= {str(each.length) for each in SITE.deadlines.entries}
    if folder.endswith("curve"):
        known |= {number.replace(",", "") for number in NUMBER.findall(SITE.tables[folder].table(slug))}
    drawn = {number.replace(",", "") for number in NUMBER.findall(words_of(folder, slug))}
    assert drawn - known == set()


@pytest.mark.parametrize(("folder", "slug"), EVERY)
def test_the_table_beside_says_what_the_picture_says_and_cites_it(folder: str, slug: str) -> None:
    include = pictures.include(SITE, folder, slug)
    drawing, table = include.partition("</svg>")[::2]
    assert set(NUMBER.findall(words_of(folder, slug))) <= set(NUMBER.findall(table))
    rows = [line for line in table.split("\n") if line.startswith("| ")][1:]
    assert rows
    assert [row for row in rows if "[^" not in row] == []
    named = re.search(r'labelledby="([^"]+)"', drawing)[1]
    assert f"{{ #{named} }}" in include
    assert not re.search(r"style=|<style|url\(|\bid=", drawing)


def test_the_copies_for_programs_have_the_table_and_no_drawing() -> None:
    page = SITE.pages["docs/steps/find-reason.md"]
    text = machines.as_markdown(PROJECT, SITE, page)
    assert not re.search(r"<svg|<figure|<figcaption|<details|<summary|kb-drawing", text)
    assert "| 申诉倒计时 | 和规则不同的，以页面为准[^penalty-notice/countdown] |" in text


PICTURE = """\
- id: steps
  kind: map
  title: 图
  caption: 说明
  parts:
    - {title: 申诉, time: "{appeal}内", text: 从通知起}
"""
CALENDAR = PICTURE.replace("map", "calendar").replace("{title", "{least: 9, title")
APPEAL = """\
- id: deductions/late
  periods: [appeal]
  review: {text: 没有写, sources: [rule-a/2.1]}
  supplement: {text: 没有写, sources: [rule-a/2.1]}
  execution: {text: 照常执行, sources: [rule-a/2.1]}
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (facts.FILE, "{appeal}", "{appeals}", "- {title", "没有「appeals」"),
        (facts.FILE, '"{appeal}内"', "9 天内", "- {title", "必须写 sources"),
        (facts.FILE, "kind: map", "kind: mapp", "kind", "只能是 map、calendar"),
        (facts.FILE, "kind: map", "kind: curve", "- id: steps", "必须写 fees"),
        (facts.FILE, PICTURE, CALENDAR, "- {least", "least 不能比它长"),
        (facts.FILE, "{title: 申诉,", "{title: 申诉, group: 平台的里面,", "- {title", "group 最多"),
        (facts.FILE, "  caption: 说明\n", "", "- id: steps", "缺少 caption"),
        (facts.APPEALS, "[appeal]", "[appeals]", "- id: deductions", "没有它的申诉期"),
        (facts.APPEALS, "  review: {text: 没有写, sources: [rule-a/2.1]}\n", "", "- id: deductions", "「审核结果」在"),
        (facts.APPEALS, "execution:", "executes:", "executes", "没有叫"),
        (
            facts.APPEALS,
            "照常执行, sources: [rule-a/2.1]",
            "照常, sources: [rule-a/9]",
            "- id: deductions",
            "「rule-a/9」没有登记",
        ),
    ],
)
def test_faults_in_the_data_are_told_where_they_stand(
    project: Project, file: str, old: str, new: str, line: str, message: str
) -> None:
    project.write(facts.FILE, PICTURE)
    project.write(facts.APPEALS, APPEAL)
    project.edit("docs/steps/index.md", "# 步骤\n", '# 步骤\n\n--8<-- "pictures/map/steps.md"\n')
    project.edit(
        "docs/deductions/late.md", "## 认什么证据", '--8<-- "pictures/timeline/deductions/late.md"\n\n## 认什么证据'
    )
    project.edit(file, old, new)
    found = [each for each in project.problems() if each.path == file and message in each.message]
    assert [each.code for each in found] == ["SR012"]
    assert found[0].line == project.line(file, line)


def test_a_sound_picture_has_no_problem_and_its_sources_are_cited(project: Project) -> None:
    project.write(facts.FILE, PICTURE)
    project.edit("docs/steps/index.md", "# 步骤\n", '# 步骤\n\n--8<-- "pictures/map/steps.md"\n')
    project.regenerate()
    project.regenerate()
    assert project.problems() == []
    site = read_site(project.root, LATER)
    assert site.cited(site.pages["docs/steps/index.md"]) == ["rule-a/2.1"]
    project.edit("docs/steps/index.md", '--8<-- "pictures/map/steps.md"\n', "")
    assert any("没有一页收入" in each.message for each in project.problems())


@pytest.mark.parametrize("path", SHOWN)
def test_pictures_in_the_browser(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, viewport=PHONE, color_scheme="light")
    page.locator(".kb-picture summary").click()
    assert page.locator(".kb-picture table").is_visible()
    for width, scheme in ((PHONE["width"], "light"), (320, "light"), (DESK["width"], "dark")):
        page.set_viewport_size({**DESK, "width": width})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert overflow(page) <= 0
        [drawing] = page.evaluate(LAID_OUT)
        assert min(text["letters"] for text in drawing["texts"]) >= SMALLEST
        for text in drawing["texts"]:
            assert within(text["box"], (-1, -2, drawing["size"][0] + 1, drawing["size"][1] + 2)), text
        for one, other in itertools.combinations(drawing["texts"], 2):
            assert not overlap(one["box"], other["box"], slack=5), (one, other)
        if width != 320:
            assert violations(page, ".kb-picture") == []


def test_pictures_are_small_and_not_searched() -> None:
    for folder, slug in EVERY:
        assert len(svg(pictures.shapes(SITE, folder, slug), "x").encode()) < 6000
    index = "".join(file.read_text("utf-8") for file in (PROJECT / "site/search").rglob("*.json"))
    assert "画成连着的几天" not in index


def test_folder_of_the_pictures_is_made_anew() -> None:
    made = {path.relative_to(PROJECT / ".build").as_posix() for path in Path(PROJECT / ".build/pictures").rglob("*.md")}
    assert made == {f"{folder}/{slug}.md" for folder, slug in EVERY}
