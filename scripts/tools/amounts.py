"""Where an amount may have been typed already: the fields of the tools that ask for what was deducted or is claimed."""

from __future__ import annotations

from kbcheck.site import Site

# The tool, the place of the amount in what it keeps, and how the tool is called in a sentence.
ASKED = (("costs", "claim", "打官司要花多少"), ("assessment", "amount", "值不值得争"))
AMOUNT = "amount"


def data(site: Site, own: str) -> list[list[str]]:
    """Return [tool, place, name] of the amounts that other tools than ``own`` ask for."""
    letters = [
        ("letter", f"{template.id.rpartition('/')[2]}/{place}{slot.id}", template.title)
        for template in site.templates.entries
        for place, slots in (("", template.fields), *((f"{each.id}/", each.fields) for each in template.letters))
        for slot in slots
        if slot.taken_from == AMOUNT
    ]
    return [list(each) for each in (*ASKED, *letters) if each[0] != own]
