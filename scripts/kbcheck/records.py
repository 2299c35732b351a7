"""Records: YAML turned into frozen dataclasses. A class's fields are the keys of a mapping, in any order.

Every fault is a problem with file, line, column and key. Fields named ``line`` and ``col`` are no keys: they take the
place where the record stands. A field that would be a word of Python has an underscore behind it: ``for_`` is ``for``.
"""

from __future__ import annotations

import keyword
import typing
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

POSITION = ("line", "col")
Record = TypeVar("Record")


@dataclass(frozen=True)
class Records(Generic[Record]):
    """The records of one file in its order, and what was wrong with it."""

    file: str
    entries: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


class Placed(str):
    """A text that knows where it stands."""

    line: int
    col: int

    def __new__(cls, text: str, node: Node) -> Placed:
        """Make one of the text at ``node``."""
        made = super().__new__(cls, text)
        made.line, made.col = node.line, node.col
        return made


@dataclass(frozen=True)
class Place:
    """Where faults are reported: the file, and the code of the rule that its faults break."""

    file: str
    code: str

    def fault(self, node: Node, message: str) -> UnreadableError:
        """Return the error for the value ``node``."""
        return UnreadableError(Problem(self.file, node.line, node.col, self.code, message))


def load(root: Path, file: str, code: str, record: type[Record]) -> Records[Record]:
    """Read the list of records in ``file`` under ``root``; their first field tells them apart.

    A project without the file has no records. A record with a fault is left out and its fault kept, never raised.
    """
    if not (root / file).exists():
        return Records(file)
    try:
        return _listed(read_text(root / file, file, code), file, code, record)
    except UnreadableError as error:
        return Records(file, (), (error.problem,))


@lru_cache(maxsize=64)  # a build reads the sources before and after it writes pages from them
def _listed(text: str, file: str, code: str, record: type[Record]) -> Records[Record]:
    """Return the records in ``text``; raises ``UnreadableError`` where it is no list."""
    key = _keys(record)[0].name
    place = Place(file, code)
    tree = parse(text, file, code)
    if not isinstance(tree.value, list):
        raise place.fault(tree, f"必须是列表，每一项以「- {key}: 」开头")
    entries: dict[object, Record] = {}
    problems = []
    for node in tree.value:
        try:
            entry = decode(node, record, place)
            name = getattr(entry, key)
            if name in entries:
                raise place.fault(node, f"「{name}」写了两次；请合并，或给后一个换名")
            entries[name] = entry
        except UnreadableError as error:
            problems.append(error.problem)
    return Records(file, tuple(entries.values()), tuple(problems))


def read(root: Path, file: str, code: str, record: type[Record]) -> Records[Record]:
    """Read ``file`` under ``root`` as one record; a project without it has none."""
    if not (root / file).exists():
        return Records(file)
    try:
        return Records(
            file, (decode(parse(read_text(root / file, file, code), file, code), record, Place(file, code)),)
        )
    except UnreadableError as error:
        return Records(file, (), (error.problem,))


def decode(node: Node, record: type[Record], place: Place) -> Record:
    """Turn a mapping into a ``record``; raises ``UnreadableError`` at the first fault.

    A class may check what its fields alone cannot say in ``fault()``: it returns None, or the name of the key at fault
    ("" for the whole record) and the message.
    """
    known = {key_of(each.name): each for each in _keys(record)}
    if not isinstance(node.value, dict):
        raise place.fault(node, f"必须写成「键: 值」；可用的键是 {'、'.join(known)}")
    for key, entry in node.value.items():
        if key not in known:
            problem = Problem(
                place.file, entry.line, entry.col, place.code, f"没有叫「{key}」的键；可用的键是 {'、'.join(known)}"
            )
            raise UnreadableError(problem)
    missing = [name for name, each in known.items() if name not in node.value and _required(each)]
    if missing:
        raise place.fault(node, f"缺少 {'、'.join(missing)}；请补上")
    kinds = _kinds(record)
    named = {known[key].name: entry.node for key, entry in node.value.items()}
    values = {name: _value(each, kinds[name], known[key_of(name)], place) for name, each in named.items()}
    if POSITION[0] in kinds:
        values |= {"line": node.line, "col": node.col}
    made = record(**values)
    if found := getattr(made, "fault", bool)():
        raise place.fault(node.value[found[0]].node if found[0] else node, found[1])
    return made


def key_of(name: str) -> str:
    """Return the key of the field ``name``."""
    return name.rstrip("_")


def field_of(key: str) -> str:
    """Return the name of the field for ``key``."""
    return f"{key}_" if keyword.iskeyword(key) else key


@lru_cache(maxsize=64)
def _kinds(record: type) -> dict[str, object]:
    return typing.get_type_hints(record)


@lru_cache(maxsize=64)
def _keys(record: type) -> tuple[Field, ...]:
    return tuple(each for each in fields(record) if each.name not in POSITION)


def _required(each: Field) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _value(node: Node, kind: object, each: Field, place: Place) -> object:
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return _items(node, arguments[0], each, place)
    if arguments:  # X | None
        kind = arguments[0]
    if is_dataclass(kind):
        return decode(node, kind, place)
    value = _plain(node, kind, each.name, place)
    if (choices := each.metadata.get("choices")) and value not in choices:
        raise place.fault(node, f"「{each.name}」只能是 {'、'.join(choices)}，现在是「{value}」")
    return value


def _items(node: Node, kind: object, each: Field, place: Place) -> tuple:
    if not isinstance(node.value, list):
        raise place.fault(node, f"「{each.name}」必须是列表" + ("，写成 [甲, 乙]" if kind in (str, Placed) else ""))
    if not node.value and _required(each):
        raise place.fault(node, f"「{each.name}」至少要有一个")
    if is_dataclass(kind):
        return tuple(decode(item, kind, place) for item in node.value)
    return tuple(_plain(item, kind, each.name, place) for item in node.value)


def _plain(node: Node, kind: object, name: str, place: Place) -> object:
    value = node.value
    if kind in (str, Placed):
        if not isinstance(value, str) or not value.strip():
            raise place.fault(node, f"「{name}」必须是文字；纯数字和日期请加引号，没有的写“—”")
        return value.strip() if kind is str else Placed(value.strip(), node)
    if kind is Decimal:
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise place.fault(node, f"「{name}」必须是数，例如 2.5") from error
    wanted = {int: "整数", bool: " true 或 false", date: "日期，例如 2026-11-24"}
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise place.fault(node, f"「{name}」必须是{wanted[kind]}")
    return value
