"""Whether one sum is a part of another that is on record, so that both are never added."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.columns import Condition
from db.models import Allocation, Fund


def is_included() -> Condition:
    """Whether a known allocation to the same recipient, from a fund around, includes an allocation."""
    above = sa.select(col(Fund.id).label("fund_id"), col(Fund.parent_id).label("above_id")).cte(recursive=True)
    parent = aliased(Fund)
    above = above.union_all(
        sa.select(above.c.fund_id, col(parent.parent_id)).join(parent, col(parent.id) == above.c.above_id)
    )
    whole = aliased(Allocation)
    return sa.exists().where(
        above.c.fund_id == col(Allocation.fund_id),
        col(whole.fund_id) == above.c.above_id,
        col(whole.recipient_id) == col(Allocation.recipient_id),
        col(whole.amount).is_not(None),
    )
