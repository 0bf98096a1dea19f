"""Constraints refuse impossible rows from any writer, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from db.database import Database
from tests.engines import Engine

# One sound row of each table, in an order in which they can be written.
SOUND: dict[str, dict[str, Any]] = {
    "dataset": {
        "id": 1, "revision": 1, "recorded_at": "2026-11-22 12:00:00", "updated_at": "2026-11-23 09:00:00",
        "licence": "x", "attribution": "x",
    },
    "organisation": {"id": 1, "slug": "o", "name": "O", "kind": "OTHER"},
    "document": {"id": 1, "slug": "d", "title": "D", "kind": "RECORD", "digests": "[]"},
    "strategy": {
        "id": 1, "slug": "s", "title": "S", "publisher_id": 1, "published_on": "2018-04-09", "stated_commitments": 61,
    },
    "theme": {"id": 1, "slug": "t", "title": "T", "position": 1, "strategy_id": 1},
    "commitment": {
        "id": 1, "ref": "SVS-01", "origin": "STRATEGY", "identified": True, "slug": "c", "title": "C", "summary": "C",
        "theme_id": 1, "confidence": "HIGH",
    },
    "commitment_lead": {"commitment_id": 1, "organisation_id": 1, "position": 1},
    "status_update": {
        "id": 1, "key": "k", "commitment_id": 1, "status": "DELIVERED", "effective_on": "2019-01-31",
        "precision": "MONTH", "recorded_at": "2026-11-23 09:00:00", "voice": "GOVERNMENT", "note": "x",
    },
    "fund": {"id": 1, "slug": "f", "name": "F"},
    "amount_statement": {
        "id": 1, "key": "a", "fund_id": 1, "kind": "ANNOUNCED", "amount": 100, "currency": "GBP", "bound": "EXACT",
    },
    "allocation": {"id": 1, "key": "a", "fund_id": 1, "recipient_id": 1, "currency": "GBP"},
    "event": {
        "id": 1, "slug": "e", "title": "E", "kind": "SUMMIT", "held_on": "2019-05-09", "precision": "DAY",
        "sectors": "[]", "topics": "[]",
    },
    "participant": {"id": 1, "event_id": 1, "position": 1, "name": "P"},
    "discrepancy": {"id": 1, "slug": "d", "kind": "AMOUNT", "question": "?", "state": "OPEN", "fund_id": 1},
    "claim": {"id": 1, "discrepancy_id": 1, "position": 1, "document_id": 1, "says": "x", "figures": "[]"},
    "citation": {"id": 1, "key": "c", "document_id": 1, "figures": "[]", "commitment_id": 1},
}  # fmt: skip
SILENT = {"identified": False, "slug": None, "title": None, "summary": None, "theme_id": None, "confidence": None}
AGAIN = {"id": 2, "key": "other", "slug": "other", "ref": "other"}
AGAIN_FOR_ANOTHER = {"id": 2, "key": "other", "recipient_id": 2, "amount": 100, "bound": "UP_TO"}

CHECKS: list[tuple[str, dict[str, Any], str]] = [
    ("citation", {"commitment_id": None}, "ck_citation_one_subject"),
    ("citation", {"fund_id": 1}, "ck_citation_one_subject"),
    ("citation", {"fund_id": 1, "event_id": 1, "strategy_id": 1}, "ck_citation_one_subject"),
    ("citation", {"paragraph": 0}, "ck_citation_paragraph"),
    ("claim", {"paragraph": -1}, "ck_claim_paragraph"),
    ("discrepancy", {"fund_id": None}, "ck_discrepancy_one_subject"),
    ("discrepancy", {"event_id": 1}, "ck_discrepancy_one_subject"),
    ("discrepancy", {"kind": "OPINION"}, "ck_discrepancy_discrepancy_kind"),
    ("discrepancy", {"state": "CLOSED"}, "ck_discrepancy_discrepancy_state"),
    ("status_update", {"status": "NOT_ASSESSED"}, "ck_status_update_assessed"),
    ("status_update", {"status": "DONE"}, "ck_status_update_status"),
    ("status_update", {"voice": "government"}, "ck_status_update_voice"),
    ("status_update", {"precision": "HOUR"}, "ck_status_update_date_precision"),
    ("status_update", {"corrected_by_id": 1}, "ck_status_update_correction"),
    ("status_update", {"correction_reason": "x"}, "ck_status_update_correction"),
    ("commitment", {"title": None}, "ck_commitment_identified_or_silent"),
    ("commitment", {"theme_id": None}, "ck_commitment_identified_or_silent"),
    ("commitment", {"confidence": None}, "ck_commitment_identified_or_silent"),
    ("commitment", {"identified": False}, "ck_commitment_identified_or_silent"),
    ("commitment", SILENT | {"title": "C"}, "ck_commitment_identified_or_silent"),
    ("commitment", SILENT | {"slug": "c"}, "ck_commitment_identified_or_silent"),
    ("commitment", {"origin": "ELSEWHERE"}, "ck_commitment_commitment_origin"),
    ("commitment", {"confidence": "SURE"}, "ck_commitment_confidence"),
    ("strategy", {"stated_commitments": 0}, "ck_strategy_stated_commitments"),
    ("organisation", {"kind": "CLUB"}, "ck_organisation_organisation_kind"),
    ("document", {"kind": "RUMOUR"}, "ck_document_document_kind"),
    ("event", {"held_on": None, "date_note": "x"}, "ck_event_dated"),
    ("event", {"precision": None}, "ck_event_dated"),
    ("event", {"held_on": None, "precision": None}, "ck_event_date_or_reason"),
    ("event", {"attendance_at_least": 0}, "ck_event_attendance_at_least"),
    ("event", {"kind": "PARTY"}, "ck_event_event_kind"),
    ("fund", {"parent_id": 1}, "ck_fund_not_its_own_parent"),
    ("amount_statement", {"amount": 0}, "ck_amount_statement_amount"),
    ("amount_statement", {"stated_on": "2019-01-01"}, "ck_amount_statement_dated"),
    ("amount_statement", {"kind": "GUESSED"}, "ck_amount_statement_amount_kind"),
    ("amount_statement", {"bound": "NEARLY"}, "ck_amount_statement_bound"),
    ("allocation", {"amount": 100}, "ck_allocation_money"),
    ("allocation", {"bound": "EXACT"}, "ck_allocation_money"),
    ("allocation", {"amount": -1, "bound": "EXACT"}, "ck_allocation_amount"),
    ("dataset", {"id": 2}, "ck_dataset_one_row"),
]
DANGLING = [
    ("commitment", {"theme_id": 9}),
    ("commitment_lead", {"organisation_id": 9}),
    ("status_update", {"commitment_id": 9}),
    ("citation", {"document_id": 9}),
    ("citation", {"commitment_id": 9}),
    ("allocation", {"recipient_id": 9}),
    ("claim", {"discrepancy_id": 9}),
]
TWICE = [
    ("commitment", AGAIN | {"ref": "SVS-01"}),
    ("commitment", AGAIN | {"slug": "c"}),
    ("status_update", AGAIN | {"key": "k"}),
    ("citation", AGAIN | {"key": "c"}),
    ("theme", AGAIN),
    ("participant", AGAIN),
    ("claim", AGAIN),
    ("allocation", AGAIN),
    ("organisation", AGAIN),
    ("commitment_lead", {}),
    ("dataset", {}),
]


@pytest.fixture(scope="module")
def shared_database(engine: Engine, migrated_template: str) -> Iterator[Database]:
    """Shared by all tests: a refusal rolls back everything written with it."""
    database = Database(engine.copy(migrated_template))
    yield database
    database.close()


def insert(session: Session, table: str, row: dict[str, Any]) -> None:
    """Inserts past our own types, which would refuse many of these rows earlier."""
    row = row if table == "dataset" else row | {"seeded": False}
    columns, values = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
    session.connection().execute(sa.text(f'INSERT INTO "{table}" ({columns}) VALUES ({values})'), row)


def fill(session: Session, *, until: str | None = None) -> None:
    for table, row in SOUND.items():
        if table == until:
            return
        insert(session, table, row)


def refusal(database: Database, table: str, row: dict[str, Any], *, twice: bool = False) -> str:
    """What the database says to the row, after all the sound ones that come before it."""
    with database.engine.connect() as connection, Session(connection) as session:
        fill(session, until=None if twice else table)
        with pytest.raises(sa.exc.IntegrityError) as error:
            insert(session, table, row)
    return str(error.value.orig)


def test_sound_rows_are_taken(shared_database: Database) -> None:
    event = {"id": 2, "slug": "other", "held_on": None, "precision": None, "date_note": "no source dates it"}
    with shared_database.engine.connect() as connection, Session(connection) as session:
        fill(session)
        insert(session, "commitment", SOUND["commitment"] | SILENT | {"id": 2, "ref": "SVS-02"})
        insert(session, "event", SOUND["event"] | event)
        insert(session, "organisation", {"id": 2, "slug": "other", "name": "Other", "kind": "OTHER"})
        insert(session, "allocation", SOUND["allocation"] | AGAIN_FOR_ANOTHER)
        session.rollback()


@pytest.mark.parametrize(("table", "changes", "constraint"), CHECKS)
def test_a_row_that_cannot_be_is_refused_by_name(
    shared_database: Database, table: str, changes: dict[str, Any], constraint: str
) -> None:
    assert constraint in refusal(shared_database, table, SOUND[table] | changes)


@pytest.mark.parametrize(("table", "changes"), DANGLING)
def test_a_row_that_points_to_nothing_is_refused(
    shared_database: Database, table: str, changes: dict[str, Any]
) -> None:
    assert "foreign key" in refusal(shared_database, table, SOUND[table] | changes).lower()


@pytest.mark.parametrize(("table", "changes"), TWICE)
def test_a_row_that_is_there_already_is_refused(shared_database: Database, table: str, changes: dict[str, Any]) -> None:
    row = SOUND[table] | {name: value for name, value in changes.items() if name in SOUND[table]}
    # SQLite asks the trigger that refuses REPLACE first.
    reason = "a row is never replaced" if shared_database.is_sqlite else "unique constraint"
    assert reason in refusal(shared_database, table, row, twice=True)


STATEMENT = {
    "key": "other", "commitment_id": 2, "status": "STALLED", "effective_on": "2018-01-01", "precision": "DAY",
    "recorded_at": "2026-11-23 09:00:01", "voice": "MEDIA", "note": "reworded",
}  # fmt: skip


@pytest.mark.parametrize("column", sorted(SOUND["status_update"].keys() - {"id"}))
def test_a_statement_is_kept_as_it_was_said(shared_database: Database, column: str) -> None:
    with shared_database.engine.connect() as connection, Session(connection) as session:
        fill(session)
        with pytest.raises(sa.exc.IntegrityError, match="never edited, only corrected"):
            connection.execute(sa.text(f"UPDATE status_update SET {column} = :value"), {"value": STATEMENT[column]})
