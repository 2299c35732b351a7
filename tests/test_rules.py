"""Every rule is shown to fail on a seeded fault, at the right line, and to stay silent on a clean project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from conftest import Project
from kbcheck.problem import Problem
from kbcheck.rules import RULES

APPEAL = "docs/steps/appeal.md"
COURT = "docs/steps/court.md"
EVIDENCE = "docs/factors/evidence.md"
SOURCES = "data/sources.yml"


@dataclass(frozen=True)
class Fault:
    """A fault put into the clean project, and where it must be reported: the line that holds ``at``."""

    code: str
    path: str
    old: str
    new: str
    at: str
    message: str = ""

    def __str__(self) -> str:
        return f"{self.code}-{self.new.strip()[:24] or 'removed'}"


FAULTS = (
    Fault("FM001", APPEAL, "---\ntitle", "title", "title: 第一步"),
    Fault("FM001", APPEAL, "title: 第一步 申诉", "title: 第一步: 申诉", "title: 第一步: 申诉", "YAML"),
    Fault("FM001", APPEAL, "reviewed: 2026-11-24", "reviewed: 2026-13-41", "2026-13-41"),
    Fault("FM001", APPEAL, "type: step", "type: step\ntype: hub", "type: hub", "两次"),
    Fault("FM002", APPEAL, "reviewed:", "reviewd:", "reviewd:"),
    Fault("FM003", APPEAL, "type: step\n", "", "title: 第一步"),
    Fault("FM004", APPEAL, "type: step", "type: steps", "type: steps"),
    Fault("FM004", APPEAL, "reviewed: 2026-11-24", "reviewed: 2026-11-25", "2026-11-25", "今天"),
    Fault("FM004", APPEAL, "  - 申诉", "  申诉", "  申诉"),
    Fault("FM004", APPEAL, "part_of: steps/1", "part_of: Steps/one", "Steps/one"),
    Fault("FM004", APPEAL, "related: []", "related:\n  - ../court.md", "../court.md"),
    Fault("FM005", APPEAL, "type: step\nreviewed: 2026-11-24", "reviewed: 2026-11-24\ntype: step", "type: step"),
    Fault("FM006", APPEAL, "fallback: steps/court", "fallback: steps/nowhere", "steps/nowhere"),
    Fault("FM006", APPEAL, "part_of: steps/1", "part_of: step/1", "part_of: step/1"),
    Fault("FM007", COURT, "title: 第二步 起诉", "title: 第一步 申诉", "title: 第一步"),
    Fault("ST001", APPEAL, "## 期限 { #deadline }", "## 期限 { #time }", "## 资料来源"),
    Fault("ST002", EVIDENCE, "{ #effect }", "{ #limits }", "## 怎么自己判断"),
    Fault("ST003", APPEAL, "## 在哪里点 { #entry }", "## 在哪里点", "## 在哪里点"),
    Fault("ST003", APPEAL, "{ #entry }", "{ #入口 }", "#入口"),
    Fault("ST004", APPEAL, "一份回执。", "一份回执。\n\n### 回执 { #deadline }", "## 期限"),
    Fault("ST005", APPEAL, "# 第一步 申诉", "# 申诉", "# 申诉"),
    Fault("ST005", APPEAL, "一份回执。", "# 又一个", "# 又一个"),
    Fault("ST006", APPEAL, "1. 打开通知。\n2. ", "打开通知。", "## 怎么做"),
    Fault("ST006", APPEAL, "一份回执。\n", "", "## 做完这一步"),
    Fault("ST006", APPEAL, "| 你看到的 | 意思 |\n|---|---|\n| 通过 | 撤销 |", "通过就是撤销。", "## 各种答复"),
    Fault("ST006", APPEAL, "[下一页](court.md)", "下一页", "## 如果失败"),
    Fault("ST006", EVIDENCE, "| 看什么 | 有利 | 不利 | 不明 |", "| 看 | 有利 | 不利 | 不明 |", "| 看 |"),
    Fault("ST007", APPEAL, "**现在先做：**打开通知，看倒计时。", "打开通知。", "# 第一步"),
    Fault("ST008", "mkdocs.yml", "  - steps/court.md\n", "", "---"),
    Fault("ST008", "mkdocs.yml", "  - steps/court.md", "  - steps/court.md\n  - steps/gone.md", "steps/gone.md"),
    Fault("ST009", APPEAL, '--8<-- "sources/steps/appeal.md"', "1. 甲规则", "## 资料来源"),
    Fault("LK001", APPEAL, "](court.md)", "](curt.md)", "](curt.md)"),
    Fault("LK001", APPEAL, "](court.md)", "](Court.md)", "](Court.md)", "是不是它"),
    Fault("LK001", APPEAL, "| 通过 | 撤销 |", "| [通过](none.md) | 撤销 |", "none.md"),
    Fault("LK002", APPEAL, "](court.md)", "](court.md#nope)", "#nope"),
    Fault("LK002", APPEAL, "](court.md)", "](court.md) 和 [上面](#nope)", "#nope"),
    Fault("LK003", APPEAL, "](court.md)", "](/steps/court/)", "/steps/court/"),
    Fault("LK003", APPEAL, "](court.md)", "](court.html)", "court.html"),
    Fault("LK003", APPEAL, "漏看。", "[漏看][x]", "[漏看][x]"),
    Fault("LK003", APPEAL, "漏看。", '<a href="court.md">漏看</a>', "<a href"),
    Fault("LK003", APPEAL, "漏看。", "<https://example.invalid/>", "<https"),
    Fault("LK004", APPEAL, "[下一页](court.md)", "[点击这里](court.md)", "点击这里"),
    Fault("LK004", APPEAL, "[下一页](court.md)", "[](court.md)", "[](court.md)"),
    Fault("LK005", APPEAL, "related: []", "related:\n  - factors/evidence", "title:"),
    Fault("LK006", COURT, "fallback: \n", "fallback: steps/appeal\n", "fallback:"),
    Fault("SR001", APPEAL, "[^rule-a/2.1]", "[^rule-b/2.1]", "[^rule-b/2.1]"),
    Fault("SR001", APPEAL, "[^rule-a/2.1]", "[^rule-a/2.9]", "[^rule-a/2.9]", "没有登记条款"),
    Fault("SR002", SOURCES, '    "2.1": 收', '    "2.2": 没人引用\n    "2.1": 收', "没人引用"),
    Fault("SR003", APPEAL, "收到通知后 7 天内[^rule-a/2.1]。", "收到通知后 7 天内。", "收到通知后 7 天内"),
    Fault("SR003", APPEAL, "漏看。", "扣 2,000 元。", "扣 2,000 元"),
    Fault("SR003", APPEAL, "漏看。", "按第三十二条办。", "按第三十二条办"),
    Fault("SR003", APPEAL, "| 通过 | 撤销 |", "| 通过 | 30% |", "30%"),
    Fault("SR004", APPEAL, "「约定的违约金过分高于", "「约定的违约金明显高于", "明显高于"),
    Fault("SR005", SOURCES, "confidence: high", "confidence: 很高", "很高"),
    Fault("SR005", SOURCES, "  issuer: 某平台\n", "", "- id: rule-a"),
    Fault("SR005", SOURCES, "kind: rule", "kind: [rule", "kind: [rule"),
    Fault("SR005", SOURCES, "  kind: rule", "  kidn: rule", "kidn"),
    Fault("SR006", SOURCES, '"2": 违约金', '"9": 违约金', '"9"'),
    Fault("SR006", SOURCES, '"2": 违约金', '"2-3": 违约金', '"2-3"'),
    Fault("SR006", SOURCES, '"2": 违约金', '"2-i3": 违约金', '"2-i3"'),
    Fault("SR007", "docs/reference/sources.md", "甲规则", "乙规则", ""),
)

# A rule whose problem shows at another place than where the fault was put.
REPORTED_AT = {"LK005": EVIDENCE, "ST008": COURT, "LK006": COURT}


def test_clean_project_has_no_problem(project: Project) -> None:
    assert project.problems() == []


def test_every_rule_has_a_seeded_fault() -> None:
    assert {fault.code for fault in FAULTS} == set(RULES)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_caught(project: Project, fault: Fault) -> None:
    project.edit(fault.path, fault.old, fault.new)
    path = fault.path if fault.code == "ST008" and "gone" in fault.new else REPORTED_AT.get(fault.code, fault.path)
    line = project.line(path, fault.at) if fault.at else 1
    found = [problem for problem in project.problems() if problem.code == fault.code]
    assert any((each.path, each.line) == (path, line) and fault.message in each.message for each in found), found


def _columns(problems: list[Problem], code: str) -> list[int]:
    return [problem.col for problem in problems if problem.code == code]


@pytest.mark.parametrize(
    ("code", "old", "new", "col"),
    [
        ("LK001", "去[下一页](court.md)。", "去[下一页](none.md)。", 8),
        ("SR001", "收到通知后 7 天内[^rule-a/2.1]。", "收到通知后 7 天内[^x/1]。", 13),
        ("SR003", "收到通知后 7 天内[^rule-a/2.1]。", "收到通知后 7 天内。", 7),
    ],
)
def test_column_is_that_of_the_target(project: Project, code: str, old: str, new: str, col: int) -> None:
    project.edit(APPEAL, old, new)
    assert _columns(project.problems(), code) == [col]


NO_ALARM: tuple[Callable[[Project], None], ...] = (
    lambda project: project.edit(APPEAL, "漏看。", "`[x](none.md)` 和 `<a href=x>`"),
    lambda project: project.edit(APPEAL, "漏看。", "```\n[x](none.md)\n## 没有 id\n扣 9 元\n```"),
    lambda project: project.edit(APPEAL, "漏看。", "<!-- [x](none.md) 扣 9 元 -->漏看。"),
    lambda project: project.edit(APPEAL, "漏看。", "[规则中心](https://example.invalid/x.html)"),
    lambda project: project.edit(APPEAL, "漏看。", "2026 年 8 月 22 日读到。"),
    lambda project: project.edit(APPEAL, "](court.md)", "](court.md#deadline)"),
    lambda project: project.edit(APPEAL, "](court.md)", "](../factors/evidence.md#judge)"),
    lambda project: project.edit(APPEAL, "漏看。", "示例：扣 9 元。"),
)


@pytest.mark.parametrize("change", NO_ALARM)
def test_no_false_alarm(project: Project, change: Callable[[Project], None]) -> None:
    change(project)
    assert project.problems() == []


def test_invalid_utf8_is_reported_where_it_stands(project: Project) -> None:
    text = project.read(APPEAL).encode().replace("漏看".encode(), b"ab\xff")
    project.write(APPEAL, text)
    line = text[: text.index(b"\xff")].count(b"\n") + 1
    found = [problem for problem in project.problems() if problem.path == APPEAL]
    assert found == [Problem(APPEAL, line, 3, "FM001", "文件必须是 UTF-8 编码；请用编辑器另存为 UTF-8")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n",
        "---\n---\n",
        "---\n- 1\n---\n",
        "---\na: &x [1]\nb: *x\n---\n",
        "---\n" + "[" * 5000 + "\n---\n",
        "\x00",
    ],
    ids=["empty", "unclosed", "no-keys", "list", "alias", "deep", "nul"],
)
def test_broken_front_matter_never_breaks_the_checker(project: Project, text: str) -> None:
    project.write(APPEAL, text)
    assert any(problem.path == APPEAL and problem.code in ("FM001", "FM003") for problem in project.problems())
