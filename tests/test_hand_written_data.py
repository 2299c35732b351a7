"""Faults in the sources and the page types, on which everything else rests: each is told where it stands."""

from __future__ import annotations

import pytest

from conftest import Project

SOURCES, TYPES = "data/sources.yml", "data/page-types.yml"
STANDS = [
    ("- id: law-a", "- name: law-a", "- name: law-a", "每个来源必须有 id"),
    ("- id: law-a", "- id: rule-a  # again", "# again", "用了两次"),
    ("- id: law-a", "- id: Law_A", "- id: Law_A", "id 只能用小写英文字母"),
    ("  volatile: false\n", "  volatile: no idea\n", "no idea", "必须是 true 或 false"),
    ("  checked: 2026-11-24\n", "  checked: lately\n", "checked: lately", "必须是日期"),
    ("  title: 甲规则", "  title: 12315", "title: 12315", "必须是文字"),
    ("  rule_id: aaa", "  rule_id: aaa\n  extra: 1", "extra: 1", "没有叫「extra」的键"),
    ("  rule_id: aaa\n", "", "- id: rule-a", "缺少「rule_id」"),
    ("  confidence: high", "  confidence: sure", "confidence: sure", "只能是"),
    ('    "2.1": 收到通知后七天内申诉', "    {}", "    {}", "必须至少写一条"),
    ('    "2": 违约金过高可以减少', '    "2": 3', '    "2": 3', "必须有一句话说明"),
    ('    "2": 违约金过高可以减少', '    "2.3": 违约金', '    "2.3"', "写法不对"),
]


@pytest.mark.parametrize(("old", "new", "part", "message"), STANDS)
def test_fault_in_a_source_is_told_at_its_line(project: Project, old: str, new: str, part: str, message: str) -> None:
    project.edit(SOURCES, old, new)
    told = {problem.line: problem.message for problem in project.problems() if problem.path == SOURCES}
    assert message in told.get(project.line(SOURCES, part), ""), told


def test_law_without_its_text_is_told(project: Project) -> None:
    (project.root / "data/laws/law-a.md").unlink()
    assert "缺少法律文本 data/laws/law-a.md" in "".join(each.message for each in project.problems())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    title: 步骤\n", "", "每种页面必须有 title"),
        ("    title: 步骤\n", "    title: [步骤]\n", "必须是文字"),
        ("    title: 步骤\n", "    title: 步骤\n    guide: perhaps\n", "guide 必须是 true 或 false"),
        ("    title: 步骤\n", "    title: 步骤\n    answer: 0\n", "必须是大于 0 的整数"),
        ("    title: 步骤\n", "    title: 步骤\n    jump: [nowhere]\n", "jump 里的「nowhere」不是这种页面的节"),
        ("    title: 步骤\n", "    title: 步骤\n    glance: [weather]\n", "glance 里没有「weather」这一行"),
        ("    title: 步骤\n", "    title: 步骤\n    colour: red\n", "colour"),
    ],
)
def test_fault_in_a_page_type_is_told_at_its_line(project: Project, old: str, new: str, message: str) -> None:
    text = project.read(TYPES)
    for key in ("guide", "answer", "jump", "glance"):
        if f"    {key}: " in new:  # not written twice
            head, tail = text.split(old, 1)
            block, sep, rest = tail.partition("    sections:")
            block = "\n".join(line for line in block.split("\n") if not line.startswith(f"    {key}:"))
            text = head + old + block + sep + rest
    project.write(TYPES, text)
    project.edit(TYPES, old, new)
    problems = [each for each in project.problems() if each.path == TYPES]
    assert any(message in each.message and each.code.startswith("ST") for each in problems), problems
    assert abs(problems[0].line - text[: text.index(old)].count("\n") - 1) <= 2
