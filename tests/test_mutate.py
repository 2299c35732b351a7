"""Seeded faults in copies of the real project, one place a kind; ``scripts/mutate.py`` seeds more."""

from __future__ import annotations

import mutate


def test_every_rule_has_a_mutation() -> None:
    assert mutate.uncovered() == set()


def test_every_seeded_fault_is_caught_at_its_line() -> None:
    results = list(mutate.mutate(places=1))
    assert len({(each.mutation.code, each.mutation.name) for each in results}) >= 100
    assert [each for each in results if each.verdict != "caught"] == []
