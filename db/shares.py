"""What the bodies of areas were given or promised, with no pound added twice: by fund, and together.

The rules are those of `db.totals` and `db.overlaps`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, col

from db import fund_tree
from db.answer_cache import cache_answers
from db.columns import Condition
from db.models import Allocation, Area, AreaOrganisation
from db.overlaps import EVERYWHERE, Overlaps
from db.statements import KEYS, Statement, among, keys
from db.totals import Received, Sum, Total, add, allocations, largest, received_by, total
from db.within import tree


@dataclass(frozen=True)
class Share:
    """What the bodies that stand in one area got from one fund and its parts."""

    area_id: int
    fund_id: int
    total: Total


AREA, BODY = col(AreaOrganisation.area_id), col(AreaOrganisation.organisation_id)
STANDING = sa.select(AREA, BODY)
BODIES = Statement(STANDING.where(among(AREA, KEYS)))
BY_AREA = Statement(STANDING.join(Area, col(Area.id) == AREA).order_by(col(Area.sort_text), col(Area.slug)))
# An area, the one around it, and a body that stands there, if any does.
Row: TypeAlias = tuple[int, int, int | None]


@cache_answers
def of_areas(session: Session, ids: Sequence[int], first: int | None = None) -> dict[int, list[Share]]:
    """The first shares of each area, by the name of the fund: the widest from which anything was allocated."""
    funds = fund_tree.tree(session)
    stand = among(AREA, keys(ids))
    received = received_by(allocations(session, _recipients(stand)), funds)
    bodies: dict[int, list[int]] = {id: [] for id in ids}
    for area, body in BODIES.ask(session, {"ids": ids}):
        bodies[area].append(body)
    shares = {}
    for area in ids:
        by_fund = _by_fund(received[body] for body in bodies[area])
        found = sorted(by_fund, key=funds.places.__getitem__)[:first]
        shares[area] = [Share(area, fund, total(largest(by_fund[fund]))) for fund in found]
    return shares


@cache_answers
def of_funds(session: Session, ids: Sequence[int]) -> dict[int, list[Share]]:
    """The shares of each fund, its parts included, by the name of the area."""
    funds = fund_tree.tree(session)
    within = funds.within(ids)
    every = {part for parts in within.values() for part in parts}
    rows = allocations(session, among(col(Allocation.fund_id), keys(every)))
    standing = BY_AREA.ask(session, {})
    shares: dict[int, list[Share]] = {}
    for fund, parts in within.items():
        received = received_by([row for row in rows if row[1] in parts], funds, dict.fromkeys(parts, fund))
        by_area: defaultdict[int, list[Sum]] = defaultdict(list)
        for area, body in standing:
            if body in received:
                by_area[area].append(received[body][fund])
        shares[fund] = [Share(area, fund, total(largest(sums))) for area, sums in by_area.items()]
    return shares


@cache_answers
def totals(session: Session, ids: Sequence[int]) -> dict[int, Total]:
    """What the bodies of each area, and of the areas within it, got of all funds."""
    funds, areas = fund_tree.tree(session), tree(among(col(Area.id), keys(ids)))
    stand = AREA.in_(sa.select(areas.c.area_id))
    received = received_by(allocations(session, _recipients(stand)), funds)
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for root, area, parent, body in _within().ask(session, {"ids": ids}):
        rows[root].append((area, EVERYWHERE if area == root else parent, body))
    return {id: total(_together(rows[id], received)) for id in ids}


@lru_cache
def _within() -> Statement:
    """The areas within each, itself included, with the one around each and the bodies that stand there."""
    areas = tree(among(col(Area.id), KEYS))
    query = sa.select(areas.c.root_id, areas.c.area_id, col(Area.parent_id), BODY)
    query = query.join(Area, col(Area.id) == areas.c.area_id)
    return Statement(query.join(AreaOrganisation, areas.c.area_id == AREA, isouter=True))


def _together(rows: Sequence[Row], received: Received) -> Sum:
    overlaps = Overlaps(
        {area: parent for area, parent, _ in rows}, [(body, area) for area, _, body in rows if body is not None]
    )
    by_fund: defaultdict[int, dict[int, Sum]] = defaultdict(dict)
    for body in overlaps.area_of:
        for fund, one in received[body].items():
            by_fund[fund][body] = one
    return add([Sum(), *map(overlaps.add, by_fund.values())])


def _recipients(stand: Condition) -> Condition:
    return col(Allocation.recipient_id).in_(sa.select(BODY).where(stand))


def _by_fund(received: Iterable[Mapping[int, Sum]]) -> Mapping[int, Sequence[Sum]]:
    by_fund: defaultdict[int, list[Sum]] = defaultdict(list)
    for of_body in received:
        for fund, one in of_body.items():
            by_fund[fund].append(one)
    return by_fund
