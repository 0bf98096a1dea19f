"""What the bodies of areas were given or promised, with no pound added twice: by fund, and together.

Some sums may be the same money: those of two bodies of one area from one fund, as a commissioner may name what the
force received; and that of a body of a region beside those of bodies of the areas within it. Of these the largest is
counted, and the result is a lower bound.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Condition
from db.figures import Figures, Received, Total, add, allocations, largest, received_by, total
from db.fund_tree import FundTree
from db.models import Allocation, Area, AreaOrganisation
from db.within import tree


@dataclass(frozen=True)
class Share:
    """What the bodies that stand in one area got from one fund and its parts."""

    area_id: int
    fund_id: int
    total: Total


AREA, BODY = col(AreaOrganisation.area_id), col(AreaOrganisation.organisation_id)


def of_areas(session: Session, ids: Sequence[int], first: int | None = None) -> dict[int, list[Share]]:
    """The first shares of each area, by the name of the fund: the widest from which anything was allocated."""
    funds = FundTree(session)
    stand = AREA.in_(ids)
    received = received_by(allocations(session, _recipients(stand)), funds)
    bodies: dict[int, list[int]] = {id: [] for id in ids}
    for area, body in session.execute(sa.select(AREA, BODY).where(stand)):
        bodies[area].append(body)
    shares = {}
    for area in ids:
        by_fund = _by_fund(received[body] for body in bodies[area])
        found = sorted(by_fund, key=funds.places.__getitem__)[:first]
        shares[area] = [Share(area, fund, total(largest(by_fund[fund]))) for fund in found]
    return shares


def of_funds(session: Session, ids: Sequence[int]) -> dict[int, list[Share]]:
    """The shares of each fund, its parts included, by the name of the area."""
    funds = FundTree(session)
    within = funds.within(ids)
    rows = allocations(session, col(Allocation.fund_id).in_({part for parts in within.values() for part in parts}))
    query = sa.select(AREA, BODY)
    query = query.join(Area, col(Area.id) == AREA)
    standing = session.execute(query.order_by(col(Area.sort_text), col(Area.slug))).all()
    shares: dict[int, list[Share]] = {}
    for fund, parts in within.items():
        received = received_by([row for row in rows if row[1] in parts], funds, dict.fromkeys(parts, fund))
        by_area: defaultdict[int, list[Figures]] = defaultdict(list)
        for area, body in standing:
            if body in received:
                by_area[area].append(received[body][fund])
        shares[fund] = [Share(area, fund, total(largest(figures))) for area, figures in by_area.items()]
    return shares


def totals(session: Session, ids: Sequence[int]) -> dict[int, Total]:
    """What the bodies of each area, and of the areas within it, got of all funds."""
    funds, areas = FundTree(session), tree(col(Area.id).in_(ids))
    stand = AREA.in_(sa.select(areas.c.area_id))
    received = received_by(allocations(session, _recipients(stand)), funds)
    query = sa.select(areas.c.root_id, areas.c.area_id, areas.c.depth, BODY)
    query = query.join(AreaOrganisation, areas.c.area_id == AREA)
    places: dict[int, defaultdict[int, list[tuple[int, int]]]] = {id: defaultdict(list) for id in ids}
    for root, area, depth, body in session.execute(query):
        places[root][body].append((depth, area))
    return {id: total(_together(id, places[id], received)) for id in ids}


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
                of_depth[fund].append(largest(figures))
        for fund, figures in of_depth.items():
            by_fund[fund].append(add(figures))
    return add(largest(figures) for figures in by_fund.values())


def _recipients(stand: Condition) -> Condition:
    return col(Allocation.recipient_id).in_(sa.select(BODY).where(stand))


def _by_fund(received: Iterable[Mapping[int, Figures]]) -> Mapping[int, Sequence[Figures]]:
    by_fund: defaultdict[int, list[Figures]] = defaultdict(list)
    for of_body in received:
        for fund, figures in of_body.items():
            by_fund[fund].append(figures)
    return by_fund
