"""Every status update as a row that needs no other table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from api.exports.batch import Batch, each
from api.exports.commitments import COMMITMENTS, STATUS_KEY, load_updates
from api.exports.flat import flat_columns
from api.exports.table import ApiColumns, Column, ExportTable, Kind, attribute, id_of, owner, value_of
from db import models, statuses
from schema.commitments import Commitment
from schema.statuses import StatusUpdate
from schema.strategy import Theme

commitment, update, theme = ApiColumns(Commitment), ApiColumns(StatusUpdate), ApiColumns(Theme)
IS_CURRENT = "Whether it gives the commitment its status on the day `asOf`: so does one row of each commitment."


def load_rows(batch: Batch) -> Mapping[int, models.StatusUpdate]:
    return dict(zip(batch.ids, cast(Sequence[models.StatusUpdate], batch.rows), strict=True))


def is_current(batch: Batch) -> Iterable[bool]:
    owners = sorted({row.id for row in cast(Sequence[models.Commitment], batch.owners)})
    latest = statuses.latest(batch.session, owners, batch.moment.as_of)
    current = {row.id for row in latest.values()}
    return [id_ in current for id_ in batch.ids]


STATUSES_FLAT = ExportTable(
    "statuses_flat",
    "Status updates, each with its commitment and its source",
    "The rows of `statuses` with titles, labels and addresses beside them, for a spreadsheet. Those with `isCurrent`"
    " and the origin STRATEGY are what the site counts, but for the commitments of which nothing is on record.",
    ("key",),
    each(COMMITMENTS.batches, load_updates),
    (
        Column("key", STATUS_KEY, attribute("key"), required=True, references="statuses"),
        commitment("ref", owner("ref"), references="commitments"),
        commitment("title", owner("title")),
        commitment("origin", owner("origin")),
        theme("title", value_of(models.Theme, "theme_id", "title", of="owners"), name="theme", required=False),
        *flat_columns(load_rows),
        Column("isCurrent", IS_CURRENT, is_current, Kind.BOOLEAN, required=True),
        *update.attributes("correctionReason"),
        id_of(StatusUpdate, attribute("key")),
    ),
)
