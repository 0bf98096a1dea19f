"""Which fund is part of which."""

from collections.abc import Iterable
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session, col

from db.answer_cache import cache_answers
from db.models import Allocation, Fund
from db.statements import Statement


@cache_answers
def tree(session: Session) -> "FundTree":
    return FundTree(session)


class FundTree:
    """All funds, each with the one around it. `places` has the place of each in the order of names."""

    def __init__(self, session: Session) -> None:
        rows = _funds().ask(session, {})
        self.parents: dict[int, int | None] = {id: parent for id, parent, _ in rows}
        self.giving = {id for id, _, gives in rows if gives}
        self.places = {id: place for place, (id, _, _) in enumerate(rows)}

    def around(self, fund: int) -> list[int]:
        """The funds that one is part of, each within the next."""
        funds: list[int] = []
        parent = self.parents[fund]
        while parent is not None:
            funds.append(parent)
            parent = self.parents[parent]
        return funds

    def widest(self, fund: int) -> int:
        """The widest fund around one from which anything was allocated; or itself."""
        return [fund, *(one for one in self.around(fund) if one in self.giving)][-1]

    def within(self, funds: Iterable[int]) -> dict[int, set[int]]:
        """Each of the funds, with itself and its parts."""
        found: dict[int, set[int]] = {fund: set() for fund in funds}
        for fund in self.parents:
            for one in (fund, *self.around(fund)):
                if one in found:
                    found[one].add(fund)
        return found


@lru_cache
def _funds() -> Statement:
    given = sa.exists().where(col(Allocation.fund_id) == col(Fund.id))
    query = sa.select(col(Fund.id), col(Fund.parent_id), given)
    return Statement(query.order_by(col(Fund.sort_text), col(Fund.slug)))
