"""Addresses in CSS: `@import`, `url()`, `src()`, `image-set()`; tokens by tinycss2, meaning by the CSS standards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tinycss2

NOT_LOADED = {"charset", "namespace", "document", "-moz-document"}  # at-rules whose addresses are names, not files
BEFORE_IMPORT = {"charset", "import", "layer"}  # an @import after anything else is ignored by every browser
IMAGE_SETS = {"image-set", "-webkit-image-set"}
HINTS = ("url", "import", "image-set", "src(", "\\")  # a text without any of these holds no address


@dataclass(frozen=True, slots=True)
class StyleAddress:
    """An address in a style: as written, where its token begins, and whether it is a style sheet of its own."""

    url: str
    line: int
    col: int
    is_sheet: bool


@lru_cache(maxsize=512)
def addresses_in_sheet(text: str) -> tuple[StyleAddress, ...]:
    """Return the addresses of a whole style sheet."""
    if not _may_hold(text):
        return ()
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return tuple(_of_rules(rules))


@lru_cache(maxsize=4096)
def addresses_in_value(text: str) -> tuple[StyleAddress, ...]:
    """Return the addresses of a `style` attribute or of a presentation attribute of SVG."""
    return tuple(_of_tokens(tinycss2.parse_component_value_list(text))) if _may_hold(text) else ()


def sheet_text(data: bytes) -> str:
    """Decode a style sheet as a browser does: by its mark, else its `@charset`, else UTF-8."""
    from tinycss2.bytes import decode_stylesheet_bytes

    return decode_stylesheet_bytes(data)[0]


def _may_hold(text: str) -> bool:
    lowered = text.lower()
    return any(hint in lowered for hint in HINTS)


def _of_rules(rules: list) -> Iterator[StyleAddress]:
    imports = True
    for rule in rules:
        if rule.type == "error":
            continue
        name = rule.lower_at_keyword if rule.type == "at-rule" else ""
        if name == "import":
            if imports:
                yield from _of_import(rule)
        elif name not in NOT_LOADED:
            imports = imports and name in BEFORE_IMPORT and rule.content is None
            yield from _of_tokens(rule.prelude)
            yield from _of_tokens(rule.content or ())
        elif name == "namespace":
            imports = False


def _of_import(rule) -> Iterator[StyleAddress]:
    for token in rule.prelude:
        if token.type in ("whitespace", "comment"):
            continue
        if token.type in ("string", "url"):
            yield _address(token, token, is_sheet=True)
        elif token.type == "function" and token.lower_name in ("url", "src") and (inner := _only_string(token)):
            yield _address(inner, token, is_sheet=True)
        return


def _of_tokens(tokens) -> Iterator[StyleAddress]:
    for token in tokens:
        if token.type == "url":
            yield _address(token, token)
        elif token.type == "function":
            if token.lower_name in ("url", "src"):
                if inner := _only_string(token):
                    yield _address(inner, token)
                continue
            if token.lower_name in IMAGE_SETS:
                yield from (_address(each, each) for each in token.arguments if each.type == "string")
            yield from _of_tokens(token.arguments)
        elif token.type in ("{} block", "() block", "[] block"):
            yield from _of_tokens(token.content)


def _only_string(function):
    return next((token for token in function.arguments if token.type == "string"), None)


def _address(token, at, is_sheet: bool = False) -> StyleAddress:
    return StyleAddress(token.value, at.source_line, at.source_column, is_sheet)
