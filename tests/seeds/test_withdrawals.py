"""No load brings back what an editor withdrew or corrected, and its report says so."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.database import Database
from db.models import (
    Allocation,
    AmountStatement,
    Citation,
    Claim,
    Commitment,
    CommitmentFund,
    CommitmentLead,
    Discrepancy,
    Document,
    EventFund,
    EventHost,
    Organisation,
    Participant,
    StatusUpdate,
)
from db.models.base import Record
from db.vocabulary import AmountKind, ChangeAction, Status
from db.writing.base import Draft
from tests.seeds.editor import Editor, event_with_belongings, first_source, one, rows
from tests.seeds.strategy import Contents, Edit, Load

NOON = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)


def with_source(session: Session, row: Any) -> list[Record]:
    return [*rows(session, Citation, **{f"{row.__tablename__}_id": row.id}), row]


def status(session: Session) -> list[Record]:
    return with_source(session, one(session, StatusUpdate, status=Status.IN_PROGRESS))


def amount(session: Session) -> list[Record]:
    return with_source(session, one(session, AmountStatement, kind=AmountKind.RESTATED))


def allocation(session: Session) -> list[Record]:
    return with_source(session, one(session, Allocation, key="dredging/river-trust"))


def discrepancy(session: Session) -> list[Record]:
    return [*rows(session, Claim), one(session, Discrepancy)]


@pytest.mark.parametrize(
    ("withdrawn", "report"),
    [
        (status, ["left as withdrawn: status_update H-1 IN_PROGRESS 2030-05-31 MEDIA"]),
        (amount, ["left as withdrawn: amount_statement c5963a48aa040eb0582a"]),
        (allocation, ["left as withdrawn: allocation dredging/river-trust"]),
        (discrepancy, ["left as withdrawn: discrepancy dredging-sum"]),
        (event_with_belongings, ["left as withdrawn: event first-dredger"]),
        (lambda session: rows(session, CommitmentFund), ["left as withdrawn: CommitmentFund H-1/dredging"]),
        (lambda session: rows(session, EventFund), ["left as withdrawn: EventFund first-dredger/dredging"]),
        (lambda session: rows(session, EventHost, position=2), ["left as recorded: event first-dredger: hosts"]),
        (lambda session: rows(session, Participant), ["left as recorded: event first-dredger: participants"]),
        (lambda session: rows(session, CommitmentLead, position=1), [
            "left as recorded: commitment H-1: leads", "left as recorded: commitment H-2: leads",
        ]),
        (lambda session: rows(session, Claim, position=2), ["left as recorded: discrepancy dredging-sum: claims"]),
        (lambda session: [first_source(session)], ["left as withdrawn: citation a8c3bf70c2e150fa289f"]),
    ],
)  # fmt: skip
def test_what_was_withdrawn_stays_so(
    withdrawn: Callable[[Session], list[Record]],
    report: list[str],
    load_again: Load,
    empty_database: Database,
    read_tables: Contents,
) -> None:
    Editor(empty_database, NOON).withdraw(withdrawn)
    before = read_tables()
    assert str(load_again()).splitlines() == ["revision 2: nothing to do", *report]
    assert read_tables() == before


def test_what_a_load_removed_may_come_back(load_again: Load, edit_file: Edit, empty_database: Database) -> None:
    # So that there is an editor's entry in the log.
    Editor(empty_database, NOON).correct(lambda session: one(session, Organisation, slug="river-trust"), name="Trust")
    edit_file("funds.yaml", "  commitments: [H-1]\n", "")
    assert dict(load_again().removals) == {"commitment_fund": 1}
    edit_file("funds.yaml", "  period: 2030/31\n  note:", "  period: 2030/31\n  commitments: [H-1]\n  note:")
    report = load_again()
    assert (dict(report.inserts), report.withdrawn) == ({"commitment_fund": 1}, [])


def test_a_new_row_that_names_a_withdrawn_one(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    editor = Editor(empty_database, NOON)
    editor.correct(lambda session: one(session, Document, slug="tide-2030"), publisher_id=None)
    editor.withdraw(lambda session: [one(session, Organisation, slug="daily-tide")])
    before = read_tables()
    edit_file("events.yaml", "    - {name: Pat Pilot}\n", "    - {name: Pat Pilot, organisation: daily-tide}\n")
    edit_file("commitments.yaml", "leads: [harbour-board]", "leads: [harbour-board, daily-tide]")
    report = load_again()
    assert not report.has_changes
    assert report.withdrawn == [
        "organisation daily-tide",
        "document tide-2030, because of organisation daily-tide",
        "commitment_lead of commitment H-2, because of organisation daily-tide",
        "participant of event first-dredger, because of organisation daily-tide",
    ]
    assert read_tables() == before


def test_a_commitment_whose_identification_was_withdrawn(
    load_again: Load, strategy_folder: Path, empty_database: Database, read_tables: Contents
) -> None:
    silent = dict.fromkeys(("slug", "theme_id", "title", "summary", "confidence"))

    def undo(draft: Draft) -> None:
        ferry = one(draft.session, Commitment, ref="H-2")
        for model in (CommitmentLead, Citation, StatusUpdate):
            for row in rows(draft.session, model, commitment_id=ferry.id):
                draft.remove(row)
        draft.change(ferry, identified=False, **silent)

    Editor(empty_database, NOON).write(undo, ChangeAction.WITHDRAWN)
    before = read_tables()
    statuses = strategy_folder / "statuses.yaml"
    statuses.write_text(
        statuses.read_text()
        + """
- commitment: H-2
  status: STALLED
  effective_on: '2030-05'
  recorded_at: '2031-04-20T08:00:00Z'
  voice: MEDIA
  note: No ferry.
  citation: {document: tide-2030}
"""
    )
    (strategy_folder / "no_evidence.yaml").write_text("[]\n")
    report = load_again()
    assert not report.has_changes
    assert report.differing == ["commitment H-2"]
    assert [line.split()[0] for line in report.withdrawn] == ["status_update"]
    assert report.withdrawn[0].endswith("because the commitment is not identified any more")
    assert read_tables() == before
