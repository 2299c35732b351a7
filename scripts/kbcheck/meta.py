"""Front matter: its schema, and how a page's first lines become data."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from datetime import date

from .problem import Problem
from .yaml_nodes import Node

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
PART_OF = re.compile(rf"({SLUG.pattern.split('(?:/')[0]})(?:/([1-9]\d?))?")
THEME_KEYS = {"hide"}  # read by the theme alone, so it may stand anywhere
MARKUP = re.compile('[<>"]')  # templates put these texts into tags and between them as they are
DESCRIPTION_LENGTH = range(20, 121)  # shorter says nothing, longer is cut by every search engine


@dataclass(frozen=True)
class Change:
    """One dated note of a page's history."""

    date: date
    note: str


@dataclass(frozen=True)
class PartOf:
    """Where a page stands: the hub's name, and its place there where the order matters."""

    hub: str
    position: int | None


@dataclass(frozen=True)
class PageMeta:
    """What a page says of itself. Field order is the required order of the keys."""

    title: str = field(metadata={"kind": "text", "doc": "标题，与正文的一级标题一字不差"})
    description: str = field(metadata={"kind": "description", "doc": "一句话说清这页帮读者做什么，20–120 个字"})
    type: str = field(metadata={"kind": "type", "doc": "页面类型，data/page-types.yml 里的一种"})
    reviewed: date = field(metadata={"kind": "date", "doc": "最后一次对照来源通读的日期"})
    keywords: tuple[str, ...] = field(metadata={"kind": "texts", "doc": "读者会怎样问到这页，一行一个"})
    part_of: PartOf | None = field(default=None, metadata={"kind": "part_of", "doc": "所属栏目；有先后的写 steps/4"})
    related: tuple[str, ...] = field(default=(), metadata={"kind": "slugs", "doc": "相关页面，双方都要写"})
    fallback: str | None = field(default=None, metadata={"kind": "slug", "doc": "这一步失败后去的页面"})
    changes: tuple[Change, ...] = field(default=(), metadata={"kind": "changes", "doc": "改动记录：date 与 note"})


class FieldError(Exception):
    """A value that does not fit its field: message and position."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node


@dataclass(frozen=True)
class Bounds:
    """What the values of front matter are measured against: no date after ``today``, no type but ``types``."""

    today: date
    types: tuple[str, ...]


def decode(root: Node, path: str, bounds: Bounds) -> tuple[PageMeta | None, list[Problem]]:
    """Turn the front matter's YAML into ``PageMeta``.

    Returns ``(None, problems)`` where a page cannot be described; unknown keys and
    wrong order are problems too, but keep the data.
    """
    if not isinstance(root.value, dict):
        return None, [
            Problem(path, root.line, root.col, "FM001", "文首信息必须是「键: 值」的形式；请照 CONTRIBUTING.md 的样子写")
        ]
    problems = [*_unknown(root, path), *_order(root, path)]
    values: dict[str, object] = {}
    for spec in fields(PageMeta):
        entry = root.value.get(spec.name)
        if entry is None or entry.node.value in (None, ""):
            if spec.default is MISSING:
                at = (entry.line, entry.col) if entry else (root.line, root.col)
                problems.append(Problem(path, *at, "FM003", f"缺少「{spec.name}」；{spec.metadata['doc']}"))
            continue
        try:
            values[spec.name] = DECODERS[spec.metadata["kind"]](entry.node, bounds)
        except FieldError as bad:
            message = f"「{spec.name}」{bad}"
            problems.append(Problem(path, bad.node.line, bad.node.col, "FM004", message))
    complete = all(spec.name in values for spec in fields(PageMeta) if spec.default is MISSING)
    broken = {"FM003", "FM004"} & {problem.code for problem in problems}
    return (PageMeta(**values) if complete and not broken else None), problems


def places(root: Node) -> dict[str, tuple[int, int]]:
    """Return where each key stands (``related``), and where each of its values does (``related=steps/court``)."""
    found: dict[str, tuple[int, int]] = {}
    for key, entry in root.value.items() if isinstance(root.value, dict) else ():
        found[key] = (entry.line, entry.col)
        for node in entry.node.value if isinstance(entry.node.value, list) else [entry.node]:
            if isinstance(node.value, str):
                found.setdefault(f"{key}={node.value}", (node.line, node.col))
    return found


def _unknown(root: Node, path: str) -> Iterator[Problem]:
    known = [spec.name for spec in fields(PageMeta)]
    for key, entry in root.value.items():
        if key not in known and key not in THEME_KEYS:
            message = f"没有叫「{key}」的键；可用的键依次是 {'、'.join(known)}"
            yield Problem(path, entry.line, entry.col, "FM002", message)


def _order(root: Node, path: str) -> Iterator[Problem]:
    known = [spec.name for spec in fields(PageMeta)]
    ranks = [(known.index(key), key, entry) for key, entry in root.value.items() if key in known]
    for (before, previous, _), (after, key, entry) in itertools.pairwise(ranks):
        if after < before:
            yield Problem(path, entry.line, entry.col, "FM005", f"「{key}」必须写在「{previous}」之前；请调换顺序")


def _text(node: Node, _bounds: Bounds) -> str:
    if not isinstance(node.value, str) or not node.value.strip():
        raise FieldError(node, "必须是一段文字；纯数字或日期请加引号")
    if marks := MARKUP.search(node.value):
        raise FieldError(node, f"不能有「{marks[0]}」：网页会把它当成标记；请改用中文标点")
    return node.value


def _description(node: Node, bounds: Bounds) -> str:
    text = _text(node, bounds)
    if len(text) not in DESCRIPTION_LENGTH:
        bounds = f"{DESCRIPTION_LENGTH.start}–{DESCRIPTION_LENGTH.stop - 1}"
        raise FieldError(node, f"必须有 {bounds} 个字，现在是 {len(text)} 个；请改写成一句说清用处的话")
    return text


def _type(node: Node, bounds: Bounds) -> str:
    if (text := _text(node, bounds)) not in bounds.types:
        raise FieldError(node, f"没有「{text}」这种页面；只能是 {'、'.join(bounds.types)}")
    return text


def _date(node: Node, bounds: Bounds) -> date:
    if not isinstance(node.value, date):
        raise FieldError(node, "必须是日期；请写成 2026-11-24 这样")
    if node.value > bounds.today:
        raise FieldError(node, f"不能晚于今天（{bounds.today.isoformat()}）；请写真正核对的那一天")
    return node.value


def _texts(node: Node, bounds: Bounds) -> tuple[str, ...]:
    if not isinstance(node.value, list) or not node.value:
        raise FieldError(node, "必须是列表，每行以「- 」开头，至少一项")
    return tuple(_text(item, bounds) for item in node.value)


def _slug(node: Node, bounds: Bounds) -> str:
    if not SLUG.fullmatch(text := _text(node, bounds)):
        raise FieldError(node, f"「{text}」不是页面的路径；请写成 steps/file-appeal 这样，不带 .md")
    return text


def _slugs(node: Node, bounds: Bounds) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        raise FieldError(node, "必须是列表，每行以「- 」开头，没有就写 []")
    return tuple(_slug(item, bounds) for item in node.value)


def _part_of(node: Node, bounds: Bounds) -> PartOf:
    match = PART_OF.fullmatch(_text(node, bounds))
    if not match:
        raise FieldError(node, "必须是栏目名，或栏目名加次序；请写成 topics 或 steps/4")
    return PartOf(match[1], int(match[2]) if match[2] else None)


def _changes(node: Node, bounds: Bounds) -> tuple[Change, ...]:
    if not isinstance(node.value, list):
        raise FieldError(node, "必须是列表，每项有 date 和 note")
    return tuple(_change(item, bounds) for item in node.value)


def _change(item: Node, bounds: Bounds) -> Change:
    if not isinstance(item.value, dict) or set(item.value) != {"date", "note"}:
        raise FieldError(item, "每项必须恰好有 date 和 note 两个键")
    return Change(_date(item.value["date"].node, bounds), _text(item.value["note"].node, bounds))


DECODERS = {
    "text": _text,
    "description": _description,
    "type": _type,
    "date": _date,
    "texts": _texts,
    "part_of": _part_of,
    "slug": _slug,
    "slugs": _slugs,
    "changes": _changes,
}
