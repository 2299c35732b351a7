"""What is made from ``data/sources.yml``: the notes of each page, and the pages that list every source."""

from __future__ import annotations

from collections.abc import Iterator

from ..page import Page
from ..site import Site
from ..sources import KINDS, STANDINGS, Work, clause_label
from .page import NOTICE, front, last_checked, link, relative

OVERVIEW = "docs/reference/sources.md"
LISTINGS = {
    "law": ("docs/reference/laws.md", "法律、法规、规章与司法解释", "法律原文", "引号里的话与原文逐字相同。"),
    "rule": (
        "docs/reference/rules.md",
        "平台规则清单",
        "规则原文",
        "抖音电商自己公布的规则。平台每月都在改，读到的版本写在每条后面。",
    ),
    "procedure": (
        "docs/reference/back-office.md",
        "要你在后台核对的",
        "没有读到的",
        "没有读到原文，所以只告诉你去哪里看，以你看到的为准。",
    ),
}
LEGEND, LEGEND_SECTION = "docs/reference/about.md", "certainty"
LIMITS = "docs/reference/limits.md"
LISTED_PAGES = 6  # a source that more pages cite is told by their number alone


def footnotes(site: Site, page: Page) -> str:
    """Return the footnote definitions of one page, in the order in which the page first cites them."""
    lines = [f"<!-- {NOTICE} -->", ""]
    for citation in site.cited(page):
        if found := site.sources.find(citation):
            lines.append(f"[^{citation}]: {_note(*found, page)}")
    return "\n".join(lines) + "\n"


def overview(site: Site) -> str:
    """Return the page that leads to the lists of sources."""
    works = site.sources.works.values()
    text = front(
        "资料来源",
        "本站依据的每一部法律、每一条平台规则：版本日期、核对日期、原文地址，以及哪几页引用了它。",
        "reference",
        last_checked(site),
        ("规则原文", "法条原文", "依据在哪里"),
        "reference",
    )
    lines = [f"本站每个金额、期限、条件和入口都写明依据。{_legend(site)}", ""]
    for kind, (path, title, _, about) in LISTINGS.items():
        if mine := [work for work in works if work.kind == kind]:
            target = relative(path, OVERVIEW)
            lines += [f"## {title} {{ #{kind}s }}", "", f"{about}[全部条文和引用它的页面]({target})。", ""]
            lines += [f"- [{_title(work)}]({target}#{work.id})，{_dated(work)}" for work in mine]
            lines += [""]
    return text + "\n".join(lines).rstrip() + "\n"


def legend(site: Site) -> Page | None:
    """Return the page that explains how sure each thing is, where the site has one."""
    page = site.pages.get(LEGEND)
    return page if page and page.section(LEGEND_SECTION) else None


def _legend(site: Site) -> str:
    """Say where the words at the head of each note are explained."""
    page = legend(site)
    return f"注里的“规则原文”“法律原文”等是什么意思，见{link(page, OVERVIEW, LEGEND_SECTION)}。" if page else ""


def laws(site: Site) -> str:
    """Return the page of all statutes that are cited."""
    return _listing(site, "law", ("法条", "法律依据", "司法解释"))


def rules(site: Site) -> str:
    """Return the page of all platform rules that are cited."""
    return _listing(site, "rule", ("平台规则", "规则版本", "公示"))


def procedures(site: Site) -> str:
    """Return the page of all that a reader has to look up."""
    return _listing(site, "procedure", ("后台核对", "没有读到的规则", "去哪里看"))


def notes(site: Site) -> str:
    """Return the list of platform rules of which something is unclear, for the page of limits to include."""
    lines = [f"<!-- {NOTICE} -->", ""]
    for work in site.sources.works.values():
        if work.kind != "procedure" and (work.note or work.standing == "draft"):
            target = f"{relative(LISTINGS[work.kind][0], LIMITS)}#{work.id}"
            lines.append(f"- [{_title(work)}]({target})：{work.note or STANDINGS[work.standing] + '。'}")
    return "\n".join(lines) + "\n"


def _listing(site: Site, kind: str, keywords: tuple[str, ...]) -> str:
    path, title, short, about = LISTINGS[kind]
    description = f"{title}：每一条说了什么，读的是哪一天的版本，原文在哪里，哪几页引用了它。"
    cited = _cited_by(site)
    lines = [about, ""]
    for work in site.sources.works.values():
        if work.kind == kind:
            lines += _entry(work, cited, path)
    return front(title, description, "reference", last_checked(site), (short, *keywords), "reference") + (
        "\n".join(lines).rstrip() + "\n"
    )


def _note(work: Work, clause: str, page: Page) -> str:
    target = f"{relative(LISTINGS[work.kind][0], page.path)}#{work.id}"
    gist = work.clauses[clause].rstrip("。")
    return f"{KINDS[work.kind]}：[{_title(work)}]({target}){clause_label(work, clause)}。{gist}。{_version(work)}"


def _title(work: Work) -> str:
    return work.title if work.kind == "procedure" else f"《{work.title}》"


def _dated(work: Work) -> str:
    day = work.version or work.seen or work.checked
    return f"{day.isoformat()} {'版' if work.version else '读到' if work.seen else '核对'}"


def _version(work: Work) -> str:
    checked = f"核对于 {work.checked.isoformat()}"
    if work.kind == "procedure":
        return f"没有读到原文，以你看到的为准。{checked}。"
    if work.kind == "law":
        return f"{work.version.isoformat()} 文本，{checked}。"
    effective = f"{work.version.isoformat()} 起生效，" if work.version else ""
    return f"{effective}{STANDINGS[work.standing]}；{work.seen.isoformat()} 读到，之后可能已改。{checked}。"


def _cited_by(site: Site) -> dict[str, list[Page]]:
    order = {path: rank for rank, (path, _, _) in enumerate(site.nav)}
    cited: dict[str, list[Page]] = {}
    for page in sorted(site.pages.values(), key=lambda each: order.get(each.path.removeprefix("docs/"), len(order))):
        for citation in site.cited(page):
            cited.setdefault(citation, []).append(page)
    return cited


def _entry(work: Work, cited: dict[str, list[Page]], path: str) -> Iterator[str]:
    yield f"## {_title(work)} {{ #{work.id} }}"
    yield ""
    address = f" [原文地址]({work.address})" if work.kind != "procedure" else ""
    yield f"{work.issuer}。{_version(work)}{address}"
    yield ""
    if work.note:
        yield work.note
        yield ""
    for clause, gist in work.clauses.items():
        by = cited.get(f"{work.id}/{clause}", [])
        pages = "、".join(link(page, path) for page in by) if len(by) <= LISTED_PAGES else f"{len(by)} 页"
        label = clause_label(work, clause)
        yield f"- {label + '：' if label else ''}{gist.rstrip('。')}。引用：{pages or '无'}"
    yield ""
