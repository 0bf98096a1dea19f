from collections.abc import Iterator

from sqlmodel import Session

from api.exports import sources
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import citations, commitments, discrepancies, events, funds, models, statuses
from db.vocabulary import (
    GROUP_OF,
    Agreement,
    CommitmentOrigin,
    Confidence,
    DatePrecision,
    Status,
    StatusGroup,
    Voice,
)
from schema.commitments import Commitment
from schema.statuses import StatusDefinition, StatusUpdate

own, update, definition = Fields(Commitment), Fields(StatusUpdate), Fields(StatusDefinition)


def rows(session: Session, moment: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Commitment, commitments.by_ref()):
        keys = ids(batch)
        themes = sources.slugs(session, models.Theme, (row.theme_id for row in batch))
        leads = commitments.leads(session, keys)
        stand = _standing(session, keys, moment)
        agreements = statuses.agreements(session, keys, moment.as_of, moment.known_at)
        evidence = statuses.evidence_days(session, keys, moment.as_of, moment.known_at)
        tied = funds.of_commitments(session, keys)
        held = events.of_commitments(session, keys)
        disputed = discrepancies.of(models.Discrepancy.commitment_id)(session, keys)
        cited = citations.of(models.Citation.commitment_id)(session, keys)
        yield [
            (
                row.ref,
                row.origin,
                row.identified,
                row.slug,
                row.title,
                row.summary,
                row.confidence,
                themes.get(row.theme_id),
                sources.named(leads[row.id]),
                *stand.get(row.id, NOWHERE),
                agreements[row.id],
                (moment.as_of - evidence[row.id]).days if row.id in evidence else None,
                sources.named(tied[row.id]),
                sources.named(held[row.id]),
                sources.named(disputed[row.id]),
                len(cited[row.id]),
            )
            for row in batch
        ]


def _standing(session: Session, keys: list[int], moment: Moment) -> dict[int, Row]:
    """Where each stands and who says so; absent where nobody does."""
    found = statuses.latest(session, keys, moment.as_of, moment.known_at)
    behind = sources.single(session, ids(found.values()), models.Citation.status_update_id)
    return {
        key: (
            row.status,
            GROUP_OF[row.status],
            row.key,
            row.voice,
            row.effective_on,
            row.precision,
            row.note,
            *behind.get(row.id, sources.NONE),
        )
        for key, row in found.items()
    }


NOWHERE: Row = (Status.NOT_ASSESSED, GROUP_OF[Status.NOT_ASSESSED], *[None] * 7)
TABLE = ExportTable(
    "commitments",
    "Commitments",
    "One row for each promise, with where it stands on the day `asOf` as known at `knownAt`. Those announced later"
    " are among them; the Strategy's own have the origin STRATEGY. What was promised, and what is tied to it, is as"
    " known now, whatever the day.",
    models.Commitment,
    ("ref",),
    (
        own("ref", required=True),
        own("origin", words=CommitmentOrigin, required=True),
        own("identified", Kind.BOOLEAN, required=True),
        own("slug"),
        own("title"),
        own("summary"),
        own("confidence", words=Confidence),
        own("theme", refers="themes"),
        own("leads", Kind.NAMES),
        own("status", words=Status, required=True),
        Column("statusGroup", definition.said["group"], words=StatusGroup, required=True),
        own("statusUpdate", refers="statuses"),
        update("voice", words=Voice),
        update("effectiveOn", Kind.DATE),
        update("precision", words=DatePrecision),
        Column("statusNote", update.said["note"]),
        Column("statusDocument", "The document that the status rests on.", refers="documents"),
        Column("statusParagraph", sources.PARAGRAPH.description, Kind.INTEGER),
        own("agreement", words=Agreement, required=True),
        own("daysSinceEvidence", Kind.INTEGER),
        own("funds", Kind.NAMES),
        own("events", Kind.NAMES),
        own("discrepancies", Kind.NAMES),
        sources.COUNT,
    ),
    rows,
)
