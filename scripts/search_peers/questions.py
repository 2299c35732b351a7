"""The questions, in sets, and how well what was found answers them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

SHOWN = 10  # pages of a list that count; nobody on a phone looks further
TYPED = 40  # questions that are typed letter by letter
LONGEST = 12  # letters of the longest of them
ANSWERS = "faq"  # a direct answer there serves the reader, but must not stand in for the page
HALVES = ("tuning", "test")
MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Question:
    """One line: what is asked, the set it belongs to, the pages that answer it."""

    query: str
    group: str
    wanted: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Shares of questions answered by the first page and the first three, mean reciprocal rank, lists left empty."""

    first: float
    three: float
    mrr: float
    empty: int
    asked: int


def read(own: Path, folder: Path) -> list[Question]:
    """Read ``questions.tsv`` from ``folder``, or else from ``own``, and the other sets from ``folder``."""
    main = folder / own.name
    files = sorted(file for file in folder.glob("queries-*.tsv") if file != main)
    return [question for file in (main if main.is_file() else own, *files) for question in _read_file(file)]


def _read_file(file: Path) -> list[Question]:
    name = file.stem.removeprefix("queries-")
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [
        Question(row[0], f"{name} {half(row[0])}" if name == "questions" else name, frozenset(row[1].split("|")))
        for row in rows
        if len(row) > 1
    ]


def half(query: str) -> str:
    """Tell which half of the main set a question is in, whatever its place in the file."""
    return HALVES[hashlib.sha256(query.encode()).digest()[0] % 2]


def typed(questions: list[Question]) -> list[str]:
    """Return the questions to type letter by letter: few, short, and always the same."""
    short = {question.query for question in questions if len(question.query) <= LONGEST}
    return sorted(short, key=lambda query: hashlib.sha256(query.encode()).hexdigest())[:TYPED]


def given(questions: Iterable[Question], docs: Path) -> set[str]:
    """Return the questions that a page has word for word among its keywords: only our own index is made with those."""
    keywords = set()
    for file in docs.rglob("*.md"):
        head = file.read_text("utf-8").split("\n---", 1)[0].removeprefix("---")
        if file.read_text("utf-8").startswith("---"):
            keywords |= {_bare(str(each)) for each in (yaml.safe_load(head) or {}).get("keywords") or ()}
    return {question.query for question in questions if _bare(question.query) in keywords}


def _bare(text: str) -> str:
    return MARKS.sub("", text.lower())


def slug(address: str) -> str:
    """Return the page that an address or its path leads to."""
    path = address.split("#")[0].split("?")[0].removesuffix("index.html").strip("/")
    return path or "index"


def rank(found: list[str], wanted: frozenset[str]) -> int | None:
    """Return the rank of the first wanted page among the first distinct pages."""
    pages = list(dict.fromkeys(found))[:SHOWN]
    counted = [page for page in pages if page in wanted or page != ANSWERS]
    return next((place for place, page in enumerate(counted, 1) if page in wanted), None)


def score(questions: list[Question], found: dict[str, list[str]]) -> Score:
    """Score the lists found for the questions."""
    ranks = [rank(found[question.query], question.wanted) for question in questions]
    count = len(questions)
    return Score(
        sum(place == 1 for place in ranks) / count,
        sum(place is not None and place <= 3 for place in ranks) / count,
        sum(1 / place for place in ranks if place) / count,
        sum(not found[question.query] for question in questions),
        count,
    )
