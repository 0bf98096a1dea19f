from api.exports.batch import every
from api.exports.sources import citation_count
from api.exports.table import ApiColumns, ExportTable, key_of
from db import models
from schema.areas import Area

column = ApiColumns(Area)
AREAS = ExportTable(
    "areas",
    "Areas",
    "The areas of police forces, regions and nations. Which bodies stand in each stands in `area_organisations`, which"
    " events were held there in `events`. It has no day: `asOf` leaves out none.",
    ("slug",),
    every(models.Area),
    (
        *column.attributes("slug", "name", "kind", "code"),
        column("parent", key_of(models.Area, "parent_id"), references="areas"),
        citation_count(models.Citation.area_id),
    ),
)
