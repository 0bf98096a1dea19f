from collections.abc import Mapping, Sequence

from api.exports.batch import Batch, every
from api.exports.columns import ApiColumns, Column, Kind, Read, field, key_of, keys
from api.exports.sources import PARAGRAPH, Source, citation_count, load_sources
from api.exports.table import ExportTable
from db import commitments, discrepancies, events, funds, models, statuses
from db.vocabulary import GROUP_OF, Agreement, Status, StatusGroup
from schema.commitments import Commitment
from schema.statuses import StatusDefinition, StatusUpdate

own, update, definition = ApiColumns(Commitment), ApiColumns(StatusUpdate), ApiColumns(StatusDefinition)


def load_latest(batch: Batch) -> Mapping[int, models.StatusUpdate]:
    return batch.ask(statuses.latest, batch.moment.as_of, batch.moment.known_at)


def load_status_sources(batch: Batch) -> Mapping[int, Source]:
    """The source of the latest status of each commitment."""
    latest = batch.once(load_latest)
    sources = load_sources(Batch(batch.session, batch.moment, [*latest.values()]), models.Citation.status_update_id)
    return {id_: sources[row.id] for id_, row in latest.items() if row.id in sources}


def groups(batch: Batch) -> Sequence[StatusGroup]:
    latest = batch.once(load_latest)
    return [GROUP_OF[latest[id_].status if id_ in latest else Status.NOT_ASSESSED] for id_ in batch.ids]


def agreements(batch: Batch) -> Sequence[Agreement]:
    by_id = batch.ask(statuses.agreements, batch.moment.as_of, batch.moment.known_at)
    return [by_id[id_] for id_ in batch.ids]


def days_since_evidence(batch: Batch) -> Sequence[int | None]:
    days = batch.ask(statuses.evidence_days, batch.moment.as_of, batch.moment.known_at)
    return [(batch.moment.as_of - days[id_]).days if id_ in days else None for id_ in batch.ids]


def latest(name: str, default: object = None) -> Read:
    return field(load_latest, name, default)


TABLE = ExportTable(
    "commitments",
    "Commitments",
    "One row for each promise, with where it stands on the day `asOf` as known at `knownAt`. Those announced later"
    " are among them; the Strategy's own have the origin STRATEGY. What was promised, and what is tied to it, is as"
    " known now, whatever the day.",
    ("ref",),
    every(models.Commitment, commitments.by_ref()),
    (
        *own.attributes("ref", "origin", "identified", "slug", "title", "summary", "confidence"),
        own("theme", key_of(models.Theme, "theme_id"), references="themes"),
        own("leads", keys(commitments.leads)),
        own("status", latest("status", Status.NOT_ASSESSED)),
        definition("group", groups, name="statusGroup"),
        own("statusUpdate", latest("key"), references="statuses"),
        update("voice", latest("voice"), required=False),
        update("effectiveOn", latest("effective_on"), required=False),
        update("precision", latest("precision"), required=False),
        update("note", latest("note"), name="statusNote", required=False),
        Column(
            "statusDocument",
            "The document that the status rests on.",
            field(load_status_sources, "document"),
            references="documents",
        ),
        Column("statusParagraph", PARAGRAPH, field(load_status_sources, "paragraph"), Kind.INTEGER),
        own("agreement", agreements),
        own("daysSinceEvidence", days_since_evidence),
        own("funds", keys(funds.of_commitments)),
        own("events", keys(events.of_commitments)),
        own("discrepancies", keys(discrepancies.of(models.Discrepancy.commitment_id))),
        citation_count(models.Citation.commitment_id),
    ),
)
