"""Questions about discrepancies."""

from functools import cache, partial

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.conditions import one_of
from db.models import Claim, Discrepancy
from db.paging import Order
from db.relations import Relation

of_kind = partial(one_of, Discrepancy.kind)
in_state = partial(one_of, Discrepancy.state)
by_slug = partial(Order, (col(Discrepancy.slug),))
claims = Relation(Claim, Claim.discrepancy_id, Claim.position)
earlier = aliased(Claim)
is_first_claim = ~sa.exists().where(
    col(earlier.discrepancy_id) == col(Claim.discrepancy_id),
    col(earlier.document_id) == col(Claim.document_id),
    col(earlier.position) < col(Claim.position),
)
# The discrepancies that each document has a claim in, each once.
of_documents = Relation(
    Discrepancy, Claim.document_id, Discrepancy.slug, target=Claim.discrepancy_id, where=[is_first_claim]
)
# The discrepancies about each row, by slug, given the foreign key that points to the row.
of = cache(partial(Relation, Discrepancy))
