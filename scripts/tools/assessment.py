"""The data of tools/assessment: the eight factors as questions, and the ways compared."""

from __future__ import annotations

from kbcheck import ways
from kbcheck.factors import CLASSES, Advice, Answer, Factor, Question, filled
from kbcheck.site import Site
from kbcheck.ways import Cost, Told, Way

from . import amounts
from .cites import Cite
from .costs import fee_data

FIRST = "time-limits"  # docs/factors/index.md#use: out of time, nothing else helps


def data(site: Site, cite: Cite) -> dict:
    """Return the factors with their questions, the ways with their costs, and the fees that the ways name."""
    fees = {fee.id: fee for fee in site.fees.entries}
    named = {way.cost.fee for way in site.ways.entries if way.cost.fee}
    return {
        "classes": CLASSES,
        "first": FIRST,
        "factors": [_factor(site, factor, cite) for factor in site.factors.entries],
        "ways": [_way(site, way, cite) for way in site.ways.entries],
        "fees": {name: fee_data(fees[name], cite) for name in sorted(named)},
        "amounts": amounts.data(site, "assessment"),
    }


def _factor(site: Site, factor: Factor, cite: Cite) -> dict:
    return {
        "id": factor.id,
        "title": factor.title,
        "see": _address(f"factors/{factor.id}#judge"),
        "questions": [_question(site, each, cite) for each in factor.questions],
        "improve": [_advice(site, each, cite) for each in factor.improve],
        "tool": _tool(site, factor.tool),
    }


def _question(site: Site, question: Question, cite: Cite) -> dict:
    answers = {name: _answer(site, each, cite) for name, each in question.answers.items()}
    text = filled(question.text, site.deadlines)
    return {"id": question.id, "text": text, "decisive": question.decisive, "answers": answers}


def _answer(site: Site, answer: Answer, cite: Cite) -> list:
    return [filled(answer.answer, site.deadlines), filled(answer.why, site.deadlines), [*map(cite, answer.sources)]]


def _advice(site: Site, advice: Advice, cite: Cite) -> list:
    return [filled(advice.text, site.deadlines), _address(advice.see), [*map(cite, advice.sources)]]


def _tool(site: Site, slug: str) -> list[str]:
    """Return address and title of the tool to go on with; nothing where its page does not exist."""
    page = site.by_path.get(f"tools/{slug}.md") if slug else None
    return [_address(f"tools/{slug}"), page.meta.title] if page and page.meta else []


def _way(site: Site, way: Way, cite: Cite) -> dict:
    def told(cell: Told | Cost) -> list:
        return [filled(cell.text, site.deadlines), [*map(cite, cell.sources)]]

    fees = {fee.id: fee for fee in site.fees.entries}
    words, sources = told(way.cost)
    cost = {"fee": way.cost.fee, "share": way.cost.share, "lowest": ways.lowest(way.cost, fees)}
    return {
        "title": way.title,
        "see": _address(way.see),
        "time": told(way.time),
        "cost": cost | {"text": words, "sources": sources},
        "gives": told(way.gives),
    }


def _address(see: str) -> str:
    """Return the address of a page or a section from tools/assessment/."""
    path, mark, anchor = see.partition("#")
    return f"../../{path}/{mark}{anchor}"
