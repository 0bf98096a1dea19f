"""Questions about citations: of each row, and in each document."""

from collections.abc import Sequence
from functools import cache, lru_cache, partial

import sqlalchemy as sa
from sqlmodel import Session, col

from db import relations
from db.answer_cache import cache_answers
from db.columns import Column
from db.models import Citation
from db.paging import Order, Page, Position
from db.queries import Query, Question
from db.relations import Relation
from db.rows import row_type
from db.statements import KEYS, Statement, among

# By paragraph, those of the whole document first.
PARAGRAPH = sa.func.coalesce(col(Citation.paragraph), 0)
BY_PARAGRAPH = Order((PARAGRAPH, col(Citation.key)))
# The citations of each row, in the order of recording, given the foreign key that points to the row.
of = cache(partial(Relation, Citation))


@Question
def only(ids: Sequence[int], subject: Column) -> Query[dict[int, Citation]]:
    """The citation of each row that can have only one."""
    return relations.by_id.query(ids, Citation, subject)


@cache_answers
def pages(
    session: Session, ids: Sequence[int], first: int, after: Sequence[object] | None = None
) -> dict[int, Page[Citation]]:
    """A page of the citations in each document, by paragraph."""
    params = {"ids": ids, "most": first + 1, **BY_PARAGRAPH.start(after)}
    make, width = row_type(Citation).make, len(row_type(Citation).columns)
    rows: dict[int, list[tuple[Citation, Position]]] = {id: [] for id in ids}
    for values in _pages(after is not None).ask(session, params):
        row = make(values[:width])
        rows[row.document_id].append((row, (values[-1], row.key)))
    return {id: Page(rows=items[:first], has_next=len(items) > first) for id, items in rows.items()}


@cache_answers
def totals(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many citations point into each document."""
    return dict.fromkeys(ids, 0) | dict(_totals().ask(session, {"ids": ids}))


@lru_cache
def _pages(follows: bool) -> Statement:
    place = sa.func.row_number().over(partition_by=col(Citation.document_id), order_by=BY_PARAGRAPH.clauses())
    within = sa.select(col(Citation.id), PARAGRAPH.label("paragraph"), place.label("place"))
    within = within.where(among(col(Citation.document_id), KEYS))
    if follows:
        within = within.where(BY_PARAGRAPH.after_start())
    ranked = within.subquery()
    query = (
        sa.select(*row_type(Citation).columns, ranked.c.paragraph)
        .join(ranked, ranked.c.id == col(Citation.id))
        .where(ranked.c.place <= sa.bindparam("most"))
        .order_by(col(Citation.document_id), ranked.c.place)
    )
    return Statement(query)


@lru_cache
def _totals() -> Statement:
    document = col(Citation.document_id)
    return Statement(sa.select(document, sa.func.count()).where(among(document, KEYS)).group_by(document))
