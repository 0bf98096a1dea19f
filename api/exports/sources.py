"""What the tables say of sources beside the citations themselves."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

from api.exports.table import Column, Kind
from db import citations, models, relations

Source = tuple[str | None, int | None]
NONE: Source = (None, None)
COUNT = Column("citationCount", "How many citations stand behind it in `citations`.", Kind.INTEGER, required=True)
PARAGRAPH = Column(
    "paragraph", "The paragraph in it: 1 for the first after the heading; empty for the heading or the whole.",
    Kind.INTEGER,
)  # fmt: skip


def single(session: Session, ids: Sequence[int], subject: Any) -> dict[int, Source]:
    """The document and the paragraph behind each row that has one citation; `subject` is the column that names it."""
    found = citations.only(session, ids, subject)
    named = slugs(session, models.Document, (row.document_id for row in found.values()))
    return {key: (named[row.document_id], row.paragraph) for key, row in found.items()}


def slugs(session: Session, model: Any, ids: Iterable[int | None]) -> dict[int | None, str]:
    """What each of the rows is called."""
    found = relations.by_id(session, sorted({key for key in ids if key is not None}), model)
    return {key: row.ref if model is models.Commitment else row.slug for key, row in found.items()}


def named(rows: Iterable[Any]) -> list[str]:
    return [row.slug for row in rows]
