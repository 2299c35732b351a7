"""Fees as curves over the amount: how much a court takes, and where the rate changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kbcheck.fees import Fee, short
from kbcheck.pictures import HALF, Shown, yuan

from .drawing import LEADING, PAD, SIZE, WIDTH, Box, Line, Shape, Text, column, measure

HEIGHT, TOP = 200, 30
NAMES = 88  # what the names of the curves take at the right
Points = list[tuple[Decimal, Decimal]]


def draw(rows: tuple[Shown, ...], fees: list[Fee]) -> list[Shape]:
    """Return the shapes of the curves; every amount of ``rows`` is marked on the first."""
    amounts = [Decimal(row.days) for row in rows]
    curves = list(_curves(fees, amounts[-1]))
    most = curves[0][2][-1][1]
    left = measure(f"{most:,.0f}") + PAD
    across, up = Decimal(WIDTH - NAMES - left) / amounts[-1], Decimal(HEIGHT) / most

    def place(amount: Decimal, fee: Decimal) -> tuple[float, float]:
        return round(left + float(amount * across), 1), round(TOP + HEIGHT - float(fee * up), 1)

    shapes: list[Shape] = [*column(0, 0, WIDTH, [("quiet", "收多少（元）")])]
    for amount in amounts:
        x, y = place(amount, fees[0].of(amount))
        shapes += [Line(f"M{left} {y}H{x}V{TOP + HEIGHT}", "wire faint"), Box(x - 3, y - 3, 6, 6, "bar")]
        on_axis = y < TOP + HEIGHT - SIZE
        told = f"{fees[0].of(amount):,.0f}"
        shapes.append(
            Text(left - 4, y + 4, told, "quiet", "end") if on_axis else Text(x, y - 2 * PAD, told, "", "middle")
        )
        shapes.append(Text(x, TOP + HEIGHT + LEADING, short(int(amount)).removesuffix(" 元"), "quiet", "middle"))
    shapes.append(Line(f"M{left} {TOP}V{TOP + HEIGHT}H{WIDTH - NAMES}", "wire"))
    for _, css, points in curves:
        steps = "L".join(f"{x} {y}" for x, y in (place(*point) for point in points))
        shapes.append(Line(f"M{steps}", css))
    axis = Text(left, TOP + HEIGHT + LEADING * 2 + 2, "请求或保全的金额", "quiet")
    ends = [(name, css, points[-1][1], place(*points[-1])[1]) for name, css, points in curves]
    return [*shapes, axis, *_names(ends)]


def _curves(fees: list[Fee], most: Decimal) -> Iterator[tuple[str, str, Points]]:
    """Yield each curve's name, classes and corners: the first fee, the half of it, the others."""
    first, *others = fees
    points = _corners(first, most)
    yield first.title, "wire thick", points
    yield "减半后", "wire thick maybe", [(amount, fee / HALF) for amount, fee in points]
    for fee in others:
        yield fee.title, "wire", _corners(fee, most)


def _corners(fee: Fee, most: Decimal) -> Points:
    tops = [Decimal(bracket.up_to) for bracket in fee.brackets if bracket.up_to and bracket.up_to < most]
    start = fee.brackets[0].fixed or 0
    return [(Decimal(0), Decimal(start)), *((amount, fee.of(amount)) for amount in (*tops, most))]


def _names(ends: list[tuple[str, str, Decimal, float]]) -> Iterator[Shape]:
    """Yield the name and the last value of every curve beside its end, from the top down."""
    low = 0.0
    for name, css, fee, y in sorted(ends, key=lambda end: end[3]):
        words = [("time" if "thick" in css else "strong", name), ("quiet", yuan(fee))]
        lines = column(WIDTH - NAMES + PAD, max(low, y - LEADING), NAMES - PAD, words)
        low = lines[-1].y + PAD
        yield from lines
