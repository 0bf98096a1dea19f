"""Loading again changes what the files have changed, by one revision, and nothing else."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from db.database import Database
from db.models import (
    Allocation,
    AmountStatement,
    Citation,
    Claim,
    Commitment,
    CommitmentLead,
    Dataset,
    Event,
    EventHost,
    Organisation,
    Participant,
    StatusUpdate,
    Theme,
)
from seeds.errors import SeedError
from seeds.loader import load
from seeds.loading.report import Report
from tests.seeds.strategy import RESTATEMENT, Contents, Edit, Load


def rows(database: Database, model: type[SQLModel]) -> list[Any]:
    return database.read_sync(lambda session: list(session.exec(select(model))))


def changes(report: Report) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    return dict(report.inserts), dict(report.updates), dict(report.removals)


def test_a_second_load_changes_nothing_the_revision_included(load_again: Load, read_tables: Contents) -> None:
    before = read_tables()
    report = load_again()
    assert (report.has_changes, report.revision) == (False, 1)
    assert read_tables() == before


def test_a_load_without_change_sends_no_write(load_again: Load, empty_database: Database) -> None:
    statements: list[str] = []
    sa.event.listen(empty_database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    load_again()
    assert statements
    assert {statement.split()[0] for statement in statements} <= {"SELECT", "LOCK"}


def test_each_table_is_read_once_with_any_number_of_rows(load_again: Load, empty_database: Database) -> None:
    statements: list[str] = []
    sa.event.listen(empty_database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    load_again()
    assert len(statements) <= 26


def test_two_processes_that_start_at_once_load_once(
    strategy_folder: Path, empty_database: Database, now: dt.datetime
) -> None:
    with ThreadPoolExecutor(2) as both:
        reports = list(both.map(lambda _: load(empty_database, strategy_folder, now=now), range(2)))
    assert sorted((report.has_changes, report.revision) for report in reports) == [(False, 1), (True, 1)]


def test_an_edited_row_is_updated_alone_and_the_revision_goes_up_by_one(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents, now: dt.datetime
) -> None:
    before = read_tables()
    edit_file("commitments.yaml", "title: Keep the ferry", "title: Keep the ferry running")
    report = load_again()
    assert changes(report) == ({}, {"commitment": 1}, {})
    assert report.revision == 2
    [dataset] = rows(empty_database, Dataset)
    assert (dataset.revision, dataset.updated_at) == (2, now + dt.timedelta(days=1))
    after = read_tables()
    assert {table for table in after if after[table] != before[table]} == {
        *("commitment", "dataset", "change", "change_node"),
    }
    assert len(set(after["commitment"]) - set(before["commitment"])) == 1
    assert not load_again().has_changes


def test_a_changed_licence_is_a_change(load_again: Load, edit_file: Edit, empty_database: Database) -> None:
    edit_file("dataset.yaml", "CC BY 4.0", "CC BY-SA 4.0")
    assert changes(load_again()) == ({}, {"dataset": 1}, {})
    assert [(row.licence, row.revision) for row in rows(empty_database, Dataset)] == [("CC BY-SA 4.0", 2)]


def test_an_unidentified_commitment_comes_to_be_identified(
    load_again: Load, edit_file: Edit, empty_database: Database
) -> None:
    edit_file(
        "commitments.yaml",
        "- {ref: H-3, origin: STRATEGY, identified: false}",
        "- {ref: H-3, slug: quay, origin: STRATEGY, theme: land, identified: true, title: Mend the quay, summary: All"
        " of it., leads: [river-trust], confidence: HIGH, citations: [{document: tide-2030}]}",
    )
    assert changes(load_again()) == ({"commitment_lead": 1, "citation": 1}, {"commitment": 1}, {})
    assert [row.slug for row in rows(empty_database, Commitment) if row.ref == "H-3"] == ["quay"]


def test_the_lists_of_a_row_become_those_of_the_file(
    load_again: Load, edit_file: Edit, empty_database: Database
) -> None:
    edit_file("commitments.yaml", "leads: [harbour-board, river-trust]", "leads: [river-trust, daily-tide]")
    edit_file("events.yaml", "hosts: [harbour-board, river-trust]", "hosts: [river-trust]")
    chair = "    - {name: Ann Onymous, role: Chair, person: ann-onymous, organisation: harbour-board}\n"
    edit_file("events.yaml", chair, "")
    edit_file("events.yaml", "  commitments: [H-1]\n", "  commitments: [H-2]\n")
    edit_file("events.yaml", "  funds: [dredging]\n", "")
    edit_file("funds.yaml", "  commitments: [H-1]\n", "")
    edit_file("commitments.yaml", "{document: tide-2030, note: Lists it.}", "{document: tide-2030, note: Names it.}")
    edit_file("discrepancies.yaml", "says: about £2.4m}", "says: £2.4m}\n    - {document: tide-2030, says: less}")
    assert changes(load_again()) == (
        {"commitment_lead": 1, "commitment_event": 1, "claim": 1},
        {"commitment_lead": 1, "event_host": 1, "participant": 1, "citation": 1, "claim": 1},
        {
            "commitment_lead": 1,
            "event_host": 1,
            "participant": 1,
            "commitment_event": 1,
            "event_fund": 1,
            "commitment_fund": 1,
        },
    )
    names = {row.id: row.slug for row in rows(empty_database, Organisation)}
    leads = [row for row in rows(empty_database, CommitmentLead) if names[row.organisation_id] != "harbour-board"]
    assert sorted((row.position, names[row.organisation_id]) for row in leads) == [
        (1, "river-trust"),
        (2, "daily-tide"),
    ]
    assert [row.position for row in rows(empty_database, EventHost)] == [1]
    assert [(row.position, row.name, row.role) for row in rows(empty_database, Participant)] == [(1, "Pat Pilot", None)]
    claims = sorted(rows(empty_database, Claim), key=lambda row: row.position)
    assert [row.says for row in claims] == ["£2.5m", "£2.4m", "less"]


def test_money_that_left_the_files_goes_with_its_source(
    load_again: Load, edit_file: Edit, empty_database: Database
) -> None:
    edit_file("funds.yaml", RESTATEMENT, "")
    edit_file("funds.yaml", "- recipient: river-trust\n      amount", "- recipient: daily-tide\n      amount")
    assert changes(load_again()) == (
        {"allocation": 1, "citation": 1},
        {},
        {"amount_statement": 1, "allocation": 1, "citation": 2},
    )
    assert len(rows(empty_database, AmountStatement)) == 1
    assert sorted(row.key for row in rows(empty_database, Allocation)) == [
        "dredging-south/river-trust",
        "dredging/daily-tide",
    ]


def test_an_allocation_may_change_its_source(load_again: Load, edit_file: Edit, empty_database: Database) -> None:
    """It has room for one: the new can only come when the old has gone."""
    edit_file(
        "funds.yaml",
        "read.\n      citation: {document: tide-2030}",
        "read.\n      citation: {document: harbour-notice}",
    )
    assert changes(load_again()) == ({"citation": 1}, {}, {"citation": 1})


def test_what_left_the_files_is_kept_and_named(
    load_again: Load, strategy_folder: Path, edit_file: Edit, read_tables: Contents
) -> None:
    (strategy_folder / "discrepancies.yaml").write_text("[]")
    events = (strategy_folder / "events.yaml").read_text()
    (strategy_folder / "events.yaml").write_text(events[: events.index("- slug: pier-party")])
    edit_file("statuses.yaml", "effective_on: '2030'\n", "effective_on: '2031'\n")
    (strategy_folder / "no_evidence.yaml").write_text("[]")
    before = read_tables()
    report = load_again()
    assert changes(report) == ({"status_update": 1, "citation": 1}, {}, {})
    assert report.absent == [
        "status_update L-1 DELIVERED 2030-12-31 MEDIA",
        "status_update H-2 NO_EVIDENCE 2031-03-31 TRACKER",
        "event pier-party",
        "discrepancy dredging-sum",
    ]
    after = read_tables()
    assert all(set(before[table]) <= set(after[table]) for table in after if table != "dataset")
    # Named every time, and changed never.
    assert (load_again().absent, load_again().has_changes) == (report.absent, False)


def test_what_a_kept_row_owns_is_kept_with_it(
    load_again: Load, strategy_folder: Path, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    funds = (strategy_folder / "funds.yaml").read_text()
    (strategy_folder / "funds.yaml").write_text(
        funds[: funds.index("- slug: dredging\n")].replace("  parent: dredging\n", "")
    )
    edit_file("events.yaml", "  funds: [dredging]\n", "")
    (strategy_folder / "discrepancies.yaml").write_text("[]")
    before = read_tables()
    report = load_again()
    assert changes(report) == ({}, {"fund": 1}, {"event_fund": 1})
    assert "fund dredging" in report.absent
    assert read_tables()["amount_statement"] == before["amount_statement"]
    assert read_tables()["citation"] == before["citation"]


def test_a_recorded_status_is_never_changed(load_again: Load, edit_file: Edit, empty_database: Database) -> None:
    edit_file("statuses.yaml", "note: Lit.", "note: Lit at last.")
    edit_file("dataset.yaml", "2031-04-01", "2031-05-01")
    report = load_again()
    # The edition has another instant; what was recorded by the first one keeps its own.
    assert changes(report) == ({}, {"dataset": 1}, {})
    assert report.differing == ["status_update L-1 DELIVERED 2030-12-31 MEDIA"]
    assert "Lit." in [row.note for row in rows(empty_database, StatusUpdate)]


def test_a_value_may_move_from_one_row_to_another(load_again: Load, edit_file: Edit, empty_database: Database) -> None:
    edit_file("organisations.yaml", "River Trust, kind: CHARITY", "The Daily Tide, kind: CHARITY")
    edit_file("organisations.yaml", "The Daily Tide, kind: MEDIA", "River Trust, kind: MEDIA")
    edit_file("strategy.yaml", "title: Water, position: 1", "title: Water, position: 2")
    edit_file("strategy.yaml", "title: Land, position: 2", "title: Land, position: 1")
    edit_file("commitments.yaml", "ref: H-1\n  slug: dredging", "ref: H-1\n  slug: lights")
    edit_file("commitments.yaml", "ref: L-1\n  slug: lights", "ref: L-1\n  slug: dredging")
    assert changes(load_again()) == ({}, {"organisation": 2, "theme": 2, "commitment": 2}, {})
    assert {row.slug: row.position for row in rows(empty_database, Theme)} == {"water": 2, "land": 1}
    assert not load_again().has_changes


def test_a_value_of_a_row_that_stays_is_not_to_be_had(
    load_again: Load, edit_file: Edit, strategy_folder: Path, read_tables: Contents
) -> None:
    """A published slug cannot be renamed: the old row stays, and has the name."""
    before = read_tables()
    for file in ("organisations", "documents"):
        path = strategy_folder / f"{file}.yaml"
        path.write_text(path.read_text().replace("daily-tide", "tide-paper"))
    with pytest.raises(SeedError) as error:
        load_again()
    assert str(error.value) == (
        "organisations.yaml: tide-paper: the name 'The Daily Tide' belongs to daily-tide in the database"
    )
    assert read_tables() == before


def test_another_strategy_needs_another_database(load_again: Load, edit_file: Edit, read_tables: Contents) -> None:
    before = read_tables()
    edit_file("strategy.yaml", "slug: harbour-strategy", "slug: airport-strategy")
    with pytest.raises(SeedError) as error:
        load_again()
    assert str(error.value) == (
        "strategy.yaml: airport-strategy (line 2): the database holds the strategy 'harbour-strategy'; use another one"
    )
    assert read_tables() == before


def test_a_refusal_of_the_database_is_reported_and_nothing_is_written(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        session.connection().execute(sa.text("CREATE UNIQUE INDEX one_venue ON event (place)"))
    before = read_tables()
    edit_file("events.yaml", "kind: OTHER", "kind: OTHER\n  place: North bank")
    edit_file("organisations.yaml", "name: River Trust", "name: The River Trust")
    with pytest.raises(SeedError) as error:
        load_again()
    [problem] = error.value.problems
    assert problem.file == "events.yaml"
    assert problem.reason.startswith("the database refuses it: ")
    assert read_tables() == before


def test_ids_survive_another_load(load_again: Load, edit_file: Edit, empty_database: Database) -> None:
    def ids(session: Session) -> dict[str, int]:
        actual = {row.ref: row.id for row in session.exec(select(Commitment))}
        actual |= {row.key: row.id for row in session.exec(select(Citation))}
        return actual | {row.slug: row.id for row in session.exec(select(Event))}

    before = empty_database.read_sync(ids)
    edit_file("commitments.yaml", "title: Keep the ferry", "title: Keep it")
    load_again()
    assert empty_database.read_sync(ids) == before


def test_a_report_reads_as_lines(load_again: Load, edit_file: Edit, strategy_folder: Path) -> None:
    edit_file("organisations.yaml", "name: River Trust", "name: The River Trust")
    (strategy_folder / "discrepancies.yaml").write_text("[]")
    assert str(load_again()) == ("revision 2: 1 row changed\nkept, no longer in the files: discrepancy dredging-sum")
