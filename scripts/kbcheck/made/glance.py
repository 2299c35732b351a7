"""The box of a guide: what it comes to, how sure that is, when it was checked and is due again."""

from __future__ import annotations

from ..glance import ID, Glance, rows
from ..page import Page
from ..site import Site
from ..sources import Work
from .page import NOTICE, relative
from .sources import LEGEND_SECTION, legend

# How sure a page is, by the share of what it cites whose text was read whole; a shape each, for who sees no colour.
# The last takes what is left. What they mean to a reader stands on the page LEGEND.
CERTAINTY = ((0.9, "● 原文为主"), (0.7, "◎ 大多有原文"), (0.0, "○ 不少要核对"))
CERTAIN = "high"
TOLD = {CERTAIN: "读到原文", "medium": "拿不准", "low": "没有读到、要你核对"}  # by confidence


def box(site: Site, entry: Glance, page: Page) -> str:
    """Return the box of ``page`` as Markdown: a named list of terms, then how sure it is and how fresh."""
    title = page.meta.title if page.meta else page.slug
    lines = [f"<!-- {NOTICE} -->", f'<section class="kb-glance" id="{ID}" aria-label="{title}：要点" markdown>', ""]
    for label, text in rows(entry, site.periods):
        lines += [label, f":   {text}", ""]
    lines += [*_jump(site, entry, page), _sure(site, page), "", _fresh(site, page), "", "</section>", ""]
    return "\n".join(lines)


def _jump(site: Site, entry: Glance, page: Page) -> list[str]:
    """Return the links to the sections of a long page that are looked for most; by the names they have there."""
    wanted = {*site.type_of(page).jump, *entry.jump}
    found = [heading for heading in page.headings if heading.id in wanted]
    links = "　".join(f"[{heading.title}](#{heading.id})" for heading in found)
    return [f"跳到：{links}", "{ .kb-jump }", ""] if links else []


def certainty(site: Site, page: Page) -> tuple[str, dict[str, int]]:
    """Return the class of a page, and how many of the clauses that it cites are of each confidence."""
    counts = dict.fromkeys(TOLD, 0)
    for work in _works(site, page):
        counts[work.confidence] += 1
    share = counts[CERTAIN] / (sum(counts.values()) or 1)
    return next(name for least, name in CERTAINTY if share >= least), counts


def _works(site: Site, page: Page) -> list[Work]:
    """Return the work of each clause that a page cites."""
    return [found[0] for citation in site.cited(page) if (found := site.sources.find(citation))]


def _sure(site: Site, page: Page) -> str:
    name, counts = certainty(site, page)
    if about := legend(site):
        name = f"[{name}]({relative(about.path, page.path)}#{LEGEND_SECTION})"
    told = "，".join(f"{counts[each]} 条{words}" for each, words in TOLD.items() if counts[each])
    draft = "还提到征求意见稿，尚未生效。" if any(work.standing == "draft" for work in _works(site, page)) else ""
    return f"{name}：依据 {sum(counts.values())} 条，{told}。{draft}"


def _fresh(site: Site, page: Page) -> str:
    seen = sorted({work.seen for work in _works(site, page) if work.seen})
    parts = [f"核对日期 {page.meta.reviewed}"] if page.meta else []
    parts += ["平台规则读于 " + " 至 ".join(str(day) for day in dict.fromkeys((seen[0], seen[-1])))] if seen else []
    parts += [f"下次核对 <time>{site.review_due(page)}</time>"] if page.meta else []
    return "，".join(parts) + "。"
