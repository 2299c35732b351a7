"""ST: the flow of questions in ``data/triage.yml``."""

from __future__ import annotations

import re
from collections import Counter

from .. import triage
from ..events import COUNTDOWN
from ..site import Site
from ..triage import FILE, LONGEST, OUTCOMES, QUESTIONS, Flow, Outcome
from . import Found, rule
from .citations import BASIS, DURATION

ADDRESS = re.compile(r"[a-z]+(?:-[a-z]+)*")


@rule("ST023")
def flow_broken(site: Site) -> Found:
    """data/triage.yml 写法不对，或者这串问题走不通。

    错：一问的每个回答都去同一处；一个结局没有路通到；一条路问到第 7 问；结局写“7 天内申诉”
    对：每问都能分出不同的去处，每条路 6 问以内到一个结局，期限写 deadline: appeal-shipping 或 {appeal-shipping}
    为什么：读者着急，问一句没有用的话，或者走到没有路的地方，他就走了；期限只在 data/deadlines.yml 写一次。
    """
    for flow in site.flows.entries:
        yield from ((FILE, line, col, message) for line, col, message in _faults(site, flow))
        page = next((page for page in site.pages.values() if page.slug == flow.id), None)
        for include in (QUESTIONS, OUTCOMES):
            if page is None or include not in page.includes:
                yield FILE, flow.line, flow.col, f'没有一页收入它；请在 {flow.id} 里写 --8<-- "{include}"'


def _faults(site: Site, flow: Flow):
    yield from _names(flow)
    yield from _ways(flow)
    for outcome in flow.outcomes:
        yield from _places(site, flow, outcome)
    for each in (*flow.questions, *flow.outcomes):
        yield from _words(site, each)


def _names(flow: Flow):
    places = (*flow.questions, *flow.outcomes)
    counts = Counter(each.id for each in places)
    for each in places:
        if counts[each.id] > 1:
            yield each.line, each.col, f"「{each.id}」用了 {counts[each.id]} 次；请换一个"
    for question in flow.questions:
        names = Counter(answer.id for answer in question.answers)
        for answer in question.answers:
            if names[answer.id] > 1 or not ADDRESS.fullmatch(answer.id):
                yield answer.line, answer.col, f"回答的 id「{answer.id}」要写进网址：请用小写字母，一问之内不重复"


def _ways(flow: Flow):
    reached = {flow.questions[0].id}
    for given, end in flow.ways():
        reached |= {answer.to for answer in given}
        last = given[-1]
        if not end:
            yield last.line, last.col, f"「{last.to}」不是结局，也不是还没问过的问题；请改成有的 id"
        elif len(given) > LONGEST:
            yield last.line, last.col, f"走到这里要答 {len(given)} 问，最多 {LONGEST} 问；请并掉一问"
    for question in flow.questions:
        if len({answer.to for answer in question.answers}) < 2:
            yield question.line, question.col, f"「{question.id}」怎么答都去同一处；请删去这一问"
    for each in (*flow.questions, *flow.outcomes):
        if each.id not in reached:
            yield each.line, each.col, f"没有一条路走到「{each.id}」；请让一个回答的 to 指向它，或删去"


def _places(site: Site, flow: Flow, outcome: Outcome):
    titles = triage.titles(flow, {page.slug: page for page in site.pages.values()})
    if outcome.guide not in titles:
        yield outcome.line, outcome.col, f"没有「{outcome.guide}」这一页或这一节；请改成有的"
    if outcome.tool and f"tools/{outcome.tool}" not in titles:
        yield outcome.line, outcome.col, f"没有 tools/{outcome.tool} 这个工具；请改成有的"
    if outcome.event and outcome.event not in {COUNTDOWN, *_events(site)}:
        yield outcome.line, outcome.col, f"data/events.yml 里没有「{outcome.event}」这件事；请改成有的"
    if outcome.letter and outcome.letter not in set(_letters(site)):
        yield outcome.line, outcome.col, f"data/templates.yml 里没有「{outcome.letter}」这份文书；请改成有的"
    known = {each.id for each in site.deadlines.entries}
    for point in outcome.points:
        if point.deadline and point.deadline not in known:
            yield point.line, point.col, f"data/deadlines.yml 里没有「{point.deadline}」；请改成有的"
        if point.text and BASIS.search(point.text) and not point.sources:
            yield point.line, point.col, "提到了法律或规则，必须写 sources；请补上来源，或删去这句"
        for source in point.sources:
            if not site.sources.problems and site.sources.find(source) is None:
                yield point.line, point.col, f"引用的「{source}」没有登记；请在 data/sources.yml 里补上，或改正"


def _events(site: Site):
    return (event.id for group in site.events.entries for event in group.events)


def _letters(site: Site):
    """Yield what tools/letter can open by name: its templates and their letters."""
    for template in site.templates.entries:
        yield template.id.rpartition("/")[2]
        yield from (letter.id for letter in template.letters)


def _words(site: Site, place):
    """Yield what is typed where a deadline's entry belongs, and the entries that are not there."""
    known = {each.id for each in site.deadlines.entries}
    if isinstance(place, Outcome):
        words = [(place, place.title), *((point, point.text) for point in place.points)]
    else:
        words = [(place, place.question + place.hint), *((answer, answer.text) for answer in place.answers)]
    for where, text in words:
        if found := DURATION.search(text):
            yield where.line, where.col, f"「{found[0]}」不能写成数字；请写 {{期限的 id}}，数在 data/deadlines.yml 里"
        for name in triage.PERIOD.findall(text):
            if name not in known:
                yield where.line, where.col, f"data/deadlines.yml 里没有「{name}」；请改成有的"
