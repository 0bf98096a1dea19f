"""The format fits any strategy: an invented one with three commitments is read, loaded and answered from."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.database import Database
from db.models import (
    Allocation,
    AmountStatement,
    Area,
    AreaOrganisation,
    Citation,
    Claim,
    Commitment,
    CommitmentEvent,
    CommitmentFund,
    CommitmentLead,
    Dataset,
    Event,
    EventFund,
    EventHost,
    Fund,
    Organisation,
    Participant,
    Person,
    StatusUpdate,
    Strategy,
    Term,
    metadata,
)
from db.vocabulary import Bound, DatePrecision, Status, Voice
from seeds.files import read
from seeds.loader import load


def test_it_checks(strategy_folder: Path) -> None:
    folder = read(strategy_folder)
    assert folder.strategy.stated_commitments == 3
    assert [row.ref for row in folder.commitments] == ["H-1", "H-2", "H-3", "L-1"]
    assert str(folder) == (
        "1 datasets, 1 strategies, 3 organisations, 2 documents, 2 areas, 1 people, 1 terms, 4 commitments,"
        " 3 statuses, 1 searches, 2 funds, 2 events, 1 discrepancies"
    )


def test_every_table_of_it_is_loaded(strategy_folder: Path, empty_database: Database, now: dt.datetime) -> None:
    report = load(empty_database, strategy_folder, now=now)
    assert dict(report.inserts) == {
        "organisation": 3,
        "document": 2,
        "area": 2,
        "area_organisation": 1,
        "person": 1,
        "term": 1,
        "strategy": 1,
        "theme": 2,
        "commitment": 4,
        "commitment_lead": 3,
        "status_update": 4,
        "fund": 2,
        "commitment_fund": 1,
        "amount_statement": 2,
        "allocation": 2,
        "event": 2,
        "event_host": 2,
        "commitment_event": 1,
        "event_fund": 1,
        "participant": 2,
        "discrepancy": 1,
        "claim": 2,
        # 1 of the strategy, 3 of commitments, 3 of statuses, 1 + 2 + 2 of funds, 2 of events, 2 of areas, 1 of a term.
        "citation": 17,
        "dataset": 1,
    }
    assert (report.revision, report.has_changes, report.absent, report.differing) == (1, True, [], [])


def test_the_row_of_the_dataset_is_answered(strategy_folder: Path, empty_database: Database, now: dt.datetime) -> None:
    load(empty_database, strategy_folder, now=now)
    dataset = empty_database.read_sync(lambda session: session.exec(select(Dataset)).one())
    assert (dataset.revision, dataset.updated_at) == (1, now)
    assert (dataset.licence, dataset.attribution) == ("CC BY 4.0", "The harbour watchers.")


def test_a_month_and_a_year_count_from_their_last_day(
    strategy_folder: Path, empty_database: Database, now: dt.datetime
) -> None:
    load(empty_database, strategy_folder, now=now)

    def days(session: Session) -> list[tuple[dt.date, DatePrecision]]:
        return [
            (row.effective_on, row.precision)
            for row in session.exec(select(StatusUpdate).order_by(col(StatusUpdate.effective_on)))
        ]

    assert empty_database.read_sync(days) == [
        (dt.date(2030, 2, 1), DatePrecision.DAY),
        (dt.date(2030, 5, 31), DatePrecision.MONTH),
        (dt.date(2030, 12, 31), DatePrecision.YEAR),
        (dt.date(2031, 3, 31), DatePrecision.DAY),
    ]


def test_a_search_that_found_nothing_is_an_update_of_its_day_in_the_trackers_own_voice(
    strategy_folder: Path, empty_database: Database, now: dt.datetime
) -> None:
    load(empty_database, strategy_folder, now=now)

    def query(session: Session) -> tuple[StatusUpdate, list[Citation]]:
        row = session.exec(select(StatusUpdate).where(StatusUpdate.status == Status.NO_EVIDENCE)).one()
        return row, list(session.exec(select(Citation).where(Citation.status_update_id == row.id)))

    row, citations = empty_database.read_sync(query)
    assert (row.voice, row.effective_on, row.precision) == (Voice.TRACKER, dt.date(2031, 3, 31), DatePrecision.DAY)
    assert row.note == "Searched: the board's minutes. Nothing found, which does not say that nothing was done."
    assert citations == []


def test_an_update_was_learned_with_the_edition_unless_its_row_says_otherwise(
    strategy_folder: Path, empty_database: Database, now: dt.datetime
) -> None:
    load(empty_database, strategy_folder, now=now)

    def instants(session: Session) -> dict[Status, dt.datetime]:
        return {row.status: row.recorded_at for row in session.exec(select(StatusUpdate))}

    edition = dt.datetime(2031, 4, 1, 11, tzinfo=dt.UTC)
    assert empty_database.read_sync(instants) == {
        Status.ANNOUNCED: edition,
        Status.IN_PROGRESS: edition,
        Status.NO_EVIDENCE: edition,
        Status.DELIVERED: dt.datetime(2031, 4, 20, 8, tzinfo=dt.UTC),
    }


def test_money_keeps_its_pence_its_bound_and_what_is_not_known(
    strategy_folder: Path, empty_database: Database, now: dt.datetime
) -> None:
    load(empty_database, strategy_folder, now=now)

    def money(session: Session) -> tuple[list[object], list[object]]:
        statements = session.exec(select(AmountStatement).order_by(col(AmountStatement.amount)))
        values = session.exec(select(Allocation).order_by(col(Allocation.key)))
        return (
            [(row.amount, row.bound, row.stated_on) for row in statements],
            [(row.key, row.amount, row.bound) for row in values],
        )

    assert empty_database.read_sync(money) == (
        [
            (Decimal("2400000.50"), Bound.ABOUT, None),
            (Decimal(2500000), Bound.UP_TO, dt.date(2030, 2, 28)),
        ],
        [
            ("dredging-south/river-trust", None, None),
            ("dredging/river-trust", Decimal(1250000), Bound.EXACT),
        ],
    )


def test_rows_point_to_each_other(strategy_folder: Path, empty_database: Database, now: dt.datetime) -> None:
    load(empty_database, strategy_folder, now=now)

    def links(session: Session) -> dict[str, object]:
        commitment = session.exec(select(Commitment).where(Commitment.ref == "H-1")).one()
        fund = session.exec(select(Fund).where(Fund.slug == "dredging")).one()
        part = session.exec(select(Fund).where(Fund.slug == "dredging-south")).one()
        event = session.exec(select(Event).where(Event.slug == "first-dredger")).one()
        board = session.exec(select(Organisation).where(Organisation.slug == "harbour-board")).one()
        leads = session.exec(select(CommitmentLead).where(CommitmentLead.commitment_id == commitment.id)).all()
        hosts = session.exec(select(EventHost).where(EventHost.event_id == event.id)).all()
        people = session.exec(select(Participant).where(Participant.event_id == event.id)).all()
        strategy = session.exec(select(Strategy)).one()
        assert session.get(CommitmentFund, (commitment.id, fund.id))
        assert session.get(CommitmentEvent, (commitment.id, event.id))
        assert session.get(EventFund, (event.id, fund.id))
        return {
            "part of": part.parent_id == fund.id,
            "publisher": strategy.publisher_id == board.id,
            "leads": [lead.position for lead in leads if lead.organisation_id == board.id],
            "hosts": sorted(host.position for host in hosts),
            "people": {person.position: (person.name, person.organisation_id == board.id) for person in people},
            "person": [session.get_one(Person, each.person_id).slug for each in people if each.person_id],
            "area": session.get_one(Area, event.area_id).slug,
            "in the area": session.get(AreaOrganisation, (event.area_id, board.id)) is not None,
            "term": session.exec(select(Term.slug).join(Citation).where(Citation.paragraph == 2)).one(),
            "claims": sorted((claim.position, claim.says) for claim in session.exec(select(Claim))),
        }

    assert empty_database.read_sync(links) == {
        "part of": True,
        "publisher": True,
        "leads": [1],
        "hosts": [1, 2],
        "people": {1: ("Ann Onymous", True), 2: ("Pat Pilot", False)},
        "person": ["ann-onymous"],
        "area": "harbour",
        "in the area": True,
        "term": "dredging",
        "claims": [(1, "£2.5m"), (2, "about £2.4m")],
    }


def test_everything_it_brought_is_marked_as_seeded(
    strategy_folder: Path, empty_database: Database, now: dt.datetime
) -> None:
    load(empty_database, strategy_folder, now=now)
    with empty_database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if "seeded" in table.c:
                assert set(connection.execute(sa.select(table.c.seeded)).scalars()) == {True}, table.name
