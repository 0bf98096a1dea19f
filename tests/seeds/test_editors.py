"""Records of an editor stay when the files differ."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

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
    Event,
    EventHost,
    Fund,
    Organisation,
    Participant,
    StatusUpdate,
    Theme,
)
from db.vocabulary import (
    AmountKind,
    Bound,
    Confidence,
    DatePrecision,
    DiscrepancyState,
    OrganisationKind,
    Status,
    Voice,
)
from seeds.errors import SeedError
from tests.seeds.strategy import RESTATEMENT, Contents, Edit, Load


def one(session: Session, model: type[SQLModel], **values: str) -> Any:
    return session.exec(select(model).filter_by(**values)).one()


def test_a_commitment_that_an_editor_identified(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        theme = one(session, Theme, slug="land")
        lead = one(session, Organisation, slug="river-trust")
        document = one(session, Document, slug="tide-2030")
        row = one(session, Commitment, ref="H-3")
        row.seeded, row.identified, row.slug, row.title, row.summary = (
            False,
            True,
            "quay",
            "Mend the quay",
            "All of it.",
        )
        row.theme_id, row.confidence = theme.id, Confidence.LOW
        session.add(CommitmentLead(commitment_id=row.id, organisation_id=lead.id, position=1))
        session.add(Citation(key="e", document_id=document.id, commitment_id=row.id))
    before = read_tables()
    report = load_again()
    assert (report.has_changes, report.differing) == (False, ["commitment H-3"])
    assert read_tables() == before
    # Not even when the files come to identify it too.
    edit_file(
        "commitments.yaml",
        "- {ref: H-3, origin: STRATEGY, identified: false}",
        "- {ref: H-3, slug: other, origin: STRATEGY, theme: land, identified: true, title: Other, summary: Other.,"
        " leads: [harbour-board], confidence: HIGH, citations: [{document: tide-2030}]}",
    )
    assert not load_again().has_changes
    assert read_tables() == before


def test_the_sources_of_a_row_that_an_editor_took_over(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        row = one(session, Commitment, ref="H-2")
        row.seeded, row.title = False, "Keep the ferry, said the editor"
    before = read_tables()
    edit_file("commitments.yaml", "    - {document: tide-2030, note: Lists it.}", "    - {document: harbour-notice}")
    assert not load_again().has_changes
    assert read_tables() == before


def test_an_update_that_an_editor_recorded_or_corrected(
    load_again: Load, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        update = session.exec(select(StatusUpdate).where(StatusUpdate.status == Status.DELIVERED)).one()
        correction = StatusUpdate(
            key="e",
            commitment_id=update.commitment_id,
            status=Status.STALLED,
            effective_on=update.effective_on,
            precision=DatePrecision.YEAR,
            recorded_at=dt.datetime(2031, 4, 25, tzinfo=dt.UTC),
            voice=Voice.MEDIA,
            note="Not lit after all.",
        )
        session.add(correction)
        session.flush()
        update.corrected_by_id, update.correction_reason = correction.id, "The paper took it back."
    before = read_tables()
    report = load_again()
    assert (report.has_changes, report.absent, report.differing) == (False, [], [])
    assert read_tables() == before


def test_links_sources_and_money_that_an_editor_added_to_seeded_rows(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        ferry = one(session, Commitment, ref="H-2").id
        fund = one(session, Fund, slug="dredging").id
        tide = one(session, Document, slug="tide-2030").id
        paper = one(session, Organisation, slug="daily-tide").id
        session.add(CommitmentFund(commitment_id=ferry, fund_id=fund))
        session.add(Citation(key="e1", document_id=tide, commitment_id=ferry, paragraph=None, note="A second page."))
        amount = AmountStatement(key="e2", fund_id=fund, kind=AmountKind.RESTATED, amount=Decimal(3), bound=Bound.EXACT)
        values = Allocation(key="e3", fund_id=fund, recipient_id=paper, amount=Decimal(1), bound=Bound.EXACT)
        session.add_all([amount, values])
        session.flush()
        session.add(Citation(key="e4", document_id=tide, amount_statement_id=amount.id))
        session.add(Citation(key="e5", document_id=tide, allocation_id=values.id))
    before = read_tables()
    assert not load_again().has_changes
    assert read_tables() == before
    # The rest of the list still follows the file.
    edit_file("funds.yaml", "  commitments: [H-1]\n", "")
    assert dict(load_again().removals) == {"commitment_fund": 1}
    assert len(read_tables()["commitment_fund"]) == 1


def test_people_claims_and_hosts_that_an_editor_added(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        event = one(session, Event, slug="first-dredger").id
        paper = one(session, Organisation, slug="daily-tide").id
        tide = one(session, Document, slug="tide-2030").id
        dispute = one(session, Discrepancy, slug="dredging-sum").id
        session.add(Participant(event_id=event, position=3, name="Ed Itor"))
        session.add(EventHost(event_id=event, organisation_id=paper, position=3))
        session.add(Claim(discrepancy_id=dispute, position=3, document_id=tide, says="nothing at all"))
    before = read_tables()
    assert not load_again().has_changes
    assert read_tables() == before
    # A list in an order is the editor's as a whole.
    edit_file("events.yaml", "    - {name: Pat Pilot}\n", "    - {name: Pat Pilot}\n    - {name: New Comer}\n")
    edit_file("discrepancies.yaml", "  state: OPEN", "    - {document: tide-2030, says: less}\n  state: OPEN")
    report = load_again()
    assert not report.has_changes
    assert report.differing == [
        "event first-dredger: hosts",
        "event first-dredger: participants",
        "discrepancy dredging-sum: claims",
    ]
    assert read_tables() == before


def test_a_discrepancy_that_an_editor_settled(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        row = one(session, Discrepancy, slug="dredging-sum")
        row.seeded, row.state, row.explanation = False, DiscrepancyState.RESOLVED, "The board has said so."
    before = read_tables()
    edit_file("discrepancies.yaml", "says: about £2.4m}", "says: £2.4m}")
    report = load_again()
    assert (report.has_changes, report.differing) == (False, ["discrepancy dredging-sum"])
    assert read_tables() == before


def test_a_source_that_an_editor_gave_in_the_place_of_the_files(
    load_again: Load, edit_file: Edit, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        values = one(session, Allocation, key="dredging/river-trust").id
        statement_id = session.exec(select(AmountStatement).where(AmountStatement.kind == AmountKind.RESTATED)).one().id
        notice = one(session, Document, slug="harbour-notice").id
        for row in session.exec(select(Citation)):
            if row.allocation_id == values or row.amount_statement_id == statement_id:
                session.delete(row)
        session.flush()
        session.add(Citation(key="e1", document_id=notice, paragraph=2, allocation_id=values))
        session.add(Citation(key="e2", document_id=notice, paragraph=2, amount_statement_id=statement_id))
    before = read_tables()
    assert not load_again().has_changes
    assert read_tables() == before
    # Money that leaves the files stays as long as an editor has cited a source for it.
    edit_file("funds.yaml", RESTATEMENT, "")
    report = load_again()
    assert (report.has_changes, len(report.absent)) == (False, 1)
    assert report.absent[0].startswith("amount_statement ")


def test_a_row_that_an_editor_made_and_the_files_come_to_know(
    load_again: Load, strategy_folder: Path, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        session.add(Organisation(slug="ferry-men", name="The Ferry Men", kind=OrganisationKind.OTHER))
    before = read_tables()
    path = strategy_folder / "organisations.yaml"
    path.write_text(path.read_text() + "- {slug: ferry-men, name: Ferry Men Ltd, kind: OTHER}\n")
    report = load_again()
    assert (report.has_changes, report.differing) == (False, ["organisation ferry-men"])
    assert read_tables() == before


def test_the_files_cannot_take_a_name_that_an_editor_has_given(
    load_again: Load, strategy_folder: Path, empty_database: Database, read_tables: Contents
) -> None:
    with empty_database.transaction() as session:
        session.add(Organisation(slug="ferry-men", name="The Ferry Men", kind=OrganisationKind.OTHER))
    before = read_tables()
    path = strategy_folder / "organisations.yaml"
    path.write_text(path.read_text() + "- {slug: ferrymen, name: The Ferry Men, kind: OTHER}\n")
    with pytest.raises(SeedError) as error:
        load_again()
    assert str(error.value) == (
        "organisations.yaml: ferrymen: the name 'The Ferry Men' belongs to ferry-men in the database"
    )
    assert read_tables() == before
