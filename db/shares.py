"""What the bodies of areas were given or promised, with no pound added twice: by fund, and together.

Some sums may be the same money: those of two bodies of one area from one fund, as a commissioner may name what the
force received; and that of a body of a region beside those of bodies of the areas within it. Of these the largest is
counted, and the result is a lower bound.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Condition
from db.formatting import pounds
from db.fund_tree import FundTree
from db.models import Allocation, Area, AreaOrganisation
from db.reconciliation import bound_of
from db.vocabulary import Bound
from db.within import tree


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


class Figures(NamedTuple):
    """A sum, how many allocations in it are unknown or inexact, and how many sums were left out of it."""

    pence: int = 0
    unknown: int = 0
    at_least: int = 0
    up_to: int = 0
    about: int = 0
    left_out: int = 0


AREA, BODY = col(AreaOrganisation.area_id), col(AreaOrganisation.organisation_id)
# What each body got from each fund.
Received: TypeAlias = Mapping[int, Mapping[int, Figures]]


def of_areas(session: Session, ids: Sequence[int], first: int | None = None) -> dict[int, list[Share]]:
    """The first shares of each area, by the name of the fund: the widest from which anything was allocated."""
    funds = FundTree(session)
    stand = AREA.in_(ids)
    received = _received(_allocations(session, _recipients(stand)), funds)
    bodies: dict[int, list[int]] = {id: [] for id in ids}
    for area, body in session.execute(sa.select(AREA, BODY).where(stand)):
        bodies[area].append(body)
    shares = {}
    for area in ids:
        by_fund = _by_fund(received[body] for body in bodies[area])
        found = sorted(by_fund, key=funds.places.__getitem__)[:first]
        shares[area] = [Share(area, fund, _total(_largest(by_fund[fund]))) for fund in found]
    return shares


def of_funds(session: Session, ids: Sequence[int]) -> dict[int, list[Share]]:
    """The shares of each fund, its parts included, by the name of the area."""
    funds = FundTree(session)
    within = funds.within(ids)
    rows = _allocations(session, col(Allocation.fund_id).in_({part for parts in within.values() for part in parts}))
    query = sa.select(AREA, BODY)
    query = query.join(Area, col(Area.id) == AREA)
    standing = session.execute(query.order_by(col(Area.sort_text), col(Area.slug))).all()
    shares: dict[int, list[Share]] = {}
    for fund, parts in within.items():
        received = _received([row for row in rows if row[1] in parts], funds, dict.fromkeys(parts, fund))
        by_area: defaultdict[int, list[Figures]] = defaultdict(list)
        for area, body in standing:
            if body in received:
                by_area[area].append(received[body][fund])
        shares[fund] = [Share(area, fund, _total(_largest(figures))) for area, figures in by_area.items()]
    return shares


def totals(session: Session, ids: Sequence[int]) -> dict[int, Total]:
    """What the bodies of each area, and of the areas within it, got of all funds."""
    funds, areas = FundTree(session), tree(col(Area.id).in_(ids))
    stand = AREA.in_(sa.select(areas.c.area_id))
    received = _received(_allocations(session, _recipients(stand)), funds)
    query = sa.select(areas.c.root_id, areas.c.area_id, areas.c.depth, BODY)
    query = query.join(AreaOrganisation, areas.c.area_id == AREA)
    places: dict[int, defaultdict[int, list[tuple[int, int]]]] = {id: defaultdict(list) for id in ids}
    for root, area, depth, body in session.execute(query):
        places[root][body].append((depth, area))
    return {id: _total(_together(id, places[id], received)) for id in ids}


def _together(root: int, places: Mapping[int, Sequence[tuple[int, int]]], received: Received) -> Figures:
    # The areas of one depth are apart from each other. A body that stands in several is one of what is around them.
    bodies: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for body, standing in places.items():
        depth, area = standing[0] if len(standing) == 1 else (0, root)
        bodies[depth][area].append(body)
    by_fund: defaultdict[int, list[Figures]] = defaultdict(list)
    for areas in bodies.values():
        of_depth: defaultdict[int, list[Figures]] = defaultdict(list)
        for standing_there in areas.values():
            for fund, figures in _by_fund(received[body] for body in standing_there).items():
                of_depth[fund].append(_largest(figures))
        for fund, figures in of_depth.items():
            by_fund[fund].append(_sum(figures))
    return _sum(_largest(figures) for figures in by_fund.values())


def _recipients(stand: Condition) -> Condition:
    return col(Allocation.recipient_id).in_(sa.select(BODY).where(stand))


def _allocations(session: Session, wanted: Condition) -> Sequence[Any]:
    pence = sa.type_coerce(col(Allocation.amount), sa.BigInteger).label("pence")
    bound = sa.cast(col(Allocation.bound), sa.String).label("bound")
    query = sa.select(col(Allocation.recipient_id), col(Allocation.fund_id), pence, bound)
    return session.execute(query.where(wanted)).all()


def _received(rows: Sequence[Any], funds: FundTree, around: Mapping[int, int] | None = None) -> Received:
    """What came from a part of a fund is in a known sum from the whole. `around` has the fund that each counts for."""
    known = {(recipient, fund) for recipient, fund, pence, _ in rows if pence is not None}
    received: defaultdict[int, dict[int, Figures]] = defaultdict(dict)
    for recipient, fund, pence, bound in rows:
        if not any((recipient, one) in known for one in funds.around(fund)):
            of_body, key = received[recipient], around[fund] if around else funds.widest(fund)
            one = _one(pence, bound)
            of_body[key] = _sum((of_body[key], one)) if key in of_body else one
    return received


def _one(pence: int | None, bound: str | None) -> Figures:
    if pence is None:
        return Figures(unknown=1)
    return Figures(pence, 0, bound == Bound.AT_LEAST, bound == Bound.UP_TO, bound == Bound.ABOUT)


def _by_fund(received: Iterable[Mapping[int, Figures]]) -> Mapping[int, Sequence[Figures]]:
    by_fund: defaultdict[int, list[Figures]] = defaultdict(list)
    for of_body in received:
        for fund, figures in of_body.items():
            by_fund[fund].append(figures)
    return by_fund


def _sum(figures: Iterable[Figures]) -> Figures:
    return Figures(*map(sum, zip(*figures, strict=True)))


def _largest(figures: Sequence[Figures]) -> Figures:
    """The largest of sums that may be the same money, with all that is unknown."""
    if len(figures) == 1:
        return figures[0]
    largest = max(figures)
    left_out = sum(one.left_out + (one.pence > 0) for one in figures) - (largest.pence > 0)
    return largest._replace(unknown=sum(one.unknown for one in figures), left_out=left_out)


def _total(figures: Figures) -> Total:
    more, is_known = figures.at_least + figures.unknown + figures.left_out, figures.pence > 0
    return Total(
        amount=pounds(figures.pence) if is_known else None,
        bound=bound_of(more, figures.up_to, figures.about) if is_known else None,
        unknown_sums=figures.unknown,
        may_overlap=figures.left_out > 0,
    )
