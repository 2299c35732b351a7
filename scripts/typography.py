"""What Chinese typesetting asks of a page that neither Markdown nor CSS can say: numbers stay whole, with their units.

Between a number and its unit authors write a space (7 天, 2,000 元). A browser may break the line there, and a reader
sees a bare 7 at the end of a line. A no-break space in its place keeps them together and is found, read out and copied
as a space. A dash between two numbers (2–50) is a place to break, too; a word joiner after it forbids that.
"""

from __future__ import annotations

import re

NO_BREAK, WORD_JOINER = "\u00a0", "\u2060"
UNITS = (
    "元|万|亿|天|小时|分钟|秒|个|工作日|自然日|年|月|日|周|条|款|项|次|倍|件|单|笔|页|字|家|分|人|份|步|位|行|档|级|号|种"
    "|岁|张|处|问|kg|KB|MB|GB|cm|mm|毫米|厘米|%"
)
# The space comes first, since that is found fast. In a text the next bracket opens a tag; within a tag it closes it.
APART = re.compile(rf" (?:(?<=[0-9%] )(?={UNITS})|(?<=[年月第每] )(?=[0-9]))(?=[^<>]*(?:<|\Z))")
RANGE = re.compile(r"(?<=[0-9])–(?=[0-9][^<>]*(?:<|\Z))")
AS_WRITTEN = re.compile(
    r"<(pre|code|script|style|textarea|svg)\b(?:[^>]*[^/>])?>.*?(?:</\1\s*>|\Z)|<!--.*?-->", re.DOTALL | re.IGNORECASE
)


def keep_together(html: str) -> str:
    """Return HTML whose text, but for what is shown as written (``AS_WRITTEN``), keeps numbers and units together.

    One pass, linear in the length.
    """
    out, end = [], 0
    for written in AS_WRITTEN.finditer(html):
        out += [_joined(html[end : written.start()]), written[0]]
        end = written.end()
    return "".join([*out, _joined(html[end:])])


def _joined(html: str) -> str:
    return RANGE.sub(f"–{WORD_JOINER}", APART.sub(NO_BREAK, html))
