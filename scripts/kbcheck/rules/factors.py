"""SR: the questions of the self-assessment and the ways that it compares."""

from __future__ import annotations

from .. import factors, matrix, ways
from ..factors import Answer
from ..site import Site
from . import Found, rule
from .citations import FACT

FACTORS, WAYS = factors.FILE, ways.FILE
TYPE = "factor"


@rule("SR017")
def assessment_invalid(site: Site) -> Found:
    """data/factors.yml 或 data/ways.yml 写法不对：因素和因素页对不上、说了数没有来源、期限或去处不存在。

    错：see: factors/evidence#nowhere
    对：see: factors/evidence#improve
    为什么：读者照着自评的结果决定花不花力气，每个理由都要有据，每个去处都要到得了。
    """
    pages = {page.meta.title: page.slug for page in site.pages.values() if page.meta and page.meta.type == TYPE}
    if site.factors.entries and not site.factors.problems:
        known = {each.title for each in site.factors.entries}
        for title in sorted(set(pages) - known):
            yield FACTORS, 1, 1, f"没有因素「{title}」；每个因素页（{pages[title]}）都要有，title 一字不差"
    for factor in site.factors.entries:
        if pages.get(factor.title) != f"factors/{factor.id}":
            yield FACTORS, factor.line, factor.col, f"没有标题是「{factor.title}」的 factors/{factor.id} 页；请改正"
        for question in factor.questions:
            if not question.sources:
                yield FACTORS, question.line, question.col, f"「{question.text}」没有一个答案写 sources；请补上来源"
            for part in (question, *question.answers.values()):
                yield from _wrong_words(site, part)
        for advice in factor.improve:
            yield from _wrong_words(site, advice)
            yield from _wrong_place(site, FACTORS, advice)
    yield from _wrong_steps(site)
    yield from _wrong_ways(site)


def _wrong_steps(site: Site) -> Found:
    """The matrix: every step is there, no factor says anything twice of a step, a number stands elsewhere."""
    steps = {page.slug.partition("/")[2] for page in matrix.in_order(site.pages.values())}
    named = [(factor, each) for factor in site.factors.entries for each in factor.at]
    for factor, each in named:
        if each.step not in steps:
            yield FACTORS, each.line, each.col, f"没有 steps/{each.step} 这一步；请改成 {'、'.join(sorted(steps))}"
        if sum(other.step == each.step for other in factor.at) > 1:
            yield FACTORS, each.line, each.col, f"「{factor.title}」在 {each.step} 写了两次；请只留一处"
        if match := FACT.search(each.why):
            yield FACTORS, each.line, each.col, f"why 里不说「{match[0].strip()}」；请删去，see 那一节有来源"
        yield from _wrong_place(site, FACTORS, each)
    for step in sorted(steps - {each.step for _, each in named}) if named else ():
        yield FACTORS, 1, 1, f"没有一个因素的 at 写到 {step} 这一步；请补上"


def _wrong_words(site: Site, part) -> Found:
    words = f"{part.answer}。{part.why}" if isinstance(part, Answer) else part.text
    yield from _wrong_periods(site, FACTORS, part, words)
    if (match := FACT.search(factors.filled(words, site.deadlines))) and not part.sources:
        yield FACTORS, part.line, part.col, f"说了「{match[0].strip()}」，必须写 sources；请补上来源"


def _wrong_periods(site: Site, file: str, part, words: str) -> Found:
    for match in factors.PERIOD.finditer(factors.filled(words, site.deadlines)):
        yield file, part.line, part.col, f"data/deadlines.yml 里没有「{match[1]}」这个期限；请补上，或改正"


def _wrong_place(site: Site, file: str, part) -> Found:
    path, _, anchor = part.see.partition("#")
    if f"{path}.md" not in site.by_path or not site.has_anchor(f"{path}.md", anchor):
        yield file, part.line, part.col, f"see「{part.see}」不存在；请写成 页面#位置，例如 factors/evidence#improve"


def _wrong_ways(site: Site) -> Found:
    fees = {fee.id for fee in site.fees.entries}
    for way in site.ways.entries:
        yield from _wrong_place(site, WAYS, way)
        for cell in way.cells:
            yield from _wrong_periods(site, WAYS, cell, cell.text)
        if way.cost.fee and way.cost.fee not in fees:
            yield WAYS, way.cost.line, way.cost.col, f"data/fees.yml 里没有「{way.cost.fee}」；请改正"
        if way.cost.share < 1:
            yield WAYS, way.cost.line, way.cost.col, "share 至少是 1；减半写 2"
