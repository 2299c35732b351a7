"""The scanner of sources sees what the renderer sees."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import LATER, TODAY, Project
from kbcheck.meta import Bounds
from kbcheck.page import Page, mask, read_page
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
MODEL = read_site(PROJECT, LATER)


def rendered_links(text: str) -> list[str]:
    """Return the targets of the links that the renderer makes, without those of footnotes and heading marks."""
    html = markdown.markdown(text, extensions=list(MODEL.extensions), extension_configs=MODEL.extension_configs)
    tree = LexborHTMLParser(html)
    return [
        node.attributes.get("href") or node.attributes.get("src") or ""
        for node in tree.css("a[href], img[src]")
        if not {"headerlink", "footnote-ref", "footnote-backref"} & set((node.attributes.get("class") or "").split())
    ]


@pytest.mark.parametrize("page", MODEL.pages.values(), ids=lambda page: page.slug)
def test_scanner_and_renderer_see_the_same_links(page) -> None:
    body = "\n".join(page.text.split("\n")[page.body_line - 1 :])
    assert sorted(link.target for link in page.links) == sorted(rendered_links(body))


TRICKY = """\
[甲](a.md) `[码](no.md)` [乙](b.md "题") ![图](c.png)

```text
[栏](no.md)
```

<!-- [注](no.md) -->

| 表 | 格 |
|---|---|
| [丙](d.md#x) | ``[码`码](no.md)`` |

!!! note "提示"

    [丁](e.md)

- 列表 [戊](<f.md>)
    - 里层 [己 [内] 己](g.md)

> 引文 [庚](h_(1).md)
"""


def test_scanner_and_renderer_agree_on_tricky_markup(project: Project) -> None:
    text = project.read("docs/index.md") + TRICKY
    project.write("docs/index.md", text)
    page = read_page(project.root, project.root / "docs/index.md", Bounds(TODAY, ("hub",)))
    body = "\n".join(text.split("\n")[page.body_line - 1 :])
    assert sorted(link.target for link in page.links) == sorted(rendered_links(body))


def test_masking_keeps_every_position() -> None:
    text = "---\na: b\n---\n\n正文 `码` [x](y)\n\n~~~\n围栏\n~~~\n<!-- 注\n释 -->尾"
    masked = mask(text, 4)
    assert [len(line) for line in masked.split("\n")] == [len(line) for line in text.split("\n")]
    assert "码" not in masked
    assert "围栏" not in masked
    assert masked.endswith("尾")
    assert masked.split("\n")[4].index("[x]") == text.split("\n")[4].index("[x]")


PARTS = """\
# 题

开头一句。
第二行[^rule-a/2.1]。

## 甲 { #one }

- 项 [乙](b.md) ![图](c.png)
- 又一项

| 表 | 头 |
|---|---|
| 格 | 子 |

### 小 { #small }

小节里。

## 乙 { #two }

末段。
"""


LINKS = "- 项 [乙](b.md) ![图](c.png)"


def test_sections_lead_and_blocks_are_where_they_stand(project: Project) -> None:
    head = project.read("docs/steps/appeal.md").split("\n# ")[0]
    project.write("docs/steps/appeal.md", f"{head}\n{PARTS}")
    page = read_page(project.root, project.root / "docs/steps/appeal.md", Bounds(TODAY, ("step",)))
    lines = page.lines
    at = {line: number for number, line in enumerate(lines, 1)}
    assert page.section("one") == (at["## 甲 { #one }"] + 1, at["## 乙 { #two }"])
    assert page.section("two") == (at["## 乙 { #two }"] + 1, len(lines) + 1)
    assert page.section("small") is None
    assert page.lead == "开头一句。\n第二行[^rule-a/2.1]。"
    blocks = [(block.text, block.line, block.section) for block in page.blocks]
    assert blocks == [
        ("开头一句。\n第二行[^rule-a/2.1]。", at["开头一句。"], ""),
        (LINKS, at[LINKS], "one"),
        ("- 又一项", at["- 又一项"], "one"),
        ("| 表 | 头 |", at["| 表 | 头 |"], "one"),
        ("| 格 | 子 |", at["| 格 | 子 |"], "one"),
        ("小节里。", at["小节里。"], "one"),
        ("末段。", at["末段。"], "two"),
    ]
    places = [(place.line, place.col, place.target, place.image) for place in (*page.links, *page.citations)]
    assert places == [
        (at[LINKS], 9, "b.md", False),
        (at[LINKS], 20, "c.png", True),
        (at["第二行[^rule-a/2.1]。"], 6, "rule-a/2.1", False),
    ]
    assert [page.place("none"), page.place("none", "type")] == [
        (1, 1),
        (project.line("docs/steps/appeal.md", "type: step"), 1),
    ]


def test_body_begins_behind_front_matter_that_cannot_be_read(project: Project) -> None:
    def read(text: str) -> Page:
        project.write("docs/steps/appeal.md", text)
        return read_page(project.root, project.root / "docs/steps/appeal.md", Bounds(TODAY, ("step",)))

    page = read("--- \ntitle: [\n---\n```\n# 不是标题\n```\n\n# 题 { #one }\n\n只有一句。\n")
    assert [problem.code for problem in page.problems] == ["FM001"]
    assert page.body_line == 4
    assert [heading.title for heading in page.headings] == ["题"]  # the fence on the first line of the body is seen
    assert (page.lead, page.section("one")) == ("只有一句。", None)
    for first in ("-----", "--", "abc"):
        page = read(f"{first}\ntitle: 题\n---\n\n# 题\n")
        assert [(problem.code, problem.line) for problem in page.problems] == [("FM001", 1)], first
        assert page.meta is None
