"""A fund and its parts as bars of one scale: what was stated, what is accounted for, and the gap between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WIDTH, ROW, BAR, INDENT = 360, 40, 14, 10
# Characters of a name that fit beside a sum; each level takes two.
NAME = 42


@dataclass(frozen=True)
class Bar:
    """Widths in units of the picture. `gap` is what is not accounted for, `over` what is beyond what was stated."""

    fund: Mapping[str, Any]
    name: str
    depth: int
    x: float
    y: int
    stated: float
    accounted: float
    gap: float
    over: float


@dataclass(frozen=True)
class Money:
    bars: list[Bar]
    height: int
    width: int = WIDTH
    bar: int = BAR
    indent: int = INDENT


def money(fund: Mapping[str, Any]) -> Money:
    """A part begins where the one before it ends, so that the parts together can be held against the whole."""
    widest = max((_size(one) for one, *_ in _tree(fund)), default=Decimal()) or Decimal(1)
    # Parts that make up more than the whole need room, too.
    widest = max([widest, *(sum((_size(part) for part in one["parts"]), Decimal()) for one, *_ in _parents(fund))])
    scale = WIDTH / float(widest)
    bars = []
    for number, (one, depth, start) in enumerate(_tree(fund)):
        accounted = float(_accounted(one)) * scale
        # Where no size was stated there is nothing to fall short of, or to exceed.
        stated = float(_stated(one)) * scale if one["reconciliation"]["stated"] else accounted
        shown, room = min(accounted, stated), NAME - 2 * depth
        name = one["name"] if len(one["name"]) <= room else one["name"][: room - 1] + "…"
        x = min(float(start) * scale, float(WIDTH))
        values = (x, stated, shown, stated - shown, accounted - shown)
        left, whole, sure, gap, over = (round(value, 2) for value in values)
        bars.append(Bar(one, name, depth, left, number * ROW, whole, sure, gap, over))
    return Money(bars, len(bars) * ROW)


def _tree(fund: Mapping[str, Any], depth: int = 0, start: Decimal = Decimal()) -> Iterator[tuple[Any, int, Decimal]]:
    """The fund and all its parts, each with its depth and with what comes before it."""
    yield fund, depth, start
    for part in fund.get("parts", ()):
        yield from _tree(part, depth + 1, start)
        start += _size(part)


def _parents(fund: Mapping[str, Any]) -> list[tuple[Any, int, Decimal]]:
    return [found for found in _tree(fund) if found[0].get("parts")]


def _size(fund: Mapping[str, Any]) -> Decimal:
    return max(_stated(fund), _accounted(fund))


def _stated(fund: Mapping[str, Any]) -> Decimal:
    stated = fund["reconciliation"]["stated"]
    return Decimal(stated["amount"]) if stated else Decimal()


def _accounted(fund: Mapping[str, Any]) -> Decimal:
    return Decimal(fund["reconciliation"]["accountedFor"]["amount"])
