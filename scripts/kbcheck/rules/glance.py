"""SR018: every guide shows its box, made from one record, at one place. Its words obey the rules of all words."""

from __future__ import annotations

from ..conventions import PageType
from ..glance import DEADLINE, FILE, FOLDER, LABELS, Glance
from ..page import Page
from ..site import Site
from . import Found, rule

KINDS = "deductions/"  # pages of which each has the periods of its own kind


@rule("SR018")
def glance_invalid(site: Site) -> Found:
    """data/glance.yml 写法不对，或者指南没有在「现在先做」之后收入它的要点框。

    错：periods: [appeal-late]，deadlines.yml 里没有；或者页面没有 --8<-- "glance/steps/file-appeal.md"
    对：periods: [appeal-shipping]，「现在先做」那一段之后空一行，写那一行
    为什么：着急的人只看这一框：期限、入口、材料、结果、费用，每页都在同一处，一行也不能少。
    """
    by_slug = {page.slug: page for page in site.pages.values()}
    known = {entry.page: entry for entry in site.glances.entries}
    for entry in known.values():
        page = by_slug.get(entry.page)
        if page is None or not site.is_guide(page):
            yield FILE, entry.line, entry.col, f"没有「{entry.page}」这一页指南；请写它的路径，例如 steps/file-appeal"
            continue
        yield from _wrong_lines(entry, site.type_of(page))
        yield from _wrong_periods(site, entry, page)
        yield from _wrong_jumps(entry, page)
    for page in site.pages.values():
        for include in page.includes:
            if include.startswith(f"{FOLDER}/") and include != f"{FOLDER}/{page.slug}.md":
                yield page.path, page.line_of(include), 1, f"这是别的页的要点框；请改成 {FOLDER}/{page.slug}.md"
        if entry := known.get(page.slug):
            yield from _wrong_place(site, entry, page)
        elif site.glances.problems:
            continue  # its record may be one that could not be read, and that is told already
        elif site.type_of(page).glance or f"{FOLDER}/{page.slug}.md" in page.includes:
            yield page.path, _opening(site, page), 1, f"{FILE} 里没有「{page.slug}」；请照 CONTRIBUTING.md 补上它的要点"


def _wrong_lines(entry: Glance, kind: PageType) -> Found:
    told = {*entry.lines, *((DEADLINE,) if entry.periods else ())}
    if missing := [key for key in kind.glance if key not in told]:
        named = "、".join(f"{key}（{LABELS[key]}）" for key in missing)
        yield FILE, entry.line, entry.col, f"「{entry.page}」缺少 {named}；请补上，没有规定的写去哪里看"


def _wrong_periods(site: Site, entry: Glance, page: Page) -> Found:
    works = {citation.partition("/")[0] for citation in site.cited_in_text(page)}
    for name in entry.periods:
        period = site.periods.get(name)
        if period is None:
            message = f"data/deadlines.yml 里没有「{name}」；请改成有的 id"
        elif period.kinds and page.slug.startswith(KINDS) and page.slug.removeprefix(KINDS) not in period.kinds:
            message = f"「{name}」是 {'、'.join(period.kinds)} 的申诉期，不是这一页的；请换成这一页的，或写 deadline"
        elif period.source.partition("/")[0] not in works:
            message = f"「{name}」依据的「{period.source}」这一页正文没有引用；请在正文写明并引用，或删去它"
        else:
            continue
        yield FILE, name.line, name.col, message


def _wrong_jumps(entry: Glance, page: Page) -> Found:
    ids = {heading.id for heading in page.headings}
    for name in entry.jump:
        if name not in ids:
            yield FILE, name.line, name.col, f"这一页没有「{name}」这一节；请写它标题后面的 id"


def _wrong_place(site: Site, entry: Glance, page: Page) -> Found:
    """The box stands once: after the paragraph with the next action, with one empty line between."""
    count, opening = page.includes.count(entry.include), _opening(site, page)
    end = next((at for at in range(opening, len(page.lines)) if not page.lines[at].strip()), len(page.lines))
    wanted = f'--8<-- "{entry.include}"'
    if count != 1:
        yield page.path, opening, 1, f"「现在先做」那一段之后要恰好有一行 {wanted}，现在是 {count} 行"
    elif page.lines[end + 1 : end + 2] != [wanted]:
        message = f"要点框必须紧跟在「现在先做」那一段之后（第 {opening} 行），中间空一行；请移到那里"
        yield page.path, page.line_of(entry.include), 1, message


def _opening(site: Site, page: Page) -> int:
    """Return the line of the next action; the page's first where it has none."""
    opening = site.conventions.opening
    return next((at for at, line in enumerate(page.lines, 1) if opening and line.startswith(opening)), page.body_line)
