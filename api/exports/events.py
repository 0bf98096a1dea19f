from api.exports.batch import every
from api.exports.sources import citation_count
from api.exports.table import ApiColumns, ExportTable, attribute, id_of, key_of, keys
from db import commitments, discrepancies, events, funds, models
from schema.events import Event

column = ApiColumns(Event)
EVENTS = ExportTable(
    "events",
    "Events",
    "What happened, by date, the undated last, whatever the day: for what had happened by a day, look at `date`.",
    ("slug",),
    every(models.Event, events.by_date()),
    (
        *column.attributes("slug", "title", "kind"),
        column("date", attribute("held_on")),
        *column.attributes(
            "precision", "dateNote", "series", "venue", "place", "region", "attendanceAtLeast", "sectors", "topics"
        ),
        column("area", key_of(models.Area, "area_id"), references="areas"),
        column("hosts", keys(events.hosts)),
        column("commitments", keys(commitments.of_events)),
        column("funds", keys(funds.of_events)),
        column("discrepancies", keys(discrepancies.of(models.Discrepancy.event_id))),
        citation_count(models.Citation.event_id),
        id_of(Event, attribute("slug")),
    ),
)
