"""One valid input for each mutation, ways to change and to send it, and the rows of a database."""

import copy
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from db import edits as log_edits
from db import natural_keys
from db.database import Database
from db.models import Dataset, metadata
from db.vocabulary import DatePrecision, Status, Voice
from schema.node import global_id
from tests.corrections import CORRECTIONS, SUCCESS_OF_CORRECTIONS
from tests.server import Api
from tests.writable import REJECTION

# Seed documents of 9 May 2019, with 21 paragraphs, and of 8 October 2018, with 15; and a record of 15 May 2019.
SEED, OLDER_SEED, RECORD = "north-east-event-2019", "london-event-2018", "commons-2019-05-15"
# The last status update on SVS-21, by the government.
EXISTING_UPDATE = natural_keys.status_update(
    "SVS-21", dt.date(2019, 7, 16), DatePrecision.DAY, Voice.GOVERNMENT, Status.ANNOUNCED,
    "home-office-blog-2019-07-16", None,
)  # fmt: skip
NEW_DOCUMENT: dict[str, Any] = {
    "slug": "harbour-minutes", "title": "Minutes of the harbour board", "publishedOn": "2019-06-01",
    "publisher": {"slug": "harbour-board", "name": "Harbour Board", "kind": "AGENCY"},
    "via": {"slug": "daily-tide", "name": "The Daily Tide", "kind": "MEDIA"},
    "url": "https://harbour.example/minutes?of=2019", "note": "Read in a copy.", "originalTitle": "Minutes, 1 June",
    "officialUrl": "https://harbour.example/board/1", "archivedUrl": "https://archive.example/1/minutes",
    "readPart": "its first page",
}  # fmt: skip
VALID_INPUTS: dict[str, dict[str, Any]] = {
    "recordStatus": {
        "commitment": "SVS-05", "status": "DELIVERED", "effectiveOn": "2019-05-15", "precision": "DAY",
        "voice": "PARLIAMENT", "note": "The minister says that it is done.",
        "citation": {"document": RECORD, "note": "In the first answer.", "locator": "column 12"},
    },
    "correctStatus": {
        "statusUpdate": global_id("StatusUpdate", EXISTING_UPDATE), "reason": "It was said before.",
        "commitment": "SVS-21", "status": "NOT_STARTED", "effectiveOn": "2019-06-01", "precision": "MONTH",
        "voice": "CIVIL_SOCIETY", "note": "The board waits.",
        "citation": {"newDocument": NEW_DOCUMENT, "note": "On its second page."},
    },
    "identifyCommitment": {
        "commitment": "SVS-35", "slug": "mend-the-quay", "theme": "communities", "title": "Mend the quay",
        "summary": "All of it.", "confidence": "LOW",
        "leads": [{"slug": "home-office"}, {"slug": "harbour-board", "name": "Harbour Board", "kind": "AGENCY"}],
        "citations": [{"document": SEED, "paragraph": 3, "figures": ["quay", "all of it"]}, {"document": RECORD}],
    },
    "addDocument": {
        "slug": "quay-letter", "title": "Letter on the quay", "publishedOn": "2019-06-01", "note": "A scan.",
        "publisher": {"slug": "quay-friends", "name": "Friends of the Quay", "kind": "CHARITY"},
        "via": {"slug": "daily-quay", "name": "Die Kaistraße", "kind": "MEDIA"},
        "url": "https://quay.example/letter?of=2019", "originalTitle": "To the Board",
        "officialUrl": "https://quay.example/official", "archivedUrl": "https://archive.example/2/letter",
        "readPart": "all but its annex",
    },
    "addEvent": {
        "slug": "quay-opens", "title": "The quay opens", "kind": "LAUNCH", "date": "2019-05-01", "precision": "MONTH",
        "dateNote": "Month only.", "venue": "Pier Hall", "place": "Hartlepool", "region": "North East",
        "area": "cleveland",
        "series": "quay-events", "attendanceAtLeast": 40, "hosts": [{"slug": "home-office"}],
        "participants": [
            {
                "name": "Pat Pilot", "role": "Chair", "organisation": {"slug": "mentor-uk"},
                "person": {"slug": "pat-pilot", "name": "Pat Pilot"},
            },
            {"name": "Ann Onymous"},
        ],
        "sectors": ["shipping", "health"], "topics": ["quays"], "commitments": ["SVS-21"],
        "funds": ["knifefree-campaign"], "citations": [{"document": SEED, "paragraph": 1}],
    },
    "addFund": {
        "slug": "quay-money", "name": "Quay money", "parent": "county-lines-programme", "period": "2019/20",
        "note": "Half of it is not itemised.", "commitments": ["SVS-21"], "citations": [{"document": RECORD}],
    },
    "stateAmount": {
        "fund": "anti-knife-crime-community-fund", "kind": "ANNOUNCED", "amount": "1300000.50", "bound": "UP_TO",
        "statedOn": "2019-04-01", "precision": "MONTH",
        "citation": {"document": SEED, "paragraph": 18, "figures": ["£1.3 million"]},
    },
    "allocate": {
        "fund": "knifefree-campaign", "amount": "1300000", "bound": "EXACT", "period": "2018/19", "note": "Inferred.",
        "passesOn": True,
        "recipient": {"slug": "all-city-media", "name": "All City Media", "kind": "OTHER"},
        "citation": {"document": RECORD},
    },
    "link": {"commitment": "SVS-21", "fund": "police-surge", "reason": "The surge was to serve it."},
    "unlink": {"commitment": "SVS-10", "fund": "youth-fund-round-1", "reason": "Not what it was for."},
    "openDiscrepancy": {
        "slug": "quay-sum", "question": "How much is the quay money?", "kind": "AMOUNT", "fund": "knifefree-campaign",
        "claims": [
            {"document": SEED, "paragraph": 2, "says": "£2m", "figures": ["£2m"]},
            {"document": RECORD, "says": "£3m", "locator": "column 9"},
        ],
    },
    "settleDiscrepancy": {
        "discrepancy": "events-frequency", "state": "EXPLAINED", "explanation": "Some were not reported.",
        "foundIn": "OPEN",
    },
}  # fmt: skip
EVERY_INPUT = VALID_INPUTS | CORRECTIONS
SUCCESS = {
    "recordStatus": "StatusRecorded", "correctStatus": "StatusCorrected", "identifyCommitment": "CommitmentIdentified",
    "addDocument": "DocumentAdded", "addEvent": "EventAdded", "addFund": "FundAdded", "stateAmount": "AmountStated",
    "allocate": "Allocated", "link": "Linked", "unlink": "Unlinked", "openDiscrepancy": "DiscrepancyOpened",
    "settleDiscrepancy": "DiscrepancySettled", **SUCCESS_OF_CORRECTIONS,
}  # fmt: skip
CHANGE = "change { revision action actor summary subject { id } edits { record field before after } }"
RowValues = dict[str, dict[str, str | None]]
# In place of a value: the field is left out.
ABSENT: Any = object()


def mutation(name: str, selection: str = "") -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    payload = f"__typename ... on {SUCCESS[name]} {{ {CHANGE} {selection} }} {REJECTION}"
    return f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ {payload} }} }}"


def input_with(name: str, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """The valid input with other values at these places, such as `citations.0.document`."""
    values: dict[str, Any] = copy.deepcopy(EVERY_INPUT[name])
    for path, value in (changes or {}).items():
        owner: Any = values
        *steps, last = path.split(".")
        for step in steps:
            owner = owner[int(step)] if isinstance(owner, list) else owner[step]
        place: Any = int(last) if isinstance(owner, list) else last
        if value is ABSENT:
            del owner[place]
        else:
            owner[place] = copy.deepcopy(value)
    return values


def submit(api: Api, name: str, values: dict[str, Any], selection: str = "") -> Any:
    """The payload of a mutation, of either type."""
    return api.ask(mutation(name, selection), input=values)[name]


def submit_valid(api: Api, name: str, selection: str = "", **changes: Any) -> Any:
    """The payload of a mutation that succeeds: the valid input, with other values for some fields."""
    payload = submit(api, name, EVERY_INPUT[name] | changes, selection)
    assert payload.pop("__typename") == SUCCESS[name], payload
    return payload


def problems(payload: Any) -> list[str]:
    """The problems of an input, each as its code and place, such as `INVALID citation.document`."""
    assert payload["__typename"] == "Rejected", payload
    return [f"{problem['code']} {'.'.join(problem['path'])}".strip() for problem in payload["problems"]]


def attempt(api: Api, name: str, values: dict[str, Any]) -> list[str]:
    """The problems of an input, or the codes of errors, or the type of the payload of a mutation that succeeds."""
    answer = api.send(mutation(name), {"input": values}).json()
    if "errors" in answer:
        return [error["extensions"]["code"] for error in answer["errors"]]
    payload = answer["data"][name]
    return problems(payload) if payload["__typename"] == "Rejected" else [payload["__typename"]]


def edits(change: Any) -> dict[str, dict[str, Any]]:
    """The new values of each row of a change; of a value that was replaced, the old and the new one."""
    rows: dict[str, dict[str, Any]] = {}
    for edit in change["edits"]:
        value = edit["after"] if edit["before"] is None else (edit["before"], edit["after"])
        rows.setdefault(edit["record"], {})[edit["field"]] = value
    return rows


def change_heading(change: Any) -> tuple[str, str, str, str]:
    """Its action, its actor, the id of its subject, and its summary."""
    return (change["action"], change["actor"], change["subject"]["id"], change["summary"])


def citation_record(table: str, key: str, document: str, paragraph: int | None = None, **others: str) -> dict[str, Any]:
    """A citation as the log names and shows it."""
    place = {} if paragraph is None else {"paragraph": str(paragraph)}
    name = f"Citation {natural_keys.citation(table, key, document, paragraph)}"
    return {name: {"document": document, table: key} | place | others}


def revision(api: Api) -> int:
    return int(api.ask("{ dataset { revision } }")["dataset"]["revision"])


def all_rows(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as the database returns it."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.text(f"SELECT * FROM {table.name}"))))
            for table in metadata.sorted_tables
        }


def row_values(session: Session) -> RowValues:
    """The values of every row of the dataset, by its name in the log."""
    models = [model for model in natural_keys.MODELS.values() if model is not Dataset]
    rows = [row for model in models for row in session.exec(select(model))]
    return {log_edits.record(session, row): log_edits.values(session, row) for row in rows}


@contextmanager
def assert_unchanged(database: Database) -> Iterator[None]:
    """Fails where the block writes to any table."""
    before = all_rows(database)
    yield
    assert all_rows(database) == before
