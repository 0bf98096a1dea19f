"""What happened, who held it and who was there."""

import datetime as dt
from typing import Any

from db.formatting import date_text
from db.models import Commitment, CommitmentEvent, Event, EventFund, EventHost, Fund, Participant
from seeds.dump import Line
from seeds.exporting.tables import Row, Tables, given


def events(tables: Tables) -> list[Row]:
    """By date, the undated last."""
    refs = {row.id: row.ref for row in tables.all(Commitment)}
    funds = {row.id: row.slug for row in tables.all(Fund)}
    hosts = tables.by(EventHost, "event_id", EventHost.position)
    people = tables.by(Participant, "event_id", Participant.position)
    commitments, money = tables.by(CommitmentEvent, "event_id"), tables.by(EventFund, "event_id")
    return [
        given(
            {
                "slug": row.slug,
                "title": row.title,
                "kind": row.kind.value,
                "date": row.held_on and date_text(row.held_on, row.precision),
                "date_note": row.date_note,
                "venue": row.venue,
                "place": row.place,
                "region": row.region,
                "series": row.series,
                "attendance_at_least": row.attendance_at_least,
                "hosts": [tables.organisations[host.organisation_id] for host in hosts[row.id]],
                "participants": [_participant(tables, person) for person in people[row.id]],
                "sectors": row.sectors,
                "topics": row.topics,
                "commitments": sorted(refs[link.commitment_id] for link in commitments[row.id]),
                "funds": sorted(funds[link.fund_id] for link in money[row.id]),
                "citations": tables.citations("event_id", row.id),
            }
        )
        for row in sorted(tables.all(Event), key=lambda row: (row.held_on or dt.date.max, row.slug))
    ]


def _participant(tables: Tables, row: Any) -> Line:
    return Line(
        given({"name": row.name, "role": row.role, "organisation": tables.organisations.get(row.organisation_id)})
    )
