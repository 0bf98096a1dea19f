"""The log of changes: one entry for each write, with all that it wrote, which the database refuses to edit."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import changes
from db.database import Database
from db.models import StatusUpdate
from db.rows import row_type
from tests.engines import REVISION, Engine, SQLite, seed_sqlite
from tests.inputs import EVERY_INPUT, RECORD, VALID_INPUTS, RowValues, all_rows, row_values, submit_valid
from tests.writable import WritableApi

NODES = {
    "recordStatus": {("Commitment", "SVS-05"), ("Document", RECORD)},
    "correctStatus": {("Commitment", "SVS-21"), ("Document", "harbour-minutes")},
    "identifyCommitment": {("Commitment", "SVS-35"), ("Theme", "communities")},
    "addDocument": {("Document", "quay-letter"), ("Organisation", "quay-friends")},
    "addEvent": {
        ("Event", "quay-opens"),
        ("Commitment", "SVS-21"),
        ("Fund", "knifefree-campaign"),
        ("Area", "cleveland"),
        ("Person", "pat-pilot"),
    },
    "addFund": {("Fund", "quay-money"), ("Fund", "county-lines-programme"), ("Commitment", "SVS-21")},
    "stateAmount": {("Fund", "anti-knife-crime-community-fund")},
    "allocate": {("Fund", "knifefree-campaign"), ("Organisation", "all-city-media")},
    "link": {("Commitment", "SVS-21"), ("Fund", "police-surge")},
    "unlink": {("Commitment", "SVS-10"), ("Fund", "youth-fund-round-1")},
    "openDiscrepancy": {("Discrepancy", "quay-sum"), ("Fund", "knifefree-campaign")},
    "settleDiscrepancy": {("Discrepancy", "events-frequency"), ("Commitment", "SVS-19")},
}
NODES_OF_CORRECTIONS = {
    "correctCommitment": {("Commitment", "SVS-24"), ("Theme", "communities"), ("Theme", "law-enforcement")},
    "correctFund": {
        ("Fund", "supporting-families-trauma-training"),
        ("Fund", "supporting-families-against-youth-crime"),
    },
    "correctAmount": {("Fund", "community-fund-2017-18")},
    "correctAllocation": {("Fund", "kent-county-lines-support"), ("Organisation", "st-giles-trust")},
    "correctEvent": {
        ("Event", "weapons-bill-announced-2018"),
        ("Area", "metropolitan-police"),
        ("Person", "pat-pilot"),
    },
    "correctDocument": {("Document", "lga-case-management"), ("Organisation", "quay-press")},
    "correctOrganisation": {
        ("Organisation", "national-trading-standards"),
        ("Area", "kent"),
        ("Area", "west-midlands"),
    },
    "correctPerson": {("Person", "vera-baird")},
    "correctCitation": {("Commitment", "SVS-25"), ("Document", "written-answer-226598")},
    "correctDiscrepancy": {("Discrepancy", "avon-somerset-unit"), ("Fund", "violence-reduction-units-2019-20")},
    "reopenDiscrepancy": {("Discrepancy", "social-media-hub-amount"), ("Fund", "police-social-media-hub")},
    "withdrawIdentification": {("Commitment", "SVS-22"), ("Theme", "communities"), ("Organisation", "home-office")},
    "withdrawStatus": {("Commitment", "SVS-26")},
    "withdrawFund": {("Fund", "police-social-media-hub-2020-21"), ("Commitment", "ANN-09")},
    "withdrawAmount": {("Fund", "mentor-uk-unplugged")},
    "withdrawAllocation": {("Fund", "youth-fund-round-2"), ("Organisation", "cheshire-pcc")},
    "withdrawEvent": {
        ("Event", "working-together-2018"),
        ("Commitment", "SVS-05"),
        ("Organisation", "department-for-education"),
    },
    "withdrawCitation": {("Commitment", "SVS-26"), ("Document", "written-answer-144914")},
    "withdrawDiscrepancy": {("Discrepancy", "community-fund-promise"), ("Fund", "anti-knife-crime-community-fund")},
}


def differences(before: RowValues, after: RowValues) -> set[tuple[str, str, str | None, str | None]]:
    """Every value that is another one: of which row, which value, what it was and what it is."""
    return {
        (record, field, was.get(field), now.get(field))
        for record in before.keys() | after.keys()
        for was, now in [(before.get(record, {}), after.get(record, {}))]
        for field in was.keys() | now.keys()
        if was.get(field) != now.get(field)
    }


def log_entries(database: Database, after: int = 0) -> list[changes.ChangeWithNodes]:
    return database.read_sync(changes.after, after, 100)


def test_every_write_leaves_one_entry_with_every_value_that_it_wrote(api_writable: WritableApi) -> None:
    before = api_writable.database.read_sync(row_values)
    affected = NODES | NODES_OF_CORRECTIONS
    for number, name in enumerate(EVERY_INPUT, REVISION + 1):
        submit_valid(api_writable.editor, name)
        [entry] = log_entries(api_writable.database, number - 1)
        after = api_writable.database.read_sync(row_values)
        edits = [(edit["record"], edit["field"], edit["before"], edit["after"]) for edit in entry.row.edits]
        assert len(edits) == len(set(edits))
        assert set(edits) == differences(before, after), name
        assert affected[name] <= entry.nodes
        before = after


def test_revisions_have_no_gap_and_instants_never_stand_still(api_writable: WritableApi) -> None:
    for number, name in enumerate(VALID_INPUTS):
        # Not even when the clock is set back a little.
        api_writable.clock.now += dt.timedelta(seconds=20 if number % 3 else -40)
        submit_valid(api_writable.editor, name)
    entries = [entry.row for entry in log_entries(api_writable.database)]
    assert [entry.revision for entry in entries] == list(range(1, len(VALID_INPUTS) + REVISION + 1))
    instants = [entry.recorded_at for entry in entries]
    assert instants == sorted(set(instants))
    assert {entry.actor for entry in entries[REVISION:]} == {"Ed Itor"}
    latest = api_writable.public.ask("{ dataset { revision updatedAt } }")["dataset"]
    assert latest == {"revision": len(entries), "updatedAt": instants[-1].isoformat().replace("+00:00", "Z")}


@pytest.fixture(scope="module")
def entries(engine: Engine, changes_template: str) -> dict[str, changes.ChangeWithNodes]:
    """The entry of each mutation."""
    database = Database(engine.copy(changes_template))
    entries = dict(zip(VALID_INPUTS, log_entries(database, REVISION), strict=True))
    database.close()
    return entries


def test_an_entry_bears_on_its_subject_and_on_what_else_a_reader_may_follow(
    entries: dict[str, changes.ChangeWithNodes],
) -> None:
    assert {name: nodes - entries[name].nodes for name, nodes in NODES.items()} == {
        name: set() for name in VALID_INPUTS
    }


def test_a_new_row_can_be_followed_from_its_first_entry(entries: dict[str, changes.ChangeWithNodes]) -> None:
    kinds = {model.__name__ for model in changes.FOLLOWABLE}
    unheard = {}
    for name, entry in entries.items():
        records = [edit["record"] for edit in entry.row.edits if edit["field"] in ("slug", "ref") and edit["after"]]
        missing = {tuple(record.split(" ", 1)) for record in records} - entry.nodes
        unheard[name] = {node for node in missing if node[0] in kinds}
    assert unheard == {name: set() for name in VALID_INPUTS}


def test_what_bears_on_the_strategy_does_so_from_its_opening_to_its_end(api_writable: WritableApi) -> None:
    submit_valid(api_writable.editor, "openDiscrepancy", fund=None)
    submit_valid(api_writable.editor, "settleDiscrepancy", discrepancy="quay-sum")
    about = {("Discrepancy", "quay-sum"), ("Strategy", "serious-violence-strategy")}
    assert [entry.nodes for entry in log_entries(api_writable.database, REVISION)] == [about, about]


COPY = "revision, recorded_at, actor, action, 'forged', subject_type, subject_key, edits FROM change"
INTO = "INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits)"
EITHER = [
    "UPDATE change SET summary = 'forged'",
    "UPDATE change SET revision = 99 WHERE revision = 1",
    "DELETE FROM change",
    "UPDATE change_node SET key = 'forged'",
    "DELETE FROM change_node WHERE type = 'Strategy'",
    f"{INTO} SELECT {COPY} WHERE true ON CONFLICT (revision) DO UPDATE SET summary = 'forged'",
    "INSERT INTO change_node SELECT * FROM change_node WHERE true"
    " ON CONFLICT (revision, type, key) DO UPDATE SET key = 'forged'",
    f"{INTO} SELECT {COPY}",
]
ONLY = {
    "sqlite": [
        f"{INTO.replace('INSERT', 'INSERT OR REPLACE')} SELECT {COPY}",
        f"{INTO.replace('INSERT', 'REPLACE')} SELECT {COPY}",
        f"{INTO.replace('INSERT', 'INSERT OR IGNORE')} SELECT {COPY}",
        "INSERT OR REPLACE INTO change_node SELECT * FROM change_node",
        "UPDATE OR REPLACE change SET summary = 'forged'",
        "UPDATE OR IGNORE change_node SET revision = 2",
    ],
    "postgresql": [
        "TRUNCATE change CASCADE",
        "TRUNCATE change_node",
        "WITH gone AS (DELETE FROM change_node RETURNING *) SELECT * FROM gone",
        "MERGE INTO change USING (SELECT 1 AS one) AS s ON revision = one WHEN MATCHED THEN UPDATE SET summary = 'x'",
    ],
}


def attempt(database: Database, statement: str) -> str:
    """What the database says to it."""
    try:
        with database.engine.begin() as connection:
            connection.execute(sa.text(statement))
    except sa.exc.IntegrityError as error:
        return str(error.orig).splitlines()[0]
    return "done"


def test_the_database_refuses_to_edit_or_delete_an_entry(seeded_database: Database) -> None:
    before = all_rows(seeded_database)
    statements = EITHER + ONLY[seeded_database.engine.dialect.name]
    actual = {statement: attempt(seeded_database, statement) for statement in statements}
    never = "The log of changes is never edited."
    messages = {never, 'duplicate key value violates unique constraint "pk_change"'}
    assert {statement: answer for statement, answer in actual.items() if answer not in messages} == {}
    assert all_rows(seeded_database) == before


def test_the_database_refuses_to_extend_an_entry(api_writable: WritableApi) -> None:
    submit_valid(api_writable.editor, "addDocument")
    submit_valid(api_writable.editor, "addFund")
    before = all_rows(api_writable.database)
    assert attempt(api_writable.database, "INSERT INTO change_node VALUES (2, 'Fund', 'police-surge')") != "done"
    assert all_rows(api_writable.database) == before


# SQLite's REPLACE takes a row away without asking a trigger: by its name, and by the number that each row has there.
REPLACEMENTS = [
    "INSERT OR REPLACE INTO change_node (rowid, revision, type, key)"
    " SELECT rowid, 1, 'Forged', 'x' FROM change_node WHERE type = 'Strategy'",
    "INSERT OR REPLACE INTO status_update (id, {columns}) SELECT id, {forged} FROM status_update WHERE id = 1",
    "INSERT OR REPLACE INTO status_update ({columns}) SELECT {forged} FROM status_update WHERE id = 1",
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> str:
    return seed_sqlite(tmp_path_factory.mktemp("loaded"))


@pytest.mark.parametrize("statement", REPLACEMENTS, ids=["a node", "a status by its number", "a status by its key"])
def test_nothing_that_is_kept_gives_way_to_another(template: str, tmp_path: Path, statement: str) -> None:
    database = Database(SQLite(tmp_path).copy(template))
    columns = [column.key for column in row_type(StatusUpdate).columns if column.key != "id"]
    values = ["'forged'" if column == "note" else column for column in columns]
    before = all_rows(database)
    attempt(database, statement.format(columns=", ".join(columns), forged=", ".join(values)))
    after = all_rows(database)
    database.close()
    assert after == before
