"""``data/events.yml``: what can happen, and the table of all deadlines that is made from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import tools
from conftest import LATER, TODAY, Project
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = read_site(PROJECT, LATER)
DATA = tools.page_data(SITE, "deadlines")
EVENTS = """\
- id: platform
  title: 平台
  events:
    - id: notice
      title: 收到处罚通知
      day: 哪天收到的
      starts: [收到通知]
"""


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("starts: [收到通知]", "starts: [收到信]", ("data/deadlines.yml", 1), "不在任何一件事里"),
        ("starts: [收到通知]", "starts: [收到通知, 收到信]", ("data/events.yml", 4), "没有从「收到信」起算的期限"),
        ("starts: [收到通知]", "starts: [收到通知, 收到通知]", ("data/events.yml", 4), "只留一处"),
        ("starts: [收到通知]", "starts: []", ("data/events.yml", 7), "至少要有一个"),
        ("      day: 哪天收到的\n", "", ("data/events.yml", 4), "缺少 day"),
        (
            "      starts: [收到通知]\n",
            "      starts: [收到通知]\n    - {id: notice, title: 又, day: 哪天, starts: [又]}\n",
            ("data/events.yml", 8),
            "写了两次",
        ),
    ],
)
def test_faults_of_events(project: Project, old: str, new: str, at: tuple[str, int], message: str) -> None:
    project.write("data/events.yml", EVENTS.replace(old, new))
    found = [each for each in project.problems() if each.code == "SR016"]
    assert any((each.path, each.line) == at and message in each.message for each in found), found


def test_events_without_a_fault_are_silent_and_make_the_table(project: Project) -> None:
    project.write("data/events.yml", EVENTS)
    assert [each for each in project.problems() if each.code == "SR016"] == []
    table = read_site(project.root, TODAY).tables["tables/deadlines"].table("tools/deadlines.platform")
    assert table.splitlines()[2] == "| 申诉 | 收到通知 | 7 天 | 商家 | 不能再申诉[^rule-a/2.1] |"


def test_table_shows_every_deadline_once() -> None:
    rows = [row for page in SITE.tables["tables/deadlines"].pages.values() for row in page]
    assert len(rows) == len(SITE.deadlines.entries)
    assert {(row.cells()[0], row.sources[0]) for row in rows} == {
        (each.title, each.source) for each in SITE.deadlines.entries
    }


def test_tool_knows_every_deadline_with_its_numbers() -> None:
    entries = {each.id: each for each in SITE.deadlines.entries}
    assert set(DATA["deadlines"]) == set(entries)
    offered = [
        each
        for _, events in DATA["groups"]
        for event in events
        for each in ([choice[2] for choice in event["choices"]] if event["asks"] else event["deadlines"])
    ]
    assert set(offered) == set(entries)
    for name, shown in DATA["deadlines"].items():
        entry = entries[name]
        assert (shown["length"], shown["unit"], shown["acts"]) == (entry.length, entry.unit, entry.acts)
        assert shown["source"] in DATA["sources"]


def test_statutory_are_those_of_laws() -> None:
    law = {name for name, each in DATA["deadlines"].items() if each["law"]}
    assert {"appeal-judgment", "limitation", "court-fee", "report-decision", "set-aside-award"} <= law
    assert not law & {"appeal-fake-transactions", "evidence-intervention", "deposit-negative", "close-notice"}


def test_choices_of_one_event_can_be_told_apart() -> None:
    for _, events in DATA["groups"]:
        for event in events:
            words = [choice[1] for choice in event["choices"]]
            assert len(set(words)) == len(words), event["id"]


def test_every_deduction_preselects_an_event_and_a_choice_that_is_there() -> None:
    events = {event["id"]: event for _, group in DATA["groups"] for event in group}
    deductions = {page.slug.partition("/")[2] for page in SITE.pages.values() if page.meta.type == "deduction"}
    assert set(DATA["kinds"]) == deductions
    for event, choice in DATA["kinds"].values():
        assert not choice or choice in [each[0] for each in events[event]["choices"]]
    assert DATA["kinds"]["late-shipment"] == ["notice", "late-shipment"]
    assert DATA["kinds"]["sampling"] == ["sampling", ""]


def test_places_to_read_on_are_there() -> None:
    for _, address in DATA["links"].values():
        slug, _, anchor = address.removeprefix("../../").partition("#")
        path = f"{slug.strip('/')}.md"
        assert path in SITE.by_path
        assert not anchor or anchor in SITE.anchors(path)


def test_years_are_those_of_the_holidays() -> None:
    assert set(DATA["years"]) == {str(year) for year in SITE.years}
    first = date(1970, 1, 1).toordinal() + DATA["years"]["2026"]["off"][0][0]
    assert date.fromordinal(first) == date(2026, 1, 1)
