"""Fingerprints of rule texts: the same words in another layout are the same rule."""

from __future__ import annotations

from pathlib import Path

import pytest

import fingerprint
from conftest import Project

HEAD = "title: 甲\nseen: 2026-08-22\n\n"


def test_layout_and_head_do_not_count() -> None:
    assert fingerprint.fingerprint(HEAD + "第1条 甲 。") == fingerprint.fingerprint("title: 乙\n\n第１条\n甲。")
    assert fingerprint.fingerprint(HEAD + "第1条") != fingerprint.fingerprint(HEAD + "第2条")


def test_changed_and_missing_texts_are_named(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(fingerprint, "PROJECT", project.root)
    rules = tmp_path / "rules"
    rules.mkdir()
    assert fingerprint.main([str(rules)]) == 1
    assert "没有《甲规则》的文本 aaa.txt" in capsys.readouterr().out
    (rules / "aaa.txt").write_text(HEAD + "甲", "utf-8")
    assert fingerprint.main([str(rules)]) == 0
    (rules / "aaa.txt").write_text(HEAD + "甲乙", "utf-8")
    assert fingerprint.main([str(rules)]) == 1
    assert "data/sources.yml:1:3 《甲规则》的文本变了" in capsys.readouterr().out


def test_bad_usage_exits_2(capsys: pytest.CaptureFixture) -> None:
    assert fingerprint.main(["/nonexistent"]) == 2
    assert fingerprint.main([]) == 2
    assert "Traceback" not in capsys.readouterr().err
