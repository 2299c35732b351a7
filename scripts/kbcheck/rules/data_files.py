"""SR: what holds for every file of data, whatever it is about."""

from __future__ import annotations

import re

from ..site import Site
from . import Found, rule

TAG = re.compile(r"<[A-Za-z/!?][^\s>]*")
COMMENT = re.compile(r"(?m)^\s*#.*$")


@rule("SR022")
def data_markup(site: Site) -> Found:
    """数据里写了 HTML 标签。

    错：question: 保证金<b>被扣</b>怎么办
    对：question: 保证金被扣怎么办
    为什么：数据里的文字会原样进网页，标签会改了别的页面，写得不好的还能让网页执行别人的脚本。
    """
    for file in sorted((site.root / "data").glob("*.yml")):
        text = COMMENT.sub(lambda found: " " * len(found[0]), file.read_text("utf-8", "replace"))
        for number, line in enumerate(text.split("\n"), 1):
            for tag in TAG.finditer(line):
                yield f"data/{file.name}", number, tag.start() + 1, f"不能写 HTML 标签「{tag[0]}」；请只写文字"
