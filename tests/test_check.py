"""The command line of check.py: what it prints, and its exit codes."""

from __future__ import annotations

import re

import pytest

import check
from conftest import Project

APPEAL = "docs/steps/appeal.md"
LINE = re.compile(r"^[^:]+:\d+:\d+ (FM|ST|LK|SR)\d{3} \S.*$")


def run(project: Project, *arguments: str) -> int:
    return check.main(["sources", "--root", str(project.root), "--today", "2026-11-24", *arguments])


def test_clean_project_prints_nothing_and_exits_0(project: Project, capsys: pytest.CaptureFixture) -> None:
    assert run(project) == 0
    assert capsys.readouterr() == ("", "")


def test_problem_is_one_line_and_exits_1(project: Project, capsys: pytest.CaptureFixture) -> None:
    project.edit(APPEAL, "](court.md)", "](none.md)")
    assert run(project) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert (
        out
        == f"{APPEAL}:{project.line(APPEAL, 'none.md')}:8 LK001 「none.md」指向的文件不存在；请改正路径，或先写那一页\n"
    )


def test_every_line_of_a_broken_project_has_the_form(project: Project, capsys: pytest.CaptureFixture) -> None:
    project.write(APPEAL, "# 什么都没有\n\n[x](y.md)[^z/1]\n")
    project.edit("data/sources.yml", "kind: law", "kind: 法")
    assert run(project) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert [line for line in lines if not LINE.match(line)] == []
    assert lines == sorted(lines, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))


def test_paths_narrow_the_report(project: Project, capsys: pytest.CaptureFixture) -> None:
    project.edit(APPEAL, "](court.md)", "](none.md)")
    assert run(project, "docs/factors") == 0
    assert run(project, "docs/steps") == 1
    assert run(project, APPEAL) == 1
    assert capsys.readouterr().out.count("LK001") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["sources", "--root", "/nonexistent"],
        ["sources", "no/such.md"],
        ["site", "/nonexistent"],
        [],
        ["sources", "--today", "x"],
    ],
    ids=["root", "path", "site", "nothing", "today"],
)
def test_bad_usage_exits_2_with_a_line(arguments: list[str], capsys: pytest.CaptureFixture) -> None:
    try:
        code = check.main(arguments)
    except SystemExit as stop:  # argparse leaves this way
        code = stop.code
    assert code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


def test_review_date_is_measured_against_the_day_passed_in(project: Project, capsys: pytest.CaptureFixture) -> None:
    assert check.main(["sources", "--root", str(project.root), "--today", "2026-11-23"]) == 1
    assert "FM004" in capsys.readouterr().out


def test_rules_are_listed_with_code_name_and_summary(capsys: pytest.CaptureFixture) -> None:
    assert check.main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(re.match(r"LK002\s+anchor-missing\s+链接指向的标题不存在。", line) for line in lines)
    assert lines == sorted(lines, key=lambda line: ["FM", "ST", "LK", "SR"].index(line[:2]))
