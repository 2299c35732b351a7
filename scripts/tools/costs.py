"""The data of tools/costs: every fee with its brackets, and how long each procedure takes."""

from __future__ import annotations

from kbcheck.fees import Fee
from kbcheck.site import Site

from . import amounts
from .cites import Cite

# How a case is heard: name, what the fee is divided by, why, the clause for it, the period of data/deadlines.yml.
PROCEDURES = (
    ("ordinary", "普通程序", 1, "", "", "first-instance"),
    ("summary", "简易程序", 2, "简易程序减半", "litigation-fees/16", "summary-procedure"),
    ("small", "小额诉讼", 2, "小额诉讼减半是推论，以法院通知为准", "litigation-fees/16", "small-claims"),
)
# What else the page says: settled or withdrawn, halved once only, paid in advance, paid by whom.
CLAUSES = (
    "litigation-fees/15",
    "civil-procedure-interpretation/206",
    "litigation-fees/20-1",
    "litigation-fees/20-2",
    "litigation-fees/29",
    "litigation-fees/38-1",
    "litigation-fees/38-3",
)


def data(site: Site, cite: Cite) -> dict:
    """Return fees by id, procedures, and the clauses that the tool names."""
    periods = {each.id: each for each in site.deadlines.entries}
    for clause in CLAUSES:
        cite(clause)
    return {
        "fees": {fee.id: fee_data(fee, cite) for fee in site.fees.entries},
        "procedures": [
            {
                "id": name,
                "title": title,
                "share": share,
                "halved": halved,
                "source": cite(clause) if clause else "",
                "length": periods[period].length,
                "unit": periods[period].unit,
                "timed": cite(periods[period].source),
            }
            for name, title, share, halved, clause, period in PROCEDURES
        ],
        "amounts": amounts.data(site, "costs"),
    }


def fee_data(fee: Fee, cite: Cite) -> dict:
    """Return a fee as web/tools/core/money.js computes it."""
    brackets = [
        {"up_to": each.up_to, "fixed": each.fixed, "rate": None if each.rate is None else float(each.rate)}
        for each in fee.brackets
    ]
    return {"id": fee.id, "title": fee.title, "brackets": brackets, "cap": fee.cap, "source": cite(fee.source)}
