"""Every rule is shown to fail on a seeded fault, at the right line, and to stay silent on a clean project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

import slugs
from conftest import Project
from kbcheck.problem import Problem
from kbcheck.rules import RULES

APPEAL = "docs/steps/appeal.md"
COURT = "docs/steps/court.md"
EVIDENCE = "docs/factors/evidence.md"
SOURCES = "data/sources.yml"
TYPES = "data/page-types.yml"
TERMS = "data/terms.yml"
LETTERS = "data/templates.yml"
DEADLINES = "data/deadlines.yml"
FEES = "data/fees.yml"
FACTORS, WAYS = "data/factors.yml", "data/ways.yml"
AMOUNTS, PROOFS, LATE = "data/deductions.yml", "data/evidence.yml", "docs/deductions/late.md"
CARE = "data/evidence-care.yml"
FLOW = "data/triage.yml"
ASKED = "data/asked.yml"
GLANCE, BOX = "data/glance.yml", '--8<-- "glance/deductions/late.md"'
WORDS, TEMPLATE, BUTTON, TOOL = "data/interface.yml", "overrides/main.html", "web/site/button.js", "web/tools/sum.js"
SLUGS, MOVED = "data/slugs.txt", "data/redirects.yml"
LATER_CHECKED = "checked: 2026-11-25\n  address: https://example.invalid/b"


def _chain() -> str:
    """Return questions that make the second one the first of six, so that a way has seven."""
    lines = []
    for step in range(6):
        name, following = "left" + "x" * step, "left" + "x" * (step + 1)
        ends = step == 5
        lines += [f"    - id: {name}", "      question: 再问？", "      answers:"]
        lines += [f"        - {{id: a, text: 第 {step + 2} 问, to: {'late' if ends else following}}}"]
        lines += [f"        - {{id: b, text: 不, to: {'last' if ends else 'other'}}}"]
    return "\n".join([*lines, "    - id: last", ""])


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
    Fault("FM004", APPEAL, "  - 申诉", "  - '申诉\"><img src=x onerror=alert(1)>'", '申诉">', "标记"),
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
    Fault("SR003", APPEAL, "漏看。", "看《甲规则》。", "《甲规则》"),
    Fault("SR003", APPEAL, "漏看。", "在后台 > 违规管理里看。", "后台 > 违规管理"),
    Fault("SR004", APPEAL, "「约定的违约金过分高于", "「约定的违约金明显高于", "明显高于"),
    Fault("SR005", SOURCES, "confidence: high", "confidence: 很高", "很高"),
    Fault("SR005", SOURCES, "  issuer: 某平台\n", "", "- id: rule-a"),
    Fault("SR005", SOURCES, "kind: rule", "kind: [rule", "kind: [rule"),
    Fault("SR005", SOURCES, "  kind: rule", "  kidn: rule", "kidn"),
    Fault("SR006", SOURCES, '"2": 违约金', '"9": 违约金', '"9"'),
    Fault("SR006", SOURCES, '"2": 违约金', '"2-3": 违约金', '"2-3"'),
    Fault("SR006", SOURCES, '"2": 违约金', '"2-i3": 违约金', '"2-i3"'),
    Fault("SR008", SOURCES, "standing: notice", "standing: draft", "", "征求意见"),
    Fault("SR009", SOURCES, "checked: 2026-11-24\n  address: https://example.invalid/b", LATER_CHECKED, ""),
    Fault("SR010", APPEAL, "收到通知后 7 天内", "收到通知后 15 天内", "15 天内", "7 天"),
    Fault("SR010", DEADLINES, "length: 7", "length: 七", "length: 七", "整数"),
    Fault("SR010", DEADLINES, "source: rule-a/2.1", "source: rule-a/9.9", "- id: appeal", "没有登记"),
    Fault("SR010", DEADLINES, "  unit: 天\n", "", "- id: appeal", "unit"),
    Fault("SR011", APPEAL, "漏看。", "先交 3%[^law-a/2]。", "3%", "2.5%"),
    Fault("SR011", FEES, "rate: 2.5", "rate: 二点五", "二点五", "必须是数"),
    Fault("SR011", FEES, "up_to: 10000, fixed: 50", "fixed: 50", "- {fixed", "从低到高"),
    Fault("SR011", FEES, "source: law-a/2", "source: law-a/9", "- id: fee", "没有登记"),
    Fault("SR012", AMOUNTS, "sources: [rule-a/2.1]", "sources: []", "sources: []", "至少要有一个"),
    Fault("SR012", AMOUNTS, "  amounts:", "  amount:", "  amount:", "没有叫"),
    Fault("SR012", AMOUNTS, "扣 9 元", "扣 9 | 元", "case:", "「|」"),
    Fault("SR012", AMOUNTS, "      sources: [rule-a/2.1]", "      sources: [rule-a/9.9]", "case:", "没有登记"),
    Fault("SR012", PROOFS, "- id: deductions/late", "- id: deductions/gone", "", "没有一页收入"),
    Fault("SR012", LATE, "", "", "tables/amounts", "里没有"),
    Fault("SR012", LETTERS, "    - id: letter\n", "    - id: letter\n      apart: true\n", "", "demand.letter"),
    Fault("SR012", CARE, "words: [聊天]", "wordz: [聊天]", "wordz", "没有叫"),
    Fault("SR012", CARE, "      words: [聊天]\n", "", "what: 聊天", "没有一份清单"),
    Fault("SR012", CARE, "how: 不剪", "how: 不|剪", "what: 原件", "「|」"),
    Fault("SR012", CARE, "sources: [law-a/2]", "sources: [law-a/9]", "what: 原件", "没有登记"),
    Fault("SR013", LETTERS, "{shop}请求减少", "{shopp}请求减少", "text:", "shopp"),
    Fault("SR013", LETTERS, "{id: shop,", "{id: shop, colour: red,", "{id: shop", "没有叫"),
    Fault("SR013", LETTERS, 'text: "{shop}请求', 'title: 又一个\n          text: "{shop}请求', "又一个", "恰好"),
    Fault("SR013", LETTERS, "items: [退还违约金", "items: [依据《甲法》退还违约金", "items:", "sources"),
    Fault("SR013", LETTERS, "law-a/2", "law-a/9", "text:", "没有登记"),
    Fault("SR013", LETTERS, "examples: [letter]", "examples: [other]", "- id: templates", "examples"),
    Fault("SR013", LETTERS, "examples: [letter]", "examples: [letter, second]", "- id: templates", "second"),
    Fault(
        "SR013",
        LETTERS,
        "title: 催告函\n      body:",
        "title: 催告函\n      fields:\n        - {id: shop, label: 店, help: 店, example: 甲店}\n      body:",
        "label: 店,",
        "用了 2 次",
    ),
    Fault(
        "SR013",
        LETTERS,
        "help: 后台里的全名, example: 示例小店}",
        "help: 全名, example: 店}\n    - {id: x, label: 丁, help: 丙, example: 乙}",
        "{id: x",
        "没有用在",
    ),
    Fault("SR013", LETTERS, "example: 示例小店}", "example: 示例小店, kind: date}", "{id: shop", "不是 date 的写法"),
    Fault("SR013", LETTERS, "{id: shop,", "{id: shop, kind: dat,", "kind: dat", "只能是"),
    Fault("SR013", LETTERS, "{id: shop,", "{id: shop, words: shop,", "words: shop", "kind: money"),
    Fault("SR013", LETTERS, "{id: shop,", "{id: shop, fee: fee,", "fee: fee", "kind: money"),
    Fault("SR013", LETTERS, "{id: shop,", "{id: shop, most: 200,", "most: 200", "必须写 sources"),
    Fault(
        "SR013",
        LETTERS,
        "  letters:",
        "  checks:\n    - {rule: at-most, fields: [shop, shop], says: 多了}\n  letters:",
        "rule: at-most",
        "at-most 的 fields 不对",
    ),
    Fault(
        "SR013",
        LETTERS,
        "  letters:",
        "  checks:\n    - {rule: count, fields: [nobody, shop], says: 多了}\n  letters:",
        "rule: count",
        "nobody",
    ),
    Fault("SR013", "docs/templates/demand.md", "demand/letter-filled.md", "demand/other.md", "other.md", "没有"),
    Fault("SR017", FACTORS, "title: 证据", "title: 证明", "- id: evidence", "没有标题"),
    Fault("SR017", FACTORS, "- id: evidence", "- id: proof", "- id: proof", "factors/proof"),
    Fault("SR017", FACTORS, "      bad: {answer: 不是, why: 对不上}\n", "", "- id: kind", "缺少 bad"),
    Fault("SR017", FACTORS, "- id: kind", "- id: original", "- id: original", "同一个 id"),
    Fault("SR017", FACTORS, "#improve", "#nowhere", "- text: 导出", "不存在"),
    Fault("SR017", FACTORS, "在 {appeal}内找", "在 {nothing}内找", "answer: 不知道", "没有「nothing」"),
    Fault("SR017", FACTORS, "why: 核对不了", "why: 过了 {appeal}，核对不了", "answer: 没有了", "必须写 sources"),
    Fault("SR017", FACTORS, "why: 照它审, sources: [rule-a/2.1]", "why: 照它审", "- id: kind", "没有一个答案"),
    Fault("SR017", FACTORS, "step: court", "step: nowhere", "step: nowhere", "没有 steps/nowhere"),
    Fault("SR017", FACTORS, "step: court", "step: appeal", "step: appeal", "写了两次"),
    Fault("SR017", FACTORS, "step: court", "step: appeal", "- id: evidence", "写到 court"),
    Fault("SR017", FACTORS, "why: 带原件", "why: 原件和复印件都要带到法院去", "step: court", "最多"),
    Fault("SR017", FACTORS, "why: 带原件", "why: 7 天内带去", "step: court", "不说「7 天」"),
    Fault("SR017", FACTORS, "steps/court#entry", "steps/court#nowhere", "step: court", "不存在"),
    Fault("SR020", AMOUNTS, "每次 9 元", "每次 90 元", "takes:", "「90」不在"),
    Fault("SR020", AMOUNTS, "most: 9", "most: 8", "takes:", "最大的是 9 元"),
    Fault("SR020", AMOUNTS, "sources: [rule-a/2.1]", "sources: [law-a/2]", "takes:", "law-a/2"),
    Fault("SR020", AMOUNTS, "appeals: [appeal]", "appeals: [apeal]", "takes:", "没有「apeal」"),
    Fault("SR020", AMOUNTS, "    appeals: [appeal]\n", "", "takes:", "没有申诉期限"),
    Fault("SR020", AMOUNTS, "good: [天灾]", "good: [人祸]", "takes:", "没有「人祸」这一行；有的是 天灾"),
    Fault("SR023", "docs/steps/index.md", "# 步骤\n", "# 步骤\n\n先看[^rule-a/2.1]。\n", "先看[^", "不印来源"),
    Fault("SR022", ASKED, "- question: ", "- question: <b>问</b>", "<b>", "标签"),
    Fault("SR021", ASKED, "steps/appeal#deadline", "steps/apeal", "- question", "没有这一页"),
    Fault("SR021", ASKED, "#deadline", "#dead", "- question", "没有这一节"),
    Fault("SR021", ASKED, "  origin: example.invalid\n", "", "- question", "缺少 origin"),
    Fault("SR021", ASKED, "steps/appeal#deadline", "factors/evidence", "- question", "没有一页收入"),
    Fault(
        "SR021", "docs/steps/index.md", "asked/steps", "asked/other", "asked/other", "没有「shelves/asked/other.md」"
    ),
    Fault("SR017", WAYS, "see: steps/court#moves", "see: steps/none#moves", "- id: court", "不存在"),
    Fault("SR017", WAYS, "fee: fee", "fee: tax", "fee: tax", "没有「tax」"),
    Fault("SR017", WAYS, "share: 2", "share: 0", "fee: fee", "至少是 1"),
    Fault("SR017", WAYS, "提交后 {appeal}", "提交后 {none}", "text: 提交后", "没有「none」"),
    Fault("SR018", GLANCE, "periods: [appeal]", "periods: [apeal]", "periods:", "没有「apeal」"),
    Fault("SR018", GLANCE, "  result: 撤销", "  jump: [nowhere]\n  result: 撤销", "jump:", "没有「nowhere」这一节"),
    Fault("SR018", GLANCE, "- page: deductions/late", "- page: deductions/gone", "- page:", "没有「deductions/gone」"),
    Fault("SR018", GLANCE, "- page: deductions/late", "- page: factors", "- page:", "没有「factors」"),
    Fault("SR018", GLANCE, "  result: 撤销\n", "", "- page:", "缺少 result（结果）"),
    Fault("SR018", GLANCE, "result: 撤销", f"result: {'撤' * 91}[^rule-a/2.1]", "result:", "91 个汉字，最多 90"),
    Fault("SR018", GLANCE, "entry: 处置通知", "entry: 处置|通知", "entry:", "「|」"),
    Fault("SR018", GLANCE, "entry: 处置通知", "entry: 处置<br>通知", "entry:", "「<」"),
    Fault("SR018", GLANCE, "entry: 处置通知", 'entry: "处置\\n通知"', "entry:", "不能有换行"),
    Fault("SR018", GLANCE, "entry: 处置通知", "entry: 1. 处置通知", "entry:", "不能用「1.」开头"),
    Fault("SR018", GLANCE, "not_for: 没有", "not_for: 不适用于没有", "not_for:", "重复"),
    Fault("SR018", GLANCE, "entry: 处置通知", "entri: 处置通知", "entri:", "没有叫"),
    Fault("SR018", LATE, f"{BOX}\n\n", "", "现在先做", "现在是 0 行"),
    Fault("SR018", LATE, BOX, f"{BOX}\n\n{BOX}", "现在先做", "现在是 2 行"),
    Fault("SR018", LATE, BOX, f"先看看。\n\n{BOX}", "glance/", "紧跟"),
    Fault("SR018", APPEAL, "一份回执。", BOX, "glance/", "别的页"),
    Fault("SR018", APPEAL, "一份回执。", '--8<-- "glance/steps/appeal.md"', "现在先做", "没有「steps/appeal」"),
    Fault("SR016", DEADLINES, "rule-a/2.1", "rule-a/2.1\n  kinds: [gone]", "- id: appeal", "没有 deductions/gone"),
    Fault("SR016", DEADLINES, "rule-a/2.1", "rule-a/2.1\n  kinds: [late, late]", "- id: appeal", "另一个"),
    Fault("ST022", "docs/faq.md", "收到通知后 7 天内[^rule-a/2.1]。", "收到通知" * 21 + "。", "### 几天", "85 个字"),
    Fault("ST022", "docs/faq.md", "，见[申诉](steps/appeal.md#deadline)", "", "### 几天", "没有链接"),
    Fault("ST023", FLOW, "to: left}", "to: later}", "to: later}", "不是结局"),
    Fault("ST023", FLOW, "text: 还早, to: late}", "text: 还早, to: what}", "to: what}", "还没问过"),
    Fault("ST023", FLOW, "text: 还早, to: late}", "text: 还早, to: other}", "- id: left", "同一处"),
    Fault("ST023", FLOW, "text: 还早, to: late}", "text: 还早, to: other}", "- id: late", "没有一条路"),
    Fault("ST023", FLOW, "    - id: left\n", _chain(), "text: 第 7 问, to: late", "要答 7 问"),
    Fault("ST023", FLOW, "{id: over,", "{id: more,", "{id: more, text: 过了", "网址"),
    Fault("ST023", FLOW, "- id: other", "- id: late", "- id: late", "用了 2 次"),
    Fault("ST023", FLOW, "text: 书面问", "text: 7 天内书面问", "7 天内", "不能写成数字"),
    Fault("ST023", FLOW, '"{appeal}内', '"{apeal}内', "{apeal}", "没有「apeal」"),
    Fault("ST023", FLOW, "deadline: appeal", "deadline: apeal", "deadline: apeal", "没有「apeal」"),
    Fault("ST023", FLOW, "guide: steps/appeal#deadline", "guide: steps/appeal#nope", "- id: late", "这一节"),
    Fault(
        "ST023",
        FLOW,
        "guide: steps/appeal#deadline",
        "guide: steps/appeal#deadline\n      tool: costs",
        "- id: late",
        "tools/costs",
    ),
    Fault(
        "ST023",
        FLOW,
        "guide: steps/appeal#deadline",
        "guide: steps/appeal#deadline\n      tool: hammer",
        "tool: hammer",
        "只能是",
    ),
    Fault("ST023", FLOW, "guide: steps/court", "guide: steps/court\n      event: negative", "event: negative", "只给"),
    Fault(
        "ST023",
        FLOW,
        "guide: steps/court",
        "guide: steps/court\n      tool: deadlines\n      event: nothing",
        "- id: other",
        "没有「nothing」这件事",
    ),
    Fault(
        "ST023",
        FLOW,
        "guide: steps/court",
        "guide: steps/court\n      tool: letter\n      letter: nothing",
        "- id: other",
        "没有「nothing」这份文书",
    ),
    Fault("ST023", FLOW, "text: 书面问", "text: 照《甲规则》问", "《甲规则》", "sources"),
    Fault("ST023", FLOW, "sources: [rule-a/2.1]", "sources: [rule-a/9]", "rule-a/9", "没有登记"),
    Fault("ST023", FLOW, "        - {text: 截下成功页}\n", "", "- {text: 截下通知", "恰好有 3 条"),
    Fault("ST023", FLOW, "{text: 看通知}", "{text: 看通知, deadline: appeal}", "text: 看通知", "恰好"),
    Fault("ST023", FLOW, "id: factors/evidence", "id: factors/index", "id: factors/index", "没有一页收入"),
    Fault("ZH009", TERMS, "aliases: [登进去]", "aliases: [罚款]", "- term: 登录", "既属于"),
    Fault("ZH009", TERMS, "see: steps/appeal#deadline", "see: steps/appeal#nope", "- term: 违约金", "不存在"),
    Fault("ZH009", TERMS, "[law-a/2]", "[law-a/9]", "- term: 违约金", "没有登记"),
    Fault("FM008", "docs/steps/index.md", "", "", ""),
    Fault("FM009", APPEAL, "reviewed: 2026-11-24", "reviewed: 2026-01-01", "reviewed:"),
    Fault("ST006", APPEAL, "看处置通知[^rule-a/2.1]。", "看处置通知。", "## 在哪里点"),
    Fault("ST006", APPEAL, "- 订单", "订单。", "## 准备什么"),
    Fault("ST010", TYPES, "body: steps", "body: stepps", "stepps"),
    Fault("ST010", TYPES, "glance: [deadline,", "glance: [deadlines,", "glance: [", "没有「deadlines」"),
    Fault("ST010", TYPES, "jump: [amount,", "jump: [amounts,", "jump: [amounts,", "「amounts」不是"),
    Fault("ST010", TYPES, "max_clicks: 3", "max_clicks: 三", "max_clicks"),
    Fault("ST010", TYPES, "types:", "typos:", "typos:"),
    Fault("ST011", APPEAL, "漏看。", "漏看。 <!-- kb: allow ZH004 -->", "kb: allow", "原因"),
    Fault("ST011", APPEAL, "漏看。", "漏看。 <!-- kb: allow ZH999 就这样 -->", "kb: allow", "ZH999"),
    Fault("ST012", APPEAL, "漏看。", "漏看。 <!-- kb: allow ZH004 已经改了 -->", "kb: allow"),
    Fault("ST013", APPEAL, "一份回执。", "#### 回执 { #receipt }\n\n一份回执。", "#### 回执"),
    Fault("ST014", APPEAL, "一份回执。", "一份回执，" * 60 + "。", "一份回执，"),
    Fault("ST015", APPEAL, "| 你看到的 | 意思 |", "| 你看到的 |  |", "| 你看到的 |"),
    Fault("ST016", APPEAL, "一份回执。", "![](../icon.svg){ width=1 height=1 }", "icon.svg", "文字说明"),
    Fault("ST016", APPEAL, "一份回执。", "![回执的样子](../icon.svg)", "icon.svg", "宽高"),
    Fault("ST028", APPEAL, "一份回执。", "一份回执。\n1. 留好它。", "1. 留好它"),
    Fault("ST028", APPEAL, "一份回执。", "一份回执。\n\n1. 截图。\n\n    示例：一张。\n2. 留好它。", "2. 留好它"),
    Fault("LK011", TYPES, "[steps/court]", "[steps/appeal]", ""),
    Fault("LK012", COURT, "part_of: steps/2", "part_of: steps/3", "part_of:", "没有第 2 个"),
    Fault("LK012", COURT, "part_of: steps/2", "part_of: steps/1", "part_of:", "相同"),
    Fault("LK013", "docs/index.md", "- [去 factors/index](factors/index.md)\n", "", ""),
    Fault("LK013", TYPES, "max_clicks: 3", "max_clicks: 1", "", "点 2 次"),
    Fault("LK014", EVIDENCE, "再去[申诉](../steps/appeal.md)", "再去申诉", "title:"),
    Fault("LK015", "docs/factors/index.md", "- [证据](evidence.md)", "- [申诉](../steps/appeal.md)", ""),
    Fault("LK019", SLUGS, "steps/court\n", "steps/court\nsteps/gone\n", "steps/gone", "现在没有这一页"),
    Fault("LK019", SLUGS, "steps/court\n", "steps/court.md\n", "steps/court.md", "不是页面的路径"),
    Fault("LK020", MOVED, "old: steps/suit", "old: steps/appeal", "- {old: steps/appeal", "还有页面"),
    Fault("LK020", MOVED, "old: steps/suit", "old: steps/never", "- {old: steps/never", "没有发布过"),
    Fault("LK020", MOVED, "new: steps/court#moves", "new: steps/gone", "- {old: steps/suit", "没有「steps/gone」"),
    Fault("LK020", MOVED, "new: steps/court#moves", "new: steps/court#no", "- {old: steps/suit", "#no"),
    Fault("LK020", MOVED, "new: steps/court#moves", "new: steps/suit", "- {old: steps/suit", "也搬走了"),
    Fault("LK020", MOVED, "date: 2026-11-20", "date: 2026-13-20", "2026-13-20", "不是存在的日期"),
    Fault("LK020", MOVED, "date: 2026-11-20", "date: 2026-12-20", "- {old: steps/suit", "今天"),
    Fault("LK020", MOVED, "old: steps/suit", "old: steps/Suit.md", "steps/Suit.md", "不是页面的路径"),
    Fault("LK020", MOVED, ", why: 改名", "", "- {old: steps/suit", "缺少 why"),
    Fault("ST025", TEMPLATE, "{{ words.button.name }}", "点我", "点我", "words.组.名字"),
    Fault("ST025", TEMPLATE, "words.button.name", "words.button.title", "button.title", "没有「button.title」"),
    Fault("ST025", BUTTON, "WORDS.button.told", "'好了'", "好了", "WORDS.组.名字"),
    Fault("ST025", BUTTON, "WORDS.button.told", "`${WORDS.button.told}了`", "told}", "「了」"),
    Fault("ST025", WORDS, "  told: 好了", "  told: 好了\n  more: 再来", "more: 再来", "没有人用"),
    Fault("ST025", WORDS, "  told: 好了", "  told: 3", "told: 3", "一段文字"),
    Fault("ST025", WORDS, "  told: 好了", "  told: <img src=x>", "<img", "标记"),
    Fault("ST025", WORDS, "  told: 好了", "  Told: 好了", "Told", "小写"),
    Fault("ST025", WORDS, "  told: 好了", "  told: [好了", "[好了", "YAML"),
    Fault("ST026", "mkdocs.yml", "https://", "http://", "feedback:", "https"),
    Fault("ST026", "mkdocs.yml", "&body={body}", "", "feedback:", "{body}"),
    Fault("ST027", "mkdocs.yml", "downloads/", "guide.zip", "downloads:", "斜线"),
    Fault("ST027", "mkdocs.yml", "downloads/", "http://example.org/", "downloads:", "https"),
    Fault("ZH001", WORDS, "told: 好了", "told: 好,了", "好,了"),
    Fault("ZH002", WORDS, "told: 好了", "told: 好 ，了", "好 ，了"),
    Fault("ZH005", TOOL, "看倒计时", "保证追回", "保证追回"),
    Fault("ZH001", TOOL, "看倒计时", "看,倒计时", "看,倒计时"),
    Fault("ZH002", TOOL, "看倒计时", "看3次", "看3次"),
    Fault("ZH001", APPEAL, "漏看。", "漏看,再看。", "漏看,"),
    Fault("ZH001", SOURCES, "收到通知后七天内申诉", "收到通知后,七天内申诉", "收到通知后,"),
    Fault("ZH002", APPEAL, "漏看。", "漏看 3次。", "漏看 3次"),
    Fault("ZH003", APPEAL, "漏看。", "漏看裡面。", "漏看裡"),
    Fault("ZH003", APPEAL, "漏看。", "漏看⽤户。", "漏看⽤"),
    Fault("ZH004", APPEAL, "漏看。", "登陆后漏看。", "登陆后"),
    Fault("ZH005", APPEAL, "漏看。", "照做保证追回。", "保证追回"),
    Fault("ZH006", APPEAL, "漏看。", "漏看对帐单。", "对帐单"),
    Fault("ZH007", APPEAL, "漏看。", "入口待补。", "待补"),
    Fault("ZH008", APPEAL, "漏看。", "申诉的期限是", "申诉的期限是"),
    Fault("ZH009", TERMS, "aliases: [登进去]", "aliases: 登进去", "登进去"),
    Fault("SR007", "docs/reference/sources.md", "甲规则", "乙规则", ""),
)

# A rule whose problem shows at another place than where the fault was put.
REPORTED_AT = {
    "FM008": "docs/steps.md",
    "LK005": EVIDENCE,
    "LK006": COURT,
    "LK011": APPEAL,
    "LK013": EVIDENCE,
    "LK015": EVIDENCE,
    "SR008": APPEAL,
    "SR009": APPEAL,
    "ST008": COURT,
}
REPORTED_LINE = {"LK011": "fallback:", "LK013": "title:", "LK015": "part_of:", "SR008": "7 天内", "SR009": "reviewed:"}
# Found in built pages; tests/test_built.py seeds their faults.
BUILT = {"LK007", "LK008", "LK009", "LK010", "LK016", "LK017", "LK018", "ST017", "ST018", "ST019", "ST020", "ST021"}
BUILT |= {"FM010", "FM011"}


def test_clean_project_has_no_problem(project: Project) -> None:
    assert project.problems() == []


def test_every_rule_has_a_seeded_fault() -> None:
    assert {fault.code for fault in FAULTS} == set(RULES) - BUILT


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_caught(project: Project, fault: Fault) -> None:
    if fault.code == "FM008":
        project.write("docs/steps.md", project.read("docs/steps/index.md"))
    elif fault.path == LATE and not fault.old:
        project.write(AMOUNTS, project.read(AMOUNTS).replace("deductions/late", "deductions/other"))
    else:
        project.edit(fault.path, fault.old, fault.new)
    path = fault.path if fault.code == "ST008" and "gone" in fault.new else REPORTED_AT.get(fault.code, fault.path)
    at = fault.at or REPORTED_LINE.get(fault.code, "")
    line = project.line(path, at) if at else 1
    found = [problem for problem in project.problems() if problem.code == fault.code]
    assert any((each.path, each.line) == (path, line) and fault.message in each.message for each in found), found


def test_new_page_is_listed_by_one_command_and_a_lost_one_never_forgotten(project: Project) -> None:
    project.edit(SLUGS, "steps/court\n", "")
    (found,) = project.problems()
    assert (found.path, found.line, found.code) == (COURT, 1, "LK019")
    assert "make slugs" in found.message
    assert slugs.add(project.root) == 1
    assert project.problems() == []
    project.write(MOVED, "[]\n")
    assert slugs.add(project.root) == 0
    (found,) = project.problems()
    assert (found.path, found.line, found.code) == (SLUGS, project.line(SLUGS, "steps/suit"), "LK019")
    project.write(SLUGS, project.read(SLUGS) + "faq\n")
    assert "第 " in [each for each in project.problems() if each.path == SLUGS][-1].message


@pytest.mark.parametrize(
    ("old", "new", "code", "col"),
    [
        ("entry: 处置通知", "entry: 处置通知[^rule-b/2.1]", "SR001", 16),
        ("entry: 处置通知", "entry: 收到后 7 天内", "SR003", 14),
        ("entry: 处置通知", "entry: 「约定的违约金明显高于造成的损失」[^law-a/2]", "SR004", 11),
        ("entry: 处置通知", "entry: 收到后 15 天内[^rule-a/2.1]", "SR010", 14),
        ("entry: 处置通知", "entry: 先交 3%[^law-a/2]", "SR011", 13),
        ("entry: 处置通知", "entry: 处置通知,再看", "ZH001", 14),
        ("entry: 处置通知", "entry: 见 12315页面[^rule-a/2.1]", "ZH002", 17),
        ("#improve", "#nowhere", "LK002", 23),
        ("evidence.md#", "evidense.md#", "LK001", 23),
        ("[appeal]", "[appeal, other]", "SR018", 21),
    ],
)
def test_words_of_a_box_obey_the_rules_of_pages(project: Project, old: str, new: str, code: str, col: int) -> None:
    project.edit(GLANCE, old, new)
    found = [(each.path, each.line, each.col) for each in project.problems() if each.code == code]
    assert found == [(GLANCE, project.line(GLANCE, new), col)]


def test_draft_in_a_box_says_that_it_is_one(project: Project) -> None:
    project.edit(SOURCES, "standing: notice", "standing: draft")
    drafts = [problem.line for problem in project.problems() if (problem.path, problem.code) == (GLANCE, "SR008")]
    assert drafts == [project.line(GLANCE, "deadline:")]


def test_every_page_of_a_type_with_boxes_must_have_one(project: Project) -> None:
    project.write(GLANCE, "[]")
    found = [(each.path, each.line) for each in project.problems() if each.code == "SR018"]
    assert found == [(LATE, project.line(LATE, "现在先做"))]


@pytest.mark.parametrize("text", ["- page: [\n", "- page: deductions/late\n  entri: 处置通知\n"])
def test_what_cannot_be_read_of_the_boxes_is_told_once(project: Project, text: str) -> None:
    project.write(GLANCE, text)
    assert [each.path for each in project.problems() if each.code == "SR018"] == [GLANCE]


def test_box_shows_no_period_of_another_kind_and_none_that_the_page_does_not_cite(project: Project) -> None:
    project.edit(DEADLINES, "source: rule-a/2.1", "source: law-a/2\n  kinds: [other]")
    assert "other 的申诉期" in next(each.message for each in project.problems() if each.code == "SR018")
    project.edit(DEADLINES, "  kinds: [other]", "")
    assert "正文没有引用" in next(each.message for each in project.problems() if each.code == "SR018")


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


def test_huge_page_is_refused_with_one_line(project: Project) -> None:
    project.write(APPEAL, project.read(APPEAL) + "长" * 400_000)
    found = [problem for problem in project.problems() if problem.path == APPEAL]
    assert [(problem.line, problem.col, problem.code) for problem in found] == [(1, 1, "FM001")]
    assert "最多 1 MB" in found[0].message


def test_folders_linked_in_a_circle_are_no_trouble(project: Project) -> None:
    (project.root / "docs" / "loop").symlink_to(project.root / "docs")
    (project.root / "docs" / "gone.md").symlink_to(project.root / "nowhere.md")
    assert {problem.code for problem in project.problems() if problem.path == "docs/gone.md"} == {
        "FM001",
        "ST008",
        "LK019",
    }


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
