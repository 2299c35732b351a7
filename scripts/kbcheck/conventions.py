"""``data/page-types.yml``: what each type of page consists of, and what holds for the whole knowledge base.

It is data, so that another knowledge base brings its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from .glance import LABELS
from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

FILE = "data/page-types.yml"
CODE = "ST010"
BODIES = ("prose", "list", "steps", "table", "link", "cited")


@dataclass(frozen=True)
class Section:
    """A section that a page must have.

    ``body`` is ``prose`` (anything), ``list`` (holds a list), ``steps`` (holds a numbered list), ``table`` (holds a
    table), ``link`` (holds a link to another page) or ``cited`` (holds a citation: something that can be checked).
    ``head`` fixes the head cells of the table.
    """

    id: str
    title: str
    body: str = "prose"
    head: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageType:
    """The sections that a page has, in order; ``guide`` pages open with an answer and a next action.

    Where ``answer`` is set, each heading of level 3 is a question, answered at once in at most so many characters.
    Where ``glance`` names lines, each page shows a box of ``data/glance.yml`` with at least these,
    and below it links to those of its sections that ``jump`` names.
    """

    title: str
    sections: tuple[Section, ...] = ()
    guide: bool = False
    answer: int = 0
    glance: tuple[str, ...] = ()
    jump: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conventions:
    """What holds for the whole knowledge base; the comments in ``data/page-types.yml`` say what each means."""

    types: dict[str, PageType]
    home: str = "index"
    max_clicks: int = 3
    decided_at: tuple[str, ...] = ()
    sources_section: str = "sources"
    opening: str = ""
    max_paragraph: int = 180
    review_days_volatile: int = 92
    review_days_stable: int = 366


def load(root: Path) -> tuple[Conventions, tuple[Problem, ...]]:
    """Read the conventions of the project ``root``; what is wrong with the file is returned, never raised."""
    try:
        return _conventions(parse(read_text(root / FILE, FILE, CODE), FILE, CODE)), ()
    except UnreadableError as error:
        return Conventions({}), (error.problem,)


def _fail(node: Node, message: str) -> UnreadableError:
    return UnreadableError(Problem(FILE, node.line, node.col, CODE, message))


def _mapping(node: Node, known: tuple[str, ...] | None) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise _fail(node, "这里必须是「键: 值」的形式")
    for key, entry in node.value.items():
        if known is not None and key not in known:
            raise UnreadableError(
                Problem(FILE, entry.line, entry.col, CODE, f"没有叫「{key}」的键；可用的键是 {'、'.join(known)}")
            )
    return {key: entry.node for key, entry in node.value.items()}


def _conventions(tree: Node) -> Conventions:
    names = tuple(each.name for each in fields(Conventions) if not each.name.startswith("review_days"))
    given = _mapping(tree, (*names, "review_days"))
    if "types" not in given:
        raise _fail(tree, "必须有 types：每种页面各有哪些节")
    values: dict[str, object] = {name: _plain(name, node) for name, node in given.items() if name in names[1:]}
    if "review_days" in given:
        days = _mapping(given["review_days"], ("volatile", "stable"))
        values |= {f"review_days_{name}": _number(node) for name, node in days.items()}
    types = {name: _page_type(node) for name, node in _mapping(given["types"], None).items()}
    return Conventions(types, **values)


def _plain(name: str, node: Node) -> object:
    default = getattr(Conventions, name)
    if isinstance(default, int):
        return _number(node)
    return _texts(node) if isinstance(default, tuple) else _text(node)


def _page_type(node: Node) -> PageType:
    given = _mapping(node, ("title", "guide", "answer", "glance", "jump", "sections"))
    if "title" not in given:
        raise _fail(node, "每种页面必须有 title")
    listed = given["sections"].value if "sections" in given else []
    if not isinstance(listed, list):
        raise _fail(given["sections"], "sections 必须是列表，每节以「- 」开头")
    guide = given["guide"].value if "guide" in given else False
    if not isinstance(guide, bool):
        raise _fail(given["guide"], "guide 必须是 true 或 false")
    answer = _number(given["answer"]) if "answer" in given else 0
    lines = _glance(given["glance"]) if "glance" in given else ()
    sections = tuple(_section(each) for each in listed)
    jump = _jump(given["jump"], sections) if "jump" in given else ()
    return PageType(_text(given["title"]), sections, guide, answer, lines, jump)


def _jump(node: Node, sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Return the sections that the line below the box leads to."""
    names = _texts(node)
    if unknown := [each for each in names if each not in {section.id for section in sections}]:
        raise _fail(node, f"jump 里的「{unknown[0]}」不是这种页面的节；请写 sections 里的 id")
    return names


def _glance(node: Node) -> tuple[str, ...]:
    """Return the lines that a box must have."""
    lines = _texts(node)
    if unknown := [each for each in lines if each not in LABELS]:
        raise _fail(node, f"glance 里没有「{unknown[0]}」这一行；可用的是 {'、'.join(LABELS)}")
    return lines


def _section(node: Node) -> Section:
    given = _mapping(node, ("id", "title", "body", "head"))
    for key in ("id", "title"):
        if key not in given:
            raise _fail(node, f"每一节必须有 {key}")
    body = _text(given["body"]) if "body" in given else "prose"
    if body not in BODIES:
        raise _fail(given["body"], f"body 只能是 {'、'.join(BODIES)}，现在是「{body}」")
    head = _texts(given["head"]) if "head" in given else ()
    return Section(_text(given["id"]), _text(given["title"]), body, head)


def _text(node: Node) -> str:
    if not isinstance(node.value, str) or not node.value:
        raise _fail(node, "必须是文字")
    return node.value


def _texts(node: Node) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        raise _fail(node, "必须是列表，写成 [甲, 乙]")
    return tuple(_text(item) for item in node.value)


def _number(node: Node) -> int:
    if not isinstance(node.value, int) or isinstance(node.value, bool) or node.value <= 0:
        raise _fail(node, "必须是大于 0 的整数")
    return node.value
