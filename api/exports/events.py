from api.exports.batch import every
from api.exports.columns import ApiColumns, Kind, attribute, keys
from api.exports.sources import citation_count
from api.exports.table import ExportTable
from db import commitments, discrepancies, events, funds, models
from db.vocabulary import DatePrecision, EventKind
from schema.events import Event

own = ApiColumns(Event)
TABLE = ExportTable(
    "events",
    "Events",
    "What happened, by date, the undated last. As known now, whatever the day: for what had happened by a day, look at"
    " `date`.",
    ("slug",),
    every(models.Event, events.by_date()),
    (
        own("slug", required=True),
        own("title", required=True),
        own("kind", enum=EventKind, required=True),
        own("date", Kind.DATE, attribute("held_on")),
        own("precision", enum=DatePrecision),
        own("dateNote"),
        own("series"),
        own("venue"),
        own("place"),
        own("region"),
        own("attendanceAtLeast", Kind.INTEGER),
        own("sectors", Kind.TEXTS),
        own("topics", Kind.TEXTS),
        own("hosts", Kind.NAMES, keys(events.hosts)),
        own("commitments", Kind.NAMES, keys(commitments.of_events)),
        own("funds", Kind.NAMES, keys(funds.of_events)),
        own("discrepancies", Kind.NAMES, keys(discrepancies.of(models.Discrepancy.event_id))),
        citation_count(models.Citation.event_id),
    ),
)
