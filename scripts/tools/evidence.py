"""The data of tools/evidence: what each ground of appeal wants, where each kind of evidence is got, what makes it hold.

All that is needed of data/evidence.yml and data/evidence-care.yml; rows are lists, for 102 of them weigh on the page.
"""

from __future__ import annotations

import hashlib
import re

from kbcheck.site import Site
from kbcheck.tables import Care, Proof

from .cites import Cite

SLUG = "tools/evidence"
# A ground whose proof begins like this wants nothing handed in, unless it goes on to say what may be.
NOTHING = re.compile(r"(?:标准写|规则写)?(?:不用|无需)上传(?!.*能传)|不收新材料")
# Where the list leads: page, anchor that tools/<slug>/ ends with ({kind}: of the dispute), words. Pages that are not
# there yet are left out.
NEXT = (
    ("tools/letter", "#kind={kind}", "写申诉书，把手里有的证据放进去"),
    ("tools/letter", "#letter=evidence-list", "写成交平台、交法院的证据清单，存成 Word"),
    ("tools/deadlines", "", "算还有几天"),
    ("templates/evidence-list", "#text", "照模板写，有 Word 文档"),
    ("steps/file-appeal", "#moves", "去提交申诉"),
)


def data(site: Site, cite: Cite) -> dict:
    """Return kinds of dispute with their grounds, kinds of evidence, what makes them hold, and where to go next."""
    cares, holds = (site.tables[f"tables/{name}"].pages[SLUG] for name in ("care", "hold"))
    proofs = site.tables["tables/evidence"].pages
    return {
        "kinds": [
            [slug.rpartition("/")[2], site.by_path[f"{slug}.md"].meta.title, _rows(slug, proofs[slug], cares, cite)]
            for slug in sorted(proofs, key=lambda slug: _place(site, slug))
        ],
        "cares": [[_key(each.what), *each.cells(), _cited(each.sources, cite), int(each.base)] for each in cares],
        "holds": [[*each.cells(), _cited(each.sources, cite)] for each in holds],
        "next": [[f"../../{page}/{anchor}", text] for page, anchor, text in NEXT if f"{page}.md" in site.by_path],
    }


def _rows(slug: str, rows: tuple[Proof, ...], cares: tuple[Care, ...], cite: Cite) -> list[list]:
    return [_row(slug, row, cares, cite) for row in rows]


def _row(slug: str, row: Proof, cares: tuple[Care, ...], cite: Cite) -> list:
    """Return [key, ground, proof, accepts, refuses, sources, places in ``cares``, 1 if nothing is handed in, name]."""
    nothing = bool(NOTHING.match(row.proof))
    named = [at for at, care in enumerate(cares) if any(word in row.proof for word in care.words)]
    rest = [at for at, care in enumerate(cares) if care.rest]
    needed = [] if nothing else named or rest
    key = _key(slug + row.reason + row.proof)
    return [key, *row.cells(), _cited(row.sources, cite), needed, int(nothing), row.called]


def _key(text: str) -> str:
    """Return a name for a row that stays while its words stay: readers' notes are kept under it."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _cited(sources: tuple[str, ...], cite: Cite) -> list[str]:
    return [cite(source, gist=False) for source in sources]


def _place(site: Site, slug: str) -> int:
    """Return where a page stands in the navigation."""
    return next((at for at, (path, _, _) in enumerate(site.nav) if path == f"{slug}.md"), len(site.nav))
