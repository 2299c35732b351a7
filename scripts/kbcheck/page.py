"""A page's source as data: front matter, headings, sections, links and citations, each with its position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from pathlib import Path

from .meta import Bounds, PageMeta, decode, places
from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import parse

FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*(?:\{[ \t]*#([^\s}]+)[^}]*\})?[ \t]*$")
NAMED = re.compile(r"#{1,6}[ \t][^{}<>`\\]*\{ #([\w-]+) \}$")  # a heading with an id and no other attributes
PLAIN = re.compile(r"(?:\*\*)?[\u3400-\u9fff“《（A-Za-z][^{}<>`\\|]*$")  # a line that can only be a paragraph's
ID_ALONE = re.compile(r"\{ #([\w-]+) \}")
UNSURE = re.compile(r"^ {0,3}(?:<(?!!-- )|`{4}|~{4})", re.MULTILINE)  # HTML or long fences: a heading may be none
LINK = re.compile(
    r"(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
REFERENCE = re.compile(r"(?<![\]!])\[[^\[\]^][^\[\]]*\]\[[^\[\]]*\]|^ {0,3}\[[^\]^][^\]]*\]:\s+\S+", re.MULTILINE)
AUTOLINK = re.compile(r"<((?:https?|mailto|tel):[^>\s]+)>")
RAW_HTML = re.compile(r"<(?:a|img)\b[^>]*>", re.IGNORECASE)
CITATION = re.compile(r"\[\^([^\]\s]+)\](?!:)")
SNIPPET = re.compile(r"^--8<-- \"([^\"]+)\"\s*$", re.MULTILINE)
MAX_PAGE_BYTES = 1_000_000  # no reader reads a longer page, and every rule would take minutes
GENERATED = "生成，请勿手改"  # how the first lines of a generated file say so
GENERATED_WITHIN = 200
TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$")


@dataclass(frozen=True)
class Place:
    """Something in a page's source: its text, where it stands, what it points to, and whether it is an image."""

    text: str
    line: int
    col: int
    target: str = ""
    image: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 to 6, its words, its explicit id ('' where it has none)."""

    level: int
    title: str
    id: str
    line: int


@dataclass(frozen=True)
class Block:
    """A paragraph, a list item or a table row: what a reader takes in at once, on one or more source lines."""

    text: str
    line: int
    section: str


@dataclass(frozen=True)
class Page:
    """One Markdown file. ``path`` is relative to the project, ``slug`` is the address without slashes around it.

    Words that stand elsewhere and are shown by a page have its path as ``base``: there their links start; ``above`` is
    how many lines of their file stand before them.
    """

    path: str
    slug: str
    text: str
    body_line: int
    meta: PageMeta | None
    problems: tuple[Problem, ...]
    places: dict[str, tuple[int, int]]
    base: str = ""
    above: int = 0

    def place(self, *keys: str) -> tuple[int, int]:
        """Return where the first of these front-matter places stands, or the start of the file."""
        return next((self.places[key] for key in keys if key in self.places), (1, 1))

    @property
    def generated(self) -> bool:
        """Tell whether the page is made from data; its words are then checked in the data."""
        return GENERATED in self.text[:GENERATED_WITHIN]

    @cached_property
    def lines(self) -> list[str]:
        """The source by line, with front matter, code and comments blanked; columns are kept."""
        return mask(self.text, self.body_line).split("\n")

    @property
    def numbered(self) -> Iterator[tuple[int, str]]:
        """The lines, each with its number in the file."""
        return enumerate(self.lines, 1 + self.above)

    @cached_property
    def headings(self) -> list[Heading]:
        """All headings in order."""
        found = []
        for number, line in self.numbered:
            if match := HEADING.match(line):
                found.append(Heading(len(match[1]), match[2].strip(), match[3] or "", number))
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """Ids that the renderer surely gives to headings and paragraphs as they stand in the source; not all ids."""
        if UNSURE.search(self.text):
            return frozenset()
        apart = (line for before, line in pairwise(["", *self.lines]) if not before.strip())  # else a table's row
        headings = (match[1] for line in apart if (match := NAMED.match(line)))
        return frozenset(chain(headings, _ids_of_paragraphs(self.lines)))

    @cached_property
    def links(self) -> list[Place]:
        """All inline links and images, with the position of the target."""
        return list(_matches(LINK, self.numbered, target=3))

    @cached_property
    def citations(self) -> list[Place]:
        """All citation marks ``[^work/clause]`` in order; ``target`` is ``work/clause``."""
        return list(_matches(CITATION, self.numbered, target=1))

    @cached_property
    def includes(self) -> list[str]:
        """The generated files that the page includes, as written: ``tables/amounts/deductions/late-shipment.md``."""
        return SNIPPET.findall("\n".join(self.lines))

    def line_of(self, include: str) -> int:
        """Return the number of the line that includes a generated file; 0 where none does."""
        wanted = f'--8<-- "{include}"'
        return next((at for at, line in enumerate(self.lines, 1) if line.rstrip() == wanted), 0)

    @cached_property
    def blocks(self) -> list[Block]:
        """The text by paragraph, list item and table row, without headings."""
        return list(_blocks(self.lines, self.body_line, self.above))

    def section(self, wanted: str) -> tuple[int, int] | None:
        """Return the lines (first after the heading, one past the last) of the level-2 section with that id."""
        starts = [heading for heading in self.headings if heading.level == 2]
        for index, heading in enumerate(starts):
            if heading.id == wanted:
                end = starts[index + 1].line if index + 1 < len(starts) else len(self.lines) + 1
                return heading.line + 1, end
        return None

    @cached_property
    def lead(self) -> str:
        """The text between the first heading and the next one."""
        if not self.headings:
            return ""
        end = self.headings[1].line if len(self.headings) > 1 else len(self.lines) + 1
        return "\n".join(self.lines[self.headings[0].line : end - 1]).strip()


def read_page(root: Path, file: Path, bounds: Bounds) -> Page:
    """Read one page; problems of its encoding and front matter are in ``problems``, never raised."""
    path = file.relative_to(root).as_posix()
    slug = slug_of(file.relative_to(root / "docs").as_posix())
    try:
        text = read_text(file, path, "FM001", MAX_PAGE_BYTES)
    except UnreadableError as error:
        return Page(path, slug, "", 1, None, (error.problem,), {})
    return _page(path, slug, text, bounds)


@lru_cache(maxsize=256)  # a build reads the sources before and after it writes pages from them
def _page(path: str, slug: str, text: str, bounds: Bounds) -> Page:
    lines = text.split("\n")
    end = _front_matter_end(lines)
    if end is None:
        message = "文件必须以「---」包住的文首信息开头；请照 CONTRIBUTING.md 的样子补上"
        return Page(path, slug, text, 1, None, (Problem(path, 1, 1, "FM001", message),), {})
    try:
        tree = parse("\n".join(lines[1:end]), path, "FM001", first_line=2)
    except UnreadableError as error:
        return Page(path, slug, text, end + 2, None, (error.problem,), {})
    meta, problems = decode(tree, path, bounds)
    return Page(path, slug, text, end + 2, meta, tuple(problems), places(tree))


def slug_of(path: str) -> str:
    """Return the slug of a file under ``docs``: ``steps/index.md`` is ``steps``, ``index.md`` is ``index``."""
    slug = path.removesuffix(".md")
    return slug.removesuffix("/index") if "/" in slug else slug


def _front_matter_end(lines: list[str]) -> int | None:
    if lines[0].rstrip() != "---":
        return None
    return next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)


def mask(text: str, body_line: int, inline_code: bool = True) -> str:
    """Return ``text`` with front matter, fenced code and comments turned into spaces of equal length.

    Inline code too, unless ``inline_code`` is false.
    """
    lines = text.split("\n")
    lines[: body_line - 1] = [" " * len(line) for line in lines[: body_line - 1]]
    fence = ""
    for index, line in enumerate(lines):
        match = FENCE.match(line)
        if fence:
            if match and match[2].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            lines[index] = " " * len(line)
        elif match and index >= body_line - 1:
            fence = match[2]
            lines[index] = " " * len(line)
    masked = COMMENT.sub(_spaces, "\n".join(lines))
    return INLINE_CODE.sub(_spaces, masked) if inline_code else masked


def _spaces(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _matches(pattern: re.Pattern, lines: Iterator[tuple[int, str]], target: int) -> Iterator[Place]:
    for number, line in lines:
        for match in pattern.finditer(line):
            text = match[2] if pattern is LINK else match[0]
            yield Place(text, number, match.start(target) + 1, match[target], pattern is LINK and match[1] == "!")


def _ids_of_paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield the id that stands alone on the last line of a paragraph of which every line is plainly text."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        *text, last = paragraph or [""]
        if text and all(map(PLAIN.match, text)) and (found := ID_ALONE.fullmatch(last)):
            yield found[1]
        paragraph = []


def _blocks(lines: list[str], first: int, above: int) -> Iterator[Block]:
    section, start, parts = "", 0, []

    def flush() -> Iterator[Block]:
        if parts:
            yield Block("\n".join(parts), start, section)
            parts.clear()

    for number, line in enumerate(lines[first - 1 :], first + above):
        heading = HEADING.match(line)
        own_line = line.lstrip().startswith(("|", "!!!", "???"))
        if heading or own_line or not line.strip() or re.match(r"^\s*(?:[-*+]|\d+[.)])\s", line):
            yield from flush()
        if heading:
            section = heading[3] or section if len(heading[1]) == 2 else section
        elif line.strip() and not TABLE_RULE.match(line):
            start = start if parts else number
            parts.append(line)
            if own_line:
                yield from flush()
    yield from flush()
