"""JSON Schemas of the data files, made from the dataclasses that read them: for editors, and for other programs.

``scripts/generate.py`` writes them into ``data/schemas/``. The checks themselves read with ``records.py``, which knows
line and column.
"""

from __future__ import annotations

import json
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal

from . import (
    addresses,
    break_even,
    deadlines,
    events,
    factors,
    fees,
    glance,
    letters,
    periods,
    pictures,
    shelves,
    tables,
    terms,
    timeline,
    triage,
    ways,
)
from .records import POSITION, Placed, key_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
RECORDS: dict[str, type] = {
    deadlines.FILE: deadlines.Deadline,
    events.FILE: events.EventGroup,
    fees.FILE: fees.Fee,
    terms.FILE: terms.Group,
    tables.DEDUCTIONS: tables.AmountsOf,
    tables.EVIDENCE: tables.ProofsOf,
    tables.CARE: tables.CaresOf,
    tables.AUTHORITIES: tables.AuthoritiesOf,
    letters.FILE: letters.Template,
    periods.FILE: periods.YearsOf,
    timeline.FILE: timeline.Part,
    break_even.FILE: break_even.BreakEven,
    triage.FILE: triage.Flow,
    factors.FILE: factors.Factor,
    ways.FILE: ways.Way,
    addresses.FILE: addresses.Redirect,
    pictures.FILE: pictures.Picture,
    pictures.APPEALS: pictures.Appeal,
    glance.FILE: glance.Glance,
    shelves.PICKS: shelves.PicksOf,
    shelves.ASKED: shelves.Asked,
    shelves.PICTURES: shelves.Picture,
}
TEXT = {"type": "string", "minLength": 1}
PLAIN = {
    str: TEXT,
    Placed: TEXT,
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": ["number", "string"]},
    date: {"type": "string", "format": "date"},
}


def schema(file: str) -> str:
    """Return the schema of one data file as JSON text; raises ``KeyError`` for a file without one."""
    record = RECORDS[file]
    whole = {"$schema": DIALECT, "title": file, "type": "array", "items": _object(record)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def name_of(file: str) -> str:
    """Return where the schema of a data file lies: ``data/schemas/terms.schema.json``."""
    return file.replace("data/", "data/schemas/").replace(".yml", ".schema.json")


def _object(record: type) -> dict:
    kinds = typing.get_type_hints(record)
    known = [each for each in fields(record) if each.name not in POSITION]
    required = [key_of(each.name) for each in known if each.default is MISSING and each.default_factory is MISSING]
    properties = {}
    for each in known:
        key = key_of(each.name)
        properties[key] = _value(kinds[each.name], key in required)
        if choices := each.metadata.get("choices"):
            properties[key] = {"enum": list(choices)}
    text = (record.__doc__ or "").strip().splitlines()[0]
    return {
        "type": "object",
        "description": text,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _value(kind: object, required: bool) -> dict:
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _value(arguments[0], required)} | ({"minItems": 1} if required else {})
    if arguments:  # X | None
        kind = arguments[0]
    return _object(kind) if is_dataclass(kind) else dict(PLAIN[kind])
