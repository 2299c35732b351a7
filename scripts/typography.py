"""What Chinese typesetting asks of a page that neither Markdown nor CSS can say: a number stays with its unit.

Between a number and its unit authors write a space (7 天, 2,000 元). A browser may break the line there, and a reader
sees a bare 7 at the end of a line. A no-break space in its place keeps them together and is found, read out and copied
as a space.
"""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
UNITS = (
    "元|万|亿|天|小时|分钟|秒|个|工作日|自然日|年|月|日|周|条|款|项|次|倍|件|单|笔|页|字|家|分|人|份|步|位|行|档|级|号|种"
    "|岁|张|处|问|kg|KB|MB|GB|cm|mm|毫米|厘米|%"
)
APART = re.compile(rf"(?<=[0-9%]) (?={UNITS})|(?<=[年月第每]) (?=[0-9])")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>|<!--.*?-->", re.DOTALL)
AS_WRITTEN = frozenset(("pre", "code", "script", "style", "textarea", "svg"))


def keep_together(html: str) -> str:
    """Return HTML whose text, but for what is shown as written (``AS_WRITTEN``), keeps numbers and units together.

    One pass, linear in the length.
    """
    out, end, closed = [], 0, ""
    for tag in TAG.finditer(html):
        text = html[end : tag.start()]
        out += [text if closed else APART.sub(NO_BREAK, text), tag[0]]
        end, name = tag.end(), (tag[2] or "").lower()
        if closed:
            closed = "" if tag[1] and name == closed else closed
        elif name in AS_WRITTEN and not tag[1] and not tag[0].endswith("/>"):
            closed = name
    return "".join(out) + (html[end:] if closed else APART.sub(NO_BREAK, html[end:]))
