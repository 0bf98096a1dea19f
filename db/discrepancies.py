"""Questions about discrepancies."""

from functools import cache, partial

from sqlmodel import col

from db.columns import Column
from db.conditions import one_of
from db.models import Claim, Discrepancy
from db.paging import Order
from db.relations import Relation

of_kind = partial(one_of, Discrepancy.kind)
in_state = partial(one_of, Discrepancy.state)
claims = Relation(Claim, Claim.discrepancy_id, Claim.position)


def by_slug() -> Order:
    return Order((col(Discrepancy.slug),))


@cache
def of(subject: Column) -> Relation[Discrepancy]:
    """The discrepancies about each row. `subject` is the foreign key that points to the row."""
    return Relation(Discrepancy, subject, col(Discrepancy.slug))
