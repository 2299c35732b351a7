"""The glossary, made from ``data/terms.yml``: every term that has a place to read on."""

from __future__ import annotations

from ..site import Site
from ..terms import Term
from .page import front, last_checked, link

PATH = "docs/glossary.md"


def render(site: Site) -> str:
    """Return the page of all terms by group, each with what people say instead, its meaning and where to read on."""
    number = sum(bool(term.see) for term in site.words)
    lines = [f"{number} 个词：别人怎么叫，是什么意思，法律或规则里叫什么，去哪一页看。", ""]
    for group in site.terms.entries:
        if shown := [term for term in group.terms if term.see]:
            lines += [f"## {group.title} {{ #{group.id} }}", ""]
            for term in shown:
                lines += _entry(site, term)
    lines += ["## 资料来源 { #sources }", "", '--8<-- "sources/glossary.md"']
    text = front(
        "术语表",
        "保证金、违约金、处置通知、平台介入……抖店和法律里的词，别人怎么叫，是什么意思，去哪一页看。",
        "reference",
        last_checked(site),
        ("术语", "名词解释", "是什么意思", "什么叫"),
    )
    return text + "\n".join(lines) + "\n"


def _entry(site: Site, term: Term) -> list[str]:
    slug, _, anchor = term.see.partition("#")
    page = next((page for page in site.pages.values() if page.slug == slug), None)
    marks = "".join(f"[^{source}]" for source in term.sources)
    notes = [f"别人怎么说：{'、'.join(term.aliases)}。"] if term.aliases else []
    notes += [f"法律或规则里叫“{term.formal}”。"] if term.formal and term.formal != term.term else []
    notes += [f"看：{link(page, PATH, anchor)}。"] if page else []
    return [f"### {term.term} {{ #{term.id} }}", "", f"{term.meaning.rstrip('。')}{marks}。", "", "".join(notes), ""]
