"""What is made from ``data/sources.yml``: the list of sources of each page, and the page that lists them all."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from .page import Page
from .site import Site
from .sources import KINDS, STANDINGS, Work, clause_label

PATH = "docs/reference/sources.md"
NOTICE = "由 scripts/generate.py 从 data/sources.yml 生成，请勿手改"
GROUPS = (
    ("law", "laws", "法律、法规、规章与司法解释", "现行文本的条文；引号里的话与原文逐字相同。"),
    ("rule", "rules", "平台规则", "抖音电商自己公布的规则。平台每月都在改，读到的版本写在每条后面。"),
    ("procedure", "procedures", "要你在后台核对的", "没有读到原文，所以只告诉你去哪里看，以你看到的为准。"),
)


def footnotes(site: Site, page: Page) -> str:
    """Return the footnote definitions of one page, in the order in which the page first cites them."""
    cited = site.cited(page)
    lines = [f"<!-- {NOTICE} -->", ""]
    for citation in cited:
        if found := site.sources.find(citation):
            work, clause = found
            lines.append(f"[^{citation}]: {_note(work, clause, page)}")
    return "\n".join(lines) + "\n"


def render(site: Site) -> str:
    """Return the Markdown of the page that lists every source and the pages that cite it."""
    reviewed = max((work.checked for work in site.sources.works.values()), default=site.today)
    cited = _cited_by(site)
    parts = [
        "---",
        f"# {NOTICE}",
        "title: 资料来源",
        "description: 本站依据的每一部法律、每一条平台规则：版本日期、核对日期、原文地址，以及哪几页引用了它。",
        "type: reference",
        f"reviewed: {reviewed.isoformat()}",
        "keywords:",
        "  - 规则原文",
        "  - 法条原文",
        "  - 依据在哪里",
        "part_of: reference",
        "---",
        "",
        "# 资料来源",
        "",
        "本站每个金额、期限、条件和入口都写明依据。下面是全部依据，以及引用它的页面。",
        "",
        "“规则原文”是平台自己的规则，“法律原文”是现行法律条文。“待你在后台核对”的，我们没有读到原文。",
        "",
    ]
    for kind, anchor, title, text in GROUPS:
        works = [work for work in site.sources.works.values() if work.kind == kind]
        if works:
            parts += [f"## {title} {{ #{anchor} }}", "", text, ""]
            for work in works:
                parts += _entry(work, cited)
    return "\n".join(parts).rstrip() + "\n"


def _note(work: Work, clause: str, page: Page) -> str:
    own = page.path.removeprefix("docs/")
    listing = posixpath.relpath(PATH.removeprefix("docs/"), posixpath.dirname(own) or ".")
    label = clause_label(work, clause)
    head = (
        f"{KINDS[work.kind]}：[{_title(work)}]({listing}#{work.id}){label}" if work.kind != "procedure" else work.title
    )
    gist = work.clauses[clause].rstrip("。")
    return f"{head}。{gist}。{_version(work)}"


def _title(work: Work) -> str:
    return work.title if work.kind == "procedure" else f"《{work.title}》"


def _version(work: Work) -> str:
    checked = f"核对于 {work.checked.isoformat()}"
    if work.kind == "procedure":
        return f"没有读到原文，以后台显示为准。{checked}。"
    if work.kind == "law":
        return f"{work.version.isoformat()} 文本，{checked}。"
    effective = f"{work.version.isoformat()} 起生效，" if work.version else ""
    return f"{effective}{STANDINGS[work.standing]}；{work.seen.isoformat()} 读到，之后可能已改。{checked}。"


def _cited_by(site: Site) -> dict[str, list[Page]]:
    cited: dict[str, list[Page]] = {}
    for page in sorted(site.pages.values(), key=lambda each: _nav_rank(site, each)):
        for citation in site.cited(page):
            cited.setdefault(citation, []).append(page)
    return cited


def _nav_rank(site: Site, page: Page) -> int:
    order = [path for path, _, _ in site.nav]
    path = page.path.removeprefix("docs/")
    return order.index(path) if path in order else len(order)


def _entry(work: Work, cited: dict[str, list[Page]]) -> Iterator[str]:
    yield f"### {_title(work)} {{ #{work.id} }}"
    yield ""
    address = f" [原文地址]({work.address})" if work.kind != "procedure" else ""
    yield f"{work.issuer}。{_version(work)}{address}"
    yield ""
    if work.note:
        yield work.note
        yield ""
    for clause, gist in work.clauses.items():
        pages = "、".join(_page_link(page) for page in cited.get(f"{work.id}/{clause}", ()))
        label = clause_label(work, clause)
        yield f"- {label + '：' if label else ''}{gist.rstrip('。')}。引用：{pages or '无'}"
    yield ""


def _page_link(page: Page) -> str:
    target = posixpath.relpath(page.path.removeprefix("docs/"), posixpath.dirname(PATH.removeprefix("docs/")))
    return f"[{page.meta.title if page.meta else page.slug}]({target})"
