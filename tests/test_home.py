"""Home and the hubs: enough on the first screen to act, a search without scripts, the two big tables, the shelves."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import DESK, LATER, PHONE, Project, overflow, violations
from kbcheck import overview, shelves
from kbcheck.made.history import in_order
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = read_site(PROJECT, LATER)
SMALL = {"width": 320, "height": 568}
COMPARE = "/deductions/compare/"
FINGER = 44
Visit = Callable[..., Page]


@pytest.mark.parametrize(
    ("viewport", "scheme", "events"),
    [(SMALL, "dark", 2), (PHONE, "light", 4), (PHONE, "dark", 4), (DESK, "light", 8), (DESK, "dark", 8)],
    ids=["320-dark", "360-light", "360-dark", "1280-light", "1280-dark"],
)
def test_first_screen_is_enough_to_act(visit: Visit, viewport: dict, scheme: str, events: int) -> None:
    page = visit("/", viewport=viewport, color_scheme=scheme)
    urgent, ways = page.locator(".kb-urgent a"), page.locator(".kb-pairs a")
    assert page.locator(".kb-pairs").first.locator("a").count() == 8  # the rest stand below
    seen = [page.get_by_role("heading", name="发生了什么？"), urgent, *(ways.nth(place) for place in range(events))]
    boxes = [each.bounding_box() for each in seen]
    assert all(box["y"] + box["height"] <= viewport["height"] for box in boxes), boxes
    assert all(box["height"] >= FINGER for box in boxes[1:])
    assert _colour(urgent) == _token(page, "--kb-deadline") != _colour(ways.first)
    assert overflow(page) == 0
    assert violations(page) == []


def _colour(link) -> str:
    return link.evaluate("each => getComputedStyle(each).color")


def _token(page: Page, name: str) -> str:
    """Return a colour of ours as the browser writes colours."""
    return page.evaluate(
        """name => {
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = getComputedStyle(document.body).getPropertyValue(name);
          const colour = getComputedStyle(probe).color;
          probe.remove();
          return colour;
        }""",
        name,
    )


def test_urgent_way_and_every_event_lead_to_a_page(visit: Visit) -> None:
    page = visit("/")
    links = page.locator(".kb-urgent a, .kb-pairs li a").evaluate_all(
        "all => all.map(each => each.pathname + each.hash)"
    )
    assert links[0] == "/topics/first-24-hours/"
    assert len(set(links)) == len(links)
    pages = {link.partition("#")[0] for link in links}
    assert pages <= {f"/{slug}/" for slug in (each.slug for each in SITE.pages.values())}


def test_home_searches_when_asked_and_loads_nothing_before(visit: Visit) -> None:
    page = visit(None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.full("/"), wait_until="networkidle")
    assert [url for url in asked if "/search/" in url] == []
    page.get_by_role("search", name="用自己的话搜").get_by_role("searchbox").fill("申诉被驳回")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    expect(page.locator(".kb-found__list > li").first).to_be_visible()


def test_home_search_without_scripts_leads_to_the_index(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_role("searchbox", name="写下你遇到的事").fill("申诉")
    page.get_by_role("button", name="搜索").click()
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    expect(page.locator(".kb-az a").first).to_be_visible()


def test_compared_deductions_are_sorted_by_keyboard(visit: Visit) -> None:
    page = visit(COMPARE, viewport=DESK)
    most, soonest = page.get_by_role("button", name="最多扣多少"), page.get_by_role("button", name="几天内申诉")
    first = _names(page)
    most.focus()
    for direction, reverse in (("descending", True), ("ascending", False)):
        page.keyboard.press("Enter")
        expect(page.locator("th", has=most)).to_have_attribute("aria-sort", direction)
        keys = _keys(page, 1)
        assert keys == sorted(keys, reverse=reverse)
        expect(most).to_be_focused()
    page.keyboard.press("Tab")
    expect(soonest).to_be_focused()
    page.keyboard.press("Space")
    assert _keys(page, 2) == sorted(_keys(page, 2))
    expect(page.locator("th", has=most)).to_have_attribute("aria-sort", "none")
    assert sorted(_names(page)) == sorted(first)
    assert len(first) == len([each for each in SITE.pages.values() if each.meta.type == "deduction"])
    assert violations(page, ".kb-sortable") == []


def _names(page: Page) -> list[str]:
    return page.locator(".kb-sortable tbody td:first-child").all_inner_texts()


def _keys(page: Page, column: int) -> list[float]:
    """Return what a column is sorted by, from the top; a cell without a number has no limit."""
    return [
        float(key or "inf")
        for key in page.locator(".kb-sortable tbody tr").evaluate_all(
            f"rows => rows.map(row => row.children[{column}].getAttribute('data-key'))"
        )
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tables_are_cards_on_a_phone_with_buttons_to_sort(visit: Visit, scheme: str) -> None:
    page = visit(COMPARE, color_scheme=scheme)
    button = page.get_by_role("button", name="最多扣多少")
    assert button.bounding_box()["height"] >= FINGER
    button.click()
    assert _keys(page, 1)[0] == float("inf")
    assert violations(page, ".kb-sortable") == []
    page.goto(page.full("/factors/#matrix"))
    matrix = page.locator(".kb-matrix table")
    expect(matrix.get_by_role("row", name="提交申诉").get_by_role("link", name="过期多半交不上")).to_be_visible()
    expect(matrix.locator(".kb-none").first).to_be_hidden()
    assert violations(page, ".kb-matrix") == []


def test_tables_are_plain_without_scripts(visit: Visit) -> None:
    page = visit(COMPARE, viewport=DESK, java_script_enabled=False)
    expect(page.get_by_role("button", name="最多扣多少")).to_have_count(0)
    expect(page.get_by_role("columnheader", name="最多扣多少")).to_be_visible()


def test_matrix_has_every_step_and_factor() -> None:
    rows = SITE.tables["tables/matrix"].pages["factors"]
    assert [row.cells()[0].partition("]")[0] for row in rows] == [
        f"[{page.meta.title}" for page in in_order(SITE) if page.meta.type == "step"
    ]
    assert all(len(row.cells()) == 1 + len(SITE.factors.entries) for row in rows)


def test_sort_keys_are_those_of_the_data() -> None:
    text = SITE.tables["tables/overview"].table("deductions/compare")
    rows = {each.id: each for each in overview.amounts(PROJECT).entries}
    for slug, entry in rows.items():
        line = next(line for line in text.splitlines() if f"({slug.partition('/')[2]}.md)" in line)
        soonest = min(map(overview.days, overview.appeals(entry, SITE.deadlines)))
        most = [] if entry.overview.most is None else [str(entry.overview.most)]
        assert re.findall(r"\{ data-key=(\d+) \}", line) == [*most, str(soonest)]


def test_asked_are_real_questions_with_the_pages_that_were_wanted() -> None:
    with (PROJECT / "tests/data/questions.tsv").open(encoding="utf-8") as file:
        real = {_plain(row[0]): row for row in csv.reader(file, delimiter="\t") if len(row) > 3 and row[2] == "real"}
    for asked in SITE.shelves.asked.entries:
        row = real[_plain(asked.question)]
        assert asked.see.partition("#")[0] in row[1].split("|")
        assert asked.origin == row[3]


def _plain(question: str) -> str:
    return question.replace("？", "?").replace("，", ",")


def test_latest_names_the_newest_change_and_review_of_other_pages() -> None:
    text = shelves.includes(SITE.shelves, in_order(SITE))["shelves/latest.md"]
    pages = [page for page in in_order(SITE) if page.slug != "index"]
    assert f"- {max(change.date for page in pages for change in page.meta.changes)} " in text
    assert f"- {max(page.meta.reviewed for page in pages)} 最近一次对照原文通读" in text
    assert "(index.md)" not in text


PICTURES = "- {see: steps/appeal#entry, shows: 在哪里点}\n"
PICKS = "- id: steps\n  picks:\n    - {see: steps/court, why: 先看}\n"


@pytest.mark.parametrize(
    ("file", "text", "line", "message"),
    [
        ("data/pictures.yml", PICTURES, 1, "没有图"),
        ("data/picks.yml", PICKS, 1, "没有一页收入「shelves/picks/steps.md」"),
        ("data/picks.yml", PICKS.replace("steps/court", "steps/curt"), 3, "没有这一页"),
        ("data/picks.yml", PICKS.replace(", why: 先看", ""), 3, "缺少 why"),
        (
            "data/asked.yml",
            "".join(f"- {{question: 问{n}, see: steps/court, origin: x}}\n" for n in range(7)),
            7,
            "已有 6",
        ),
    ],
)
def test_faults_of_shelves(project: Project, file: str, text: str, line: int, message: str) -> None:
    project.write(file, text)
    found = [each for each in project.problems() if each.code == "SR021"]
    assert any((each.path, each.line) == (file, line) and message in each.message for each in found), found


def test_page_with_a_picture_may_be_shown(project: Project) -> None:
    project.write("data/pictures.yml", PICTURES)
    project.edit("docs/steps/appeal.md", "看处置通知[", "![通知](../a.svg){ width=1 height=1 }看处置通知[")
    project.edit("docs/index.md", "- [去 faq]", '--8<-- "shelves/pictures.md"\n\n- [去 faq]')
    assert [each for each in project.problems() if each.code == "SR021"] == []
