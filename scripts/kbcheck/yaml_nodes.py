"""YAML with positions: every key and value keeps the line and column where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import yaml

from .problem import Problem, UnreadableError

# Tags that a plain scalar resolves to, and what a Chinese author calls them.
STR, INT, BOOL, DATE, NULL = (f"tag:yaml.org,2002:{name}" for name in ("str", "int", "bool", "timestamp", "null"))
STRANGE_BREAK = re.compile("[\x85\u2028\u2029]|\r(?!\n)")  # YAML would count lines that no editor shows
MAX_ALIASES = 0  # anchors are not used in our files, and expanding them can exhaust memory


@dataclass(frozen=True)
class Node:
    """A YAML value with its position; ``value`` is a str, bool, int, date, None, list[Node] or dict[str, Entry]."""

    value: object
    line: int
    col: int

    def plain(self) -> object:
        """Return the value without positions."""
        if isinstance(self.value, dict):
            return {key: entry.node.plain() for key, entry in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value


@dataclass(frozen=True)
class Entry:
    """A mapping entry: the position of its key, and its value."""

    line: int
    col: int
    node: Node


@lru_cache(maxsize=256)
def parse(text: str, name: str, code: str, first_line: int = 1) -> Node:
    """Parse ``text`` as one YAML document.

    Lines count from ``first_line``. Raises ``UnreadableError`` with ``code`` where the YAML is broken, nested too
    deeply, uses aliases or repeats a key.
    """

    lines = text.split("\n")

    def place(mark: yaml.Mark | None) -> tuple[int, int]:
        return _inside(lines, mark, first_line)

    def fail(mark: yaml.Mark | None, message: str) -> UnreadableError:
        return UnreadableError(Problem(name, *place(mark), code, message))

    if strange := STRANGE_BREAK.search(text):
        line = text.count("\n", 0, strange.start())
        col = strange.start() - (text.rfind("\n", 0, strange.start()) + 1) + 1
        message = f"这里有看不见的换行字符 U+{ord(strange[0]):04X}；请删去，用普通换行"
        raise UnreadableError(Problem(name, line + first_line, col, code, message))
    try:
        aliases = [event for event in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(event, yaml.AliasEvent)]
        if len(aliases) > MAX_ALIASES:
            raise fail(aliases[0].start_mark, "YAML 里不能用 * 引用；请把内容直接写出来")
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        # An unclosed bracket is noticed further down; the place to mend is where it was opened.
        unclosed = (error.context or "").startswith("while parsing a flow")
        mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
        detail = (error.problem or "").strip()
        message = f"YAML 写法有误（{detail}）；请检查这一行的冒号、缩进和引号，含冒号的文字要加引号"
        raise fail(mark, message) from error
    except yaml.YAMLError as error:
        message = "YAML 里有不允许的字符；请删去看不见的控制字符"
        raise UnreadableError(Problem(name, first_line, 1, code, message)) from error
    except RecursionError as error:
        raise UnreadableError(Problem(name, first_line, 1, code, "YAML 嵌套太深；请减少层级")) from error
    if root is None:
        return Node({}, first_line, 1)
    return _convert(root, fail, place)


def _inside(lines: list[str], mark: yaml.Mark | None, first_line: int) -> tuple[int, int]:
    """Return line and column of a mark; one past the end of the text is moved to its last character."""
    if mark is None:
        return first_line, 1
    if mark.line >= len(lines):
        return first_line + len(lines) - 1, len(lines[-1]) + 1
    return first_line + mark.line, min(mark.column, len(lines[mark.line])) + 1


def _convert(node: yaml.Node, fail, place) -> Node:
    line, col = place(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return Node(dict(_entries(node, fail, place)), line, col)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(item, fail, place) for item in node.value], line, col)
    return Node(_scalar(node, fail), line, col)


def _entries(node: yaml.MappingNode, fail, place) -> Iterator[tuple[str, Entry]]:
    seen = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise fail(key.start_mark, "键必须是一个词；请改成普通文字")
        if key.value in seen:
            raise fail(key.start_mark, f"键「{key.value}」写了两次；请删去一个")
        seen.add(key.value)
        yield key.value, Entry(*place(key.start_mark), _convert(value, fail, place))


def _scalar(node: yaml.ScalarNode, fail) -> object:
    if node.tag == NULL:
        return None
    if node.tag == BOOL:
        return node.value.lower() in ("true", "yes", "on")
    if node.tag == INT and node.value.isdigit():
        return int(node.value)
    if node.tag == DATE and len(node.value) == len("2026-01-01"):
        try:
            return date.fromisoformat(node.value)
        except ValueError as error:
            raise fail(node.start_mark, f"「{node.value}」不是存在的日期；请写成 2026-11-24 这样的日期") from error
    return node.value
