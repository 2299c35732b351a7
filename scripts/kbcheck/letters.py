"""``data/templates.yml``: the documents that a merchant sends, as text with fields. Pages and files are made from it.

A template is a page. Its letters share fields, opening and closing; each letter is one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from . import records
from .records import Records
from .tables import Row, Tables

FILE = "data/templates.yml"
CODE = "SR013"
FIELD = re.compile(r"\{([a-z][a-z0-9-]*)\}")
SPACE = "【{}】"  # how a field to fill in looks in the text


@dataclass(frozen=True)
class Slot(Row):
    """A field to fill in: what it is called, what to write there, and how it looks in the example."""

    label: str
    help: str
    example: str
    id: str
    sources: tuple[str, ...] = ()
    line: int = 0
    col: int = 0

    def cells(self) -> list[str]:
        """Return the cells of the table of fields."""
        return [self.label, self.help, self.example]


@dataclass(frozen=True)
class Block:
    """A part of a letter: its title, a heading, a paragraph, numbered items, or a line at the right end (``sign``)."""

    title: str = ""
    heading: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    sign: str = ""
    sources: tuple[str, ...] = ()
    line: int = 0
    col: int = 0

    def fault(self) -> tuple[str, str] | None:
        """A block is one thing."""
        given = [each.name for each in fields(self)[:5] if getattr(self, each.name)]
        return None if len(given) == 1 else ("", "每一块必须恰好写 title、heading、text、items、sign 中的一个")

    @property
    def kind(self) -> str:
        """Which of the five it is."""
        return next(each.name for each in fields(self) if getattr(self, each.name))

    @property
    def texts(self) -> tuple[str, ...]:
        """The block's paragraphs, items with their numbers."""
        if self.items:
            return tuple(f"{number}. {item}" for number, item in enumerate(self.items, 1))
        return (getattr(self, self.kind),)


@dataclass(frozen=True)
class Letter:
    """One document of a template: its own fields and what stands between the shared opening and closing."""

    id: str
    title: str
    body: tuple[Block, ...]
    fields: tuple[Slot, ...] = ()
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Template:
    """The documents of one page, whose slug is ``id``; ``example`` is the letter that is shown filled in."""

    id: str
    title: str
    example: str
    fields: tuple[Slot, ...]
    letters: tuple[Letter, ...]
    opening: tuple[Block, ...] = ()
    closing: tuple[Block, ...] = ()
    line: int = 0
    col: int = 0

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All fields, the shared ones first."""
        return (*self.fields, *(slot for letter in self.letters for slot in letter.fields))

    def blocks(self, letter: Letter) -> tuple[Block, ...]:
        """All parts of one letter, in order."""
        return (*self.opening, *letter.body, *self.closing)

    def letter(self, name: str) -> Letter | None:
        """The letter with that id."""
        return next((letter for letter in self.letters if letter.id == name), None)


def load(root: Path) -> Records[Template]:
    """Read ``data/templates.yml`` under ``root``; a project without one has no documents to send."""
    return records.load(root, FILE, CODE, Template)


def slots_table(templates: Records[Template]) -> Tables:
    """Return the tables of fields by page."""
    return Tables(FILE, ("栏目", "填什么", "示例"), {each.id: each.slots for each in templates.entries})


def fill(text: str, values: dict[str, str]) -> str:
    """Return ``text`` with its fields replaced by ``values``."""
    return FIELD.sub(lambda match: values[match[1]], text)


def blanks(template: Template) -> dict[str, str]:
    """Return for each field what stands in the blank document."""
    return {slot.id: SPACE.format(slot.label) for slot in template.slots}


def examples(template: Template) -> dict[str, str]:
    """Return for each field what stands in the example."""
    return {slot.id: slot.example for slot in template.slots}


def markdown(template: Template, letter: Letter, values: dict[str, str], file: str) -> str:
    """Return what a page shows of a letter: its text to copy, what its text leans on, and the file to load down.

    ``file`` is the name of the .docx beside the page.
    """
    lines = ["```text"]
    for block in template.blocks(letter):
        lines += [*(["", ""] if block.kind == "heading" else [""])[: 1 if len(lines) > 1 else 0]]
        lines += [fill(text, values) for text in block.texts]
    lines += ["```", ""]
    if marks := "".join(f"[^{source}]" for source in citations(template, letter)):
        lines += [f"正文里的依据{marks}。", ""]
    name = f"{template.title}-{letter.title}.docx" if letter.title != template.title else f"{template.title}.docx"
    lines.append(f'<a class="kb-file" href="{file}" download="{name}">下载 Word 文档：{letter.title}</a>')
    return "\n".join(lines) + "\n"


def citations(template: Template, letter: Letter) -> Iterator[str]:
    """Yield what a letter's text leans on, each once, in order."""
    yield from dict.fromkeys(source for block in template.blocks(letter) for source in block.sources)


def snippets(template: Template) -> Iterator[tuple[str, Letter, bool]]:
    """Yield the include path of each text that the template's page shows, its letter, and whether it is filled in."""
    for letter in template.letters:
        yield f"letters/{template.id}/{letter.id}.md", letter, False
        if letter.id == template.example:
            yield f"letters/{template.id}/{letter.id}-filled.md", letter, True
