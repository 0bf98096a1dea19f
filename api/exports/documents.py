from api.exports.batch import Batch, every
from api.exports.columns import ApiColumns, Column, Kind, key_of
from api.exports.table import ExportTable
from db import citations, models
from schema.documents import Document

own = ApiColumns(Document)
COUNT = "How many citations point into it, as known now."


def citation_counts(batch: Batch) -> list[int]:
    totals = batch.ask(citations.totals)
    return [totals[id_] for id_ in batch.ids]


TABLE = ExportTable(
    "documents",
    "Documents",
    "Every text that statements rest on. As known now, whatever the day: for what the public could read on a day, look"
    " at `publishedOn`.",
    ("slug",),
    every(models.Document),
    (
        *own.attributes("slug", "title", "publishedOn", "url", "kind", "note"),
        own("publisher", key_of(models.Organisation, "publisher_id"), references="organisations"),
        own("via", key_of(models.Organisation, "via_id"), references="organisations"),
        Column("citationCount", COUNT, citation_counts, Kind.INTEGER, required=True),
    ),
)
