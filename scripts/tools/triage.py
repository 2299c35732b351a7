"""The data of tools/triage: the questions, and each outcome with its deadlines, moves, guide and next tool in words."""

from __future__ import annotations

from kbcheck import triage
from kbcheck.site import Site
from kbcheck.triage import Outcome, Point

from .cites import Cite

PAGE = "tools/triage"
UP = "../../"  # from the page to the site's root


def data(site: Site, cite: Cite) -> dict:
    """Return the flow: periods filled in, addresses as seen from the page, sources named."""
    flow = next(each for each in site.flows.entries if each.id == PAGE)
    periods = {each.id: each for each in site.deadlines.entries}
    named = triage.titles(flow, {page.slug: page for page in site.pages.values()})

    def words(text: str) -> str:
        return triage.fill(text, periods)

    def point(each: Point) -> list:
        text, sources = triage.said(each, periods)
        return [text, [cite(source) for source in sources]]

    def outcome(each: Outcome) -> dict:
        tool = f"tools/{each.tool}" if f"tools/{each.tool}" in named else ""
        return {
            "title": words(each.title),
            "now": [point(entry) for entry in each.now],
            "moves": [point(entry) for entry in each.moves],
            "guide": [named[each.guide], _address(each.guide)],
            "tool": [named[tool], _address(each.next_tool)] if tool else [],
        }

    return {
        "first": flow.questions[0].id,
        "questions": {
            each.id: {
                "question": words(each.question),
                "hint": words(each.hint),
                "answers": [[answer.id, words(answer.text), answer.to] for answer in each.answers],
            }
            for each in flow.questions
        },
        "outcomes": {each.id: outcome(each) for each in flow.outcomes},
    }


def _address(place: str) -> str:
    slug, mark, anchor = place.partition("#")
    return f"{UP}{slug}/{mark}{anchor}"
