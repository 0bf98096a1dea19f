"""A fund and its parts as bars of one scale: the sums of recipients, what is only divided into parts, and the gap."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from api.charts.words import wrap
from api.json_types import JsonObject

Fund: TypeAlias = JsonObject
WIDTH, BAR = 360, 14
# The size of a name and the height of a line of it; the room for its sum, and how far each level is moved in.
NAME, LINE, SUM, INDENT = 12, 15, 96, 10
# Between a bar and the next name, and before the first part.
GAP, WORDS = 9, 16
# What a part of a bar means, by its class.
FILLS = {
    "accounted": "The sum of each recipient is known",
    "passed": "To a body that passes it on; who received it is not on record",
    "split": "Split into parts; the sums of recipients are not known",
    "gap": "No split found",
    "over": "More on record than stated",
}


@dataclass(frozen=True)
class Bar:
    """One fund. The lengths, in units of the chart, follow each other from `x` on.

    `by_recipient` is the sum of the recipients but for `passed`, which went to bodies that pass it on, `by_part` the
    rest of what the parts make up, `gap` what was stated and is in none of these, `over` what is beyond what was
    stated. `recipients` is the sum of the first two as money with its bound, `passers` is how many bodies that are, and
    `passed_on` what they got. `y` is the top of the lines of the name, `bar_y` that of the bar.
    """

    fund: Fund
    lines: Sequence[str]
    depth: int
    recipients: Mapping[str, str]
    passed_on: Mapping[str, str]
    passers: int
    y: int
    bar_y: int
    x: float
    by_recipient: float
    passed: float
    by_part: float
    gap: float
    over: float

    @property
    def segments(self) -> list[tuple[str, float, float]]:
        """The class, start and length of each part of the bar that has a length."""
        lengths = zip(FILLS, (self.by_recipient, self.passed, self.by_part, self.gap, self.over), strict=True)
        segments, x = [], self.x
        for fill, length in lengths:
            if length:
                segments.append((fill, round(x, 2), length))
            x += length
        return segments


@dataclass(frozen=True)
class MoneyChart:
    """`words_y` is the top of the words about the parts, where there are any."""

    bars: list[Bar]
    height: int
    words_y: int
    width: int = WIDTH
    bar: int = BAR
    indent: int = INDENT
    name: int = NAME
    line: int = LINE

    @property
    def fills(self) -> list[str]:
        """The classes that are drawn."""
        drawn = {fill for bar in self.bars for fill, _, _ in bar.segments}
        return [fill for fill in FILLS if fill in drawn]

    def largest(self) -> Decimal:
        """The largest size that is stated of the fund or of a part of it; 0 where none is."""
        return max(_amount(bar.fund["amount"]) for bar in self.bars)


def money_chart(fund: Fund) -> MoneyChart:
    """A part begins where the part before it ends, so that the parts together can be compared with the whole."""
    tree = list(_tree(fund))
    # Parts that make up more than the whole need room, too.
    end = max(start + _size(part) for part, _, start in tree)
    scale = WIDTH / float(end or 1)
    bars: list[Bar] = []
    y = words_y = 0
    for part, depth, start in tree:
        reconciliation = part["reconciliation"]
        accounted, recipients = _amount(reconciliation["accountedFor"]), _recipients_sum(part)
        # Without a stated size there is nothing to fall short of, or to exceed.
        stated = _amount(reconciliation["stated"]) if reconciliation["stated"] else accounted
        by_recipient = min(recipients, stated)
        by_part = max(min(accounted, stated) - by_recipient, Decimal())
        passed = min(_passed(part), by_recipient)
        gap, over = stated - by_recipient - by_part, max(accounted - stated, Decimal())
        lengths = (start, by_recipient - passed, passed, by_part, gap, over)
        x, *widths = (round(float(length) * scale, 2) for length in lengths)
        money = {**reconciliation["accountedFor"], "amount": str(recipients), "bound": _bound(set(_bounds(part)))}
        passed_on = {**money, "amount": str(_passed(part))}
        if len(bars) == 1:
            words_y, y = y, y + WORDS
        lines = wrap(part["name"], NAME, WIDTH - SUM - depth * INDENT)
        bar_y = y + len(lines) * LINE + 2
        bars.append(Bar(part, lines, depth, money, passed_on, _passers(part), y, bar_y, x, *widths))
        y = bar_y + BAR + GAP
    return MoneyChart(bars, y, words_y)


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


def _passed(fund: Fund) -> Decimal:
    """What of `_recipients_sum` went to bodies that pass it on."""
    if _parts_sum(fund) > _amount(fund["recipients"]["accountedFor"]):
        return sum(map(_passed, fund["parts"]), Decimal())
    return sum((_amount(one["money"]) for one in fund["given"] if one["passesOn"]), Decimal())


def _passers(fund: Fund) -> int:
    own = sum(bool(one["passesOn"] and one["money"]) for one in fund["given"])
    return own or sum(map(_passers, fund.get("parts", ())))


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
