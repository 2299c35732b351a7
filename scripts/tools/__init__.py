"""What the tools in the browser read: the same data as the guides, as JSON in the page of each tool.

Each module has ``data(site, cite)``: it returns what its tool needs, and names every source with ``cite``.
"""

from __future__ import annotations

from collections.abc import Callable

from kbcheck.site import Site

from . import assessment, costs, deadlines, evidence, letter, triage
from .cites import Cite, Cites

DATA: dict[str, Callable[[Site, Cite], dict]] = {
    "assessment": assessment.data,
    "costs": costs.data,
    "evidence": evidence.data,
    "triage": triage.data,
    "deadlines": deadlines.data,
    "letter": letter.data,
}


def page_data(site: Site, slug: str) -> dict:
    """Return the data of the tool ``tools/<slug>``, with every source that it names below ``sources``."""
    cites = Cites(site)
    data = DATA[slug](site, cites.cite)
    return data | {"sources": cites.named}
