"""A fund and its parts as bars of one scale: what recipients are named for, what is only split, and the gap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

Fund: TypeAlias = Mapping[str, Any]
WIDTH, ROW, BAR = 360, 40, 14
# Characters of a name that fit beside a sum; each level takes two.
NAME = 42


@dataclass(frozen=True)
class Bar:
    """One fund. The lengths, in units of the picture, follow each other from `x` on.

    `named` is the part for which recipients are named, `split` what is in known parts and goes no further, `gap` what
    was stated and not found in either, `over` what is beyond what was stated.
    """

    fund: Fund
    name: str
    depth: int
    received: Mapping[str, str]
    x: float
    y: int
    named: float
    split: float
    gap: float
    over: float


@dataclass(frozen=True)
class Money:
    bars: list[Bar]
    height: int
    width: int = WIDTH
    bar: int = BAR


def money(fund: Fund) -> Money:
    """A part begins where the one before it ends, so that the parts together can be held against the whole."""
    tree = list(_tree(fund))
    # Parts that make up more than the whole need room, too.
    ends = [start + _size(one) for one, _, start in tree]
    scale = WIDTH / float(max(ends) or 1)
    bars = []
    for number, (one, depth, start) in enumerate(tree):
        found = one["reconciliation"]
        accounted, received = _sum(found["accountedFor"]), _received(one)
        # Where no size was stated there is nothing to fall short of, or to exceed.
        stated = _sum(found["stated"]) if found["stated"] else accounted
        named = min(received, stated)
        split = max(min(accounted, stated) - named, Decimal())
        lengths = (start, named, split, stated - named - split, max(accounted - stated, Decimal()))
        room = NAME - 2 * depth
        name = one["name"] if len(one["name"]) <= room else one["name"][: room - 1] + "…"
        told = {**found["accountedFor"], "amount": str(received), "bound": _together(set(_bounds(one)))}
        bars.append(Bar(one, name, depth, told, *_drawn(scale, number, lengths)))
    return Money(bars, len(bars) * ROW)


def _drawn(scale: float, number: int, lengths: tuple[Decimal, ...]) -> Any:
    x, *rest = (round(float(length) * scale, 2) for length in lengths)
    return x, number * ROW, *rest


def _tree(fund: Fund, depth: int = 0, start: Decimal = Decimal()) -> Iterator[tuple[Fund, int, Decimal]]:
    """The fund and all its parts, each with its depth and with what comes before it."""
    yield fund, depth, start
    for part in fund.get("parts", ()):
        yield from _tree(part, depth + 1, start)
        start += _size(part)


def _size(fund: Fund) -> Decimal:
    return max(_sum(fund["reconciliation"]["stated"]), _sum(fund["reconciliation"]["accountedFor"]))


def _received(fund: Fund) -> Decimal:
    """What the sums of recipients make: of the whole fund or of its parts, whichever is more."""
    return max(_sum(fund["recipients"]["accountedFor"]), _parts(fund))


def _parts(fund: Fund) -> Decimal:
    return sum((_received(part) for part in fund.get("parts", ())), Decimal())


def _together(bounds: set[str]) -> str:
    """How sure a sum is whose parts are as sure as these."""
    if len(bounds) < 2:
        return next(iter(bounds), "EXACT")
    return "ABOUT" if {"ABOUT", "UP_TO"} & bounds else "AT_LEAST"


def _bounds(fund: Fund) -> Iterator[str]:
    """How sure the sums are that `_received` takes."""
    whole = fund["recipients"]["accountedFor"]
    if _parts(fund) > _sum(whole):
        for part in fund["parts"]:
            yield from _bounds(part)
    elif whole and Decimal(whole["amount"]):
        yield whole["bound"]


def _sum(money: Mapping[str, str] | None) -> Decimal:
    return Decimal(money["amount"]) if money else Decimal()
