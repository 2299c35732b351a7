"""``data/fees.yml``: court fees as brackets, and the fee for an amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

FILE = "data/fees.yml"
CODE = "SR011"
KEYS = ("id", "title", "source", "cap", "brackets")
BRACKET_KEYS = ("up_to", "fixed", "rate")


@dataclass(frozen=True)
class Bracket:
    """A part of the amount: up to ``up_to`` yuan (None: without end), a fixed sum or a rate in percent."""

    up_to: int | None
    fixed: int | None
    rate: Decimal | None


@dataclass(frozen=True)
class Fee:
    """A fee: its brackets from the lowest, its cap in yuan (None: none), the clause that sets it."""

    id: str
    title: str
    source: str
    brackets: tuple[Bracket, ...]
    cap: int | None = None
    line: int = 0
    col: int = 0

    def of(self, amount: Decimal) -> Decimal:
        """Return the fee in yuan for ``amount`` yuan, unrounded: each part of the amount by its own bracket."""
        total, floor = Decimal(0), Decimal(0)
        for bracket in self.brackets:
            top = amount if bracket.up_to is None else min(amount, Decimal(bracket.up_to))
            if bracket.fixed is not None:
                total += bracket.fixed
            elif top > floor:
                total += (top - floor) * bracket.rate / 100
            floor = max(floor, top)
        return total if self.cap is None else min(total, Decimal(self.cap))


@dataclass(frozen=True)
class Fees:
    """All fees in file order, and what was wrong with the file."""

    entries: tuple[Fee, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Fees:
    """Read ``data/fees.yml`` under ``root``; a project without one has no fees as data."""
    if not (root / FILE).exists():
        return Fees((), ())
    try:
        tree = parse(read_text(root / FILE, FILE, CODE), FILE, CODE)
        if not isinstance(tree.value, list):
            raise _fail(tree, "必须是列表，每种费用以「- id: 」开头")
        return Fees(tuple(_fee(node) for node in tree.value), ())
    except UnreadableError as error:
        return Fees((), (error.problem,))


def _fail(node: Node, message: str) -> UnreadableError:
    return UnreadableError(Problem(FILE, node.line, node.col, CODE, message))


def _entries(node: Node, known: tuple[str, ...]) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise _fail(node, f"这里必须写 {'、'.join(known)}")
    for key, entry in node.value.items():
        if key not in known:
            raise _fail(entry.node, f"没有叫「{key}」的键；可用的键是 {'、'.join(known)}")
    return {key: entry.node for key, entry in node.value.items()}


def _fee(node: Node) -> Fee:
    given = _entries(node, KEYS)
    for key in ("id", "title", "source", "brackets"):
        if key not in given:
            raise _fail(node, f"缺少「{key}」；请补上")
    for key in ("id", "title", "source"):
        if not isinstance(given[key].value, str):
            raise _fail(given[key], f"「{key}」必须是文字")
    if not isinstance(given["brackets"].value, list) or not given["brackets"].value:
        raise _fail(given["brackets"], "brackets 必须是列表，至少一档")
    brackets = tuple(_bracket(each) for each in given["brackets"].value)
    tops = [bracket.up_to for bracket in brackets]
    if None in tops[:-1] or tops[-1] is not None or sorted(tops[:-1]) != tops[:-1]:
        raise _fail(given["brackets"], "各档必须从低到高，只有最后一档没有 up_to")
    cap = _whole(given["cap"]) if "cap" in given else None
    texts = {key: given[key].value for key in ("id", "title", "source")}
    return Fee(**texts, brackets=brackets, cap=cap, line=node.line, col=node.col)


def _bracket(node: Node) -> Bracket:
    given = _entries(node, BRACKET_KEYS)
    if ("fixed" in given) == ("rate" in given):
        raise _fail(node, "每一档必须恰好写 fixed（定额，元）或 rate（百分比）中的一个")
    up_to = _whole(given["up_to"]) if "up_to" in given else None
    fixed = _whole(given["fixed"]) if "fixed" in given else None
    rate = _percent(given["rate"]) if "rate" in given else None
    return Bracket(up_to, fixed, rate)


def _whole(node: Node) -> int:
    if not isinstance(node.value, int) or isinstance(node.value, bool):
        raise _fail(node, "必须是整数，单位是元")
    return node.value


def _percent(node: Node) -> Decimal:
    try:
        return Decimal(str(node.value))
    except InvalidOperation as error:
        raise _fail(node, "必须是百分比的数，例如 2.5") from error
