"""What a status update says, with its labels and its source beside it, so that nothing has to be joined."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, TypeVar

from api.exports.batch import Batch
from api.exports.sources import LOCATOR, PARAGRAPH
from api.exports.table import ApiColumns, Column, Kind, field
from db import citations, models, relations, sides
from db.formatting import enum_label
from db.models.base import Entity
from db.vocabulary import GROUP_OF, Status
from schema.documents import Document
from schema.statuses import StatusDefinition, StatusUpdate

E = TypeVar("E", bound=Entity)
# The update of each row that has one, by the id of the row.
Load: TypeAlias = Callable[[Batch], Mapping[int, models.StatusUpdate]]
update, definition, document = ApiColumns(StatusUpdate), ApiColumns(StatusDefinition), ApiColumns(Document)
SOURCE = "The title of the document that it rests on; empty where the tracker searched."
PUBLISHER = "Who first issued that document."
SLUG = "The slug of that document."


@dataclass(frozen=True)
class Source:
    """The source of an update. `document` is its slug, `source` its title."""

    document: str
    source: str
    publisher: str | None
    published_on: dt.date | None
    url: str | None
    archived_url: str | None
    paragraph: int | None
    locator: str | None


def load_sources(batch: Batch, load: Load) -> Mapping[int, Source]:
    """The source of the update of each row."""
    updates = batch.once(load)
    cited = citations.only(batch.session, _ids(updates), models.Citation.status_update_id)
    documents = _by_id(batch, models.Document, (row.document_id for row in cited.values()))
    publishers = _by_id(batch, models.Organisation, (row.publisher_id for row in documents.values()))
    sources = {}
    for id_, row in updates.items():
        if citation := cited.get(row.id):
            text = documents[citation.document_id]
            publisher = None if text.publisher_id is None else publishers[text.publisher_id].name
            sources[id_] = Source(
                text.slug, text.title, publisher, text.published_on, text.url, text.archived_url,
                citation.paragraph, citation.locator,
            )  # fmt: skip
    return sources


def flat_columns(load: Load, prefix: str = "") -> Iterator[Column]:
    """The columns of the update of each row. A row without one is NOT_ASSESSED, and the other columns are empty."""
    source = partial(load_sources, load=load)

    def name(text: str) -> str:
        return prefix + text[0].upper() + text[1:] if prefix else text

    status_name = prefix or "status"

    def statuses(batch: Batch) -> list[Status]:
        updates = batch.once(load)
        return [updates[id_].status if id_ in updates else Status.NOT_ASSESSED for id_ in batch.ids]

    def side(batch: Batch) -> Iterable[object]:
        updates = batch.once(load)
        by_id = sides.sides(batch.session, _ids(updates))
        return [by_id.get(updates[id_].id) if id_ in updates else None for id_ in batch.ids]

    yield update("status", statuses, name=status_name)
    yield definition("label", lambda batch: map(enum_label, statuses(batch)), name=f"{status_name}Label")
    yield definition("group", lambda batch: map(GROUP_OF.__getitem__, statuses(batch)), name=f"{status_name}Group")
    for told in ("effectiveOn", "precision", "voice", "note"):
        read = field(load, update.fields[told].python_name)
        yield update(told, read, name=name(told), required=not prefix)
    yield update("side", side, name=name("side"))
    yield Column(name("source"), SOURCE, field(source, "source"))
    yield Column(name("publisher"), PUBLISHER, field(source, "publisher"))
    for told in ("publishedOn", "url", "archivedUrl"):
        yield document(told, field(source, document.fields[told].python_name), name=name(told))
    yield Column(name("paragraph"), PARAGRAPH, field(source, "paragraph"), Kind.INTEGER)
    yield Column(name("locator"), LOCATOR, field(source, "locator"))
    yield Column(name("document"), SLUG, field(source, "document"), references="documents")


def _ids(updates: Mapping[int, models.StatusUpdate]) -> list[int]:
    return sorted({row.id for row in updates.values()})


def _by_id(batch: Batch, model: type[E], ids: Iterable[int | None]) -> Mapping[int, E]:
    return relations.by_id(batch.session, sorted({id_ for id_ in ids if id_ is not None}), model)
