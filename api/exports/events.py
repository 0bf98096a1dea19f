from collections.abc import Iterator

from sqlmodel import Session

from api.exports import sources
from api.exports.table import ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import citations, commitments, discrepancies, events, funds, models
from db.vocabulary import DatePrecision, EventKind
from schema.events import Event

own = Fields(Event)


def rows(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Event, events.by_date()):
        keys = ids(batch)
        hosts = events.hosts(session, keys)
        borne_on = commitments.of_events(session, keys)
        tied = funds.of_events(session, keys)
        disputed = discrepancies.of(models.Discrepancy.event_id)(session, keys)
        cited = citations.of(models.Citation.event_id)(session, keys)
        yield [
            (
                row.slug,
                row.title,
                row.kind,
                row.held_on,
                row.precision,
                row.date_note,
                row.series,
                row.venue,
                row.place,
                row.region,
                row.attendance_at_least,
                row.sectors,
                row.topics,
                sources.named(hosts[row.id]),
                [commitment.ref for commitment in borne_on[row.id]],
                sources.named(tied[row.id]),
                sources.named(disputed[row.id]),
                len(cited[row.id]),
            )
            for row in batch
        ]


TABLE = ExportTable(
    "events",
    "Events",
    "What happened, by date, the undated last. As known now, whatever the day: for what had happened by a day, look at"
    " `date`.",
    models.Event,
    ("slug",),
    (
        own("slug", required=True),
        own("title", required=True),
        own("kind", words=EventKind, required=True),
        own("date", Kind.DATE),
        own("precision", words=DatePrecision),
        own("dateNote"),
        own("series"),
        own("venue"),
        own("place"),
        own("region"),
        own("attendanceAtLeast", Kind.INTEGER),
        own("sectors", Kind.TEXTS),
        own("topics", Kind.TEXTS),
        own("hosts", Kind.NAMES),
        own("commitments", Kind.NAMES),
        own("funds", Kind.NAMES),
        own("discrepancies", Kind.NAMES),
        sources.COUNT,
    ),
    rows,
)
