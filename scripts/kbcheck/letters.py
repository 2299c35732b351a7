"""``data/templates.yml``: the documents that a merchant sends, as text with fields. Pages and files are made from it.

A template is a page. Its letters share fields, opening and closing; each letter is one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from itertools import chain
from pathlib import Path

from . import records
from .records import Records
from .tables import Row, Tables

FILE = "data/templates.yml"
CODE = "SR013"
FIELD = re.compile(r"\{([a-z][a-z0-9-]*)\}")
SPACE = "【{}】"  # how a field to fill in looks in the text
LIST = "letters/list.md"  # what tools/letter includes: every letter with its page and its Word document

# How tools/letter reads an answer, and how the example of such a field is written.
KINDS: dict[str, re.Pattern[str]] = {
    "line": re.compile(r".+"),
    "long": re.compile(r".+"),
    "phone": re.compile(r".+"),
    "date": re.compile(r"\d{4} 年 \d{1,2} 月 \d{1,2} 日"),
    "dates": re.compile(r"\d{4} 年 \d{1,2} 月 \d{1,2} 日(、\d{4} 年 \d{1,2} 月 \d{1,2} 日)*"),
    "money": re.compile(r"\d{1,3}(,\d{3})*(\.\d\d)?"),
    "number": re.compile(r"\d+"),
}
# What answers must obey together: the rule, the kinds its fields may have, how many they are (0: two or more).
CHECKS: dict[str, tuple[tuple[str, ...], int]] = {
    "past": (("date", "dates"), 1),  # not after today
    "not-before": (("date", "dates"), 2),  # the first is not before the second
    "at-most": (("money", "number"), 2),  # the first is not more than the second
    "rest": (("money",), 3),  # the first is the second without the third
    "count": ((), 0),  # the first says how many of the others say something
}


@dataclass(frozen=True)
class Slot(Row):
    """A field to fill in: what it is called, what to write there, and how it looks in the example."""

    label: str
    help: str
    example: str
    id: str
    kind: str = field(default="line", metadata={"choices": tuple(KINDS)})
    most: int = 0  # characters that a form takes; 0: not known
    words: str = ""  # the amount that stands here in words
    fee: str = ""  # the fee in data/fees.yml to show beside an amount
    taken_from: str = field(default="", metadata={"choices": ("evidence", "amount")})  # other tools fill it
    sources: tuple[str, ...] = ()
    ahead: tuple[int, ...] = ()  # days after the letter's ``date`` that are offered beside a date
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
class Check:
    """What answers must obey together; the fault is told beside the first of ``fields``, in the words of ``says``."""

    rule: str = field(metadata={"choices": tuple(CHECKS)})
    fields: tuple[str, ...]
    says: str
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Letter:
    """One document of a template: its own fields and what stands between the shared opening and closing.

    ``apart`` gives its own fields a table of their own: they say nothing to who writes one of the others.
    """

    id: str
    title: str
    body: tuple[Block, ...]
    fields: tuple[Slot, ...] = ()
    apart: bool = False
    line: int = 0
    col: int = 0


@dataclass(frozen=True)
class Template:
    """The documents of one page, whose slug is ``id``; ``examples`` are the letters that are shown filled in."""

    id: str
    title: str
    examples: tuple[str, ...]
    fields: tuple[Slot, ...]
    letters: tuple[Letter, ...]
    checks: tuple[Check, ...] = ()
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
    """Return the tables of fields by page, and by page and letter where a letter's own fields stand apart."""
    tables = {}
    for template in templates.entries:
        apart = {f"{template.id}.{letter.id}": letter.fields for letter in template.letters if letter.apart}
        together = (letter.fields for letter in template.letters if not letter.apart)
        tables |= {template.id: tuple(chain(template.fields, *together))} | apart
    return Tables(FILE, ("栏目", "填什么", "示例"), tables)


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
    lines.append(f"{_word(template, letter, file)}下载 Word 文档：{letter.title}</a>")
    return "\n".join(lines) + "\n"


def listing(templates: Records[Template]) -> str:
    """Return the list of all letters with their pages and Word documents, as tools/letter shows it.

    Its places are called like the addresses that open a letter in the tool, for readers without scripts.
    """
    lines = []
    for template in templates.entries:
        place = f"letter={template.id.rpartition('/')[2]}"
        lines += [f'<span id="{place}"></span>**[{template.title}](../{template.id}.md#text)**', ""]
        for letter in template.letters:
            word = _word(template, letter, f"../../{template.id}/{letter.id}.docx")
            lines.append(f'- <span id="{place}/{letter.id}"></span>{word}{letter.title}，Word 文档</a>')
        lines.append("")
    return "\n".join(lines)


def file_name(template: Template, letter: Letter) -> str:
    """Return how a letter's file is called, without the ending."""
    return f"{template.title}-{letter.title}" if letter.title != template.title else template.title


def _word(template: Template, letter: Letter, file: str) -> str:
    return f'<a class="kb-file" href="{file}" download="{file_name(template, letter)}.docx">'


def citations(template: Template, letter: Letter) -> Iterator[str]:
    """Yield what a letter's text leans on, each once, in order."""
    yield from dict.fromkeys(source for block in template.blocks(letter) for source in block.sources)


def snippets(template: Template) -> Iterator[tuple[str, Letter, bool]]:
    """Yield the include path of each text that the template's page shows, its letter, and whether it is filled in."""
    for letter in template.letters:
        yield f"letters/{template.id}/{letter.id}.md", letter, False
        if letter.id in template.examples:
            yield f"letters/{template.id}/{letter.id}-filled.md", letter, True
