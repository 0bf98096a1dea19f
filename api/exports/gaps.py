"""What is not known, one row for each gap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import cast

from sqlmodel import Session

from api.exports.batch import SIZE, Batch
from api.exports.table import ID, ApiColumns, Column, ExportTable, attribute
from api.moment import Moment
from db import coverage, models, relations
from db.models.base import Base
from db.natural_keys import KEY_COLUMN
from schema.coverage import ABOUT, Gap, describe
from schema.node import global_id

column = ApiColumns(Gap)
SUBJECT_TYPE = "What kind of row it is about."
SUBJECT = "The ref, the slug or the key of that row; of an allocation, the slugs of the fund and the recipient."
NAME = "What the row is called, or asks; of an allocation, the fund and the recipient."
TYPES = tuple(model.__name__ for model in ABOUT)
# The columns of which a row that has a gap is called by one.
NAMES = ("title", "name", "question")


def gaps(session: Session, moment: Moment) -> Iterator[Batch]:
    rows = coverage.gaps(session, moment.as_of, moment.today)
    for start in range(0, len(rows), SIZE):
        yield Batch(session, moment, rows[start : start + SIZE])


def notes(batch: Batch) -> Iterable[str]:
    return map(describe, _gaps(batch))


def subject_types(batch: Batch) -> Iterable[str]:
    return (gap.model.__name__ for gap in _gaps(batch))


def subject_keys(batch: Batch) -> Iterable[object]:
    subjects = batch.once(load_subjects)
    return (getattr(subjects[gap.model][gap.id], KEY_COLUMN[gap.model]) for gap in _gaps(batch))


def subject_ids(batch: Batch) -> Iterable[str]:
    pairs = zip(subject_types(batch), subject_keys(batch), strict=True)
    return (global_id(f"{kind}{batch.moment.name}", str(key)) for kind, key in pairs)


def subject_names(batch: Batch) -> Iterable[str | None]:
    subjects = batch.once(load_subjects)
    funds, recipients = batch.once(load_allocation_names)
    for gap in _gaps(batch):
        row = subjects[gap.model][gap.id]
        if gap.model is models.Allocation:
            allocation = cast(models.Allocation, row)
            yield f"{funds[allocation.fund_id].name}: {recipients[allocation.recipient_id].name}"
        else:
            yield next((text for name in NAMES if (text := getattr(row, name, None))), None)


def load_subjects(batch: Batch) -> Mapping[type[Base], Mapping[int, Base]]:
    ids: defaultdict[type[Base], list[int]] = defaultdict(list)
    for gap in _gaps(batch):
        ids[gap.model].append(gap.id)
    return {model: relations.by_id(batch.session, numbers, model) for model, numbers in ids.items()}


def load_allocation_names(batch: Batch) -> tuple[Mapping[int, models.Fund], Mapping[int, models.Organisation]]:
    """The funds and the recipients of the allocations that have gaps."""
    allocations = batch.once(load_subjects).get(models.Allocation, {}).values()
    funds, recipients = (sorted(set(map(attrgetter(name), allocations))) for name in ("fund_id", "recipient_id"))
    return (
        relations.by_id(batch.session, funds, models.Fund),
        relations.by_id(batch.session, recipients, models.Organisation),
    )


def _gaps(batch: Batch) -> Iterable[coverage.Gap]:
    return cast(Iterable[coverage.Gap], batch.rows)


GAPS = ExportTable(
    "gaps",
    "Gaps",
    "Everything that is not known yet, by kind. Statuses and sizes are those of `asOf`; what is identified,"
    " allocations, dates of events and disagreements have no day.",
    ("kind", "subjectType", "subject"),
    gaps,
    (
        column("kind", attribute("kind")),
        column("note", notes),
        Column("subjectType", SUBJECT_TYPE, subject_types, enum=TYPES, required=True),
        Column("subject", SUBJECT, subject_keys, required=True),
        Column("name", NAME, subject_names),
        Column("subjectId", ID, subject_ids, required=True),
    ),
)
