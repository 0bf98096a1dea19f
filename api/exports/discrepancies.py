from collections.abc import Iterator

from sqlmodel import Session

from api.exports import sources
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import discrepancies, models
from db.vocabulary import DiscrepancyKind, DiscrepancyState
from schema.discrepancies import Claim, Discrepancy

own, claim = Fields(Discrepancy), Fields(Claim)
# What a discrepancy can be about: the column of the table, that of the database, and the rows that it points to.
SUBJECTS = {
    "commitment": ("commitment_id", models.Commitment),
    "fund": ("fund_id", models.Fund),
    "event": ("event_id", models.Event),
    "strategy": ("strategy_id", models.Strategy),
}


def rows(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Discrepancy, discrepancies.by_slug()):
        subjects = [
            (column, sources.slugs(session, model, (getattr(row, column) for row in batch)))
            for column, model in SUBJECTS.values()
        ]
        yield [
            (
                row.slug,
                row.kind,
                row.question,
                row.state,
                row.explanation,
                *(named.get(getattr(row, column)) for column, named in subjects),
            )
            for row in batch
        ]


def claims(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Discrepancy, discrepancies.by_slug()):
        found = discrepancies.claims(session, ids(batch))
        every = [claim for row in batch for claim in found[row.id]]
        documents = sources.slugs(session, models.Document, (claim.document_id for claim in every))
        yield [
            (row.slug, place, documents[claim.document_id], claim.paragraph, claim.says, claim.figures)
            for row in batch
            for place, claim in enumerate(found[row.id], 1)
        ]


TABLE = ExportTable(
    "discrepancies",
    "Discrepancies",
    "Where sources do not agree. What each of them says stands in `claims`. As known now, whatever the day.",
    models.Discrepancy,
    ("slug",),
    (
        own("slug", required=True),
        own("kind", words=DiscrepancyKind, required=True),
        own("question", required=True),
        own("state", words=DiscrepancyState, required=True),
        own("explanation"),
        Column("commitment", "The commitment that it is about.", refers="commitments"),
        Column("fund", "The fund that it is about.", refers="funds"),
        Column("event", "The event that it is about.", refers="events"),
        Column("strategy", "The Strategy, where it is about that.", refers="strategies"),
    ),
    rows,
)
CLAIMS = ExportTable(
    "claims",
    "Claims",
    "What each source says on the question of a discrepancy. As known now, whatever the day.",
    models.Claim,
    ("discrepancy", "position"),
    (
        Column("discrepancy", "The discrepancy.", refers="discrepancies", required=True),
        Column("position", "Where it stands among its claims, from 1.", Kind.INTEGER, required=True),
        claim("document", refers="documents", required=True),
        claim("paragraph", Kind.INTEGER),
        claim("says", required=True),
        claim("figures", Kind.TEXTS),
    ),
    claims,
)
