"""Seed faults into copies of this project and see whether the checks catch each: right code, right file, right line.

``mutate.py [--places N] [--only CODE]``. Prints one line for each fault that was missed or misplaced, then a summary.
Exit code 0: all caught; 1: some were not; 2: the clean project has problems, so nothing can be said.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from kbcheck import built
from kbcheck.cli import today
from kbcheck.problem import Problem
from kbcheck.rules import RULES, run
from kbcheck.site import read_site
from reuse import Kept

PROJECT = Path(__file__).resolve().parent.parent
COPIED = ("docs", "data", "overrides", "web", "mkdocs.yml")
STEPS, FACTORS, TOPICS = ("docs/steps/*-*.md",), ("docs/factors/[!i]*.md",), ("docs/topics/[!i]*.md",)
HUBS = ("docs/steps/index.md", "docs/factors/index.md", "docs/topics/index.md")
ANY = (*STEPS, *FACTORS, *TOPICS)
SOURCES, TYPES, TERMS = ("data/sources.yml",), ("data/page-types.yml",), ("data/terms.yml",)
DEADLINES, FEES, NAV = ("data/deadlines.yml",), ("data/fees.yml",), ("mkdocs.yml",)
EVENTS = ("data/events.yml",)
LETTERS, FAQ = ("data/templates.yml",), ("docs/faq.md",)
TIMELINES, HOLIDAYS, CARE = ("data/timelines.yml",), ("data/holidays.yml",), ("data/evidence-care.yml",)
FLOW, GLANCE = ("data/triage.yml",), ("data/glance.yml",)
AMOUNTS, ASKED, PICKS = ("data/deductions.yml",), ("data/asked.yml",), ("data/picks.yml",)
TEMPLATES, SCRIPTS, TOOLS = ("overrides/**/*.html",), ("web/site/*.js",), ("web/tools/*.js",)
PUBLISHED, MOVED = ("data/slugs.txt",), ("data/redirects.yml",)
QUESTIONS, WAYS = ("data/factors.yml",), ("data/ways.yml",)
PICTURES, APPEALS = ("data/drawings.yml",), ("data/appeals.yml",)
HTML = ("**/index.html",)
# A sentence of prose: the first full stop of a paragraph without citation marks.
PROSE = r"(?m)^(?![|#\-*\d>!` ])(?=[^\n\[`“]*。$)([^\n]*)。$"
MATCH, ELSEWHERE = "match", "elsewhere"


@dataclass(frozen=True)
class Mutation:
    """A kind of fault: in which files, what is replaced by what, and where the problem must show.

    ``at``: ``MATCH``, the line where the replaced text begins; ``ELSEWHERE``, in any file; else a pattern that finds
    the line in the changed file.
    """

    code: str
    name: str
    files: tuple[str, ...]
    old: str
    new: str | Callable[[re.Match], str]
    at: str = MATCH
    shift: int = 0
    in_body: bool = False  # look for the place after the front matter only


M = Mutation


def P(code: str, name: str, new: str) -> Mutation:  # noqa: N802 - reads like M in the table below
    """Return a fault put into a sentence of prose."""
    return Mutation(code, name, ANY, PROSE, new, in_body=True)


MUTATIONS = (
    M("FM001", "没有文首信息", ANY, r"\A---\n", ""),
    M("FM001", "冒号没有引号", ANY, r"(?m)^title: (\S+).*$", r"title: \1: 又一个"),
    M("FM001", "键写了两次", ANY, r"(?m)^type: \w+\n", r"\g<0>type: hub\n", shift=1),
    M("FM001", "不存在的日期", ANY, r"(?m)^reviewed: .*$", "reviewed: 2026-13-41"),
    M("FM002", "键拼错", ANY, r"(?m)^part_of:", "partof:"),
    M("FM003", "缺少类型", ANY, r"(?m)^type: \w+\n", "", at=r"(?m)^title:"),
    M("FM003", "缺少说明", ANY, r"(?m)^description: .*\n", "", at=r"(?m)^title:"),
    M("FM004", "没有这种类型", ANY, r"(?m)^type: \w+$", "type: article"),
    M("FM004", "核对日期在将来", ANY, r"(?m)^reviewed: .*$", "reviewed: 2199-01-01"),
    M("FM004", "说明太短", ANY, r"(?m)^description: .*$", "description: 太短"),
    M("FM004", "标题里有标签", ANY, r"(?m)^title: (.*)$", r"title: '\1<b>'"),
    M("FM004", "路径带 .md", ANY, r"(?m)^  - ((?:steps|factors|topics)/\S+)$", r"  - \1.md"),
    M("FM005", "次序颠倒", ANY, r"(?m)^(type: \w+\n)(reviewed: .*\n)", r"\2\1", shift=1),
    M("FM006", "相关页面不存在", ANY, r"(?m)^  - (steps|factors|topics)/\S+$", r"  - \1/no-such-page"),
    M("FM006", "失败后的页面不存在", ANY, r"(?m)^fallback: \S+$", "fallback: steps/no-such-page"),
    M("FM007", "标题重复", HUBS, r"(?m)^title: .*$", "title: 第四步 提交申诉", at=ELSEWHERE),
    M("FM009", "过期没有复核", ANY, r"(?m)^reviewed: .*$", "reviewed: 2020-01-01"),
    M(
        "ST001",
        "少一节",
        ANY,
        r"(?m)^## .*\{ #(deadline|judge|ways) \}$",
        "## 另一节 { #other }",
        at=r"(?m)^## .*#sources",
    ),
    M(
        "ST002",
        "次序颠倒",
        STEPS,
        r"(?ms)^(## [^\n]*#deadline \}\n.*?)(^## [^\n]*#entry \}\n.*?)(?=^## [^\n]*#materials)",
        r"\2\1",
        at=r"(?m)^## .*#deadline",
    ),
    M("ST003", "标题没有 id", ANY, r"(?m)^(## .*?) \{ #(deadline|effect|ways) \}$", r"\1"),
    M("ST003", "id 是中文", ANY, r"(?m)^(## .*?)\{ #(deadline|effect|ways) \}$", r"\1{ #期限 }"),
    M(
        "ST004",
        "id 重复",
        ANY,
        r"(?m)^(## .*?)\{ #(mistakes|limits|templates) \}$",
        r"\1{ #sources }",
        at=r"(?m)^## 资料来源",
    ),
    M("ST005", "标题与 title 不同", ANY, r"(?m)^# .*$", "# 另一个标题"),
    M("ST005", "两个一级标题", ANY, r"(?m)^## .*#sources \}$", r"# 又一个\n\n\g<0>"),
    M("ST006", "步骤没有编号", ANY, r"(?ms)(^## [^\n]*#(?:moves|improve) \}\n).*?(?=^## )", r"\1\n随便写一段话。\n\n"),
    M("ST006", "期限没有引用", STEPS, r"(?ms)(^## [^\n]*#deadline \}\n).*?(?=^## )", r"\1\n尽快。\n\n"),
    M(
        "ST006",
        "失败没有去处",
        (*STEPS, *TOPICS),
        r"(?ms)(^## [^\n]*#failure \}\n).*?(?=^## )",
        r"\1\n没有办法了。\n\n",
    ),
    M("ST006", "一节是空的", ANY, r"(?ms)(^## [^\n]*#(?:mistakes|limits|merchant) \}\n).*?(?=^## )", r"\1\n"),
    M("ST006", "表头改了", FACTORS, r"(?m)^\| 看什么 \|", "| 看 |"),
    M("ST007", "没有现在先做", ANY, r"\*\*现在先做：\*\*", "", at=r"(?m)^# "),
    M(
        "ST008",
        "不在导航里",
        NAV,
        r"(?m)^      - (steps/file-appeal|factors/evidence|topics/refunds)\.md\n",
        "",
        at=ELSEWHERE,
    ),
    M("ST008", "导航里的页面不存在", NAV, r"(?m)^      - steps/(\w+)-(\w+)\.md$", r"      - steps/\1-x\2.md"),
    M("ST009", "手写来源清单", ANY, r'(?m)^--8<-- "sources/.*"$', "1. 某规则。", at=r"(?m)^## 资料来源"),
    M("ST010", "没有这种写法", TYPES, r"body: (steps|table|link)", r"body: \1s"),
    P("ST011", "例外没有原因", r"\1。 <!-- kb: allow ZH004 -->"),
    P("ST012", "例外没有用上", r"\1。 <!-- kb: allow ZH004 从前要用 -->"),
    P("ST013", "标题跳级", r"#### 跳级 { #skip-level }\n\n\1。"),
    P("ST014", "一段太长", r"\1，" + "这一段写得太长了，手机上读不下去，" * 12 + "。"),
    M("ST015", "表头是空的", ANY, r"(?m)^\| [^|\n]+ \|(.*)$(?=\n\|-)", r"|  |\1"),
    M("ST028", "列表前面没有空行", ANY, r"(?m)^(\w[^\n|]*[。：])\n\n(?=(?:-|1\.) )", r"\1\n", shift=1),
    P("ST016", "图片没有说明", r"\1。![](../assets/icon.svg){ width=1 height=1 }"),
    P("ST016", "图片没有宽高", r"\1。![标记](../assets/icon.svg)"),
    M("LK001", "文件不存在", ANY, r"\]\((\.\./)?(steps/|factors/|topics/)?([a-z-]+)\.md", r"](\1\2no-\3.md"),
    M(
        "LK001",
        "大小写不同",
        ANY,
        r"\]\(\.\./(steps|factors|topics)/([a-z])([a-z-]+)\.md",
        lambda m: f"](../{m[1]}/{m[2].upper()}{m[3]}.md",
    ),
    M("LK001", "表格里的坏链接", ANY, r"(?m)^(\| [^|\n]*)\|(?=.*\|$)(?!-)", r"\1[去看](no-such.md) |"),
    M("LK002", "位置不存在", ANY, r"\]\(([./a-z-]+\.md)(?:#[a-z-]+)?\)", r"](\1#no-such-place)"),
    P("LK002", "本页没有这个位置", r"\1，见[上面](#no-such-place)。"),
    M("LK003", "绝对路径", ANY, r"\]\(\.\./(steps|factors|topics)/([a-z-]+)\.md", r"](/\1/\2/"),
    M("LK003", "网页后缀", ANY, r"\]\((\.\./)?((?:steps/|factors/|topics/)?[a-z-]+)\.md", r"](\1\2.html"),
    P("LK003", "HTML 链接", r'\1，<a href="../steps/file-appeal.md">申诉</a>。'),
    P("LK003", "引用式链接", r"\1，见[申诉][1]。"),
    M("LK004", "点击这里", ANY, r"\[[^\[\]^\n]+\](?=\([./a-z-]+\.md)", "[点击这里]"),
    M("LK005", "相关只写一边", ANY, r"(?m)^related:\n  - .*\n", "related:\n", at=ELSEWHERE),
    M(
        "LK006",
        "失败后转圈",
        ("docs/steps/legal-action.md",),
        r"(?m)^changes:",
        "fallback: steps/file-appeal\nchanges:",
    ),
    M(
        "LK011",
        "没有人作决定",
        TYPES,
        r"decided_at: \[steps/legal-action\]",
        "decided_at: [steps/await-review]",
        at=ELSEWHERE,
    ),
    M("LK012", "次序有缺", STEPS, r"(?m)^part_of: steps/8$", "part_of: steps/9"),
    M("LK012", "次序相同", STEPS, r"(?m)^part_of: steps/[2-7]$", "part_of: steps/1", at=ELSEWHERE),
    M("LK013", "从首页到不了", TYPES, r"home: index", "home: reference/about", at=ELSEWHERE),
    M("LK015", "栏目页没有列出", HUBS[1:], r"\((settlement|refunds)\.md\)", "(index.md)", at=ELSEWHERE),
    M("LK019", "发布过的地址没了", PUBLISHED, r"(?m)^steps/file-appeal$", "steps/file-appeal\nsteps/gone", shift=1),
    M("LK019", "新页面没有记下", PUBLISHED, r"(?m)^steps/file-appeal\n", "", at=ELSEWHERE),
    M("LK020", "去处不存在", MOVED, r"(?m)^\[\]$", "- {old: faq, new: nowhere, date: 2026-11-20, why: 改名}"),
    M("SR023", "总目页引用来源", ("docs/*/index.md",), r"(?m)^(# .*\n\n.+)$", r"\1[^deposit/2.4.1]", shift=2),
    M("SR001", "来源不存在", ANY, r"\[\^([a-z-]+)/", r"[^no-\1/"),
    M("SR001", "条款没有登记", ANY, r"\[\^([a-z-]+)/[^\]]+\]", r"[^\1/999.9]"),
    M(
        "SR002",
        "登记了没人引用",
        SOURCES,
        r"(?m)^  clauses:\n",
        r'\g<0>    "nobody-cites-this": "没有一页引用的一句话。"' + "\n",
        shift=1,
    ),
    P("SR003", "金额没有来源", r"\1，要 2,000 元。"),
    P("SR003", "期限没有来源", r"\1，7 天内办。"),
    P("SR003", "法条没有来源", r"\1，按第三十二条办。"),
    P("SR003", "规则名没有来源", r"\1，见《某某规则》。"),
    P("SR003", "后台路径没有来源", r"\1，在后台 > 违规管理里看。"),
    M(
        "SR004",
        "法条抄错",
        ANY,
        r"「([^「」\n]{8,})」(?=[^「」。\n]{0,12}?\[\^)",
        lambda m: f"「{m[1][:3]}必须立即{m[1][3:]}」",
    ),
    M("SR005", "可信程度写错", SOURCES, r"confidence: (high|medium)", r"confidence: very-\1"),
    M("SR005", "少了发布者", SOURCES, r"(?m)^  issuer: .*\n", "", at=ELSEWHERE),
    M("SR006", "条号不存在", SOURCES, r'(?m)^    "(19|585|40)(-\d)?":', r'    "9999":'),
    M("SR007", "来源页过期", ("docs/reference/sources.md",), r"(?m)^# 资料来源$", "# 资料来源\n\n改了一句。", at=r"\A"),
    M("SR008", "把草案当规则", SOURCES, r"(?m)^  standing: notice$", "  standing: draft", at=ELSEWHERE),
    M("SR009", "来源后来又核对过", SOURCES, r"(?m)^  checked: .*$", "  checked: 2199-01-01", at=ELSEWHERE),
    M(
        "SR010",
        "期限与数据不同",
        DEADLINES,
        r"(?m)^  length: (\d+)$",
        lambda m: f"  length: {int(m[1]) + 400}",
        at=ELSEWHERE,
    ),
    M("SR010", "单位写错", DEADLINES, r"(?m)^  unit: \S+$", "  unit: 礼拜"),
    M("SR011", "没有上限的档不在最后", FEES, r"\{up_to: \d+, rate: (\S+)\}", r"{rate: \1}", at=ELSEWHERE),
    M("SR012", "算不出来的日子", TIMELINES, r"after: [\w-]+", "after: nothing"),
    M("SR012", "放假日子写错", HOLIDAYS, r"last: (\d+)-01-03", r"last: \1-13-03", at=ELSEWHERE),
    M("SR012", "没有清单会列的证据", CARE, r"(?m)^      rest: true\n", "", at=r"(?m)^    - what: \"别的"),
    M("SR012", "图里没有这个期限", PICTURES, r"(?m)^(      time: .*)\{[a-z-]+\}", r"\1{no-such-period}", at=ELSEWHERE),
    M("SR012", "规则没有写的，没有说明", APPEALS, r"(?m)^  supplement: .*\n", "", at=ELSEWHERE),
    M("SR013", "没有定义的栏目", LETTERS, r"\{[a-z][a-z-]*\}(?=[^}\n]*$)", "{nobody}", at=ELSEWHERE),
    M("SR013", "法条没有来源", LETTERS, r"(?m)^(\s+)- sign: ", r"\1- text: 依据《甲法》办理。\n\1- sign: "),
    M("SR013", "示例不是那种写法", LETTERS, r"kind: long", "kind: money", at=ELSEWHERE),
    M("SR013", "对照的栏目写错", LETTERS, r"(?m)^(      fields: \[)[\w-]+", r"\1nobody", at=ELSEWHERE),
    M("SR013", "少一份文书", LETTERS, r"(?m)^  examples: .*$", "  examples: [nobody]", at=ELSEWHERE),
    M("ST023", "没有路通到的结局", FLOW, r"(?m)^    - id: (\S+)\n(?=      title)", r"    - id: no-\1\n", at=ELSEWHERE),
    M("ST023", "回答没有去处", FLOW, r"to: [\w-]+", "to: nowhere"),
    M("ST023", "没有的一件事", FLOW, r"(?m)^      event: \S+$", "      event: nothing", at=ELSEWHERE),
    M("ST023", "没有的一份文书", FLOW, r"(?m)^      letter: \S+$", "      letter: nothing", at=ELSEWHERE),
    M("ST023", "期限写成数字", FLOW, r"(?m)^(      title: [^\n]*)$", r"\1，7 天内申诉", shift=-1),
    M("SR017", "少一个因素", QUESTIONS, r"(?m)^- id: settlement$", "- id: nobody"),
    M("SR017", "没有不利的答案", QUESTIONS, r"(?ms)^      bad:\n.*?(?=^      unclear:)", "", at=r"(?m)^    - id:"),
    M("SR017", "没有这个期限", WAYS, r"(?m)^(    text: .*)\{[a-z-]+\}", r"\1{no-such-period}"),
    M("SR017", "去处不存在", QUESTIONS, r"(?m)^(      see: \S+)#\S+$", r"\1#no-such-place", shift=-1),
    M("SR017", "没有这一步", QUESTIONS, r"(?m)^    - \{step: [\w-]+", "    - {step: no-such-step"),
    M("SR020", "比自己的表扣得多", AMOUNTS, r"(?m)^    takes: \"", '    takes: "77,777 元；'),
    M("SR020", "没有这一行", AMOUNTS, r"(?m)^    good: \[", "    good: [没有的一行, ", at=ELSEWHERE),
    M("SR021", "问题的去处不存在", ASKED, r"(?m)^  see: \S+", "  see: topics/nowhere", shift=-1),
    M("SR022", "问题里有标签", ASKED, r"(?m)^- question: (\S+)", r"- question: \1<br>"),
    M("SR021", "推荐的去处不存在", PICKS, r"(?m)^    - see: \S+", "    - see: topics/nowhere"),
    M("SR018", "没有这个期限", GLANCE, r"(?m)^  periods: \[[\w-]+", "  periods: [no-such-period"),
    M("SR018", "没有这一页", GLANCE, r"(?m)^- page: .*$", "- page: steps/no-such-page"),
    M("SR018", "一行太长", GLANCE, r"(?m)^  result: .*$", "  result: " + "长" * 91),
    M("SR018", "页面没有收入", ("docs/*/*.md",), r'(?m)^--8<-- "glance/.*\n\n', "", at=r"(?m)^\*\*现在先做"),
    M("SR018", "不在该在的地方", ("docs/*/*.md",), r'(?m)^--8<-- "glance/', r"先看看。\n\n\g<0>", shift=2),
    M("SR001", "要点框的来源不存在", GLANCE, r"(?m)^(  \w+: .*?\[\^)", r"\1no-"),
    M("LK002", "要点框的链接没有位置", GLANCE, r"\.md(#[a-z-]+)?\)", ".md#no-such-place)"),
    M("SR016", "起点没有期限", EVENTS, r"starts: \[[^\],]+", "starts: [无此起点", at=ELSEWHERE),
    M("SR016", "期限不属于任何事", DEADLINES, r"(?m)^  starts: .*$", "  starts: 无此起点", at=ELSEWHERE),
    M("SR016", "没有这种扣款原因", DEADLINES, r"(?m)^  kinds: \[[\w-]+", "  kinds: [no-such-kind", at=ELSEWHERE),
    M("ST025", "模板里写了中文", TEMPLATES, r"\{\{ words\.\w+\.\w+ \}\}", "搜索"),
    M("ST025", "脚本里写了中文", SCRIPTS, r"\bWORDS\.\w+\.\w+", "'搜索'"),
    M("ST025", "没有这句话", SCRIPTS, r"\bWORDS\.(\w+)\.\w+", r"WORDS.\1.nothing"),
    M("ST026", "不是 https", NAV, r"(?m)^  feedback: .*$", '  feedback: "http://example.org/?{title}{body}"'),
    M("ST027", "不是文件夹", NAV, r"(?m)^  downloads: .*$", "  downloads: guide.zip"),
    M("ZH005", "工具里许诺", TOOLS, r"'([\u4e00-\u9fff]{4,})'", r"'\1，保证追回'"),
    M("ST022", "绕着弯回答", FAQ, r"(?m)^### [^\n]*\n\n", lambda m: m[0] + "说来话长，" * 20 + "先看下面。\n\n"),
    M(
        "ZH009",
        "一个别名两个词",
        TERMS,
        r"(?m)^(\s+- term: )(\S+)(\n(?:.*\n)*?\s+aliases: \[)",
        r"\1\2\3\2, ",
        at=ELSEWHERE,
    ),
    M(
        "ST022",
        "没有去处",
        FAQ,
        r"(?m)^(## [^\n]*\n\n)(?=### )",
        "\\1### 问什么？ { #asked }\n\n回答。\n\n",
        shift=2,
    ),
    M(
        "ZH001",
        "半角逗号",
        ANY,
        r"(?m)^(?![|#\-*\d>!` ])([^\n`\[]*?[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])",
        r"\1,",
        in_body=True,
    ),
    M("ZH002", "少空格", ANY, r"(?<=[\u4e00-\u9fff]) (?=\d+ (?:天|元|小时))", "", in_body=True),
    M("ZH001", "说明里的半角逗号", ANY, r"(?m)^(description: [^\n]*?[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", r"\1,"),
    P("ZH003", "繁体", r"\1，裡面。"),
    P("ZH003", "部首", r"\1，⽤户。"),
    P("ZH004", "登陆", r"\1，登陆后台。"),
    P("ZH005", "许诺", r"\1，保证追回。"),
    P("ZH006", "帐", r"\1，对帐单。"),
    P("ZH007", "没写完", r"\1，TODO。"),
    P("ZH008", "半句话", r"\1，"),
    M("ZH009", "写成了文字", TERMS, r"aliases: \[([^\],]+)[^\]]*\]", r"aliases: \1"),
)
# Faults of built pages: the same, in a copy of site/.
BUILT = (
    M("LK001", "页面没了", HTML, r'(<a href="[^"#:]*?)file-appeal/', r"\1file-apeal/"),
    M("LK001", "图标没了", HTML, r'(<link rel="icon" href="[^"]*?)icon\.svg', r"\1icno.svg"),
    M("LK002", "位置没了", HTML, r'(<a href="[^":]*)#[a-z-]+"', r'\1#no-such-place"'),
    M("LK003", "绝对路径", HTML, r'<a href="(?:\.\./)+(steps/)', r'<a href="/\1'),
    M("LK007", "id 重复", HTML, r"</article>", '<i id="title"></i></article>'),
    M("LK008", "网址写错", HTML, r"</article>", '<a href="https://exa mple/">x</a></article>'),
    M("LK009", "图片没有地址", HTML, r"</article>", '<img src="" alt=""></article>'),
    M("LK010", "二进制", HTML, r"(?i)\A<!doctype html>", "\0\0", at=r"\A"),
    M("LK016", "nofollow", HTML, r"</article>", '<a rel="nofollow" href="#title">x</a></article>'),
    M(
        "LK018",
        "索引多一页",
        ("search/*/pages0.json",),
        r'\["steps/file-appeal/"',
        '["steps/gone/"',
        at=ELSEWHERE,
    ),
    M("ST017", "没有 lang", HTML, r'<html lang="zh"', "<html", at=ELSEWHERE),
    M("ST018", "两个 h1", HTML, r"</article>", "<h1>又一个</h1></article>", at=ELSEWHERE),
    M("ST019", "标题跳级", HTML, r"</article>", "<h5>跳</h5></article>"),
    M("ST020", "图片没有 alt", HTML, r"</article>", '<img src="nothing.png"></article>'),
    M("ST021", "内联处理", HTML, r"</article>", '<p onclick="x()">x</p></article>'),
    M("FM010", "没有标题", HTML, r"<title>[^<]*</title>", "<title></title>", at=r"\A"),
    M(
        "FM011",
        "没有说明",
        HTML,
        r'<meta name="description" content="[^"]*"',
        '<meta name="description" content=""',
        at=r"\A",
    ),
)
# Rules that no replacement in one file can break: tests/test_rules.py seeds their faults.
NOT_HERE = {"FM008", "LK014", "LK017"}


@dataclass(frozen=True)
class Result:
    """What became of one seeded fault."""

    mutation: Mutation
    path: str
    verdict: str  # caught, missed, wrong code, wrong line, no place
    seen: tuple[Problem, ...]


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="mutate.py", description="种下错误，看检查抓不抓得到")
    parser.add_argument("--places", type=int, default=3, help="每种错误种在几处（默认 3）")
    parser.add_argument("--only", default="", metavar="CODE", help="只种这个编号或系列的错误")
    options = parser.parse_args(argv)
    results = list(mutate(options.places, options.only))
    if not results:
        print("干净的项目本身就有问题，或者还没有 site/；请先让 make check 通过", file=sys.stderr)
        return 2
    for each in results:
        if each.verdict != "caught":
            seen = (
                "；".join(f"{problem.path}:{problem.line} {problem.code}" for problem in each.seen[:3]) or "什么也没有"
            )
            print(f"{each.verdict}: {each.mutation.code} {each.mutation.name}（{each.path}）看到的是 {seen}")
    kinds = {(each.mutation.code, each.mutation.name) for each in results}
    caught = sum(each.verdict == "caught" for each in results)
    print(f"{len(kinds)} 种错误，种了 {len(results)} 处，抓到 {caught} 处")
    return 0 if caught == len(results) else 1


def mutate(places: int, only: str = "") -> Iterator[Result]:
    """Yield the result of every fault, each in ``places`` files (fewer where fewer can hold it)."""
    with tempfile.TemporaryDirectory() as folder:
        root, site = Path(folder) / "sources", Path(folder) / "site"
        root.mkdir()
        for name in COPIED:
            (shutil.copytree if (PROJECT / name).is_dir() else shutil.copy2)(PROJECT / name, root / name)
        day = today()
        if any(problem.severity == "error" for problem in run(read_site(root, day))):
            return
        wanted = [each for each in MUTATIONS if each.code.startswith(only)]
        for mutation in wanted:
            check = partial(_problems, root, day, mutation.code)
            yield from _seed(mutation, root, places, check)
        if not (PROJECT / "site").is_dir():
            return
        shutil.copytree(PROJECT / "site", site)
        kept = Kept(Path(folder) / "kept", "")  # of a fault in one page, the other pages need not be read again
        for mutation in (each for each in BUILT if each.code.startswith(only)):
            yield from _seed(mutation, site, places, lambda: built.check(site, own=True, remember=kept).problems)


def _problems(root: Path, day: date, code: str) -> list[Problem]:
    """Ask the one rule that must catch the fault: a hundred faults times all rules take minutes."""
    return run(read_site(root, day), stale="error", only=code)


def _seed(mutation: Mutation, root: Path, places: int, check) -> Iterator[Result]:
    seeded = 0
    for path in sorted({path for pattern in mutation.files for path in root.glob(pattern)}):
        text = path.read_text("utf-8")
        body = text.find("\n---\n") + 4 if mutation.in_body else 0
        match = re.compile(mutation.old).search(text, body)
        if match is None or seeded >= places:
            continue
        seeded += 1
        new = mutation.new(match) if callable(mutation.new) else match.expand(mutation.new)
        changed = text[: match.start()] + new + text[match.end() :]
        path.write_text(changed, "utf-8")
        problems = check()
        path.write_text(text, "utf-8")
        name = path.relative_to(root).as_posix()
        yield Result(mutation, name, *_judge(mutation, name, changed, match, problems))
    if not seeded:
        yield Result(mutation, "", "no place", ())


def _judge(mutation: Mutation, name: str, changed: str, match: re.Match, problems: list) -> tuple[str, tuple]:
    same = [problem for problem in problems if problem.code == mutation.code]
    if not problems:
        return "missed", ()
    if not same:
        return "wrong code", tuple(problems)
    if mutation.at == ELSEWHERE:
        return "caught", tuple(same)
    start = match.start() if mutation.at == MATCH else re.search(mutation.at, changed).start()
    line = changed[:start].count("\n") + 1 + mutation.shift
    # A pattern may begin before the line that it changes; the first changed line is the one that counts.
    right = any(problem.path == name and problem.line == line for problem in same)
    return ("caught" if right else "wrong line"), tuple(same)


def uncovered() -> set[str]:
    """Return the codes of rules for which there is no mutation and no reason why."""
    return set(RULES) - {each.code for each in (*MUTATIONS, *BUILT)} - NOT_HERE


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
