"""ST: what a page consists of, as ``data/page-types.yml`` says."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from ..conventions import Section
from ..page import TABLE_RULE, Page
from ..site import Site
from . import Found, declare, rule

ASCII_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
TABLE_INCLUDED = re.compile(r'^--8<-- "tables/')
LISTED = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\S")
INLINE_MARKS = re.compile(r"\[\^[^\]]*\]|\]\([^)]*\)|[*_`\[]")
OTHER_THAN_TEXT = re.compile(r"^\s*(?:[#|<>]|!!!|\?\?\?|--8<--|\[\^)")
NUMBERED = re.compile(r"^\s*1[.)]\s+\S")


def _sections(site: Site):
    for page in site.pages.values():
        for section in site.type_of(page).sections:
            yield page, section


def _body(page: Page, section: Section) -> list[str] | None:
    span = page.section(section.id)
    return page.lines[span[0] - 1 : span[1] - 1] if span else None


@rule("ST001")
def section_missing(site: Site) -> Found:
    """缺少这类页面必须有的一节。

    错：步骤页没有「## 期限 { #deadline }」
    对：## 期限 { #deadline }
    为什么：同类页面段落一致，读者才能一眼找到期限和入口。
    """
    for page, section in _sections(site):
        if page.section(section.id) is None:
            line = page.headings[-1].line if page.headings else page.body_line
            yield page.path, line, 1, f"缺少「## {section.title} {{ #{section.id} }}」这一节；请补上"


@rule("ST002")
def section_order(site: Site) -> Found:
    """各节先后不对。

    错：「材料」在「期限」之前
    对：先「期限」，后「材料」
    为什么：最急的要放在最前面，而且每页都在同一处。
    """
    for page in site.pages.values():
        wanted = [section.id for section in site.type_of(page).sections]
        present = [heading for heading in page.headings if heading.level == 2 and heading.id in wanted]
        for before, after in itertools.pairwise(present):
            if wanted.index(after.id) < wanted.index(before.id):
                yield page.path, after.line, 1, f"「#{after.id}」必须在「#{before.id}」之前；请移动这一节"


@rule("ST003")
def heading_id(site: Site) -> Found:
    """二级以下标题没有写明英文 id。

    错：## 申诉时限
    对：## 申诉时限 { #deadline }
    为什么：没写 id，生成器给的是 _2 这样的名字，改动一行链接就断。
    """
    for page in site.pages.values():
        for heading in page.headings:
            if heading.level > 1 and not ASCII_ID.fullmatch(heading.id):
                yield page.path, heading.line, 1, f"标题「{heading.title}」必须写明英文 id，例如 {{ #deadline }}"


@rule("ST004")
def heading_id_repeated(site: Site) -> Found:
    """一页里两个标题用了同一个 id。

    错：两节都写 { #deadline }
    对：{ #deadline } 与 { #deadline-supplement }
    为什么：链接只会跳到前一个。
    """
    for page in site.pages.values():
        counts = Counter(heading.id for heading in page.headings if heading.id)
        seen = set()
        for heading in page.headings:
            if counts[heading.id] > 1 and heading.id in seen:
                yield page.path, heading.line, 1, f"id「{heading.id}」在本页用了两次；请换一个"
            seen.add(heading.id)


@rule("ST005")
def title_differs(site: Site) -> Found:
    """一级标题必须恰好一个，且与 title 一字不差。

    错：title: 第四步 提交申诉，正文却是「# 提交申诉」
    对：# 第四步 提交申诉
    为什么：目录、搜索结果和页面说的要是同一个名字。
    """
    for page in site.pages.values():
        if page.meta is None:
            continue
        tops = [heading for heading in page.headings if heading.level == 1]
        if not tops or page.headings[0].level != 1:
            yield page.path, page.body_line, 1, f"正文必须以「# {page.meta.title}」开头"
        for extra in tops[1:]:
            yield page.path, extra.line, 1, "一级标题只能有一个；请改成二级标题"
        if tops and tops[0].title != page.meta.title:
            yield page.path, tops[0].line, 3, f"一级标题必须与 title 相同，即「{page.meta.title}」"


@rule("ST006")
def section_body(site: Site) -> Found:
    """某一节是空的，或没有它该有的东西：期限和入口要引用，材料要列表，步骤要编号，判断要表格，失败要有去处。

    错：「## 怎么做」里只有一段话
    对：1. 打开……
    为什么：读者要照着做，不是读文章。
    """
    wants = {
        "cited": (lambda body: any("[^" in line for line in body), "能核对的内容，句末引用来源 [^来源/条款]"),
        "list": (lambda body: any(LISTED.match(line) or TABLE_RULE.match(line) for line in body), "列表或表格"),
        "steps": (lambda body: any(NUMBERED.match(line) for line in body), "从「1.」开始的编号步骤"),
        "table": (lambda body: any(TABLE_RULE.match(line) or TABLE_INCLUDED.match(line) for line in body), "一张表格"),
        "link": (lambda body: any("](" in line for line in body), "指向下一页的链接"),
    }
    for page, section in _sections(site):
        body = _body(page, section)
        if body is None:
            continue
        line = page.section(section.id)[0] - 1
        if not "".join(page.text.split("\n")[line : line + len(body)]).strip():
            yield page.path, line, 1, f"「{section.title}」这一节是空的；请写内容"
        elif section.body in wants and not wants[section.body][0](body):
            yield page.path, line, 1, f"「{section.title}」这一节必须有{wants[section.body][1]}"
        elif section.head and (wrong := _wrong_head(body, section)):
            yield page.path, line + 1 + wrong, 1, f"表头必须是「{' | '.join(section.head)}」"


def _wrong_head(body: list[str], section: Section) -> int | None:
    for index, text in enumerate(body[1:], 1):
        if TABLE_RULE.match(text):
            cells = tuple(cell.strip() for cell in body[index - 1].strip().strip("|").split("|"))
            return None if cells == section.head else index - 1
    return None


@rule("ST007")
def next_action(site: Site) -> Found:
    """指南开头没有回答和「现在先做」。

    错：标题下直接是「## 做完这一步」
    对：**现在先做：**打开处置通知，记下申诉倒计时。
    为什么：读者的期限在走，第一屏就要知道下一步。
    """
    for page in site.pages.values():
        if site.is_guide(page) and site.conventions.opening not in page.lead:
            line = page.headings[0].line if page.headings else page.body_line
            yield page.path, line, 1, f"一级标题之后、第一节之前，必须有以「{site.conventions.opening}」开头的一行"


@rule("ST008")
def page_not_in_nav(site: Site) -> Found:
    """页面不在导航里，或者在导航里出现两次；导航里的页面必须存在。

    错：写了 docs/topics/lawyer.md，mkdocs.yml 的 nav 里却没有
    对：nav 里有「- topics/lawyer.md」
    为什么：不在导航里的页面，读者只能碰巧找到。
    """
    places = Counter(path for path, _, _ in site.nav)
    for path, page in site.by_path.items():
        if places[path] != 1:
            yield page.path, 1, 1, f"必须在 mkdocs.yml 的 nav 里恰好出现一次，现在是 {places[path]} 次"
    for path, line, col in site.nav:
        if path not in site.by_path:
            yield "mkdocs.yml", line, col, f"nav 里的「{path}」不存在；请改正路径或先写这一页"


@rule("ST009")
def sources_not_included(site: Site) -> Found:
    """「资料来源」一节没有收入按本页引用生成的清单。

    错：## 资料来源 { #sources } 下面手写一份清单
    对：--8<-- "sources/steps/file-appeal.md"
    为什么：清单由引用生成，才不会漏，也不会多。
    """
    for page, section in _sections(site):
        body = _body(page, section) if section.id == site.conventions.sources_section else None
        name = page.path.removeprefix("docs/")
        if body is not None and "\n".join(body).strip() != f'--8<-- "sources/{name}"':
            yield page.path, page.section(section.id)[0] - 1, 1, f'这一节必须恰好是一行：--8<-- "sources/{name}"'


declare(
    "ST010",
    "conventions_invalid",
    """data/page-types.yml 写法不对：各类页面有哪些节，就写在这里。

    错：sections 里写 body: 表格
    对：body: table
    为什么：检查、写作指南和新页面的样子都由它来。
    """,
)


@rule("ST013")
def level_skipped(site: Site) -> Found:
    """标题跳了一级。

    错：## 期限 之后直接 #### 补充
    对：## 期限 之后 ### 补充
    为什么：用读屏软件的人靠标题的层级找路。
    """
    for page in site.pages.values():
        for before, after in itertools.pairwise(page.headings):
            if after.level > before.level + 1:
                message = f"「{after.title}」从 {before.level} 级跳到了 {after.level} 级；请改成 {before.level + 1} 级"
                yield page.path, after.line, 1, message


@rule("ST014")
def paragraph_too_long(site: Site) -> Found:
    """一段太长，手机上读不下去。

    错：一段 300 个字
    对：拆成几段，一段一个意思；或改成列表
    为什么：着急的人只扫一眼。
    """
    limit = site.conventions.max_paragraph
    for page in site.pages.values():
        for block in () if page.generated else page.blocks:
            words = INLINE_MARKS.sub("", block.text)
            if not block.text.lstrip().startswith("|") and len(words) > limit:
                message = f"这一段有 {len(words)} 个字，最多 {limit} 个；请拆开，一段一个意思"
                yield page.path, block.line, 1, message


@rule("ST015")
def table_head_empty(site: Site) -> Found:
    """表头有空格子，或者整张表没有表头。

    错：| | 多久 |
    对：| 情形 | 多久 |
    为什么：手机上每一格都靠表头说明，读屏软件也是。
    """
    for page in site.pages.values():
        for number, line in enumerate(page.lines, 1):
            if TABLE_RULE.match(line) and number > 1 and "|" in page.lines[number - 2]:
                cells = page.lines[number - 2].strip().strip("|").split("|")
                if any(not cell.strip() for cell in cells):
                    yield page.path, number - 1, 1, "表头不能有空的格子；请写上这一列是什么"


@rule("ST016")
def image_incomplete(site: Site) -> Found:
    """图片没有文字说明，或没有写宽高。

    错：![](map.svg)
    对：![从申诉到起诉的四条路](map.svg){ width=720 height=360 }
    为什么：看不见图的人要知道图上是什么；没有宽高，页面会跳。
    """
    for page in site.pages.values():
        for link in page.links:
            if not link.image:
                continue
            line = page.lines[link.line - 1]
            attributes = line[line.find(")", link.col - 1) + 1 :].partition("}")[0]
            if not link.text.strip():
                yield page.path, link.line, link.col, "图片必须有文字说明：![图上是什么](地址)"
            elif "width=" not in attributes or "height=" not in attributes:
                yield page.path, link.line, link.col, "图片必须写宽高，例如 { width=720 height=360 }"


@rule("ST022")
def question_not_answered(site: Site) -> Found:
    """问答页的一问没有马上回答：第一段太长、没有回答，或者后面没有去处。

    错：### 冻结的钱什么时候解冻 下面先讲三段背景
    对：第一段 80 字以内就是回答，再用一段说明，给出下一页的链接
    为什么：问的人只想先听到答案。
    """
    for page in site.pages.values():
        limit = site.type_of(page).answer
        for heading in page.headings if limit else ():
            if heading.level == 3 and (message := _answer_fault(page, heading.line, limit)):
                yield page.path, heading.line, 1, f"「{heading.title}」{message}"


def _answer_fault(page: Page, line: int, limit: int) -> str:
    end = next((each.line for each in page.headings if each.line > line), len(page.lines) + 1)
    blocks = [block.text for block in page.blocks if line < block.line < end]
    if not blocks:
        return "没有回答；请先用一段话直接回答"
    words = len(INLINE_MARKS.sub("", blocks[0]))
    if words > limit:
        return f"的第一段有 {words} 个字，最多 {limit} 个；请先直接回答，其余放到下一段"
    if not any("](" in text for text in blocks):
        return "之后没有链接；请写明去哪一页看下一步"
    return ""


@rule("ST028")
def list_in_paragraph(site: Site) -> Found:
    """列表项紧接在一段话后面，成了那段话里的字。

    错：示例：应扣 2,000 元。 下一行直接 4. 书面问平台
    对：示例：应扣 2,000 元。 空一行，再 4. 书面问平台
    为什么：中间没有空行，后面几步就挤成一整段，读者找不到第 4 步。
    """
    for page in site.pages.values():
        begins, text = True, False  # whether a block begins here, and whether the one before the line is a paragraph
        for number, line in page.numbered:
            listed, other = LISTED.match(line), not line.strip() or OTHER_THAN_TEXT.match(line)
            if listed and text:
                yield page.path, number, 1, "列表项前面是一段话；请在它前面空一行"
            text = not listed and not other and (begins or text)
            begins = bool(other)
