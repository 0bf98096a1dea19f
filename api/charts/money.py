"""A fund and its parts as bars of one scale: the sums of recipients, what is only divided into parts, and the gap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from api.json_types import JsonObject

Fund: TypeAlias = JsonObject
WIDTH, ROW, BAR = 360, 40, 14
# Characters of a name that fit beside a sum; each level takes two.
NAME = 42


@dataclass(frozen=True)
class Bar:
    """One fund. The lengths, in units of the chart, follow each other from `x` on.

    `by_recipient` is the sum of the recipients, `by_part` the rest of what the parts make up, `gap` what was stated
    and is in neither, `over` what is beyond what was stated. `recipients` is the first as money with its bound.
    """

    fund: Fund
    name: str
    depth: int
    recipients: Mapping[str, str]
    x: float
    y: int
    by_recipient: float
    by_part: float
    gap: float
    over: float


@dataclass(frozen=True)
class MoneyChart:
    bars: list[Bar]
    height: int
    width: int = WIDTH
    bar: int = BAR

    def largest(self) -> Decimal:
        """The largest size that is stated of the fund or of a part of it; 0 where none is."""
        return max(_amount(bar.fund["amount"]) for bar in self.bars)


def money_chart(fund: Fund) -> MoneyChart:
    """A part begins where the part before it ends, so that the parts together can be compared with the whole."""
    tree = list(_tree(fund))
    # Parts that make up more than the whole need room, too.
    end = max(start + _size(part) for part, _, start in tree)
    scale = WIDTH / float(end or 1)
    bars = []
    for index, (part, depth, start) in enumerate(tree):
        reconciliation = part["reconciliation"]
        accounted, recipients = _amount(reconciliation["accountedFor"]), _recipients_sum(part)
        # Without a stated size there is nothing to fall short of, or to exceed.
        stated = _amount(reconciliation["stated"]) if reconciliation["stated"] else accounted
        by_recipient = min(recipients, stated)
        by_part = max(min(accounted, stated) - by_recipient, Decimal())
        lengths = (start, by_recipient, by_part, stated - by_recipient - by_part, max(accounted - stated, Decimal()))
        x, *widths = (round(float(length) * scale, 2) for length in lengths)
        room = NAME - 2 * depth
        name = part["name"] if len(part["name"]) <= room else part["name"][: room - 1] + "…"
        money = {**reconciliation["accountedFor"], "amount": str(recipients), "bound": _bound(set(_bounds(part)))}
        bars.append(Bar(part, name, depth, money, x, index * ROW, *widths))
    return MoneyChart(bars, len(bars) * ROW)


def _tree(fund: Fund, depth: int = 0, start: Decimal = Decimal()) -> Iterator[tuple[Fund, int, Decimal]]:
    """The fund and all its parts, each with its depth and with the sum of what comes before it."""
    yield fund, depth, start
    for part in fund.get("parts", ()):
        yield from _tree(part, depth + 1, start)
        start += _size(part)


def _size(fund: Fund) -> Decimal:
    return max(_amount(fund["reconciliation"]["stated"]), _amount(fund["reconciliation"]["accountedFor"]))


def _recipients_sum(fund: Fund) -> Decimal:
    """The sum of the recipients of the whole fund or of those of its parts, whichever is more."""
    return max(_amount(fund["recipients"]["accountedFor"]), _parts_sum(fund))


def _parts_sum(fund: Fund) -> Decimal:
    return sum((_recipients_sum(part) for part in fund.get("parts", ())), Decimal())


def _bound(bounds: set[str]) -> str:
    """The bound of a sum of amounts with these bounds."""
    if len(bounds) < 2:
        return next(iter(bounds), "EXACT")
    return "ABOUT" if {"ABOUT", "UP_TO"} & bounds else "AT_LEAST"


def _bounds(fund: Fund) -> Iterator[str]:
    """The bounds of the amounts that `_recipients_sum` adds up."""
    whole = fund["recipients"]["accountedFor"]
    if _parts_sum(fund) > _amount(whole):
        for part in fund["parts"]:
            yield from _bounds(part)
    elif whole and Decimal(whole["amount"]):
        yield whole["bound"]


def _amount(money: Mapping[str, str] | None) -> Decimal:
    return Decimal(money["amount"]) if money else Decimal()
