"""``data/terms.yml``: the words of the field, what people say instead, and what must not be written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

FILE = "data/terms.yml"
CODE = "ZH009"
KEYS = ("term", "aliases", "avoid", "meaning", "source", "see")
LISTS = ("aliases", "avoid")


@dataclass(frozen=True)
class Term:
    """A word we write, what readers type for it, and what a page must not use in its place."""

    term: str
    aliases: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    meaning: str = ""
    source: str = ""
    see: str = ""


@dataclass(frozen=True)
class Terms:
    """All words in file order, and what was wrong with the file."""

    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Terms:
    """Read ``data/terms.yml`` under ``root``; a project without one has no words of its own."""
    if not (root / FILE).exists():
        return Terms((), ())
    try:
        tree = parse(read_text(root / FILE, FILE, CODE), FILE, CODE)
        if not isinstance(tree.value, list):
            raise _fail(tree, "必须是列表，每个词以「- term: 」开头")
        terms, seen = [], set()
        for node in tree.value:
            term = _term(node)
            if term.term in seen:
                raise _fail(node, f"「{term.term}」写了两次；请合并")
            seen.add(term.term)
            terms.append(term)
    except UnreadableError as error:
        return Terms((), (error.problem,))
    return Terms(tuple(terms), ())


def _fail(node: Node, message: str) -> UnreadableError:
    return UnreadableError(Problem(FILE, node.line, node.col, CODE, message))


def _term(node: Node) -> Term:
    if not isinstance(node.value, dict) or "term" not in node.value:
        raise _fail(node, "每个词必须有 term")
    values: dict[str, object] = {}
    for key, entry in node.value.items():
        if key not in KEYS:
            raise _fail(entry.node, f"没有叫「{key}」的键；可用的键是 {'、'.join(KEYS)}")
        value = entry.node.plain()
        if key in LISTS:
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise _fail(entry.node, f"「{key}」必须是文字的列表，写成 [甲, 乙]")
            values[key] = tuple(value)
        elif not isinstance(value, str):
            raise _fail(entry.node, f"「{key}」必须是文字；纯数字请加引号")
        else:
            values[key] = value
    if not values.get("meaning"):
        raise _fail(node, f"「{values['term']}」缺少 meaning；请用一句话说明")
    return Term(**values)
