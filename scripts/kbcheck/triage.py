"""``data/triage.yml``: questions, one a screen, that lead a reader to one outcome: what it is, by when, what first.

A flow stands on the page whose slug is its ``id``. Texts never type a period: ``{evidence-intervention}`` is the length
of that entry of ``data/deadlines.yml``, so that a number changes in one place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from . import records
from .deadlines import Deadline
from .page import Page
from .records import Records

FILE = "data/triage.yml"
CODE = "ST023"
LONGEST = 6  # questions on any way
MOVES = 3  # of an outcome
TOOLS = ("deadlines", "evidence", "letter", "costs", "assessment")
COUNTED = ("自然日", "工作日")  # units that take a measure word
PERIOD = re.compile(r"\{([a-z0-9-]+)\}")
QUESTIONS, OUTCOMES = "triage/questions.md", "triage/outcomes.md"  # what the page includes, below .build
CASE = "case-"  # before the id of an outcome where the page shows it


@dataclass(frozen=True)
class Answer:
    """One answer: its name in the address, its words, the question or outcome that it leads to."""

    id: str
    text: str
    to: str
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Question:
    """One screen."""

    id: str
    question: str
    answers: tuple[Answer, ...]
    hint: str = ""
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Point:
    """What to do, or by when: words with their sources, or an entry of ``data/deadlines.yml``."""

    text: str = ""
    deadline: str = ""
    sources: tuple[str, ...] = ()
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A point is one thing; a deadline names its own source."""
        one = bool(self.text) != bool(self.deadline) and not (self.deadline and self.sources)
        return None if one else ("", "每一点必须恰好写 text（可加 sources）或 deadline 中的一个")


@dataclass(frozen=True)
class Outcome:
    """Where a way ends: what it probably is, the deadlines now, the first moves, the guide, the tool to use next."""

    id: str
    title: str
    now: tuple[Point, ...]
    moves: tuple[Point, ...]
    guide: str
    tool: str = field(default="", metadata={"choices": TOOLS})
    event: str = ""  # of data/events.yml, chosen on arrival at tools/deadlines
    letter: str = ""  # a template or a letter, chosen on arrival at tools/letter
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A reader in a hurry gets three moves; what a tool is told is for that tool."""
        if len(self.moves) != MOVES:
            return "moves", f"moves 必须恰好有 {MOVES} 条；请合并或补上"
        for name, tool in (("event", "deadlines"), ("letter", "letter")):
            if getattr(self, name) and self.tool != tool:
                return name, f"{name} 只给 tool: {tool}；请删去，或改 tool"
        return None

    @property
    def kind(self) -> str:
        """The kind of deduction that the next tool is told: the name of its page without the folder; '' for none."""
        folder, _, name = self.guide.partition("#")[0].partition("/")
        return name if folder == "deductions" else ""

    @property
    def next_tool(self) -> str:
        """The address of the next tool below the site, with what is known."""
        kind = self.letter or self.kind
        told = f"#event={self.event}" if self.event else f"#kind={kind}" if kind else ""
        return f"tools/{self.tool}{told}"

    @property
    def points(self) -> tuple[Point, ...]:
        """Deadlines and moves."""
        return (*self.now, *self.moves)


@dataclass(frozen=True)
class Flow:
    """All questions, the first of which begins, and all outcomes; ``id`` is the slug of the page."""

    id: str
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    line: int = 0
    col: int = 0

    @cached_property
    def places(self) -> dict[str, Question | Outcome]:
        """Questions and outcomes by id."""
        return {each.id: each for each in (*self.outcomes, *self.questions)}

    def ways(self) -> Iterator[tuple[tuple[Answer, ...], str]]:
        """Yield every way from the first question: its answers, and the outcome that it ends at.

        A way ends with '' where it leads nowhere, or to a question that it has already asked.
        """
        yield from self._ways(self.questions[0].id, (), frozenset())

    def _ways(self, place: str, given: tuple[Answer, ...], asked: frozenset[str]):
        found = self.places.get(place)
        if not isinstance(found, Question):
            yield given, place if found else ""
        elif place in asked:
            yield given, ""
        else:
            for answer in found.answers:
                yield from self._ways(answer.to, (*given, answer), asked | {place})


def load(root: Path) -> Records[Flow]:
    """Read ``data/triage.yml`` under ``root``; a project without one has no flow."""
    return records.load(root, FILE, CODE, Flow)


def in_words(deadline: Deadline) -> str:
    """Return a deadline as a sentence without its stop."""
    return f"{deadline.title}，{from_(deadline)} {length_of(deadline)}；{deadline.consequence}"


def from_(deadline: Deadline) -> str:
    """Return 收到通知起; a start that ends in a number keeps its distance: 余额小于 0 起."""
    return f"{deadline.starts} 起" if deadline.starts[-1].isdigit() else f"{deadline.starts}起"


def length_of(deadline: Deadline) -> str:
    """Return how long a period is: 7 天, 5 个工作日."""
    measure = "个" if deadline.unit in COUNTED else ""
    return f"{deadline.length} {measure}{deadline.unit}"


def titles(flow: Flow, pages: dict[str, Page]) -> dict[str, str]:
    """Return what each guide and tool of a flow is called, by its address; one that is not there is left out.

    ``pages`` is keyed by slug.
    """
    named = {}
    for outcome in flow.outcomes:
        for place in (outcome.guide, f"tools/{outcome.tool}"):
            slug, _, anchor = place.partition("#")
            page = pages.get(slug)
            parts = [heading.title for heading in page.headings if heading.id == anchor] if page and anchor else []
            if page and page.meta and (parts or not anchor):
                named[place] = "：".join((page.meta.title, *parts))
    return named


def fill(text: str, deadlines: dict[str, Deadline]) -> str:
    """Return ``text`` with its periods; one that is not known stays as it is written."""

    def period(match: re.Match) -> str:
        known = deadlines.get(match[1])
        return length_of(known) if known else match[0]

    return PERIOD.sub(period, text)


def said(point: Point, deadlines: dict[str, Deadline]) -> tuple[str, tuple[str, ...]]:
    """Return the words of a point and what they lean on."""
    if point.deadline:
        known = deadlines.get(point.deadline)
        return (in_words(known), (known.source,)) if known else (point.deadline, ())
    return fill(point.text, deadlines), point.sources


def includes(flow: Flow, deadlines: dict[str, Deadline], titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the files that the page includes, with their Markdown.

    ``titles``: what each guide is called, by address.
    """
    yield QUESTIONS, "\n".join(_asked(flow, flow.questions[0].id, 0, set())) + "\n"
    parts = (line for outcome in flow.outcomes for line in _told(flow, outcome, deadlines, titles))
    yield OUTCOMES, '<div class="kb-flow" markdown>\n\n' + "\n".join(parts) + "\n\n</div>\n"


def citations(flow: Flow, deadlines: dict[str, Deadline], include: str) -> list[str]:
    """Return what one of the included files cites, each once, in order."""
    if include != OUTCOMES:
        return []
    points = (point for outcome in flow.outcomes for point in outcome.points)
    return list(dict.fromkeys(source for point in points for source in said(point, deadlines)[1]))


def _asked(flow: Flow, place: str, depth: int, shown: set[str]) -> Iterator[str]:
    """Yield a question with its answers as nested list items; each question once."""
    question, pad = flow.places[place], "    " * depth
    if not depth:
        yield '<div class="kb-flow" markdown>\n'
        yield f"- **{question.question}** {question.hint}".rstrip()
        yield from _asked(flow, place, 1, shown)
        yield "\n</div>"
        return
    shown.add(place)
    for answer in question.answers:
        to = flow.places.get(answer.to)
        if to is None:
            continue
        if isinstance(to, Outcome):
            yield f"{pad}- {answer.text} → [{to.title}](#{CASE}{to.id})"
        else:
            yield f"{pad}- {answer.text} → **{to.question}** {to.hint}".rstrip()
            if to.id not in shown:
                yield from _asked(flow, to.id, depth + 1, shown)


def _told(flow: Flow, outcome: Outcome, deadlines: dict[str, Deadline], titles: dict[str, str]) -> Iterator[str]:
    """Yield one outcome as a list item with its id."""
    yield f"- **{outcome.title}**{{ #{CASE}{outcome.id} }}"
    for head, points in (("现在的期限", outcome.now), ("先做这三件", outcome.moves)):
        yield f"    - {head}"
        for number, point in enumerate(points, 1):
            text, sources = said(point, deadlines)
            marks = "".join(f"[^{source}]" for source in sources)
            yield f"        {f'{number}.' if head == '先做这三件' else '-'} {text}{marks}"
    yield f"    - 接着看：{_link(flow, outcome.guide, titles)}"
    if outcome.tool and f"tools/{outcome.tool}" in titles:
        yield f"    - 再用：{_link(flow, f'tools/{outcome.tool}', titles)}"


def _link(flow: Flow, place: str, titles: dict[str, str]) -> str:
    slug, mark, anchor = place.partition("#")
    file = posixpath.relpath(f"{slug}.md", posixpath.dirname(flow.id))
    return f"[{titles[place]}]({file}{mark}{anchor})" if place in titles else place
