"""``data/deadlines.yml``: every clock that runs for a merchant; the same number stands in the pages."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

FILE = "data/deadlines.yml"
CODE = "SR010"
UNITS = ("小时", "天", "自然日", "工作日", "个月", "年")


@dataclass(frozen=True)
class Deadline:
    """A period: what starts it, how long, in which unit, who must act, what follows, and the clause that says so."""

    id: str
    title: str
    starts: str
    length: int
    unit: str
    acts: str
    consequence: str
    source: str
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Deadlines:
    """All periods in file order, and what was wrong with the file."""

    entries: tuple[Deadline, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Deadlines:
    """Read ``data/deadlines.yml`` under ``root``; a project without one has no periods as data."""
    if not (root / FILE).exists():
        return Deadlines((), ())
    try:
        tree = parse(read_text(root / FILE, FILE, CODE), FILE, CODE)
    except UnreadableError as error:
        return Deadlines((), (error.problem,))
    if not isinstance(tree.value, list):
        return Deadlines((), (Problem(FILE, tree.line, tree.col, CODE, "必须是列表，每个期限以「- id: 」开头"),))
    entries: list[Deadline] = []
    problems: list[Problem] = []
    for node in tree.value:
        try:
            entry = _deadline(node)
            if entry.id in {each.id for each in entries}:
                raise _fail(node, f"id「{entry.id}」用了两次；请给后一个换名")
            entries.append(entry)
        except UnreadableError as error:
            problems.append(error.problem)
    return Deadlines(tuple(entries), tuple(problems))


def _fail(node: Node, message: str) -> UnreadableError:
    return UnreadableError(Problem(FILE, node.line, node.col, CODE, message))


def _deadline(node: Node) -> Deadline:
    keys = [each.name for each in fields(Deadline) if each.name not in ("line", "col")]
    if not isinstance(node.value, dict):
        raise _fail(node, f"每个期限必须写 {'、'.join(keys)}")
    for key, entry in node.value.items():
        if key not in keys:
            raise _fail(entry.node, f"没有叫「{key}」的键；可用的键是 {'、'.join(keys)}")
    missing = [key for key in keys if key not in node.value]
    if missing:
        raise _fail(node, f"这个期限缺少 {'、'.join(missing)}；请补上")
    values = {key: node.value[key].node for key in keys}
    for key, value in values.items():
        if key != "length" and not isinstance(value.value, str):
            raise _fail(value, f"「{key}」必须是文字")
    if not isinstance(values["length"].value, int) or isinstance(values["length"].value, bool):
        raise _fail(values["length"], "「length」必须是整数")
    if values["unit"].value not in UNITS:
        raise _fail(values["unit"], f"「unit」只能是 {'、'.join(UNITS)}")
    return Deadline(**{key: value.value for key, value in values.items()}, line=node.line, col=node.col)
