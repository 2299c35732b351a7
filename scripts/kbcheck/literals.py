"""The words in a script: its strings, each with its position. Enough of JavaScript to tell them from the rest."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

TOKEN = re.compile(
    r"(?P<skip>//[^\n]*|/\*.*?\*/)"
    r"|(?P<string>'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")"
    r"|(?P<slash>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/)"
    r"|(?P<tick>`)|(?P<open>\{)|(?P<close>\})",
    re.DOTALL,
)
CHUNK = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)  # of a template, up to its end or the next ${
ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)|\n", re.DOTALL)
VALUE_BEFORE = re.compile(r"[\w$)\]'\"`]\s*$")  # after a value a slash divides
RETURN = re.compile(r"\breturn\s*$")
LOOK_BACK = 40


def literals(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and text of each piece of a string: templates are cut at ``${…}``, all at escapes."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for offset, raw in _strings(text):
        at = 0
        for cut in (*ESCAPE.finditer(raw), None):
            end = cut.start() if cut else len(raw)
            if end > at:
                line = bisect_right(starts, offset + at)
                yield line, offset + at - starts[line - 1] + 1, raw[at:end]
            at = cut.end() if cut else end


def _strings(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and content of each string and of each chunk of a template."""
    open_braces: list[int] = []  # for each template that is open, how many braces are within its ${
    at = 0
    while match := TOKEN.search(text, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "string":
            yield match.start() + 1, match[0][1:-1]
        elif kind == "slash" and _divides(text, match.start()):
            at = match.start() + 1
        elif kind == "open" and open_braces:
            open_braces[-1] += 1
        elif kind == "close" and open_braces and open_braces[-1]:
            open_braces[-1] -= 1
        elif kind == "tick" or (kind == "close" and open_braces):
            chunk = CHUNK.match(text, at)
            yield at, chunk[0]
            at = chunk.end() + 1
            if kind == "close":
                open_braces.pop()
            if text.startswith("${", chunk.end()):
                open_braces.append(0)
                at += 1


def _divides(text: str, at: int) -> bool:
    before = text[max(0, at - LOOK_BACK) : at]
    return bool(VALUE_BEFORE.search(before)) and not RETURN.search(before)
