"""The tables whose rows tie two other tables together."""

from collections.abc import Callable, Mapping, Sequence

from sqlmodel import Session

from api.exports.areas import AREAS
from api.exports.batch import each
from api.exports.commitments import COMMITMENTS
from api.exports.events import EVENTS
from api.exports.table import (
    ApiColumns,
    Column,
    ExportTable,
    Kind,
    Read,
    attribute,
    id_of,
    key_of,
    owner,
    place,
    place_keys,
)
from db import areas, commitments, events, funds, models
from schema.events import Participant

NO_DAY = "It has no day: `asOf` leaves out none."
participant = ApiColumns(Participant)
POSITION = Column("position", "Where it stands among them, from 1.", place, Kind.INTEGER, required=True)


def key_column(references: str, read: Read) -> Column:
    name = references.removesuffix("s")
    what = "body" if name == "organisation" else name
    return Column(name, f"The {what}.", read, references=references, required=True)


def tie(
    name: str,
    title: str,
    description: str,
    owners: ExportTable,
    others: str,
    question: Callable[[Session, Sequence[int]], Mapping[int, Sequence[object]]],
    *columns: Column,
) -> ExportTable:
    """A row for each of the `others` that a question of `db` has for each of the owners."""
    [key] = owners.key
    keys = key_column(owners.name, owner(key)), key_column(others, attribute("slug"))
    return ExportTable(
        name,
        title,
        f"{description} {NO_DAY}",
        tuple(column.name for column in keys),
        each(owners.batches, lambda batch: batch.ask(question)),
        (*keys, *columns),
        link=True,
    )


PARTICIPANTS = ExportTable(
    "participants",
    "Participants",
    f"Whom sources put at an event. Never a full list. {NO_DAY}",
    ("event", "position"),
    each(EVENTS.batches, lambda batch: batch.ask(events.participants)),
    (
        key_column("events", owner("slug")),
        POSITION,
        *participant.attributes("name", "role"),
        participant("person", key_of(models.Person, "person_id"), references="people"),
        participant("organisation", key_of(models.Organisation, "organisation_id"), references="organisations"),
        id_of(Participant, place_keys),
    ),
)
LEADS = tie(
    "leads", "Who leads which commitment", "The bodies that answer for each commitment, the first one first.",
    COMMITMENTS, "organisations", commitments.leads, POSITION,
)  # fmt: skip
HOSTS = tie(
    "hosts", "Who held which event", "The bodies that held each event, the first one first.",
    EVENTS, "organisations", events.hosts, POSITION,
)  # fmt: skip
COMMITMENT_FUNDS = tie(
    "commitment_funds", "Commitments and funds", "Which fund serves which commitment.",
    COMMITMENTS, "funds", funds.of_commitments,
)  # fmt: skip
COMMITMENT_EVENTS = tie(
    "commitment_events", "Commitments and events", "Which event bears on which commitment.",
    COMMITMENTS, "events", events.of_commitments,
)  # fmt: skip
EVENT_FUNDS = tie(
    "event_funds", "Events and funds", "Which event bears on which fund.", EVENTS, "funds", funds.of_events
)
AREA_ORGANISATIONS = tie(
    "area_organisations", "Areas and bodies", "Which body stands in which area.",
    AREAS, "organisations", areas.organisations,
)  # fmt: skip
