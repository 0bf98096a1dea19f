"""Commitments, and every statement of where one stood."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.exports.batch import Batch, Batches, each, every, in_turn
from api.exports.flat import flat_columns
from api.exports.sources import LOCATOR, PARAGRAPH, Source, citation_count, load_sources, source
from api.exports.table import (
    ApiColumns,
    Column,
    ExportTable,
    Kind,
    Read,
    attribute,
    field,
    id_of,
    key_of,
    keys,
    owner,
    value_of,
)
from db import commitments, confirmations, discrepancies, events, funds, models, sides, statuses
from db.confirmations import Words
from db.vocabulary import GROUP_OF, Agreement, CommitmentOrigin, Side, Status, StatusGroup
from schema.commitments import Commitment
from schema.statuses import StatusDefinition, StatusUpdate
from schema.strategy import Theme

column, update, definition = ApiColumns(Commitment), ApiColumns(StatusUpdate), ApiColumns(StatusDefinition)
theme = ApiColumns(Theme)
# What people read of a status, beside the words and keys that programs do.
READABLE = ("statusLabel", "statusSource", "statusPublisher", "statusUrl", "statusArchivedUrl")
STATUS_KEY = "The same at every revision and in every database; the API's id is made of it."


def load_latest(batch: Batch) -> Mapping[int, models.StatusUpdate]:
    return batch.ask(statuses.latest, batch.moment.as_of)


def load_status_sources(batch: Batch) -> Mapping[int, Source]:
    """The source of the latest status of each commitment."""
    latest = batch.once(load_latest)
    sources = load_sources(Batch(batch.session, batch.moment, [*latest.values()]), models.Citation.status_update_id)
    return {id_: sources[row.id] for id_, row in latest.items() if row.id in sources}


def groups(batch: Batch) -> Sequence[StatusGroup]:
    latest = batch.once(load_latest)
    return [GROUP_OF[latest[id_].status if id_ in latest else Status.NOT_ASSESSED] for id_ in batch.ids]


def agreements(batch: Batch) -> Sequence[Agreement]:
    by_id = batch.ask(statuses.agreements, batch.moment.as_of)
    return [by_id[id_] for id_ in batch.ids]


def status_by(side: Side) -> Read:
    def read(batch: Batch) -> Sequence[Status]:
        latest = batch.ask(statuses.latest, batch.moment.as_of, None, (side,))
        return [latest[id_].status if id_ in latest else Status.NOT_ASSESSED for id_ in batch.ids]

    return read


def load_words(batch: Batch) -> Mapping[int, Words]:
    return batch.ask(confirmations.words, batch.moment.as_of)


def last_searches(batch: Batch) -> Sequence[dt.date | None]:
    days = batch.ask(statuses.last_searches, batch.moment.as_of)
    return [days.get(id_) for id_ in batch.ids]


def sides_of_latest(batch: Batch) -> Sequence[Side | None]:
    latest = batch.once(load_latest)
    by_update = sides.sides(batch.session, [row.id for row in latest.values()])
    return [by_update.get(latest[id_].id) if id_ in latest else None for id_ in batch.ids]


def sides_of(batch: Batch) -> Sequence[Side | None]:
    by_update = batch.ask(sides.sides)
    return [by_update.get(id_) for id_ in batch.ids]


def days_since_evidence(batch: Batch) -> Sequence[int | None]:
    days = batch.ask(statuses.evidence_days, batch.moment.as_of)
    return [(batch.moment.as_of - days[id_]).days if id_ in days else None for id_ in batch.ids]


def latest(name: str, default: object = None) -> Read:
    return field(load_latest, name, default)


def _of_origin(origin: CommitmentOrigin) -> Batches:
    return every(models.Commitment, commitments.by_ref(), [commitments.of_origin([origin])])


OWN, LATER = _of_origin(CommitmentOrigin.STRATEGY), _of_origin(CommitmentOrigin.LATER)
NO_DAY = "What was promised, and what is tied to it, has no day."
COMMITMENTS = ExportTable(
    "commitments",
    "Commitments",
    "One row for each promise, with where it stands on the day `asOf`: first the Strategy's own, which have the origin"
    f" STRATEGY and alone are counted on the site, then those announced later. {NO_DAY}",
    ("ref",),
    in_turn(OWN, LATER),
    (
        *column.attributes("ref", "origin", "identified", "slug", "title", "summary", "confidence"),
        column("theme", key_of(models.Theme, "theme_id"), references="themes"),
        column("leads", keys(commitments.leads)),
        column("status", latest("status", Status.NOT_ASSESSED)),
        definition("group", groups, name="statusGroup"),
        column("statusUpdate", latest("key"), references="statuses"),
        update("voice", latest("voice"), required=False),
        update("side", sides_of_latest),
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
        Column("statusLocator", LOCATOR, field(load_status_sources, "locator")),
        column("status", status_by(Side.GOVERNMENT), name="governmentStatus", more="By the government alone."),
        column("status", status_by(Side.DELIVERY), name="deliveryStatus", more="By those who carry it out alone."),
        column("status", status_by(Side.OTHERS), name="othersStatus", more="By others alone."),
        column("confirmation", field(load_words, "confirmation")),
        column("governmentAlone", field(load_words, "government_alone")),
        column("nothingFoundSince", last_searches),
        column("agreement", agreements),
        column("daysSinceEvidence", days_since_evidence),
        column("funds", keys(funds.of_commitments)),
        column("events", keys(events.of_commitments)),
        column("discrepancies", keys(discrepancies.of(models.Discrepancy.commitment_id))),
        citation_count(models.Citation.commitment_id),
        theme("title", value_of(models.Theme, "theme_id", "title"), name="themeTitle", required=False),
        *(column for column in flat_columns(load_latest, "status") if column.name in READABLE),
        id_of(Commitment, attribute("ref")),
    ),
)
# A pivot of a sheet counts all of its rows, so the two origins have a sheet each.
SHEETS = (
    replace(
        COMMITMENTS,
        description="One row for each of the Strategy's own commitments, with where it stands on the day `asOf`. These"
        f" are counted on the site; the sheet `later` has those announced later. {NO_DAY}",
        batches=OWN,
    ),
    replace(
        COMMITMENTS,
        name="later",
        title="Commitments announced later",
        description="The same for each commitment announced later to the same end, which the site counts apart.",
        batches=LATER,
    ),
)


def load_updates(batch: Batch) -> Mapping[int, list[models.StatusUpdate]]:
    histories = batch.ask(statuses.history, None, True)
    as_of = batch.moment.as_of
    return {id_: [row for row in history if row.effective_on <= as_of] for id_, history in histories.items()}


def load_corrections(batch: Batch) -> Mapping[int, models.StatusUpdate]:
    return batch.ask(statuses.corrections)


def load_listed_corrections(batch: Batch) -> Mapping[int, models.StatusUpdate]:
    """The corrections that the table holds, too."""
    as_of = batch.moment.as_of
    return {id_: row for id_, row in batch.once(load_corrections).items() if row.effective_on <= as_of}


STATUSES = ExportTable(
    "statuses",
    "Status updates",
    "Every statement of where a commitment stood that speaks of the day `asOf` or an earlier one, those that were"
    " corrected included: they have a `correctionReason`. Of the others, the last one of a"
    " commitment is its status; a search, NO_EVIDENCE, only where it has no other.",
    ("key",),
    each(COMMITMENTS.batches, load_updates),
    (
        Column("key", STATUS_KEY, attribute("key"), required=True),
        update("commitment", owner("ref"), references="commitments"),
        *update.attributes("status", "effectiveOn", "precision", "recordedAt", "voice"),
        update("side", sides_of),
        *update.attributes("note"),
        *source(update.describe("citation"), models.Citation.status_update_id),
        update(
            "correctedBy",
            field(load_listed_corrections, "key"),
            references="statuses",
            more="Null, too, where that one speaks of a later day than `asOf`.",
        ),
        *update.attributes("correctionReason"),
        id_of(StatusUpdate, attribute("key")),
    ),
)
