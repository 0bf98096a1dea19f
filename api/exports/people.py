from api.exports.batch import every
from api.exports.table import ApiColumns, ExportTable, attribute, id_of
from db import models
from schema.people import Person

column = ApiColumns(Person)
PEOPLE = ExportTable(
    "people",
    "People",
    "Every person whom a source puts at an event. Where, and in what role, stands in `participants`. It has no day:"
    " `asOf` leaves out none.",
    ("slug",),
    every(models.Person),
    (*column.attributes("slug", "name"), id_of(Person, attribute("slug"))),
)
