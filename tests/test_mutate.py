"""Seeded faults in copies of the real project, one place a kind; ``scripts/mutate.py`` seeds more."""

from __future__ import annotations

import pytest

import mutate
from kbcheck.problem import Problem


def test_every_rule_has_a_mutation() -> None:
    assert mutate.uncovered() == set()


def test_every_seeded_fault_is_caught_at_its_line() -> None:
    results = list(mutate.mutate(places=1))
    assert len({(each.mutation.code, each.mutation.name) for each in results}) >= 100
    assert [each for each in results if each.verdict != "caught"] == []


def test_fault_that_is_missed_or_misplaced_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    kind = mutate.MUTATIONS[0]
    text = "a\nb\nc\n"
    match = mutate.re.compile("b").search(text)

    def judged(*problems: Problem) -> tuple:
        return mutate._judge(kind, "docs/a.md", text, match, list(problems))

    right = Problem("docs/a.md", 2, 1, kind.code, "x")
    wrong = [Problem("docs/a.md", 3, 1, kind.code, "x"), Problem("docs/b.md", 2, 1, kind.code, "x")]
    other = Problem("docs/a.md", 2, 1, "ZZ999", "x")
    verdicts = [judged(other, right), judged(*wrong), judged(other), judged()]
    assert [verdict for verdict, _ in verdicts] == ["caught", "wrong line", "wrong code", "missed"]
    results = [mutate.Result(kind, "docs/a.md", *each) for each in verdicts]
    monkeypatch.setattr(mutate, "mutate", lambda _places, _only: iter(results))
    assert mutate.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == ["wrong line", "wrong code", "missed"]
    assert "docs/a.md:3" in lines[0]
    assert lines[-1] == "1 种错误，种了 4 处，抓到 1 处"
    results[1:] = []
    assert mutate.main([]) == 0
    results.clear()
    assert mutate.main([]) == 2
