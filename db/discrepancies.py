"""Questions about discrepancies."""

from collections.abc import Sequence
from functools import cache, lru_cache, partial

import sqlalchemy as sa
from sqlmodel import Session, col

from db.answer_cache import cache_answers
from db.conditions import linked_to, one_of, references
from db.models import Allocation, Citation, Claim, Discrepancy
from db.paging import Order
from db.queries import Query, Question, list_by_last
from db.relations import Relation
from db.rows import row_type
from db.statements import KEYS, Statement, among

of_kind = partial(one_of, Discrepancy.kind)
in_state = partial(one_of, Discrepancy.state)
about_commitments = partial(references, Discrepancy.commitment_id)
about_funds = partial(references, Discrepancy.fund_id)
about_events = partial(references, Discrepancy.event_id)
claimed_in = partial(linked_to, Claim.discrepancy_id, Claim.document_id)
by_slug = partial(Order, (col(Discrepancy.slug),))
claims = Relation(Claim, Claim.discrepancy_id, Claim.position)
# Of the table: `aliased` would configure all models while they are imported.
earlier = Claim.__table__.alias()
is_first_claim = ~sa.exists().where(
    earlier.c.discrepancy_id == col(Claim.discrepancy_id),
    earlier.c.document_id == col(Claim.document_id),
    earlier.c.position < col(Claim.position),
)
# The discrepancies that each document has a claim in, each once.
of_documents = Relation(
    Discrepancy, Claim.document_id, Discrepancy.slug, target=Claim.discrepancy_id, where=[is_first_claim]
)
# The discrepancies about each row, by slug, given the foreign key that points to the row.
of = cache(partial(Relation, Discrepancy))


@cache_answers
def count_in_documents(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many discrepancies each document has a claim in."""
    number = sa.func.count(col(Claim.discrepancy_id).distinct())
    query = sa.select(col(Claim.document_id), number).where(col(Claim.document_id).in_(ids))
    counts = session.execute(query.group_by(col(Claim.document_id))).all()
    return dict.fromkeys(ids, 0) | dict(tuple(row) for row in counts)


@Question
def of_allocations(ids: Sequence[int]) -> Query[dict[int, list[Discrepancy]]]:
    """The discrepancies about the fund of each allocation in which the source of the allocation is a side, by slug."""
    return Query(_of_allocations(), {"ids": ids}, Discrepancy, list_by_last(ids))


@lru_cache
def _of_allocations() -> Statement:
    # Not by EXISTS: for that SQLite looks through the claims of the document, which may have a side in thousands.
    sides = sa.select(col(Claim.document_id)).where(col(Claim.discrepancy_id) == col(Discrepancy.id))
    is_side = col(Citation.document_id).in_(sides.correlate(Discrepancy))
    allocation = col(Citation.allocation_id)
    query = (
        sa.select(*row_type(Discrepancy).columns, allocation.label("key_"))
        .select_from(Citation)
        .join(Allocation, col(Allocation.id) == allocation)
        .join(Discrepancy, col(Discrepancy.fund_id) == col(Allocation.fund_id))
        .where(among(allocation, KEYS), is_side)
        .order_by(col(Discrepancy.slug))
    )
    return Statement(query)
