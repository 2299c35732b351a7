"""Tables made from data: what a deduction takes, what proof an appeal accepts, who takes a merchant's complaint.

Each row is a fact with its source. A page shows its rows where it includes the table made from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from . import records
from .problem import Problem

CODE = "SR012"
DEDUCTIONS, EVIDENCE, AUTHORITIES = "data/deductions.yml", "data/evidence.yml", "data/authorities.yml"
CARE = "data/evidence-care.yml"
NO_CELLS = ("sources", "words", "base", "rest", "called", *records.POSITION)


@dataclass(frozen=True)
class Row:
    """One row: its fields but those of ``NO_CELLS`` are its cells."""

    def cells(self) -> list[str]:
        """Return the row's cells in the order of the table's heads."""
        return [getattr(self, each.name) for each in fields(self) if each.name not in NO_CELLS]

    def marks(self) -> str:
        """Return its citations, which end its last cell."""
        return "".join(f"[^{source}]" for source in self.sources)

    def fault(self) -> tuple[str, str] | None:
        """A bar would end a cell."""
        return ("", "文字里不能有「|」；请换一种写法") if any("|" in cell for cell in self.cells()) else None


@dataclass(frozen=True)
class Amount(Row):
    """One tier: in which case what is taken, and when, from where or to whom."""

    case: str
    takes: str
    timing: str
    sources: tuple[str, ...]
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Proof(Row):
    """One ground of appeal: what to hand in, what makes it count, what is refused.

    ``called`` is the name of the proof in a letter, where ``proof`` says more than a name.
    """

    reason: str
    proof: str
    accepts: str
    refuses: str
    sources: tuple[str, ...]
    called: str = ""
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Authority(Row):
    """Someone to turn to: who, with what, how, and what a merchant may and may not expect."""

    who: str
    takes: str
    how: str
    gives: str
    sources: tuple[str, ...]
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Care(Row):
    """One kind of evidence: where it is got, how it is kept.

    A proof that names one of ``words`` needs it; every list has what is ``base``; what is ``rest`` serves the proofs
    that name no kind.
    """

    what: str
    where: str
    keep: str
    sources: tuple[str, ...]
    words: tuple[str, ...] = ()
    base: bool = False
    rest: bool = False
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A kind that no list could ever hold helps nobody."""
        if not (self.words or self.base or self.rest):
            return "what", f"没有一份清单会列出「{self.what}」；请写 words、base 或 rest 中的一个"
        return super().fault()


@dataclass(frozen=True)
class Hold(Row):
    """What makes any evidence hold, and how."""

    what: str
    how: str
    sources: tuple[str, ...]
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Computed(Row):
    """A row whose cells were worked out from other data."""

    values: tuple[str, ...]
    sources: tuple[str, ...]
    line: int = 0
    col: int = 0

    def cells(self) -> list[str]:
        """Return the cells as worked out."""
        return list(self.values)


@dataclass(frozen=True)
class Inline(Computed):
    """A row whose cells carry their citations themselves, each where it belongs."""

    def marks(self) -> str:
        """Nothing is left to cite at the end."""
        return ""


@dataclass(frozen=True)
class Said:
    """A few words with their sources."""

    text: str
    sources: tuple[str, ...]
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Overview:
    """A deduction as one row of the table of all: what it takes, when to appeal, which odds of its page to show.

    ``most`` is the largest sum in yuan, 0 where nothing is taken; without it there is no limit. ``appeals`` are
    deadlines that no ``kinds`` gives to the page; ``also`` says of which appeal no time was read. ``good`` names rows.
    """

    takes: str
    sources: tuple[str, ...]
    good: tuple[str, ...]
    most: int | None = None
    appeals: tuple[str, ...] = ()
    also: tuple[Said, ...] = ()
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class AmountsOf:
    """The amounts of one page; ``id`` is its slug, ``overview`` its row among all deductions."""

    id: str
    amounts: tuple[Amount, ...]
    overview: Overview | None = None
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class ProofsOf:
    """The proofs of one page; ``id`` is its slug."""

    id: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class AuthoritiesOf:
    """The authorities of one page; ``id`` is its slug."""

    id: str
    authorities: tuple[Authority, ...]


@dataclass(frozen=True)
class CaresOf:
    """What goes for evidence of all kinds, as one page shows it; ``id`` is its slug."""

    id: str
    cares: tuple[Care, ...]
    holds: tuple[Hold, ...]


@dataclass(frozen=True)
class Tables:
    """The tables of one file, and what was wrong with it.

    ``pages`` is keyed by the slug of the page that shows the table; a page's further tables add a dot and a name.
    """

    file: str
    heads: tuple[str, ...]
    pages: dict[str, tuple[Row, ...]]
    problems: tuple[Problem, ...] = ()

    def table(self, slug: str) -> str:
        """Return the Markdown table of one page, each row with its citations."""
        lines = [f"| {' | '.join(self.heads)} |", f"|{'---|' * len(self.heads)}"]
        for row in self.pages[slug]:
            *cells, last = row.cells()
            lines.append(f"| {' | '.join(cells)} | {last}{row.marks()} |")
        return "\n".join(lines) + "\n"

    def citations(self, slug: str) -> Iterator[tuple[str, Row]]:
        """Yield what the rows of one page cite, in order, each with its row."""
        for row in self.pages.get(slug, ()):
            yield from ((source, row) for source in row.sources)


def load(root: Path) -> dict[str, Tables]:
    """Read all tables by the folder (below ``.build``) that they are written to; a missing file has none."""
    return {
        "tables/amounts": _tables(root, DEDUCTIONS, AmountsOf, ("情形", "扣什么、多少", "给谁、什么时候")),
        "tables/evidence": _tables(root, EVIDENCE, ProofsOf, ("申诉原因", "交什么", "怎样才认", "不认什么")),
        "tables/care": _tables(root, CARE, CaresOf, ("证据", "去哪里取", "怎么存")),
        "tables/hold": replace(_tables(root, CARE, CaresOf, ("做到什么", "怎么做"), "holds"), problems=()),
        "tables/authorities": _tables(root, AUTHORITIES, AuthoritiesOf, ("找谁", "管什么", "怎么找", "你能得到什么")),
    }


def _tables(root: Path, file: str, kind: type, heads: tuple[str, ...], rows: str = "") -> Tables:
    """Read one table of ``file``: the rows below the key ``rows``, by default the first after the id."""
    read = records.load(root, file, CODE, kind)
    rows = rows or fields(kind)[1].name
    return Tables(file, heads, {each.id: getattr(each, rows) for each in read.entries}, read.problems)
