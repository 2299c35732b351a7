"""Sources as a tool shows them: how the clause is called, what it says, where the site tells more of it."""

from __future__ import annotations

from collections.abc import Callable

from kbcheck.made.sources import LISTINGS
from kbcheck.site import Site
from kbcheck.sources import clause_label

Cite = Callable[[str], str]


class Cites:
    """Collects the sources that one tool names.

    ``named`` maps an id to its name with the clause, its gist, and its address as seen from tools/<slug>/.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.named: dict[str, list[str]] = {}

    def cite(self, citation: str) -> str:
        """Note that a source is named, and return its id; a source that is not registered is left out of the list."""
        if citation not in self.named and (found := self._site.sources.find(citation)):
            work, clause = found
            title = work.title if work.kind == "procedure" else f"《{work.title}》"
            page = LISTINGS[work.kind][0].removeprefix("docs/").removesuffix(".md")
            self.named[citation] = [
                title + clause_label(work, clause),
                work.clauses[clause],
                f"../../{page}/#{work.id}",
            ]
        return citation
