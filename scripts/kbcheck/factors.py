"""``data/factors.yml``: the eight factors as questions, each answer with the class that it speaks for and the reason.

The tool tools/assessment asks them; the page shows them as tables, and how to improve each factor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import records
from .deadlines import Deadline
from .records import Records
from .tables import Inline, Tables

FILE = "data/factors.yml"
CODE = "SR017"
SHOWN = "tools/assessment"  # the page that asks and shows them
CLASSES = {"good": "有利", "bad": "不利", "unclear": "不明"}
DECISIVE = "（关键）"
QUESTIONS, ADVICE = range(2, 5), range(1, 4)
LONGEST_WHY = 10
COUNTED = {"自然日": "个自然日", "工作日": "个工作日"}
PERIOD = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True)
class Answer:
    """One answer to a question, and what it means for the reader."""

    answer: str
    why: str
    sources: tuple[str, ...] = ()
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Question:
    """A question with an answer for each class; ``decisive``: an unfavourable answer decides for the whole factor."""

    id: str
    text: str
    good: Answer
    bad: Answer
    unclear: Answer
    decisive: bool = False
    line: int = 0
    col: int = 0

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers by class."""
        return {name: getattr(self, name) for name in CLASSES}

    @property
    def sources(self) -> tuple[str, ...]:
        """What its answers cite, each once."""
        return tuple(dict.fromkeys(source for each in self.answers.values() for source in each.sources))


@dataclass(frozen=True)
class Advice:
    """How to improve a factor; ``see`` is the section that says more: ``factors/evidence#improve``."""

    text: str
    see: str
    sources: tuple[str, ...] = ()
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class At:
    """A step (its slug below steps) at which a factor matters: why, in a few words, and the section that says more."""

    step: str
    why: str
    see: str
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """It is one cell of a table of nine columns."""
        if len(self.why) > LONGEST_WHY or "|" in self.why:
            return "why", f"「{self.why}」最多 {LONGEST_WHY} 个字，不用「|」；细节在 see 那一节写"
        return None


@dataclass(frozen=True)
class Factor:
    """A factor: its questions, how to improve it, the tool to go on with (its slug below tools), where it matters."""

    id: str
    title: str
    questions: tuple[Question, ...]
    improve: tuple[Advice, ...]
    tool: str = ""
    at: tuple[At, ...] = ()
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A factor is asked about in few questions, each with its own id."""
        if len(self.questions) not in QUESTIONS:
            return "questions", f"一个因素问 {QUESTIONS[0]} 到 {QUESTIONS[-1]} 题，现在是 {len(self.questions)} 题"
        if len(self.improve) not in ADVICE:
            return "improve", f"怎样改善写 {ADVICE[0]} 到 {ADVICE[-1]} 条，现在是 {len(self.improve)} 条"
        names = [each.id for each in self.questions]
        return ("questions", "两题用了同一个 id；请给后一个换名") if len(set(names)) < len(names) else None


def load(root: Path) -> Records[Factor]:
    """Read ``data/factors.yml`` under ``root``; a project without one has no questions as data."""
    return records.load(root, FILE, CODE, Factor)


def filled(text: str, periods: Records[Deadline]) -> str:
    """Put periods in the place of their ids: ``{limitation}`` is 3 年. What is no period stays."""
    known = {each.id: f"{each.length} {COUNTED.get(each.unit, each.unit)}" for each in periods.entries}
    return PERIOD.sub(lambda match: known.get(match[1], match[0]), text)


def tables(root: Path, factors: Records[Factor], periods: Records[Deadline]) -> dict[str, Tables]:
    """Return the tables of questions (one a factor) and of advice, for the page that asks; without it, none."""
    shown = factors.entries if (root / "docs" / f"{SHOWN}.md").is_file() else ()
    questions = {f"{SHOWN}.{each.id}": tuple(_questions(each, periods)) for each in shown}
    advice = {SHOWN: tuple(_advice(each, periods) for each in shown)} if shown else {}
    return {
        "tables/factors": Tables(FILE, ("问自己", *CLASSES.values()), questions, factors.problems),
        "tables/improve": Tables(FILE, ("因素", "弱的时候怎样补"), advice),
    }


def marks(sources: tuple[str, ...]) -> str:
    """Return citations as the text writes them."""
    return "".join(f"[^{source}]" for source in sources)


def _questions(factor: Factor, periods: Records[Deadline]) -> Iterator[Inline]:
    for each in factor.questions:
        cells = [each.text + (DECISIVE if each.decisive else "")]
        cells += [f"{answer.answer}。{answer.why}{marks(answer.sources)}" for answer in each.answers.values()]
        yield Inline(tuple(filled(cell, periods) for cell in cells), each.sources, each.line, each.col)


def _advice(factor: Factor, periods: Records[Deadline]) -> Inline:
    lines = [f"{_link(each)}{marks(each.sources)}" for each in factor.improve]
    sources = tuple(dict.fromkeys(source for each in factor.improve for source in each.sources))
    cells = (f"[{factor.title}](../factors/{factor.id}.md)", filled("<br>".join(lines), periods))
    return Inline(cells, sources, factor.line, factor.col)


def _link(advice: Advice) -> str:
    path, _, anchor = advice.see.partition("#")
    return f"[{advice.text}](../{path}.md#{anchor})"
