"""The government's word on each commitment beside the answer of the other sides: a row for each commitment."""

from collections.abc import Mapping
from functools import partial

from api.exports.batch import Batch, every
from api.exports.commitments import column, load_words, update
from api.exports.sources import Source, load_sources
from api.exports.table import ApiColumns, Column, ExportTable, attribute, field, id_of
from db import commitments, models, statuses
from db.vocabulary import Side
from schema.commitments import Commitment
from schema.confirmations import ConfirmationCount

words = ApiColumns(ConfirmationCount)
WHO = {Side.GOVERNMENT: "the government", Side.DELIVERY: "those who carry it out", Side.OTHERS: "others"}


def load_latest(batch: Batch, side: Side) -> Mapping[int, models.StatusUpdate]:
    return batch.ask(statuses.latest, batch.moment.as_of, None, (side,))


def load_status_sources(batch: Batch, side: Side) -> Mapping[int, Source]:
    latest = load_latest(batch, side)
    sources = load_sources(Batch(batch.session, batch.moment, [*latest.values()]), models.Citation.status_update_id)
    return {id_: sources[row.id] for id_, row in latest.items() if row.id in sources}


def other_side(side: Side) -> tuple[Column, ...]:
    """The latest word of a side, of whatever day."""
    name, latest, more = side.lower(), partial(load_latest, side=side), f"The latest word of {WHO[side]}."
    return (
        update("status", field(latest, "status"), name=f"{name}Status", more=more, required=False),
        update("voice", field(latest, "voice"), name=f"{name}Voice", more=more, required=False),
        *evidence(side),
    )


def evidence(side: Side) -> tuple[Column, ...]:
    """The day and the source of the latest word of a side."""
    name, latest, more = side.lower(), partial(load_latest, side=side), f"The latest word of {WHO[side]}."
    source = partial(load_status_sources, side=side)
    return (
        update("effectiveOn", field(latest, "effective_on"), name=f"{name}On", more=more, required=False),
        Column(
            f"{name}Document", f"The document that the latest word of {WHO[side]} rests on.", field(source, "document"),
            references="documents",
        ),
    )  # fmt: skip


CLAIMS = ExportTable(
    "claims",
    "Claims",
    "The government's latest word on each commitment, the answer to it at or after the day on which it first said so,"
    " and the latest word of each side.",
    ("ref",),
    every(models.Commitment, commitments.by_ref()),
    (
        *column.attributes("ref", "origin", "title"),
        words("government", field(load_words, "government")),
        *evidence(Side.GOVERNMENT),
        words("side", field(load_words, "side")),
        words("answer", field(load_words, "answer")),
        words("confirmation", field(load_words, "confirmation")),
        words("governmentAlone", field(load_words, "government_alone")),
        *other_side(Side.DELIVERY),
        *other_side(Side.OTHERS),
        id_of(Commitment, attribute("ref")),
    ),
)
