"""The log, and the rows as they were before: corrected, withdrawn, or changed by reviewed files."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

import orjson
from sqlmodel import Session

from api.exports.batch import SIZE, Batch, every
from api.exports.table import ApiColumns, Column, ExportTable, Kind, attribute, id_of
from api.moment import Moment
from db import history, models
from schema.changes import Change
from schema.versions import Version

column, version = ApiColumns(Change), ApiColumns(Version)
SUBJECT = "The row that it is mainly about: its kind and its name, such as Commitment SVS-33."
VALUES = "The values by field, as a JSON object of texts; null where there was none."


def subjects(batch: Batch) -> Iterable[str]:
    return map(" ".join, map(attrgetter("subject_type", "subject_key"), batch.rows))


def ended(session: Session, moment: Moment) -> Iterator[Batch]:
    for model in models.VERSION_TABLES:
        # The facts about the dataset are no row of any table here.
        if model is not models.Dataset:
            rows = history.ended(session, model)
            for start in range(0, len(rows), SIZE):
                yield Batch(session, moment, rows[start : start + SIZE])


def version_values(batch: Batch) -> Iterable[str]:
    return (orjson.dumps(values).decode() for values in map(attrgetter("values"), batch.rows))


CHANGES = ExportTable(
    "changes",
    "Changes",
    "The log: one row for each revision, with who made it, and why where something was put right or taken away.",
    ("revision",),
    every(models.Change),
    (
        *column.attributes("revision", "recordedAt", "actor", "action", "summary", "reason"),
        Column("subject", SUBJECT, subjects, required=True),
        id_of(Change, attribute("revision")),
    ),
)
VERSIONS = ExportTable(
    "versions",
    "Versions that are no longer in force",
    "Every row of the other tables as it was before it was corrected, withdrawn or changed. What is in force now is not"
    " among them. `since` and `until` are revisions, of which `changes` says who made them and why.",
    ("record", "since"),
    ended,
    (
        version("record"),
        Column("since", "The revision from which it was so.", attribute("since"), Kind.INTEGER, required=True),
        Column(
            "until",
            "The revision that corrected it or took it away.",
            attribute("until"),
            Kind.INTEGER,
            required=True,
            references="changes",
        ),
        Column("values", VALUES, version_values, required=True),
    ),
)
