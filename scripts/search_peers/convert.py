"""Our Markdown (Python-Markdown with its extensions) in the Markdown of VitePress and of Starlight: the same content.

What neither has without further plugins is written plainly: a definition list as a term in bold and its text, classes
and ids of anything but a heading not at all. What is our own (tools, search, sheets that are printed) is not content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath

import yaml

FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
SNIPPET = re.compile(r'^( *)--8<-- "([^"]+)"$', re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
TITLE = re.compile(r"^# .*\n", re.MULTILINE)
HEADING = re.compile(r"^(#{1,6} .*?) *\{ #([\w-]+)[^}]*\} *$", re.MULTILINE)
ATTRIBUTES = re.compile(r" ?\{:? ?[.#][^}\n]*\}")
IN_HTML = re.compile(r"(<[a-z][^>]*?) markdown(?:=\"[^\"]*\")?(?=[ >])")
DEFINITION = re.compile(r"^(\S[^\n]*)\n:   (.*)$", re.MULTILINE)
FURTHER = re.compile(r"^:   ", re.MULTILINE)
NOTE = re.compile(r'^(?:!!!|\?\?\?\+?) (\w+)(?: "([^"]*)")?\n((?:(?: {4}.*)?\n)+)', re.MULTILINE)
FOOTNOTE = re.compile(r"^\[\^([^\]]+)\]: ", re.MULTILINE)
FOOTNOTE_LINE = re.compile(FOOTNOTE.pattern + "(.*)$", re.MULTILINE)
REFERENCE = re.compile(r"\[\^([^\]]+)\]")
LINK = re.compile(r"\]\(([^)#:\s]*)\.md(#[^)\s]*)?\)")


@dataclass(frozen=True)
class Dialect:
    """What an engine's Markdown has without further plugins, and how it is written there."""

    note: str  # a note's first line, from its kind and title
    kinds: dict[str, str]  # its kinds, where they are not called as ours
    ids: bool = False  # takes {#id} after a heading
    footnotes: bool = False
    titled: bool = False  # shows the title of the front matter itself
    addressed: bool = False  # does not turn links to .md into addresses


VITEPRESS = Dialect("::: {kind} {title}", {"note": "info"}, ids=True)
STARLIGHT = Dialect(":::{kind}[{title}]", {"warning": "caution"}, footnotes=True, titled=True, addressed=True)
LEFT_OUT = {
    "vitepress": "定义列表写成粗体的词和文字，脚注写成到页末清单的链接，标题以外的 id 和 class 不写；不查坏链接",
    "starlight": "定义列表写成粗体的词和文字，标题的 id 由它自己起，别的 id 和 class 不写",
}


def convert(text: str, page: str, included: Path, dialect: Dialect) -> str:
    """Return a page of ours, ``page`` being its path below docs/, in another dialect; OSError without a part of it."""
    meta = yaml.safe_load(FRONT.match(text)[1])
    body = COMMENT.sub("", _expanded(FRONT.sub("", text), included))
    for step in (_definitions, _notes(dialect), _attributes(dialect), *_wanted(dialect, page)):
        body = step(body)
    kept = {key: meta[key] for key in ("title", "description")}
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in kept.items())
    return f"---\n{head}\n---\n{body}"


def _expanded(text: str, included: Path) -> str:
    def part(match: re.Match) -> str:
        lines = (included / match[2]).read_text("utf-8").splitlines()
        return "\n".join(match[1] + line if line else line for line in lines)

    return SNIPPET.sub(part, text)


def _definitions(text: str) -> str:
    return FURTHER.sub("", DEFINITION.sub(r"**\1**\n\n\2", text))


def _notes(dialect: Dialect) -> Callable[[str], str]:
    def note(match: re.Match) -> str:
        start = dialect.note.format(kind=dialect.kinds.get(match[1], match[1]), title=match[2] or "")
        inner = "\n".join(line.removeprefix("    ") for line in match[3].rstrip("\n").split("\n"))
        return f"{start}\n{inner}\n:::\n\n"

    return lambda text: NOTE.sub(note, text + "\n")


def _attributes(dialect: Dialect) -> Callable[[str], str]:
    """Keep ids of headings where they can be; a mark stands for each of them while the others are taken away."""
    kept = "\\1 {#\\2}" if dialect.ids else "\\1"

    def attributes(text: str) -> str:
        ids = HEADING.sub(r"\1 \0\2\0", text)
        plain = IN_HTML.sub(r"\1", ATTRIBUTES.sub("", ids))
        return re.sub(r"^(#.*?) \0([^\0]+)\0", kept, plain, flags=re.MULTILINE)

    return attributes


def _wanted(dialect: Dialect, page: str) -> list[Callable[[str], str]]:
    steps = []
    if not dialect.footnotes:
        steps.append(_listed)
    if dialect.titled:
        steps.append(lambda text: TITLE.sub("", text, count=1))
    if dialect.addressed:
        steps.append(
            lambda text: LINK.sub(lambda link: f"]({address(join(dirname(page), link[1]))}{link[2] or ''})", text)
        )
    return steps


def _listed(text: str) -> str:
    """Write footnotes as a numbered list, and what refers to one as a link to it."""
    numbers = {name: str(number) for number, name in enumerate(FOOTNOTE.findall(text), 1)}
    items = FOOTNOTE_LINE.sub(lambda note: f"{numbers[note[1]]}. {note[2]} {{#source-{numbers[note[1]]}}}", text)

    def link(note: re.Match) -> str:  # what code shows of our Markdown is no footnote
        return f"<sup>[{numbers[note[1]]}](#source-{numbers[note[1]]})</sup>" if note[1] in numbers else note[0]

    return REFERENCE.sub(link, items)


def address(path: str) -> str:
    """Return the address of a page from its path below docs/, without ``.md``."""
    path = normpath(path).removesuffix("index").strip("/")
    return f"/{path}/" if path and path != "." else "/"
