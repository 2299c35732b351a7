"""Statute texts in ``data/laws``: articles, paragraphs (款) and items (项) that a citation can name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from .numerals import NUMERAL, from_han

ARTICLE = re.compile(rf"^(?:\*\*)?第({NUMERAL})条(?:\*\*)?[ \u3000]+(.*)$")
PART = re.compile(rf"^({NUMERAL})、(.*)$")  # of a notice, which has no articles
ITEM = re.compile(rf"^[（(]({NUMERAL})[）)]")
NOT_TEXT = re.compile(r"^(#|<!--|---|\s*$)")

Article = tuple[str, ...]  # the lines of an article: paragraphs, and items that belong to the paragraph before


def read_articles(path: Path) -> dict[int, Article]:
    """Return the articles of a statute file by number; what stands before the first article is left out.

    A text without articles (第七条) is read by its numbered parts (七、).
    """
    return _articles(path.read_text("utf-8"))


@lru_cache(maxsize=64)
def _articles(text: str) -> dict[int, Article]:
    return _by_number(text.splitlines(), ARTICLE) or _by_number(text.splitlines(), PART)


def _by_number(lines: list[str], start: re.Pattern) -> dict[int, Article]:
    articles: dict[int, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        if match := start.match(line):
            current = articles.setdefault(from_han(match[1]), [])
            current.append(match[match.re.groups].strip())
        elif NOT_TEXT.match(line):
            if line.startswith("#"):
                current = None
        elif current is not None:
            current.append(line.strip())
    return {number: tuple(lines) for number, lines in articles.items()}


def passage(article: Article, paragraph: int | None, item: int | None) -> str | None:
    """Return the text of an article, of its ``paragraph`` (款) or ``item`` (项), or None where there is none.

    An item without a paragraph is looked for in the whole article.
    """
    paragraphs: list[list[str]] = []
    for line in article:
        if ITEM.match(line) and paragraphs:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    if paragraph is not None:
        if not 1 <= paragraph <= len(paragraphs):
            return None
        paragraphs = [paragraphs[paragraph - 1]]
    lines = [line for group in paragraphs for line in group]
    if item is None:
        return "\n".join(lines)
    for line in lines:
        if (match := ITEM.match(line)) and from_han(match[1]) == item:
            return line
    return None


def squash(text: str) -> str:
    """Return ``text`` as it is compared and fingerprinted: NFKC, without any white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
