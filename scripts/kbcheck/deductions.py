"""``data/deductions.yml`` and ``data/evidence.yml``: what each deduction takes, and what proof its appeal accepts.

Each row is a fact with its source. A page shows the rows where it includes the table made from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

CODE = "SR012"
DEDUCTIONS, EVIDENCE = "data/deductions.yml", "data/evidence.yml"


@dataclass(frozen=True)
class Amount:
    """One tier: in which case what is taken, and when, from where or to whom."""

    case: str
    takes: str
    timing: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """One ground of appeal: what to hand in, what makes it count, what is refused."""

    reason: str
    proof: str
    accepts: str
    refuses: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """The rows of one page: ``id`` is the page's slug."""

    id: str
    rows: tuple[Amount | Proof, ...]


@dataclass(frozen=True)
class Rows:
    """All rows of one file by page, the columns of its tables, and what was wrong with the file."""

    file: str
    heads: tuple[str, ...]
    kinds: dict[str, Kind]
    problems: tuple[Problem, ...]

    def table(self, slug: str) -> str:
        """Return the Markdown table of one page, each row with its citations."""
        lines = [f"| {' | '.join(self.heads)} |", f"|{'---|' * len(self.heads)}"]
        for row in self.kinds[slug].rows:
            cells = [getattr(row, each.name) for each in fields(row) if each.name != "sources"]
            marks = "".join(f"[^{source}]" for source in row.sources)
            lines.append(f"| {' | '.join(cells[:-1])} | {cells[-1]}{marks} |")
        return "\n".join(lines) + "\n"

    def citations(self, slug: str) -> Iterator[str]:
        """Yield what the rows of one page cite, in order."""
        if slug in self.kinds:
            for row in self.kinds[slug].rows:
                yield from row.sources


def load_amounts(root: Path) -> Rows:
    """Read ``data/deductions.yml``; a project without one has no such rows."""
    return _load(root, DEDUCTIONS, "amounts", Amount, ("情形", "扣什么、多少", "给谁、什么时候"))


def load_evidence(root: Path) -> Rows:
    """Read ``data/evidence.yml``; a project without one has no such rows."""
    return _load(root, EVIDENCE, "proofs", Proof, ("申诉原因", "交什么", "怎样才认", "不认什么"))


def _load(root: Path, file: str, key: str, kind: type, heads: tuple[str, ...]) -> Rows:
    if not (root / file).exists():
        return Rows(file, heads, {}, ())
    kinds: dict[str, Kind] = {}
    try:
        tree = parse(read_text(root / file, file, CODE), file, CODE)
        if not isinstance(tree.value, list):
            raise _fail(file, tree, "必须是列表，每类以「- id: 页面路径」开头")
        for node in tree.value:
            given = _mapping(file, node, ("id", key))
            slug = _text(file, given["id"])
            if slug in kinds:
                raise _fail(file, given["id"], f"「{slug}」写了两次；请合并")
            rows = given[key].value
            if not isinstance(rows, list) or not rows:
                raise _fail(file, given[key], f"「{key}」必须是列表，至少一行")
            kinds[slug] = Kind(slug, tuple(_row(file, row, kind) for row in rows))
    except UnreadableError as error:
        return Rows(file, heads, {}, (error.problem,))
    return Rows(file, heads, kinds, ())


def _fail(file: str, node: Node, message: str) -> UnreadableError:
    return UnreadableError(Problem(file, node.line, node.col, CODE, message))


def _mapping(file: str, node: Node, keys: tuple[str, ...]) -> dict[str, Node]:
    if not isinstance(node.value, dict) or set(node.value) != set(keys):
        raise _fail(file, node, f"必须恰好写 {'、'.join(keys)} 这几个键")
    return {name: entry.node for name, entry in node.value.items()}


def _row(file: str, node: Node, kind: type) -> Amount | Proof:
    names = tuple(each.name for each in fields(kind))
    given = _mapping(file, node, names)
    sources = given["sources"].value
    if not isinstance(sources, list) or not sources:
        raise _fail(file, given["sources"], "sources 必须是列表，至少一个来源，写成 [来源/条款]")
    values = {name: _text(file, given[name]) for name in names if name != "sources"}
    if any("|" in value for value in values.values()):
        raise _fail(file, node, "文字里不能有「|」；请换一种写法")
    return kind(**values, sources=tuple(_text(file, source) for source in sources))


def _text(file: str, node: Node) -> str:
    if not isinstance(node.value, str) or not node.value.strip():
        raise _fail(file, node, "必须是文字；纯数字请加引号，没有的写“—”")
    return node.value.strip()
