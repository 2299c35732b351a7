"""What is made from the pages' own dates: what changed and when, and which page is due for review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..page import Page
from ..site import Site
from .page import front, last_checked, link

CHANGES, REVIEW = "docs/reference/changes.md", "docs/reference/review.md"


def changes(site: Site) -> str:
    """Return the page of all changes, newest first."""
    days: dict[date, list[tuple[Page, str]]] = {}
    for page in in_order(site):
        for change in page.meta.changes:
            days.setdefault(change.date, []).append((page, change.note))
    lines = ["每一页的改动，新的在前。只改措辞的不记。", ""]
    for day in sorted(days, reverse=True):
        lines += [f"## {day.isoformat()} {{ #d{day.isoformat()} }}", ""]
        notes: dict[str, list[Page]] = {}
        for page, note in days[day]:
            notes.setdefault(note, []).append(page)
        lines += [f"- {note}：{'、'.join(link(page, CHANGES) for page in pages)}" for note, pages in notes.items()]
        lines.append("")
    text = front(
        "更新记录",
        "本站每一页什么时候改过、改了什么，新的在前；平台改了规则，先看这里有没有跟上。",
        "reference",
        max(days, default=last_checked(site)),
        ("更新", "最近改了什么", "新规则"),
        "reference",
    )
    return text + "\n".join(lines).rstrip() + "\n"


def review(site: Site) -> str:
    """Return the page that shows when each guide was last checked and is next due."""
    volatile, stable = site.conventions.review_days_volatile, site.conventions.review_days_stable
    guides = [page for page in in_order(site) if site.is_guide(page)]
    lines = [
        f"“核对日期”是最后一次对照原文通读的日子。引用平台规则的页面每 {volatile} 天复核一次，"
        f"只引用法律的每 {stable} 天一次。过了下次复核的日子，请先到规则中心看规则改了没有。",
        "",
        "| 页面 | 核对日期 | 下次复核 |",
        "|---|---|---|",
    ]
    for page in sorted(guides, key=lambda each: (site.review_due(each), each.path)):
        lines.append(
            f"| {link(page, REVIEW)} | {page.meta.reviewed.isoformat()} | {site.review_due(page).isoformat()} |"
        )
    text = front(
        "核对日期一览",
        "每一页最后一次对照原文通读的日期，和下次该复核的日期；到期最早的在前。",
        "reference",
        max((page.meta.reviewed for page in guides), default=last_checked(site)),
        ("核对日期", "多久更新一次", "过期了吗"),
        "reference",
    )
    return text + "\n".join(lines) + "\n"


def in_order(site: Site) -> Iterator[Page]:
    """Yield every page whose front matter could be read, in the order of the navigation."""
    for path, _, _ in site.nav:
        page = site.by_path.get(path)
        if page is not None and page.meta is not None:
            yield page
