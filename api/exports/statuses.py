from collections.abc import Mapping

from api.exports.batch import Batch, each
from api.exports.columns import ApiColumns, Column, attribute, field, owner
from api.exports.commitments import TABLE as COMMITMENTS
from api.exports.sources import source
from api.exports.table import ExportTable
from db import models, statuses
from schema.statuses import StatusUpdate

own = ApiColumns(StatusUpdate)
KEY = "The same at every revision and in every database; the API's id is made of it."


def load_updates(batch: Batch) -> Mapping[int, list[models.StatusUpdate]]:
    histories = batch.ask(statuses.history, batch.moment.known_at, None, True)
    as_of = batch.moment.as_of
    return {id_: [row for row in history if row.effective_on <= as_of] for id_, history in histories.items()}


def load_corrections(batch: Batch) -> Mapping[int, models.StatusUpdate]:
    """The correction of each update, unless it was recorded after `known_at`."""
    known_at, corrections = batch.moment.known_at, batch.ask(statuses.corrections)
    return {id_: row for id_, row in corrections.items() if known_at is None or row.recorded_at <= known_at}


def load_listed_corrections(batch: Batch) -> Mapping[int, models.StatusUpdate]:
    """The corrections that the table holds, too."""
    as_of = batch.moment.as_of
    return {id_: row for id_, row in batch.once(load_corrections).items() if row.effective_on <= as_of}


def correction_reasons(batch: Batch) -> list[object]:
    corrections, reasons = batch.once(load_corrections), attribute("correction_reason")(batch)
    return [reason if id_ in corrections else None for id_, reason in zip(batch.ids, reasons, strict=True)]


TABLE = ExportTable(
    "statuses",
    "Status updates",
    "Every statement of where a commitment stood that speaks of the day `asOf` or an earlier one and was recorded by"
    " `knownAt`, those that were corrected included: they have a `correctionReason`. Of the others, the last one of a"
    " commitment is its status.",
    ("key",),
    each(COMMITMENTS.batches, load_updates),
    (
        Column("key", KEY, attribute("key"), required=True),
        own("commitment", owner("ref"), references="commitments"),
        *own.attributes("status", "effectiveOn", "precision", "recordedAt", "voice", "note"),
        *source(own.describe("citation"), models.Citation.status_update_id),
        own(
            "correctedBy",
            field(load_listed_corrections, "key"),
            references="statuses",
            more="Null, too, where that one speaks of a later day than `asOf`.",
        ),
        own("correctionReason", correction_reasons, more="Null, too, where it was corrected after `knownAt`."),
    ),
)
