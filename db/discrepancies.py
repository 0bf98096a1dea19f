"""Questions about discrepancies."""

from functools import cache, partial

from sqlmodel import col

from db.conditions import one_of
from db.models import Claim, Discrepancy
from db.paging import Order
from db.relations import Relation

of_kind = partial(one_of, Discrepancy.kind)
in_state = partial(one_of, Discrepancy.state)
by_slug = partial(Order, (col(Discrepancy.slug),))
claims = Relation(Claim, Claim.discrepancy_id, Claim.position)
# The discrepancies about each row, by slug, given the foreign key that points to the row.
of = cache(partial(Relation, Discrepancy))
