"""``data/interface.yml``: the words that templates and the scripts of all pages show, by group and name.

A template writes ``words.group.name`` (``mkdocs.yml`` takes them in from ``.build/interface.yml``), a script writes
``WORDS.group.name``, which the bundle replaces by the text. A tool's words stand in its script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .meta import MARKUP
from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

FILE, CODE = "data/interface.yml", "ST025"
TEMPLATES, SCRIPTS, SPOKEN = "overrides", "web/site", ("web/site", "web/tools", "web/offline")
IN_TEMPLATE = re.compile(r"\bwords\.(\w+)\.(\w+)")
IN_SCRIPT = re.compile(r"\bWORDS\.(\w+)\.(\w+)")
NAME = re.compile(r"[a-z][a-z_]*")


@dataclass(frozen=True)
class Word:
    """A text and where it stands."""

    text: str
    line: int
    col: int


@dataclass(frozen=True)
class Interface:
    """All words by (group, name), and the files that show words: ``templates`` and ``scripts``, their text by path."""

    words: dict[tuple[str, str], Word] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    scripts: dict[str, str] = field(default_factory=dict)
    text: str = ""
    problems: tuple[Problem, ...] = ()


def load(root: Path) -> Interface:
    """Read the words and their users under ``root``; what is wrong with the file is kept, never raised."""
    templates = _texts(root, (TEMPLATES,), "*.html")
    scripts = _texts(root, SPOKEN, "*.js")
    if not (root / FILE).exists():
        return Interface({}, templates, scripts)
    try:
        text = read_text(root / FILE, FILE, CODE)
        return Interface(dict(_words(parse(text, FILE, CODE))), templates, scripts, text)
    except UnreadableError as error:
        return Interface({}, templates, scripts, "", (error.problem,))


def spoken(text: str, interface: Interface) -> str:
    """Return a script with its words in place, each a literal; KeyError for one that is not there."""
    return IN_SCRIPT.sub(lambda use: json.dumps(interface.words[use[1], use[2]].text, ensure_ascii=False), text)


def for_templates(interface: Interface, titles: dict[str, str]) -> str:
    """Return the words as MkDocs takes them in: ``config.extra.words``, and ``titles`` beside them. JSON is YAML."""
    groups: dict[str, dict[str, str]] = {}
    for (group, name), word in interface.words.items():
        groups.setdefault(group, {})[name] = word.text
    return json.dumps({"extra": {"words": groups, "titles": titles}}, ensure_ascii=False, indent=1) + "\n"


def _texts(root: Path, folders: tuple[str, ...], names: str) -> dict[str, str]:
    files = [file for folder in folders for file in sorted((root / folder).rglob(names))]
    return {file.relative_to(root).as_posix(): file.read_text("utf-8", "replace") for file in files}


def _words(tree: Node) -> Iterator[tuple[tuple[str, str], Word]]:
    for group, inside in _entries(tree):
        for name, node in _entries(inside):
            if not isinstance(node.value, str) or not node.value.strip():
                raise _fault(node, f"「{name}」必须是一段文字；纯数字请加引号")
            if marks := MARKUP.search(node.value):
                raise _fault(node, f"「{name}」里不能有「{marks[0]}」：网页会把它当成标记；请改用中文标点")
            yield (group, name), Word(node.value, node.line, node.col)


def _entries(node: Node) -> Iterator[tuple[str, Node]]:
    if not isinstance(node.value, dict):
        raise _fault(node, "必须写成两层：组名，下面是 名字: 文字")
    for key, entry in node.value.items():
        if not NAME.fullmatch(key):
            raise UnreadableError(
                Problem(FILE, entry.line, entry.col, CODE, f"「{key}」要在脚本里用；请用小写字母和下划线")
            )
        yield key, entry.node


def _fault(node: Node, message: str) -> UnreadableError:
    return UnreadableError(Problem(FILE, node.line, node.col, CODE, message))
