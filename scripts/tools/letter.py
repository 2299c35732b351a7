"""The data of tools/letter: every letter of data/templates.yml with its fields, and the court's fees."""

from __future__ import annotations

from dataclasses import replace

from kbcheck.letters import Block, Letter, Slot, Template
from kbcheck.site import Site

from . import amounts
from .cites import Cite
from .costs import fee_data

HALVED = "litigation-fees/16"  # the clause that halves the fee of a summary procedure


def data(site: Site, cite: Cite) -> dict:
    """Return the templates with their letters, and the fees that stand beside amounts.

    Many letters share blocks: each stands once in ``blocks``, and a letter holds their places there.
    """
    blocks: dict[Block, int] = {}
    templates = site.templates.entries
    named = {slot.fee for template in templates for slot in template.slots if slot.fee}
    return {
        "templates": [_template(each, blocks, cite) for each in templates],
        "blocks": [_block(each, cite) for each in blocks],
        "fees": {fee.id: fee_data(fee, cite) for fee in site.fees.entries if fee.id in named},
        "halved": cite(HALVED),
        "amounts": amounts.data(site, ""),  # one letter may take what another one asked for
    }


def _template(template: Template, blocks: dict[Block, int], cite: Cite) -> dict:
    return {
        "id": template.id.rpartition("/")[2],
        "title": template.title,
        "fields": [_slot(each, cite) for each in template.fields],
        "checks": [{"rule": each.rule, "fields": each.fields, "says": each.says} for each in template.checks],
        "letters": [_letter(template, each, blocks, cite) for each in template.letters],
    }


def _letter(template: Template, letter: Letter, blocks: dict[Block, int], cite: Cite) -> dict:
    placeless = (replace(block, line=0, col=0) for block in template.blocks(letter))
    return {
        "id": letter.id,
        "title": letter.title,
        "fields": [_slot(each, cite) for each in letter.fields],
        "blocks": [blocks.setdefault(block, len(blocks)) for block in placeless],
    }


def _slot(slot: Slot, cite: Cite) -> dict:
    rare = {
        "kind": slot.kind if slot.kind != "line" else "",
        "most": slot.most,
        "words": slot.words,
        "fee": slot.fee,
        "from": slot.taken_from,
        "ahead": slot.ahead,
        "sources": [cite(each) for each in slot.sources],
    }
    plain = {"id": slot.id, "label": slot.label, "help": slot.help, "example": slot.example}
    return plain | {key: value for key, value in rare.items() if value}


def _block(block: Block, cite: Cite) -> dict:
    sources = [cite(each) for each in block.sources]
    return {"kind": block.kind, "texts": block.texts} | ({"sources": sources} if sources else {})
