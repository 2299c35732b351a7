"""SR: facts and their sources."""

from __future__ import annotations

import re

from ..laws import read_articles, squash
from ..page_types import SOURCES
from ..reference_page import PATH as REFERENCE_PAGE
from ..reference_page import render
from ..site import Site
from ..sources import FILE, citations_of_works, law_path
from . import Found, rule
from .front_matter import _from_reader

FACT = re.compile(
    r"(?<![\d-])\d[\d,.]*\s*(?:万?元|%|倍|(?:个)?(?:工作日|自然日|小时)|个月|天|日内|年(?!\s*\d|[版度月]))"
    r"|第[零一二三四五六七八九十百千]+条"
)
QUOTE = re.compile(r"「([^「」]{8,})」[^「」。\n]{0,12}?\[\^([a-z0-9-]+)/([^\]]+)\]")
GUIDE_TYPES = ("step", "factor", "topic")
EXAMPLE = "示例"


@rule("SR001")
def source_unknown(site: Site) -> Found:
    """引用的来源不在 data/sources.yml 里。

    错：7 天内发起[^fake-transaction/appeal]
    对：7 天内发起[^fake-transactions/appeal]
    为什么：没有来源的期限，谁也不该照着做。
    """
    for page in site.pages.values():
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
    used = {mark.target for page in site.pages.values() for mark in page.citations}
    for citation in citations_of_works(site.sources):
        if citation not in used:
            yield FILE, *site.sources.lines[citation], f"没有一页引用「{citation}」；请引用它，或删去这一条"


@rule("SR003")
def fact_uncited(site: Site) -> Found:
    """说了金额、期限、百分比或法条，却没有引用来源。

    错：收到通知后 7 天内申诉。
    对：收到通知后 7 天内申诉[^fake-transactions/appeal]。
    为什么：写错一个期限，会让人丢钱；有来源才核对得了。
    """
    for page in site.pages.values():
        if not page.meta or page.meta.type not in GUIDE_TYPES:
            continue
        for block in page.blocks:
            match = FACT.search(re.sub(r"\]\([^)]*\)", lambda m: " " * len(m[0]), block.text))
            if match and "[^" not in block.text and block.section != SOURCES and EXAMPLE not in block.text:
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
    for page in site.pages.values():
        for number, line in enumerate(page.lines, 1):
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


_from_reader(
    "SR005",
    "sources_invalid",
    """data/sources.yml 写法不对。

    错：confidence: 很高
    对：confidence: high
    为什么：每个来源都要说清是什么、哪一版、何时核对。
    """,
)
_from_reader(
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
    """由数据生成的来源页过期了。

    错：改了 sources.yml，没有重新生成 docs/reference/sources.md
    对：运行 make site，它会重新生成
    为什么：来源页必须和数据、和各页的引用一致。
    """
    if site.sources.problems or any(page.meta is None for page in site.pages.values()):
        return
    page = site.pages.get(REFERENCE_PAGE)
    if page is None or page.text != render(site):
        yield REFERENCE_PAGE, 1, 1, "与 data/sources.yml 和各页的引用不一致；请运行 make site 重新生成"
