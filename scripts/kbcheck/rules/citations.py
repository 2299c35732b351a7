"""SR: facts and their sources."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from .. import letters, made
from ..deadlines import FILE as DEADLINES
from ..fees import FILE as FEES
from ..laws import read_articles, squash
from ..letters import FILE as TEMPLATES
from ..letters import Template
from ..page import CITATION
from ..site import Site
from ..sources import FILE, citations_of_works, law_path
from . import Found, declare, rule

DURATION = re.compile(r"(?<![\d.-])(\d[\d,]*)\s*(小时|天|日内|个?自然日|个?工作日|个月|年(?!\s*\d|[版度月]))")
PERCENT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*%")
UNIT = {"日内": "天", "个自然日": "自然日", "个工作日": "工作日"}
FACT = re.compile(
    r"(?<![\d-])\d[\d,.]*\s*(?:万?元|%|倍|(?:个)?(?:工作日|自然日|小时)|个月|天|日内|年(?!\s*\d|[版度月]))"
    r"|第[零一二三四五六七八九十百千]+条"
    r"|《[^》\n]+》"
    r"|后台[^。|]{0,8}(?:>|›|→|－)\s*\S+"
)
BASIS = re.compile(r"第[零一二三四五六七八九十百千]+条|《[^》\n]+》")
QUOTE = re.compile(r"「([^「」]{8,})」[^「」。\n]{0,12}?\[\^([a-z0-9-]+)/([^\]]+)\]")
EXAMPLE = "示例"
PRINTED = '--8<-- "sources/'


@rule("SR001")
def source_unknown(site: Site) -> Found:
    """引用的来源不在 data/sources.yml 里。

    错：7 天内发起[^fake-transaction/appeal]
    对：7 天内发起[^fake-transactions/appeal]
    为什么：没有来源的期限，谁也不该照着做。
    """
    for page in site.texts:
        for mark in page.citations:
            if site.sources.find(mark.target):
                continue
            work, _, clause = mark.target.partition("/")
            if work in site.sources.works:
                message = f"来源「{work}」没有登记条款「{clause}」；请在 {FILE} 的 clauses 里补上"
            else:
                message = f"没有叫「{work}」的来源；请在 {FILE} 里登记，或改正 id"
            yield page.path, mark.line, mark.col, message


@rule("SR002")
def source_unused(site: Site) -> Found:
    """登记了却没有一页引用的条款。

    错：sources.yml 里有 deposit/2.7，没有一页引用它
    对：删去，或在说到它的页面引用
    为什么：清单要和页面说的一致，改规则时才知道影响哪几页。
    """
    used = {citation for page in site.pages.values() for citation in site.cited(page)}
    for citation in citations_of_works(site.sources):
        if citation not in used:
            yield FILE, *site.sources.lines[citation], f"没有一页引用「{citation}」；请引用它，或删去这一条"


@rule("SR023")
def source_unprinted(site: Site) -> Found:
    """引用了来源的页面没有印来源。

    错：总目页上写 7 天内申诉[^fake-transactions/appeal]，没有资料来源一节
    对：写在有资料来源的那一页，这里只留链接
    为什么：没有来源可印，读者看到的是「[^fake-transactions/appeal]」这几个字。
    """
    for page in site.pages.values():
        if not site.is_guide(page) and PRINTED not in page.text:
            for mark in page.citations:
                message = f"这一页不印来源，不能引用「{mark.target}」；请改成链接，写在那一页"
                yield page.path, mark.line, mark.col, message


@rule("SR003")
def fact_uncited(site: Site) -> Found:
    """说了金额、期限、百分比、法条、规则名或后台路径，却没有引用来源。

    错：收到通知后 7 天内申诉。
    对：收到通知后 7 天内申诉[^fake-transactions/appeal]。
    为什么：写错一个期限，会让人丢钱；有来源才核对得了。
    """
    for page in site.texts:
        if not site.is_guide(page):
            continue
        for block in page.blocks:
            match = FACT.search(re.sub(r"\]\([^)]*\)", lambda m: " " * len(m[0]), block.text))
            if (
                match
                and "[^" not in block.text
                and block.section != site.conventions.sources_section
                and EXAMPLE not in block.text
            ):
                message = f"「{match[0].strip()}」必须引用来源，写成 [^来源/条款]；找不到来源就改成让读者去哪里核对"
                yield page.path, *_position(block, match.start()), message


def _position(block, offset: int) -> tuple[int, int]:
    before = block.text[:offset]
    return block.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


@rule("SR004")
def quote_differs(site: Site) -> Found:
    """引号里的法条与原文不一致。

    错：「平台应当立即退还」[^platform-rules-supervision/29]
    对：引号里与 data/laws/ 那一条的文字逐字相同
    为什么：读者会把引号里的话抄进申诉书。
    """
    articles: dict[str, dict] = {}
    for page in site.texts:
        for number, line in page.numbered:
            for match in QUOTE.finditer(line):
                work = site.sources.works.get(match[2])
                path = law_path(site.root, match[2])
                if work is None or work.kind != "law" or not path.is_file():
                    continue
                laws = articles.setdefault(work.id, read_articles(path))
                article = laws.get(int(re.match(r"\d+", match[3])[0]), ()) if match[3][0].isdigit() else ()
                if squash(match[1]) not in squash("".join(article)):
                    message = f"引文与《{work.title}》{match[3]} 的原文不一致；请逐字核对，或去掉引号改用自己的话"
                    yield page.path, number, match.start(1) + 1, message


declare(
    "SR005",
    "sources_invalid",
    """data/sources.yml 写法不对。

    错：confidence: 很高
    对：confidence: high
    为什么：每个来源都要说清是什么、哪一版、何时核对。
    """,
)
declare(
    "SR006",
    "article_missing",
    """登记的法条在 data/laws/ 的原文里不存在。

    错：ecommerce-law 的 clauses 里写 "99"
    对："36"
    为什么：条号错了，读者和法官都找不到。
    """,
)


@rule("SR007")
def reference_stale(site: Site) -> Found:
    """由数据生成的页面（来源、术语表、更新记录、核对日期）过期了。

    错：改了 sources.yml，没有重新生成 docs/reference/sources.md
    对：运行 make site，它会重新生成
    为什么：这些页面必须和数据、和各页的引用一致。
    """
    if site.sources.problems or site.terms.problems or any(page.meta is None for page in site.pages.values()):
        return
    for path, text in made.pages(site).items():
        page = site.pages.get(path)
        if page is None or page.text != text:
            yield path, 1, 1, "与数据和各页的引用不一致；请运行 make site 重新生成"


DRAFT_WORDS = ("征求意见", "意见征集", "尚未生效", "草案")


@rule("SR008")
def draft_as_rule(site: Site) -> Found:
    """把征求意见稿当成了现行规则。

    错：扣 50 元[^late-shipment-draft/2.2]
    对：征求意见稿（尚未生效）打算改成 50 元[^late-shipment-draft/2.2]
    为什么：照没有生效的规则去申诉，一定会输。
    """
    drafts = {work.id for work in site.sources.works.values() if work.standing == "draft"}
    for page in site.texts if drafts else ():
        for block in page.blocks:
            for match in CITATION.finditer(block.text):
                if match[1].partition("/")[0] in drafts and not any(word in block.text for word in DRAFT_WORDS):
                    yield (
                        page.path,
                        *_position(block, match.start()),
                        "引用的是征求意见稿；请写明“征求意见稿，尚未生效”",
                    )


@rule("SR009")
def reviewed_before_source(site: Site) -> Found:
    """页面的核对日期早于它引用的来源的核对日期。

    错：来源 2026-11-25 重新核对过，页面还写 reviewed: 2026-08-01
    对：重读页面里引用它的句子，再把 reviewed 改成当天
    为什么：来源变了，页面没有跟着读过，就不知道还对不对。
    """
    for page in site.pages.values():
        if page.meta is None:
            continue
        works = {work.id: work for citation in site.cited(page) if (work := _work(site, citation))}
        newer = [work for work in works.values() if work.checked > page.meta.reviewed]
        if newer:
            latest = max(newer, key=lambda work: work.checked)
            message = f"来源「{latest.id}」在 {latest.checked.isoformat()} 核对过；请重读引用它的句子，再更新 reviewed"
            yield page.path, *page.place("reviewed"), message


def _work(site: Site, citation: str):
    found = site.sources.find(citation)
    return found[0] if found else None


@rule("SR010")
def number_differs(site: Site) -> Found:
    """页面里的期限与 data/deadlines.yml 不一样，或这个文件写法不对。

    错：数据里是 7 天，页面写 15 天内申诉[^fake-transactions/appeal]
    对：7 天内申诉[^fake-transactions/appeal]
    为什么：一个期限只有一个数；改了一处忘了另一处，读者就会错过。
    """
    by_source: dict[str, list] = {}
    for entry in site.deadlines.entries:
        by_source.setdefault(entry.source, []).append(entry)
        if site.sources.find(entry.source) is None and not site.sources.problems:
            yield DEADLINES, entry.line, entry.col, f"期限「{entry.id}」的来源「{entry.source}」没有登记；请改正"
    for page in site.texts if by_source else ():
        for block in page.blocks:
            yield from _wrong_numbers(page, block, by_source)


def _wrong_numbers(page, block, by_source: dict[str, list]) -> Found:
    """Look at each citation with the words before it: since the citation before, or the block's start.

    Words that state a period in the unit of the data must state one of the data's; they may state others beside it.
    """
    start = 0
    for match in CITATION.finditer(block.text):
        words, start = block.text[start : match.start()], match.end()
        entries = by_source.get(match[1], ())
        periods = list(DURATION.finditer(words)) if entries and EXAMPLE not in block.text else []
        for unit in {entry.unit for entry in entries}:
            stated = [found for found in periods if UNIT.get(found[2], found[2]) == unit]
            known = {entry.length: entry.title for entry in entries if entry.unit == unit}
            if stated and not any(int(found[1].replace(",", "")) in known for found in stated):
                offset = match.start() - len(words) + stated[0].start()
                listed = "、".join(f"{length} {unit}（{title}）" for length, title in known.items())
                message = f"「{stated[0][0]}」与 {DEADLINES} 不同，那里是 {listed}；请核对来源"
                yield page.path, *_position(block, offset), message


@rule("SR011")
def fee_differs(site: Site) -> Found:
    """页面里的收费比例与 data/fees.yml 不一样，或这个文件写法不对。

    错：数据里是 2.5%，页面写 3%[^litigation-fees/13-1-i1]
    对：2.5%[^litigation-fees/13-1-i1]
    为什么：读者照着准备钱，算错了就立不了案。
    """
    by_source: dict[str, object] = {}
    for entry in site.fees.entries:
        by_source[entry.source] = entry
        if site.sources.find(entry.source) is None and not site.sources.problems:
            yield FEES, entry.line, entry.col, f"费用「{entry.id}」的来源「{entry.source}」没有登记；请改正"
    for page in site.texts if by_source else ():
        for block in page.blocks:
            yield from _wrong_rates(page, block, by_source)


def _wrong_rates(page, block, by_source: dict) -> Found:
    start = 0
    for match in CITATION.finditer(block.text):
        words, start = block.text[start : match.start()], match.end()
        if (fee := by_source.get(match[1])) is None:
            continue
        rates = {bracket.rate for bracket in fee.brackets if bracket.rate is not None}
        for found in PERCENT.finditer(words):
            if Decimal(found[1]) not in rates:
                offset = match.start() - len(words) + found.start()
                listed = "、".join(f"{rate}%" for rate in sorted(rates))
                yield page.path, *_position(block, offset), f"「{found[0]}」与 {FEES} 不同，那里是 {listed}；请核对来源"


@rule("SR012")
def rows_invalid(site: Site) -> Found:
    """做成表格的数据（deductions、evidence、holidays、ways 等）写法不对，或者没有一页用它。

    错：sources: []
    对：sources: [late-shipment/2.1]
    为什么：页面上的表由它们生成，每一行都要有据，每个日期都要算得出来。
    """
    by_slug = {page.slug: page for page in site.pages.values()}
    for folder, rows in site.tables.items():
        for slug in rows.pages:
            page = by_slug.get(slug.partition(".")[0])
            if page is None or f"{folder}/{slug}.md" not in page.includes:
                yield rows.file, 1, 1, f'没有一页收入「{slug}」的表；请在那一页写 --8<-- "{folder}/{slug}.md"，或删去'
            for citation, row in rows.citations(slug):
                if not site.sources.problems and site.sources.find(citation) is None:
                    message = f"「{slug}」引用的「{citation}」没有登记；请在 {FILE} 里补上，或改正"
                    yield rows.file, row.line, row.col, message
    for page in site.pages.values():
        for include in page.includes:
            folder = "/".join(include.split("/")[:2])
            name = include.removeprefix(f"{folder}/").removesuffix(".md")
            if folder in site.tables and name not in site.tables[folder].pages:
                line = page.lines.index(f'--8<-- "{include}"') + 1
                yield page.path, line, 1, f"{site.tables[folder].file} 里没有「{name}」；请补上，或删去这一行"


@rule("SR013")
def letter_invalid(site: Site) -> Found:
    """data/templates.yml 写法不对：栏目没有定义、没用到、示例和 kind 不合，提到法条没有来源，或者没有一页收入这份文书。

    错：text: 依据《电子商务法》第三十五条，请求撤销。
    对：后面加一行 sources: [ecommerce-law/35]
    为什么：读者会把这段话原样交上去，每一句都要有据，每一栏都要能填。
    """
    includes = {include for page in site.pages.values() for include in page.includes}
    for template in site.templates.entries:
        for name in template.examples:
            if template.letter(name) is None:
                message = f"examples「{name}」不是这里的文书；请写其中一个的 id"
                yield TEMPLATES, template.line, template.col, message
        yield from _wrong_fields(template)
        yield from _wrong_answers(site, template)
        yield from _unfounded(site, template)
        for include, letter, _ in letters.snippets(template):
            if include not in includes:
                message = f'没有一页收入「{letter.title}」；请在 {template.id} 里写 --8<-- "{include}"'
                yield TEMPLATES, letter.line, letter.col, message
    known = {include for template in site.templates.entries for include, _, _ in letters.snippets(template)}
    known.add(letters.LIST)
    for page in site.pages.values():
        for include in page.includes:
            if include.startswith("letters/") and include not in known:
                line = page.lines.index(f'--8<-- "{include}"') + 1
                yield page.path, line, 1, f"{TEMPLATES} 里没有「{include}」这份文书；请补上，或删去这一行"


def _wrong_fields(template: Template) -> Found:
    known = {slot.id for slot in template.slots}
    used = set()
    for letter in template.letters:
        for block in template.blocks(letter):
            for name in letters.FIELD.findall("".join(block.texts)):
                used.add(name)
                if name not in known:
                    yield TEMPLATES, block.line, block.col, f"没有叫「{name}」的栏目；请在 fields 里补上，或改正"
    counts = Counter(slot.id for slot in template.slots)
    for slot in template.slots:
        if slot.id not in used:
            yield TEMPLATES, slot.line, slot.col, f"栏目「{slot.label}」没有用在正文里；请用上或删去"
        if counts[slot.id] > 1:
            yield TEMPLATES, slot.line, slot.col, f"栏目的 id「{slot.id}」用了 {counts[slot.id]} 次；请换一个"


def _wrong_answers(site: Site, template: Template) -> Found:
    """What tools/letter goes by: kinds of answers, amounts in words, fees, and what answers must obey together."""
    kinds = {slot.id: slot.kind for slot in template.slots}
    fees = {fee.id for fee in site.fees.entries}
    for slot in template.slots:
        if not letters.KINDS[slot.kind].fullmatch(slot.example):
            yield TEMPLATES, slot.line, slot.col, f"示例「{slot.example}」不是 {slot.kind} 的写法；请改示例，或改 kind"
        if slot.words and kinds.get(slot.words) != "money":
            yield TEMPLATES, slot.line, slot.col, f"words「{slot.words}」不是一个 kind: money 的栏目；请改正"
        if slot.fee and (slot.kind != "money" or slot.fee not in fees):
            yield (
                TEMPLATES,
                slot.line,
                slot.col,
                f"fee「{slot.fee}」要在 data/fees.yml 里有，栏目是 kind: money",
            )
        if slot.most and not slot.sources:
            yield TEMPLATES, slot.line, slot.col, "写了 most，必须写 sources；请补上哪里写了这个字数，或删去"
    for check in template.checks:
        allowed, count = letters.CHECKS[check.rule]
        wrong = [name for name in check.fields if name not in kinds or (allowed and kinds[name] not in allowed)]
        if wrong or len(check.fields) < 2 - (count == 1) or (count and len(check.fields) != count):
            named = "、".join(wrong or check.fields)
            yield TEMPLATES, check.line, check.col, f"{check.rule} 的 fields 不对：{named}；请核对个数和各栏的 kind"


def _unfounded(site: Site, template: Template) -> Found:
    parts = [block for letter in template.letters for block in template.blocks(letter)]
    for part in dict.fromkeys((*template.slots, *parts)):
        words = "".join(part.cells() if isinstance(part, letters.Slot) else part.texts)
        if not part.sources and BASIS.search(words):
            yield TEMPLATES, part.line, part.col, "提到了法律或规则，必须写 sources；请补上来源，或删去这句"
        for citation in part.sources:
            if not site.sources.problems and site.sources.find(citation) is None:
                yield TEMPLATES, part.line, part.col, f"引用的「{citation}」没有登记；请在 {FILE} 里补上，或改正"
