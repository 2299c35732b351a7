"""What rests on a source, and what a changed rule means for the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import impact
from conftest import Project

HEAD = "title: 甲\nseen: 2026-08-22\n\n"
APPEAL = "docs/steps/appeal.md"


@pytest.fixture
def rules(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of saved rule texts in which the one recorded text is unchanged."""
    monkeypatch.setattr(impact, "PROJECT", project.root)
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "aaa.txt").write_text(HEAD + "甲", "utf-8")
    return folder


def test_layout_and_head_do_not_count() -> None:
    assert impact.fingerprint(HEAD + "第1条 甲 。") == impact.fingerprint("title: 乙\n\n第１条\n甲。")
    assert impact.fingerprint(HEAD + "第1条") != impact.fingerprint(HEAD + "第2条")


def test_unchanged_texts_print_nothing(rules: Path, capsys: pytest.CaptureFixture) -> None:
    assert impact.main(["--rules", str(rules)]) == 0
    assert capsys.readouterr().out == ""


def test_changed_text_lists_the_places_that_rest_on_it(
    project: Project, rules: Path, capsys: pytest.CaptureFixture
) -> None:
    (rules / "aaa.txt").write_text(HEAD + "甲乙", "utf-8")
    assert impact.main(["--rules", str(rules)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("data/sources.yml:1:3 《甲规则》的文本变了")
    line = project.line(APPEAL, "收到通知后 7 天内")
    assert f"  {APPEAL}:{line}:13 rule-a/2.1" in lines


def test_missing_text_is_named(rules: Path, capsys: pytest.CaptureFixture) -> None:
    (rules / "aaa.txt").unlink()
    assert impact.main(["--rules", str(rules)]) == 1
    assert "没有《甲规则》的文本 aaa.txt" in capsys.readouterr().out


def test_source_and_clause_list_their_places(project: Project, rules: Path, capsys: pytest.CaptureFixture) -> None:
    assert rules.is_dir()
    assert impact.main(["law-a"]) == 0
    places = {line.split(":")[0] for line in capsys.readouterr().out.splitlines()}
    assert places == {
        APPEAL,
        *(f"docs/{name}.md" for name in ("steps/court", "glossary", "templates/demand", "factors/evidence")),
    }
    project.edit("docs/deductions/late.md", "甲规则[^rule-a/2.1]。", "甲规则[^law-a/2]。")
    assert impact.main(["law-a/2"]) == 0
    assert "docs/deductions/late.md" in capsys.readouterr().out


def test_tables_made_from_data_count(project: Project, rules: Path, capsys: pytest.CaptureFixture) -> None:
    assert rules.is_dir()
    project.edit("data/evidence.yml", "sources: [rule-a/2.1]", "sources: [law-a/2]")
    assert impact.main(["law-a"]) == 0
    assert "docs/deductions/late.md:1:1 law-a/2（由数据生成的表）" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("arguments", [[], ["--rules", "/nonexistent"], ["nobody"], ["law-a", "--rules", "."]])
def test_bad_usage_exits_2(rules: Path, arguments: list[str], capsys: pytest.CaptureFixture) -> None:
    assert rules.is_dir()
    assert impact.main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
