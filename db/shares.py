"""What the bodies of areas were given or promised, with no pound added twice: by fund, and together.

Some sums may be the same money: those of two bodies of one area from one fund, as a commissioner may name what the
force received; and that of a body of a region beside those of bodies of the areas within it. Of these the largest is
counted, and the result is a lower bound.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, col

from db.formatting import pounds
from db.models import Allocation, Area, AreaOrganisation, Fund
from db.reconciliation import bound_of
from db.vocabulary import Bound
from db.within import tree

# Of a sum: its pence, and how many allocations in it have each bound, or are unknown, or were left out as perhaps the
# same money.
Figures: TypeAlias = Counter[str]
PENCE, UNKNOWN, OVERLAP = "pence", "unknown", "overlap"
COLUMNS: tuple[sa.ColumnElement[Any], ...] = (
    col(Allocation.id).label("id"),
    col(Allocation.fund_id).label("fund_id"),
    col(Allocation.recipient_id).label("recipient_id"),
    sa.type_coerce(col(Allocation.amount), sa.BigInteger).label("pence"),
    sa.cast(col(Allocation.bound), sa.String).label("bound"),
)


@dataclass(frozen=True)
class Total:
    """`amount` and `bound` are None where no sum is known.

    `may_overlap`: whether sums were left out as perhaps the same money.
    """

    amount: Decimal | None
    bound: Bound | None
    unknown_sums: int
    may_overlap: bool


@dataclass(frozen=True)
class Share:
    """What the bodies that stand in one area got from one fund and its parts."""

    area_id: int
    fund_id: int
    total: Total


class FundTree:
    """All funds, each with the one around it."""

    def __init__(self, session: Session) -> None:
        given = sa.exists().where(col(Allocation.fund_id) == col(Fund.id))
        rows = session.execute(
            sa.select(col(Fund.id), col(Fund.parent_id), given).order_by(col(Fund.sort_text), col(Fund.slug))
        ).all()
        self.parents: dict[int, int | None] = {id: parent for id, parent, _ in rows}
        self.giving = {id for id, _, gives in rows if gives}
        self.places = {id: place for place, (id, _, _) in enumerate(rows)}

    def around(self, fund: int) -> Iterator[int]:
        parent = self.parents[fund]
        while parent is not None:
            yield parent
            parent = self.parents[parent]

    def widest(self, fund: int) -> int:
        """The widest fund around one from which anything was allocated; or itself."""
        return [fund, *(one for one in self.around(fund) if one in self.giving)][-1]

    def within(self, funds: Iterable[int]) -> dict[int, list[int]]:
        """Each of the funds, with itself and its parts."""
        found: dict[int, list[int]] = {fund: [] for fund in funds}
        for fund in self.parents:
            for one in (fund, *self.around(fund)):
                if one in found:
                    found[one].append(fund)
        return found


def of_areas(session: Session, ids: Sequence[int]) -> dict[int, list[Share]]:
    """The shares of each area, by the name of the fund: the widest from which anything was allocated."""
    funds = FundTree(session)
    query = sa.select(col(AreaOrganisation.area_id).label("area_id"), *COLUMNS).join(
        Allocation, col(Allocation.recipient_id) == col(AreaOrganisation.organisation_id)
    )
    groups: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in session.execute(query.where(col(AreaOrganisation.area_id).in_(ids)).order_by(col(Allocation.key))):
        groups[row.area_id, funds.widest(row.fund_id)].append(row)
    shares: dict[int, list[Share]] = {id: [] for id in ids}
    for area, fund in sorted(groups, key=lambda key: funds.places[key[1]]):
        shares[area].append(_share(area, fund, groups[area, fund], funds))
    return shares


def of_funds(session: Session, ids: Sequence[int]) -> dict[int, list[Share]]:
    """The shares of each fund, its parts included, by the name of the area."""
    funds = FundTree(session)
    within = funds.within(ids)
    query = sa.select(col(AreaOrganisation.area_id).label("area_id"), *COLUMNS).join(
        Allocation, col(Allocation.recipient_id) == col(AreaOrganisation.organisation_id)
    )
    query = query.join(Area, col(Area.id) == col(AreaOrganisation.area_id))
    query = query.where(col(Allocation.fund_id).in_({fund for parts in within.values() for fund in parts}))
    rows = session.execute(query.order_by(col(Area.sort_text), col(Area.slug), col(Allocation.key))).all()
    shares: dict[int, list[Share]] = {}
    for fund, parts in within.items():
        groups: defaultdict[int, list[Any]] = defaultdict(list)
        for row in rows:
            if row.fund_id in parts:
                groups[row.area_id].append(row)
        shares[fund] = [_share(area, fund, group, funds) for area, group in groups.items()]
    return shares


def totals(session: Session, ids: Sequence[int]) -> dict[int, Total]:
    """What the bodies of each area, and of the areas within it, got of all funds."""
    funds = FundTree(session)
    areas = tree(col(Area.id).in_(ids))
    query = (
        sa.select(areas.c.root_id, areas.c.area_id, areas.c.depth, *COLUMNS)
        .join(AreaOrganisation, col(AreaOrganisation.area_id) == areas.c.area_id)
        .join(Allocation, col(Allocation.recipient_id) == col(AreaOrganisation.organisation_id))
    )
    # The areas of one depth are apart from each other: by area, fund, depth and place.
    groups: defaultdict[int, dict[tuple[int, int, int], dict[int, Any]]] = defaultdict(lambda: defaultdict(dict))
    rows = session.execute(query).all()
    standing: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for row in rows:
        standing[row.root_id, row.recipient_id].add(row.area_id)
    for row in rows:
        # A body that stands in several areas is one of what is around them.
        is_shared = len(standing[row.root_id, row.recipient_id]) > 1
        depth, place = (0, row.root_id) if is_shared else (row.depth, row.area_id)
        groups[row.root_id][funds.widest(row.fund_id), depth, place][row.id] = row
    return {id: _total(_together(groups[id], funds)) for id in ids}


def _together(groups: dict[tuple[int, int, int], dict[int, Any]], funds: FundTree) -> Figures:
    by_depth: defaultdict[int, defaultdict[int, Figures]] = defaultdict(lambda: defaultdict(Counter))
    for (fund, depth, _), rows in groups.items():
        by_depth[fund][depth] += _figures(rows.values(), funds)
    return sum((_largest(depths.values()) for depths in by_depth.values()), Counter())


def _figures(rows: Iterable[Any], funds: FundTree) -> Figures:
    """Of allocations from one fund and its parts to the bodies of one area."""
    by_recipient: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_recipient[row.recipient_id].append(row)
    return _largest(_received(received, funds) for received in by_recipient.values())


def _received(rows: Sequence[Any], funds: FundTree) -> Figures:
    """Of allocations to one body: what came from a part of a fund is in a known sum from the whole."""
    known = {row.fund_id for row in rows if row.pence is not None}
    figures: Figures = Counter()
    for row in rows:
        if known.isdisjoint(funds.around(row.fund_id)):
            figures += Counter({PENCE: row.pence or 0, row.bound or UNKNOWN: 1})
    return figures


def _largest(alternatives: Iterable[Figures]) -> Figures:
    """The largest of sums that may be the same money, with all that is unknown."""
    figures = sorted(alternatives, key=lambda one: one[PENCE])
    unknown = sum(one[UNKNOWN] for one in figures)
    overlaps = sum(one[OVERLAP] + (one[PENCE] > 0) for one in figures) - (figures[-1][PENCE] > 0)
    return figures[-1] | Counter({UNKNOWN: unknown, OVERLAP: overlaps})


def _share(area: int, fund: int, rows: Sequence[Any], funds: FundTree) -> Share:
    return Share(area, fund, _total(_figures(rows, funds)))


def _total(figures: Figures) -> Total:
    more = figures[Bound.AT_LEAST] + figures[UNKNOWN] + figures[OVERLAP]
    is_known = figures[PENCE] > 0
    return Total(
        amount=pounds(figures[PENCE]) if is_known else None,
        bound=bound_of(more, figures[Bound.UP_TO], figures[Bound.ABOUT]) if is_known else None,
        unknown_sums=figures[UNKNOWN],
        may_overlap=figures[OVERLAP] > 0,
    )
