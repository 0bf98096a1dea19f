"""The columns that tell the sources of a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from api.exports.batch import Batch
from api.exports.table import Column, Kind, field, number
from db import citations, models, relations

PARAGRAPH = "The paragraph in it: 1 for the first after the heading; empty for the heading or the whole."
LOCATOR = "The place in a document without numbered paragraphs: a page, a column, an answer."


@dataclass(frozen=True)
class Source:
    document: str
    paragraph: int | None
    locator: str | None


def load_sources(batch: Batch, subject: object) -> Mapping[int, Source]:
    """The document and the paragraph of each row that has its one citation; `subject` is the column for the row."""
    cited = batch.ask(citations.only, subject)
    documents = relations.by_id(batch.session, sorted({row.document_id for row in cited.values()}), models.Document)
    return {id_: Source(documents[row.document_id].slug, row.paragraph, row.locator) for id_, row in cited.items()}


def source(description: str, subject: object) -> tuple[Column, ...]:
    """The columns of the document, with this description, of the paragraph and of the locator."""
    load = partial(load_sources, subject=subject)
    return (
        Column("document", description, field(load, "document"), references="documents"),
        Column("paragraph", PARAGRAPH, field(load, "paragraph"), Kind.INTEGER),
        Column("locator", LOCATOR, field(load, "locator")),
    )


def citation_count(subject: object) -> Column:
    description = "How many citations stand behind it in `citations`."
    return Column("citationCount", description, number(citations.of(subject)), Kind.INTEGER, required=True)
