"""Terms of the field."""

from api.exports.batch import every
from api.exports.sources import citation_count
from api.exports.table import ApiColumns, ExportTable, attribute, id_of
from db import models
from schema.terms import Term

column = ApiColumns(Term)

TERMS = ExportTable(
    "terms",
    "Terms",
    "The words of the field that the record uses, and what they mean. They have no day: `asOf` leaves out none.",
    ("slug",),
    every(models.Term),
    (
        *column.attributes("slug", "name", "meaning"),
        citation_count(models.Citation.term_id),
        id_of(Term, attribute("slug")),
    ),
)
