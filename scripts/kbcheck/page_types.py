"""What each type of page consists of: the one place where it is said.

The checks, CONTRIBUTING.md and the skeletons of new pages all derive from ``PAGE_TYPES``.
"""

from __future__ import annotations

from dataclasses import dataclass

NEXT_ACTION = "**现在先做：**"  # how the lead's line with the reader's next action begins
SOURCES = "sources"  # id of the section that includes the generated list of sources
JUDGE_HEAD = ("看什么", "有利", "不利", "不明")


@dataclass(frozen=True)
class Section:
    """A section that a page must have.

    ``body`` is ``prose`` (anything), ``steps`` (holds a numbered list), ``table`` (holds a table) or ``link``
    (holds a link to another page). ``head`` fixes the head cells of the table.
    """

    id: str
    title: str
    body: str = "prose"
    head: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageType:
    """The sections that a page has, in order; ``guide`` pages open with an answer and a next action."""

    title: str
    sections: tuple[Section, ...] = ()
    guide: bool = False


PAGE_TYPES = {
    "step": PageType(
        "步骤",
        (
            Section("outcome", "做完这一步，你会有什么"),
            Section("deadline", "期限"),
            Section("entry", "在哪里点"),
            Section("materials", "准备什么"),
            Section("moves", "怎么做", "steps"),
            Section("answers", "各种答复是什么意思", "table"),
            Section("mistakes", "常见错误"),
            Section("failure", "如果失败", "link"),
            Section(SOURCES, "资料来源"),
        ),
        guide=True,
    ),
    "factor": PageType(
        "影响因素",
        (
            Section("effect", "它怎样影响追回"),
            Section("judge", "怎么自己判断", "table", JUDGE_HEAD),
            Section("improve", "怎样改善", "steps"),
            Section("limits", "它的局限"),
            Section(SOURCES, "资料来源"),
        ),
        guide=True,
    ),
    "topic": PageType(
        "专题",
        (
            Section("ways", "有哪些办法，先走哪条", "table"),
            Section("merchant", "商家能得到什么"),
            Section("moves", "怎么做", "steps"),
            Section("templates", "模板与工具"),
            Section("failure", "如果失败", "link"),
            Section(SOURCES, "资料来源"),
        ),
        guide=True,
    ),
    "hub": PageType("栏目"),
    "reference": PageType("参考"),
}
