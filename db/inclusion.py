"""Whether one sum is a part of another that is on record, so that both are never added."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.columns import Column, Condition
from db.models import Allocation, Fund


def is_included() -> Condition:
    """Whether a known allocation to the same recipient, from a fund around, includes an allocation."""
    whole = aliased(Allocation)
    return _from_around(Allocation.fund_id, whole).where(
        col(whole.recipient_id) == col(Allocation.recipient_id), col(whole.amount).is_not(None)
    )


def is_widest() -> Condition:
    """Whether nothing was allocated from a fund around a fund."""
    return ~_from_around(Fund.id, aliased(Allocation))


def _from_around(fund: Column, whole: type[Allocation]) -> sa.Exists:
    """Whether there is an allocation from a fund around one."""
    start, parent = aliased(Fund), aliased(Fund)
    above = sa.select(col(start.id).label("fund_id"), col(start.parent_id).label("above_id")).cte(recursive=True)
    above = above.union_all(
        sa.select(above.c.fund_id, col(parent.parent_id)).join(parent, col(parent.id) == above.c.above_id)
    )
    return sa.exists().where(above.c.fund_id == col(fund), col(whole.fund_id) == above.c.above_id)
