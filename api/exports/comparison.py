"""The commitments whose status differs between two days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from api.exports.batch import Batch, each, matching
from api.exports.flat import flat_columns
from api.exports.funds import AMOUNTS, FUNDS
from api.exports.table import ApiColumns, Column, ExportTable, Kind, value_of
from db import commitments, comparison, models, statuses
from db.columns import Condition
from schema.commitments import Commitment
from schema.strategy import Theme

commitment, theme = ApiColumns(Commitment), ApiColumns(Theme)
UPDATES = "The keys of the updates after the first day and up to the second, oldest first, as in `statuses`."


def status_changes(start: dt.date, end: dt.date, where: Sequence[Condition]) -> ExportTable:
    """The table of one comparison, of the commitments that meet the conditions."""

    def keys(batch: Batch) -> list[list[str]]:
        updates = batch.ask(comparison.updates, start, end)
        return [[update.key for update in updates[id_]] for id_ in batch.ids]

    return ExportTable(
        "status_changes",
        "Statuses that differ",
        f"The commitments whose status differs between {start} and {end}: both statuses, whose word each is, and the"
        " source of each.",
        ("ref",),
        matching(models.Commitment, [*where, *comparison.changed(start, end)], commitments.by_ref()),
        (
            *commitment.attributes("ref", "title", "origin"),
            theme("title", value_of(models.Theme, "theme_id", "title"), name="theme", required=False),
            *flat_columns(partial(load_status, day=start), "before"),
            *flat_columns(partial(load_status, day=end), "after"),
            Column("updates", UPDATES, keys, Kind.NAMES),
        ),
    )


def amounts(start: dt.date, end: dt.date) -> ExportTable:
    """What was stated of the size of funds between the two days."""

    def load(batch: Batch) -> Mapping[int, Sequence[models.AmountStatement]]:
        return batch.ask(comparison.statements, start, end)

    description = f"What each source said of the size of a fund after {start} and up to {end}."
    return replace(AMOUNTS, description=description, batches=each(FUNDS.batches, load))


def load_status(batch: Batch, day: dt.date) -> Mapping[int, models.StatusUpdate]:
    return batch.ask(statuses.latest, day)
