"""What happened on a day, who held it and who was there."""

from collections.abc import Iterator, Sequence

from db.models import CommitmentEvent, Event, EventFund, EventHost, Participant
from seeds import rows
from seeds.loading.merge import Values
from seeds.loading.work import Work


def events(work: Work) -> None:
    table = work.table(Event, "slug", file=rows.Event.FILE)
    table.put(
        {
            "slug": row.slug,
            "title": row.title,
            "kind": row.kind,
            "held_on": row.date.on if row.date else None,
            "precision": row.date.precision if row.date else None,
            "date_note": row.date_note,
            "series": row.series,
            "venue": row.venue,
            "place": row.place,
            "region": row.region,
            "attendance_at_least": row.attendance_at_least,
            "sectors": row.sectors,
            "topics": row.topics,
        }
        for row in work.folder.events
    )
    table.keep()
    work.events = table.ids()
    for row in work.folder.events:
        work.cite(table.rows[row.slug,], row.slug, row.citations)

    owners = table.governed()
    ours = [(row, owners[row.slug]) for row in work.folder.events if row.slug in owners]
    hosts = work.table(EventHost, "event_id", "organisation_id", file=rows.Event.FILE)
    hosts.replace(
        (
            {"event_id": id, "organisation_id": work.organisations[host], "position": position}
            for row, id in ours
            for position, host in enumerate(row.hosts, 1)
        ),
        lambda host: host.event_id in owners.values(),
    )
    commitments = work.table(CommitmentEvent, "commitment_id", "event_id", file=rows.Event.FILE)
    commitments.replace(
        (
            {"commitment_id": work.commitments[ref], "event_id": id}
            for row, id in ours
            for ref in work.still(CommitmentEvent, row.commitments, "{}/" + row.slug)
        ),
        lambda link: link.event_id in owners.values(),
    )
    funds = work.table(EventFund, "event_id", "fund_id", file=rows.Event.FILE)
    funds.replace(
        (
            {"event_id": id, "fund_id": work.funds[slug]}
            for row, id in ours
            for slug in work.still(EventFund, row.funds, row.slug + "/{}")
        ),
        lambda link: link.event_id in owners.values(),
    )
    participants(work, ours)


def participants(work: Work, ours: Sequence[tuple[rows.Event, int]]) -> None:
    owners = {id for _, id in ours}
    table = work.table(Participant, "event_id", "position", file=rows.Event.FILE)

    def wanted() -> Iterator[Values]:
        for row, id in ours:
            for position, person in table.places(id, row.participants):
                yield {
                    "event_id": id,
                    "position": position,
                    "name": person.name,
                    "role": person.role,
                    "organisation_id": work.organisations[person.organisation] if person.organisation else None,
                }

    table.replace(wanted(), lambda person: person.event_id in owners)
