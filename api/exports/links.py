"""What belongs together: the ties between two tables, a row each."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import Session

from api.exports import sources
from api.exports.table import Column, ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import commitments, events, funds, models
from db.paging import Order
from schema.events import Participant

COMMITMENT = Column("commitment", "The commitment.", refers="commitments", required=True)
EVENT = Column("event", "The event.", refers="events", required=True)
FUND = Column("fund", "The fund.", refers="funds", required=True)
ORGANISATION = Column("organisation", "The body.", refers="organisations", required=True)
POSITION = Column("position", "Where it stands among them, from 1.", Kind.INTEGER, required=True)
NOW = "As known now, whatever the day."
participant = Fields(Participant)


def _tied(
    model: Any, order: Order, question: Callable[[Session, list[int]], dict[int, list[Any]]], *, placed: bool = False
) -> Callable[[Session, Moment], Iterable[list[Row]]]:
    """Each row of a table beside each row that the question finds for it; `placed` with the place among them."""
    name = "ref" if model is models.Commitment else "slug"

    def rows(session: Session, _: Moment) -> Iterable[list[Row]]:
        for batch in batches(session, model, order):
            found = question(session, ids(batch))
            yield [
                (getattr(row, name), other.slug, *([place] if placed else []))
                for row in batch
                for place, other in enumerate(found[row.id], 1)
            ]

    return rows


def participants(session: Session, _: Moment) -> Iterable[list[Row]]:
    for batch in batches(session, models.Event, events.by_date()):
        found = events.participants(session, ids(batch))
        every = [person for row in batch for person in found[row.id]]
        organisations = sources.slugs(session, models.Organisation, (person.organisation_id for person in every))
        yield [
            (row.slug, place, person.name, person.role, organisations.get(person.organisation_id))
            for row in batch
            for place, person in enumerate(found[row.id], 1)
        ]


PARTICIPANTS = ExportTable(
    "participants", "Participants", f"Whom sources put at an event. Never a full list. {NOW}", models.Participant,
    ("event", "position"),
    (
        EVENT, POSITION, participant("name", required=True), participant("role"),
        participant("organisation", refers="organisations"),
    ),
    participants,
)  # fmt: skip
LEADS = ExportTable(
    "leads", "Who leads which commitment", f"The bodies that answer for each commitment, the first one first. {NOW}",
    models.CommitmentLead, ("commitment", "organisation"), (COMMITMENT, ORGANISATION, POSITION),
    _tied(models.Commitment, commitments.by_ref(), commitments.leads, placed=True), link=True,
)  # fmt: skip
HOSTS = ExportTable(
    "hosts", "Who held which event", f"The bodies that held each event, the first one first. {NOW}",
    models.EventHost, ("event", "organisation"), (EVENT, ORGANISATION, POSITION),
    _tied(models.Event, events.by_date(), events.hosts, placed=True), link=True,
)  # fmt: skip
COMMITMENT_FUNDS = ExportTable(
    "commitment_funds", "Commitments and funds", f"Which fund serves which commitment. {NOW}",
    models.CommitmentFund, ("commitment", "fund"), (COMMITMENT, FUND),
    _tied(models.Commitment, commitments.by_ref(), funds.of_commitments), link=True,
)  # fmt: skip
COMMITMENT_EVENTS = ExportTable(
    "commitment_events", "Commitments and events", f"Which event bears on which commitment. {NOW}",
    models.CommitmentEvent, ("commitment", "event"), (COMMITMENT, EVENT),
    _tied(models.Commitment, commitments.by_ref(), events.of_commitments), link=True,
)  # fmt: skip
EVENT_FUNDS = ExportTable(
    "event_funds", "Events and funds", f"Which event bears on which fund. {NOW}",
    models.EventFund, ("event", "fund"), (EVENT, FUND),
    _tied(models.Event, events.by_date(), funds.of_events), link=True,
)  # fmt: skip
