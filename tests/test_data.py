"""What is worked out from data: periods, the break-even table, timelines, letters and their Word documents."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

import documents
from conftest import TODAY, Project
from kbcheck import letters, periods, records, schemas
from kbcheck.break_even import least_chance
from kbcheck.problem import UnreadableError
from kbcheck.records import Place
from kbcheck.site import read_site
from kbcheck.yaml_nodes import parse

PROJECT = Path(__file__).resolve().parent.parent
YEARS = periods.load(PROJECT)[0]
MODEL = read_site(PROJECT, date(2100, 1, 1))
LETTERS = [(template, letter) for template in MODEL.templates.entries for letter in template.letters]


@pytest.mark.parametrize(
    ("start", "length", "unit", "statutory", "end"),
    [
        ("2026-03-02", 7, "天", False, "2026-03-09"),
        ("2026-09-24", 7, "天", False, "2026-10-01"),  # a platform's period is never moved
        ("2026-09-24", 7, "天", True, "2026-10-08"),  # a statutory one ends after the holidays
        ("2026-09-28", 5, "工作日", False, "2026-10-10"),  # a worked Saturday counts
        ("2026-02-13", 1, "工作日", False, "2026-02-14"),
        ("2025-09-26", 1, "工作日", False, "2025-09-28"),
        ("2026-03-02", 24, "小时", False, "2026-03-03"),
        ("2026-03-02", 72, "小时", True, "2026-03-05"),
        ("2025-11-30", 3, "个月", False, "2026-02-28"),
        ("2024-02-29", 1, "年", False, "2025-02-28"),
        ("2025-12-31", 1, "个月", True, "2026-02-02"),  # 31 January 2026 is a Saturday
        ("2026-05-01", 0, "天", True, "2026-05-06"),
    ],
)
def test_end_of_period(start: str, length: int, unit: str, statutory: bool, end: str) -> None:
    assert periods.end_of(date.fromisoformat(start), length, unit, YEARS, statutory) == date.fromisoformat(end)


def test_a_year_without_data_is_not_guessed() -> None:
    with pytest.raises(periods.NoDataError, match="2031"):
        periods.end_of(date(2031, 1, 1), 3, "工作日", YEARS)


def test_holidays_of_a_year_leave_the_working_days_that_were_announced() -> None:
    days = [date.fromordinal(number) for number in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    assert sum(periods.is_working(day, YEARS) for day in days) == 248  # 365 - 104 weekend days - 13 public holidays


@pytest.mark.parametrize(
    ("amount", "fee", "own", "chance"),
    [
        ("500", "25", "0", "0.04762"),
        ("2000", "25", "2000", "1"),
        ("5000", "25", "500", "0.10448"),
        ("0", "50", "0", "1"),
    ],
)
def test_least_chance(amount: str, fee: str, own: str, chance: str) -> None:
    assert least_chance(Decimal(amount), Decimal(fee), Decimal(own)).quantize(Decimal("0.00001")) == Decimal(chance)


def test_suing_at_the_least_chance_neither_wins_nor_loses() -> None:
    for amount, fee, own in ((500, 25, 100), (20_000, 150, 2_000), (100_000, 1_150, 0)):
        chance = least_chance(Decimal(amount), Decimal(fee), Decimal(own))
        assert abs(chance * amount - (1 - chance) * fee - own) < Decimal("1e-20")


def test_break_even_table_of_the_site() -> None:
    table = MODEL.tables["tables/break-even"].table("topics/worth-it").splitlines()
    assert table[2].startswith("| 500 元 | 25 元 | 5% | 100% | 不划算[^")
    assert table[4] == "| 2,000 元 | 25 元 | 2% | 26% | 100% |"


TIMELINE = """\
- id: factors/evidence
  events:
    - {id: notice, what: 收到通知, at: 2026-09-25}
    - {id: last, what: 申诉的最后一天, after: notice, deadline: appeal}
"""


HOLIDAYS = """\
- id: factors/evidence
  years:
    - year: 2026
      holidays:
        - name: 元旦
          first: 2026-01-01
          last: 2026-01-03
          work: [2026-01-04]
          source: law-a/2
"""


def _with_timeline(project: Project, text: str = TIMELINE) -> Project:
    project.write("data/timelines.yml", text)
    include = '--8<-- "tables/timeline/factors/evidence.md"'
    project.edit("docs/factors/evidence.md", "## 它的局限", f"{include}\n\n## 它的局限")
    return project


def test_timeline_counts_its_dates(project: Project) -> None:
    site = read_site(_with_timeline(project).root, TODAY)
    assert site.tables["tables/timeline"].table("factors/evidence").splitlines()[2:] == [
        "| 2026-09-25（周五） | 收到通知 | 示例 |",
        "| 2026-10-02（周五） | 申诉的最后一天 | 收到通知起 7 天[^rule-a/2.1] |",
    ]
    assert "rule-a/2.1" in site.cited(site.pages["docs/factors/evidence.md"])
    project.regenerate()
    assert project.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("after: notice", "after: nothing", 4, "前面没有「nothing」"),
        ("deadline: appeal", "deadline: gone", 4, "没有「gone」"),
        (", after: notice, deadline: appeal", "", 4, "二者之一"),
        ("at: 2026-09-25", "at: 昨天", 3, "必须是日期"),
        ("id: factors/evidence", "id: factors/gone", 1, "没有一页收入"),
    ],
)
def test_faults_of_a_timeline(project: Project, old: str, new: str, line: int, message: str) -> None:
    problems = _with_timeline(project, TIMELINE.replace(old, new)).problems()
    assert any(
        (each.path, each.line, each.code) == ("data/timelines.yml", line, "SR012") and message in each.message
        for each in problems
    ), problems


def test_working_days_without_holidays_are_refused(project: Project) -> None:
    project.edit("data/deadlines.yml", "unit: 天", "unit: 工作日")
    problems = _with_timeline(project).problems()
    assert any("没有 2026 年的放假安排" in each.message for each in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("last: 2026-01-03", "last: 2025-12-31", "不能早于"),
        ("work: [2026-01-04]", "work: [2026-01-05]", "不是同一年的周末"),
        ("work: [2026-01-04]", "work: [2026-01-03]", "既放假又上班"),
        ("year: 2026", "year: 2025", "日期必须都在 2025 年"),
    ],
)
def test_faults_of_holidays(project: Project, old: str, new: str, message: str) -> None:
    assert old in HOLIDAYS
    project.write("data/holidays.yml", HOLIDAYS.replace(old, new))
    found = [each for each in project.problems() if each.path == "data/holidays.yml"]
    assert any(message in each.message for each in found), found


@dataclass(frozen=True)
class Inner:
    """A record inside another."""

    name: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class Outer:
    """A record of every kind of value."""

    id: str
    number: int
    rate: Decimal
    sure: bool
    inner: Inner
    list: tuple[Inner, ...] = ()
    maybe: int | None = None
    line: int = 0
    col: int = 0


@pytest.mark.parametrize("file", schemas.RECORDS)
def test_schema_of_a_data_file_is_current_and_holds(file: str) -> None:
    text = (PROJECT / schemas.name_of(file)).read_text("utf-8")
    assert text == schemas.schema(file)
    data = yaml.load((PROJECT / file).read_text("utf-8"), Loader=yaml.BaseLoader)
    found = jsonschema.Draft202012Validator(_as_text(json.loads(text))).iter_errors(data)
    assert [f"{error.json_path}: {error.message}" for error in found] == []


def test_schema_refuses_what_the_reader_refuses() -> None:
    check = jsonschema.Draft202012Validator(json.loads(schemas.schema("data/deadlines.yml")))
    good = dict.fromkeys(("id", "title", "starts", "acts", "consequence", "source"), "x")
    assert check.is_valid([{**good, "length": 7, "unit": "天"}])
    assert not check.is_valid([{**good, "length": "七", "unit": "天"}])
    assert not check.is_valid([{**good, "length": 7, "unit": "礼拜"}])
    assert not check.is_valid([{**good, "length": 7, "unit": "天", "more": "x"}])
    assert not check.is_valid([good])


def _as_text(schema: object) -> object:
    """Let numbers and dates be text: the loader of this test reads every plain scalar as text."""
    if isinstance(schema, dict):
        if schema.get("type") in ("integer", "boolean"):
            return {"type": "string"}
        return {key: _as_text(value) for key, value in schema.items()}
    return [_as_text(each) for each in schema] if isinstance(schema, list) else schema


OUTER = "id: a\nnumber: 3\nrate: 2.5\nsure: true\ninner: {name: 甲, days: [2026-01-02]}\nlist:\n  - name: 乙\n"


def test_a_record_of_every_kind() -> None:
    made = records.decode(parse(OUTER, "f", "X"), Outer, Place("f", "X"))
    inner = Inner("甲", (date(2026, 1, 2),))
    assert made == Outer("a", 3, Decimal("2.5"), True, inner, (Inner("乙"),), None, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("number: 3", "number: 三", (2, 9), "「number」必须是整数"),
        ("number: 3", "number: true", (2, 9), "「number」必须是整数"),
        ("rate: 2.5", "rate: 两个半", (3, 7), "「rate」必须是数"),
        ("sure: true", "sure: 也许", (4, 7), "「sure」必须是 true 或 false"),
        ("name: 甲", "nam: 甲", (5, 9), "没有叫「nam」的键"),
        ("[2026-01-02]", "2026-01-02", (5, 24), "「days」必须是列表"),
        ("[2026-01-02]", "[今天]", (5, 25), "「days」必须是日期"),
        ("  - name: 乙", "  - 乙", (7, 5), "必须写成「键: 值」"),
        ("id: a\n", "", (1, 1), "缺少 id"),
        ("id: a", "id: 2026", (1, 5), "「id」必须是文字"),
        ("id: a", 'id: " "', (1, 5), "「id」必须是文字"),
    ],
)
def test_faults_of_a_record_name_their_place(old: str, new: str, place: tuple[int, int], message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        records.decode(parse(OUTER.replace(old, new, 1), "f", "X"), Outer, Place("f", "X"))
    problem = caught.value.problem
    assert ((problem.line, problem.col), message in problem.message) == (place, True), problem


@pytest.mark.parametrize(("template", "letter"), LETTERS, ids=lambda each: each.id)
def test_letter_reads_back_from_its_document(template: letters.Template, letter: letters.Letter) -> None:
    data = documents.document(template, letter, letters.blanks(template), marked=True)
    file = Document(io.BytesIO(data))
    texts = [text for block in template.blocks(letter) for text in block.texts]
    assert [each.text for each in file.paragraphs] == [letters.fill(text, letters.blanks(template)) for text in texts]
    marked = [run.text for each in file.paragraphs for run in each.runs if run.font.highlight_color]
    wanted = [letters.blanks(template)[name] for text in texts for name in letters.FIELD.findall(text)]
    assert marked == wanted
    section = file.sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(1)
    assert abs(section.page_height - Mm(297)) < Mm(1)
    assert file.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    kinds = [block.kind for block in template.blocks(letter) for _ in block.texts]
    signed = kinds.index("sign")  # never alone on a page: some of the letter, and all of the signature, stay with it
    assert signed >= documents.KEPT
    assert all(each.paragraph_format.keep_with_next for each in file.paragraphs[signed - documents.KEPT :])


@pytest.mark.parametrize(("template", "letter"), LETTERS, ids=lambda each: each.id)
def test_example_leaves_no_field_open(template: letters.Template, letter: letters.Letter) -> None:
    text = letters.markdown(template, letter, letters.examples(template), "x.docx")
    assert "{" not in text.partition("<a ")[0]
    assert not [blank for blank in letters.blanks(template).values() if blank in text]


def test_document_has_the_same_bytes_every_time() -> None:
    template, letter = LETTERS[0]
    made = [documents.document(template, letter, letters.blanks(template), marked=True) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {documents.ZIP_DATE}
        assert archive.namelist()[0] == "[Content_Types].xml"
