"""Numerals and statute texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbcheck.laws import passage, read_articles, squash
from kbcheck.numerals import from_han, to_han
from kbcheck.sources import Work, clause_label

PROJECT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("number", "han"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (585, "五百八十五"),
        (1001, "一千零一"),
    ],
)
def test_numerals_go_both_ways(number: int, han: str) -> None:
    assert (to_han(number), from_han(han)) == (han, number)


def test_all_numerals_survive_the_round_trip() -> None:
    assert [from_han(to_han(number)) for number in range(1, 1300)] == list(range(1, 1300))
    assert [from_han(text) for text in ("", "甲", "三甲")] == [0, 0, 0]


@pytest.mark.parametrize("path", sorted((PROJECT / "data/laws").glob("*.md")), ids=lambda path: path.stem)
def test_statutes_have_consecutive_articles_or_say_that_some_are_missing(path: Path) -> None:
    numbers = list(read_articles(path))
    whole = list(range(numbers[0], numbers[-1] + 1))
    assert numbers == (sorted(set(numbers)) if "INCOMPLETE:" in path.read_text("utf-8") else whole)


def test_paragraphs_and_items_are_told_apart() -> None:
    article = ("甲：", "（一）一项；", "（二）二项。", "乙款。")
    assert passage(article, None, None) == "\n".join(article)
    assert passage(article, 2, None) == "乙款。"
    assert passage(article, 1, 2) == "（二）二项。"
    assert passage(article, None, 1) == "（一）一项；"
    assert passage(article, 3, None) is None
    assert passage(article, 2, 1) is None
    assert passage((*article, "（一）乙款的一项。"), 2, 1) == "（一）乙款的一项。"
    assert passage((*article, "（一）乙款的一项。"), 1, None) == "\n".join(article[:3])


def test_squash_folds_width_and_white_space() -> None:
    assert squash("ＡＢ　1 2\n（甲）") == "AB12(甲)"


@pytest.mark.parametrize(
    ("kind", "clause", "label"),
    [
        ("law", "585-2", "第五百八十五条第二款"),
        ("law", "16-i3", "第十六条第三项"),
        ("law", "13-1-i2", "第十三条第一款第二项"),
        ("rule", "37", "第三十七条"),
        ("rule", "2.3.4", "2.3.4 条"),
        ("rule", "2.2.1-money", "2.2.1 条"),
        ("rule", "ch2", "第二章"),
        ("rule", "p4", "第四部分"),
        ("rule", "table", "附表"),
    ],
)
def test_clause_is_named_as_a_reader_finds_it(kind: str, clause: str, label: str) -> None:
    work = Work("x", kind, "甲", "乙", None, date(2026, 1, 1), "", "high", True, {})
    assert clause_label(work, clause) == label
