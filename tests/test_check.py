"""The command line of check.py: what it prints, and its exit codes."""

from __future__ import annotations

import json
import re

import pytest

import check
from conftest import Project

APPEAL = "docs/steps/appeal.md"
LINE = re.compile(r"^[^:]+:\d+:\d+ (FM|ST|LK|SR|ZH)\d{3} \S.*$")


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
        ["sources", "--select", "XX"],
        ["--explain", "LK999"],
    ],
    ids=["root", "path", "site", "nothing", "today", "select", "explain"],
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
    assert check.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(re.match(r"LK002\s+anchor-missing\s+链接指向的标题不存在。", line) for line in lines)
    assert lines == sorted(lines, key=lambda line: (["FM", "ST", "LK", "SR", "ZH"].index(line[:2]), line))
    assert check.main(["sources", "--list"]) == 0
    assert capsys.readouterr().out.splitlines() == lines


def test_explain_prints_the_manual(capsys: pytest.CaptureFixture) -> None:
    assert check.main(["--explain", "lk002"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("LK002  anchor-missing\n")
    assert all(part in out for part in ("错：", "对：", "为什么："))


def test_select_and_ignore_take_codes_and_families(project: Project, capsys: pytest.CaptureFixture) -> None:
    project.edit(APPEAL, "](court.md)", "](none.md)")
    project.edit(APPEAL, "漏看。", "登陆后漏看。")
    assert run(project, "--select", "ZH") == 1
    assert capsys.readouterr().out.count("\n") == 1
    assert run(project, "--select", "LK001,ZH004") == 1
    assert capsys.readouterr().out.count("\n") == 2
    assert run(project, "--ignore", "ZH,LK") == 0


def test_github_format_escapes_and_names_the_file(project: Project, capsys: pytest.CaptureFixture) -> None:
    project.edit(APPEAL, "](court.md)", "](100%25.md)")
    assert run(project, "--format", "github", "--select", "LK001") == 1
    line = project.line(APPEAL, "100%25.md")
    out = capsys.readouterr().out
    assert re.match(rf"::error file=[^,]*{APPEAL},line={line},col=8,title=LK001::「100%2525.md」", out)


def test_json_and_sarif_say_the_same(project: Project, capsys: pytest.CaptureFixture) -> None:
    project.edit(APPEAL, "](court.md)", "](none.md)")
    assert run(project, "--format", "json") == 1
    rows = json.loads(capsys.readouterr().out)
    assert run(project, "--format", "sarif") == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    results = log["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == [row["code"] for row in rows]
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": rows[0]["line"], "startColumn": rows[0]["col"]}
    assert {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]} == {row["code"] for row in rows}


def test_overdue_review_is_a_warning_unless_asked_for(project: Project, capsys: pytest.CaptureFixture) -> None:
    late = ["sources", "--root", str(project.root), "--today", "2027-06-01"]
    assert check.main(late) == 0
    assert "FM009 （警告）" in capsys.readouterr().out
    assert check.main([*late, "--stale", "error"]) == 1
    assert "FM009 应在 2027-02-24 之前复核" in capsys.readouterr().out


def test_exception_with_a_reason_is_kept_and_counts(project: Project) -> None:
    project.edit(APPEAL, "漏看。", "登陆后漏看。 <!-- kb: allow ZH004 规则原文就这样写 -->")
    assert project.problems() == []
    project.edit(APPEAL, "登陆后漏看。 <!--", "<!--")
    project.edit(APPEAL, "就这样写 -->", "就这样写 -->\n\n登陆后漏看，\n又登陆。")
    assert project.problems() == []
