from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from api.exports import sources
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import commitments, models, statuses
from db.vocabulary import DatePrecision, Status, Voice
from schema.statuses import StatusUpdate

own = Fields(StatusUpdate)


def updates(session: Session, moment: Moment) -> Iterator[list[tuple[str, Any]]]:
    """Every update that the table holds, behind the ref of its commitment."""
    for batch in batches(session, models.Commitment, commitments.by_ref()):
        said = statuses.history(session, ids(batch), moment.known_at, None, True)
        yield [(row.ref, update) for row in batch for update in said[row.id] if update.effective_on <= moment.as_of]


def rows(session: Session, moment: Moment) -> Iterator[list[Row]]:
    for batch in updates(session, moment):
        keys = [update.id for _, update in batch]
        behind = sources.single(session, keys, models.Citation.status_update_id)
        corrections = statuses.corrections(session, keys)
        made: list[Row] = []
        for ref, update in batch:
            by = corrections.get(update.id)
            if by is not None and moment.known_at is not None and by.recorded_at > moment.known_at:
                # At that instant nobody knew that it was wrong.
                by = None
            made.append(
                (
                    update.key,
                    ref,
                    update.status,
                    update.effective_on,
                    update.precision,
                    update.recorded_at,
                    update.voice,
                    update.note,
                    *behind.get(update.id, sources.NONE),
                    by.key if by is not None and by.effective_on <= moment.as_of else None,
                    update.correction_reason if by is not None else None,
                )
            )
        yield made


TABLE = ExportTable(
    "statuses",
    "Status updates",
    "Every statement of where a commitment stood that speaks of the day `asOf` or an earlier one and was recorded by"
    " `knownAt`, those that were corrected included: they have a `correctionReason`. Of the others, the last one of a"
    " commitment is its status.",
    models.StatusUpdate,
    ("key",),
    (
        Column("key", "The same at every revision and in every database; the API's id is made of it.", required=True),
        own("commitment", refers="commitments", required=True),
        own("status", words=Status, required=True),
        own("effectiveOn", Kind.DATE, required=True),
        own("precision", words=DatePrecision, required=True),
        own("recordedAt", Kind.INSTANT, required=True),
        own("voice", words=Voice, required=True),
        own("note", required=True),
        Column("document", own.said["citation"], refers="documents"),
        sources.PARAGRAPH,
        own("correctedBy", refers="statuses", more="Null, too, where that one speaks of a later day than `asOf`."),
        own("correctionReason", more="Null, too, where it was corrected after `knownAt`."),
    ),
    rows,
)
