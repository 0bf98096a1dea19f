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
from db.vocabulary import AmountKind, DatePrecision, Status, Voice
from schema.node import global_id
from tests.server import Api
from tests.writable import REJECTION

# Seed documents of 9 May 2019, with 21 paragraphs, and of 8 October 2018, with 15; and a record of 15 May 2019.
SEED, OLDER_SEED, RECORD = "north-east-event-2019", "london-event-2018", "commons-2019-05-15"
# The only status update on SVS-21, by the government.
EXISTING_UPDATE = natural_keys.status_update(
    "SVS-21", dt.date(2019, 7, 16), DatePrecision.DAY, Voice.GOVERNMENT, Status.ANNOUNCED,
    "home-office-blog-2019-07-16", None,
)  # fmt: skip
# The last status update on SVS-26, by a body that delivers; the only statement of the size of one fund, and the first
# of the two of another; two of the sources of SVS-25 and SVS-26.
WITHDRAWN_UPDATE = natural_keys.status_update(
    "SVS-26", dt.date(2023, 5, 31), DatePrecision.MONTH, Voice.DELIVERY_BODY, Status.IN_PROGRESS,
    "npcc-sceptre-2023", None,
)  # fmt: skip
EXISTING_AMOUNT = natural_keys.amount_statement(
    "community-fund-2017-18", AmountKind.ALLOCATED, dt.date(2018, 4, 16), DatePrecision.DAY, "written-answer-134763",
    None,
)  # fmt: skip
WITHDRAWN_AMOUNT = natural_keys.amount_statement(
    "mentor-uk-unplugged", AmountKind.RESTATED, None, None, "yjlc-strategy-summary", None
)
EXISTING_CITATION = natural_keys.citation("commitment", "SVS-25", "written-answer-226598", None)
WITHDRAWN_CITATION = natural_keys.citation("commitment", "SVS-26", "written-answer-144914", None)
NEW_DOCUMENT: dict[str, Any] = {
    "slug": "harbour-minutes", "title": "Minutes of the harbour board", "publishedOn": "2019-06-01",
    "publisher": {"slug": "harbour-board", "name": "Harbour Board", "kind": "AGENCY"},
    "via": {"slug": "daily-tide", "name": "The Daily Tide", "kind": "MEDIA"},
    "url": "https://harbour.example/minutes?of=2019", "note": "Read in a copy.",
}  # fmt: skip
VALID_INPUTS: dict[str, dict[str, Any]] = {
    "recordStatus": {
        "commitment": "SVS-05", "status": "DELIVERED", "effectiveOn": "2019-05-15", "precision": "DAY",
        "voice": "PARLIAMENT", "note": "The minister says that it is done.",
        "citation": {"document": RECORD, "note": "In the first answer."},
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
        "url": "https://quay.example/letter?of=2019",
    },
    "addEvent": {
        "slug": "quay-opens", "title": "The quay opens", "kind": "LAUNCH", "date": "2019-05-01", "precision": "MONTH",
        "dateNote": "Month only.", "venue": "Pier Hall", "place": "Hartlepool", "region": "North East",
        "series": "quay-events", "attendanceAtLeast": 40, "hosts": [{"slug": "home-office"}],
        "participants": [
            {"name": "Pat Pilot", "role": "Chair", "organisation": {"slug": "mentor-uk"}}, {"name": "Ann Onymous"},
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
        "recipient": {"slug": "all-city-media", "name": "All City Media", "kind": "OTHER"},
        "citation": {"document": RECORD},
    },
    "link": {"commitment": "SVS-21", "fund": "police-surge", "reason": "The surge was to serve it."},
    "unlink": {"commitment": "SVS-10", "fund": "youth-fund-round-1", "reason": "Not what it was for."},
    "openDiscrepancy": {
        "slug": "quay-sum", "question": "How much is the quay money?", "kind": "AMOUNT", "fund": "knifefree-campaign",
        "claims": [
            {"document": SEED, "paragraph": 2, "says": "£2m", "figures": ["£2m"]}, {"document": RECORD, "says": "£3m"},
        ],
    },
    "settleDiscrepancy": {
        "discrepancy": "events-frequency", "state": "EXPLAINED", "explanation": "Some were not reported.",
        "foundIn": "OPEN",
    },
}  # fmt: skip
# The same for what puts right or takes away what is recorded.
CORRECTIONS: dict[str, dict[str, Any]] = {
    "correctCommitment": {
        "commitment": "SVS-24", "reason": "Misread.", "theme": "communities", "title": "Ask about acid",
        "summary": "Ask the public.", "confidence": "HIGH",
        "leads": [{"slug": "npcc"}, {"slug": "harbour-board", "name": "Harbour Board", "kind": "AGENCY"}],
        "citations": [{"document": SEED, "paragraph": 3, "figures": ["acid"]}, {"document": RECORD, "note": "Twice."}],
    },
    "correctFund": {
        "fund": "supporting-families-trauma-training", "reason": "It is a part.", "name": "Families: training",
        "parent": "supporting-families-against-youth-crime", "period": "2019/20", "note": "As its page says.",
        "clear": [],
    },
    "correctAmount": {
        "amountStatement": global_id("AmountStatement", EXISTING_AMOUNT), "reason": "Misread.", "kind": "RESTATED",
        "amount": "766000.50", "bound": "ABOUT", "statedOn": "2018-04-02", "precision": "MONTH", "clear": [],
    },
    "correctAllocation": {
        "allocation": global_id("Allocation", "kent-county-lines-support/st-giles-trust"), "reason": "Misread.",
        "amount": "203000", "bound": "ABOUT", "period": "2018/19", "note": "Of the Home Office.", "clear": [],
    },
    "correctEvent": {
        "event": "weapons-bill-announced-2018", "reason": "Another day.", "title": "The Bill is announced",
        "kind": "PUBLICATION", "date": "2018-04-02", "precision": "MONTH", "dateNote": "Month only.",
        "venue": "Marsham Street", "place": "London", "region": "London", "series": "quay-events",
        "attendanceAtLeast": 12, "hosts": [{"slug": "npcc"}], "participants": [{"name": "Pat Pilot", "role": "Chair"}],
        "sectors": ["shipping"], "topics": ["knives"], "citations": [{"document": RECORD}], "clear": [],
    },
    "correctDocument": {
        "document": "lga-case-management", "reason": "Found its date.", "title": "A case study of the councils",
        "publisher": {"slug": "quay-press", "name": "Quay Press", "kind": "OTHER"}, "publishedOn": "2020-12-31",
        "via": {"slug": "daily-tide", "name": "The Daily Tide", "kind": "MEDIA"},
        "url": "https://harbour.example/case", "note": "Dated by its footer.", "clear": [],
    },
    "correctOrganisation": {
        "organisation": "national-trading-standards", "reason": "Its full name.", "kind": "PARTNERSHIP",
        "name": "National Trading Standards Board",
    },
    "correctCitation": {
        "citation": global_id("Citation", EXISTING_CITATION), "reason": "Another source.", "document": SEED,
        "paragraph": 4, "figures": ["acid"], "note": "In passing.", "clear": [],
    },
    "correctDiscrepancy": {
        "discrepancy": "avon-somerset-unit", "reason": "Misread.", "question": "How large is it?", "kind": "SCOPE",
        "claims": [{"document": SEED, "paragraph": 2, "says": "£2m", "figures": ["£2m"]},
            {"document": RECORD, "says": "£3m"}],
    },
    "reopenDiscrepancy": {"discrepancy": "social-media-hub-amount", "reason": "Another source was found."},
    "withdrawIdentification": {"commitment": "SVS-22", "reason": "It is another one."},
    "withdrawStatus": {
        "statusUpdate": global_id("StatusUpdate", WITHDRAWN_UPDATE), "reason": "The source does not say so.",
    },
    "withdrawFund": {"fund": "police-social-media-hub-2020-21", "reason": "It is the same fund."},
    "withdrawAmount": {
        "amountStatement": global_id("AmountStatement", WITHDRAWN_AMOUNT), "reason": "The source does not say so.",
    },
    "withdrawAllocation": {
        "allocation": global_id("Allocation", "youth-fund-round-2/cheshire-pcc"), "reason": "It went elsewhere.",
    },
    "withdrawEvent": {"event": "working-together-2018", "reason": "It is no event."},
    "withdrawCitation": {
        "citation": global_id("Citation", WITHDRAWN_CITATION), "reason": "The source does not name it.",
    },
    "withdrawDiscrepancy": {"discrepancy": "community-fund-promise", "reason": "They say the same."},
}  # fmt: skip
EVERY_INPUT = VALID_INPUTS | CORRECTIONS
# Of a document that nothing cites, and of an organisation that nothing names: ours have none.
VALID_AFTER = {
    "withdrawDocument": {"document": "quay-letter", "reason": "Nothing rests on it."},
    "withdrawOrganisation": {"organisation": "quay-friends", "reason": "Nothing names it."},
}
SUCCESS = {
    "recordStatus": "StatusRecorded", "correctStatus": "StatusCorrected", "identifyCommitment": "CommitmentIdentified",
    "addDocument": "DocumentAdded", "addEvent": "EventAdded", "addFund": "FundAdded", "stateAmount": "AmountStated",
    "allocate": "Allocated", "link": "Linked", "unlink": "Unlinked", "openDiscrepancy": "DiscrepancyOpened",
    "settleDiscrepancy": "DiscrepancySettled", "correctCommitment": "CommitmentCorrected",
    "correctFund": "FundCorrected", "correctAmount": "AmountCorrected", "correctAllocation": "AllocationCorrected",
    "correctEvent": "EventCorrected", "correctDocument": "DocumentCorrected",
    "correctOrganisation": "OrganisationCorrected", "correctCitation": "CitationCorrected",
    "correctDiscrepancy": "DiscrepancyCorrected", "reopenDiscrepancy": "DiscrepancyReopened",
    "withdrawIdentification": "IdentificationWithdrawn",
    **dict.fromkeys(("withdrawStatus", "withdrawFund", "withdrawAmount", "withdrawAllocation"), "Withdrawn"),
    **dict.fromkeys(("withdrawEvent", "withdrawCitation", "withdrawDiscrepancy"), "Withdrawn"),
    **dict.fromkeys(VALID_AFTER, "Withdrawn"),
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
