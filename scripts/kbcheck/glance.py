"""``data/glance.yml``: what a guide comes to, in the same few lines on every page: the box below its next action."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import records
from .deadlines import Deadline
from .page import CITATION, Page
from .problem import UnreadableError, read_text
from .records import Placed, Records
from .triage import from_, length_of

FILE = "data/glance.yml"
CODE = "SR018"
FOLDER = "glance"  # below .build
ID = "glance"  # of the box in its page
# The lines of the box in their order, by key.
LABELS = {
    "deadline": "期限",
    "entry": "入口",
    "materials": "材料",
    "result": "结果",
    "cost": "费用",
    "for": "适用于",
    "not_for": "不适用于",
}
MAX_HAN = 90  # Han characters a line may have; a box is taken in at a glance
HAN = re.compile(r"[\u3400-\u9fff]")
TARGET = re.compile(r"\]\([^)]*\)")
NOT_INLINE = re.compile(r"[|<{}\n]")
BLOCK = re.compile(r"[-*+>:#]\s|\d+[.)]\s|!!!|\?\?\?|--8<--|```")
KEY = re.compile(r"^[\s-]*(\w+):(?:\s+|$)")
COMMENT = re.compile(r"^\s*#")
READER, UTMOST, YEAR = "商家", "，最长", "年"
BOLD = "**"
DEADLINE = "deadline"
NEXT_LINE = "；  \n    "  # a line break of Markdown, within the same value


@dataclass(frozen=True)
class Glance:
    """What a page comes to; ``periods`` are ids of ``data/deadlines.yml``, shown before the words of ``deadline``.

    ``deadline_first``: the words come before them, and the periods no longer stand out: something else is more urgent.
    ``jump``: ids of headings of this page alone, to which the box leads beside those of its type.
    """

    page: str
    periods: tuple[Placed, ...] = ()
    deadline: str = ""
    entry: str = ""
    materials: str = ""
    result: str = ""
    cost: str = ""
    for_: str = ""
    not_for: str = ""
    deadline_first: bool = False
    jump: tuple[Placed, ...] = ()
    line: int = 0
    col: int = 0

    @property
    def lines(self) -> dict[str, str]:
        """The words of its lines by key, in order; those that say nothing are left out."""
        told = {key: getattr(self, records.field_of(key)) for key in LABELS}
        return {key: text for key, text in told.items() if text}

    @property
    def include(self) -> str:
        """The generated file that the page includes."""
        return f"{FOLDER}/{self.page}.md"

    def fault(self) -> tuple[str, str] | None:
        """Each line is one short line of inline Markdown."""
        for key, text in self.lines.items():
            if found := NOT_INLINE.search(text):
                sign = "换行" if found[0] == "\n" else f"「{found[0]}」"
                return key, f"「{LABELS[key]}」里不能有{sign}；请换一种写法"
            if BLOCK.match(text):
                return key, f"「{LABELS[key]}」是一行文字，不能用「{text.split()[0]}」开头；请改成一句话"
            if text.startswith(LABELS[key]):
                return key, f"这一行前面会写「{LABELS[key]}」；请删去开头重复的这几个字"
            if (count := len(HAN.findall(CITATION.sub("", TARGET.sub("]", text))))) > MAX_HAN:
                return key, f"「{LABELS[key]}」有 {count} 个汉字，最多 {MAX_HAN} 个；请只留一眼要看到的，其余写在正文"
        return None


def load(root: Path) -> Records[Glance]:
    """Read ``data/glance.yml`` under ``root``; a project without one has no boxes."""
    return records.load(root, FILE, CODE, Glance)


def citations(entry: Glance, periods: dict[str, Deadline]) -> list[str]:
    """Return what the box cites, in the order in which it is read."""
    known = [periods[name].source for name in entry.periods if name in periods]
    return known + [mark for text in entry.lines.values() for mark in CITATION.findall(text)]


def rows(entry: Glance, periods: dict[str, Deadline]) -> Iterator[tuple[str, str]]:
    """Yield the label and the Markdown of each line; the periods come first, then what is said beside them."""
    running = _running([periods[name] for name in entry.periods if name in periods])
    for key, label in LABELS.items():
        said = [entry.lines[key]] if key in entry.lines else []
        parts = _ordered(entry, running, said) if key == DEADLINE else said
        if parts:
            yield label, NEXT_LINE.join(parts)


def _ordered(entry: Glance, running: list[str], said: list[str]) -> list[str]:
    """Return the parts of the line of deadlines; what is not the most urgent of them is not set in bold."""
    if entry.deadline_first:
        return said + [text.replace("**", "") for text in running]
    return running + said


def _running(shown: list[Deadline]) -> list[str]:
    """Return each period as 收到通知起 7 天内：申诉, with its sources; what is the same in two rules is said once."""
    return [
        text + "".join(f"[^{each}]" for each in dict.fromkeys(period.source for period in same))
        for text, same in _told(shown).items()
    ]


def _told(shown: list[Deadline]) -> dict[str, list[Deadline]]:
    """Return the periods by the words that tell them: 收到通知起 **7 天内**：申诉."""
    tails = Counter(_what(period) for period in shown)
    told: dict[str, list[Deadline]] = {}
    for period in shown:
        what = _what(period)
        if tails[what] > 1 and period.title.endswith(what):
            what = period.title.replace("：", "的", 1)
        by = "" if READER in period.acts else f"（{period.acts}办）"
        end = "后" if period.waits else "内"
        text = f"{from_(period)} **{length_of(period)}{end}**：{what.removesuffix(UTMOST)}{by}"
        told.setdefault(text, []).append(period)
    return told


def due(entry: Glance, periods: dict[str, Deadline]) -> str:
    """Return what a search result says of the periods that a merchant must keep, or nothing; years are no clock.

    The appeal that a page is about needs no more words. Any other period holds in one case of several: all are told,
    each with its case, and none where the box sets a further case in bold, which has another period or none.
    """
    shown = [periods[name] for name in entry.periods if name in periods]
    ours = [each for each in shown if READER in each.acts and each.unit != YEAR]
    if own := [each for each in ours if entry.page.rpartition("/")[2] in each.kinds]:
        return next(iter(_told(own))).replace(BOLD, "")
    if BOLD in entry.deadline:
        return ""
    return "；".join(_case(same[0], text) + text for text, same in _told(ours).items()).replace(BOLD, "")


def _case(period: Deadline, text: str) -> str:
    """Return in which case a period holds, where its words do not say so: 平台介入，."""
    head = period.title.rpartition("：")[0]
    return "" if not head or head in text or head.endswith(period.starts) else f"{head}，"


def _what(period: Deadline) -> str:
    """Return what the period is for: 申诉 of 虚假交易：申诉; 上诉 of 上诉：判决, which a 判决书 sets going."""
    head, _, tail = period.title.rpartition("：")
    return head if head and tail in period.starts else tail


def words(text: str) -> list[str]:
    """Return the lines of the file with all but what readers read blanked, so that columns stay true.

    Each value stands as an item of a list would, so that it is a block of its own.
    """
    shown, lines = False, []
    for line in text.split("\n"):
        if match := KEY.match(line):
            shown = match[1] in LABELS
            line = " " * (match.end() - 2) + "- " + line[match.end() :]
        lines.append(line if shown and not COMMENT.match(line) else "")
    return lines


def as_pages(root: Path, entries: tuple[Glance, ...], by_slug: dict[str, Page]) -> tuple[Page, ...]:
    """Return the words of each box as a text of its page, where it stands in the file: the same rules hold for it."""
    try:
        text = read_text(root / FILE, FILE, CODE) if entries else ""
    except UnreadableError:  # reported where the records are read
        return ()
    shown, raw, texts = words(text), text.split("\n"), []
    for entry in entries:
        end = next((at for at in range(entry.line, len(raw)) if raw[at].startswith("- ")), len(raw))
        if page := by_slug.get(entry.page):
            text = "\n".join(shown[entry.line : end])
            texts.append(Page(FILE, page.slug, text, 1, page.meta, (), {}, page.path, entry.line))
    return tuple(texts)
