"""A database that is made of an export answers as the one that it comes from, at every revision."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from db.database import Database
from db.models import (
    AmountStatement,
    Citation,
    Commitment,
    CommitmentEvent,
    Event,
    EventFund,
    EventHost,
    Fund,
    Participant,
)
from db.vocabulary import AmountKind, ChangeAction
from db.writing.base import Draft
from seeds.export import export
from seeds.loader import load
from tests.engines import Engine
from tests.seeds.day import EDITOR
from tests.seeds.past import read_past
from tests.seeds.strategy import RESTATEMENT, Edit
from tests.writable import FixedClock

NOW = dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)
RESTORE_TIME = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)


class Editor:
    """Writes as mutations do, an hour after the write before."""

    def __init__(self, database: Database, begin: dt.datetime) -> None:
        self.database = database
        self.clock = FixedClock(begin)

    def write(self, change: Callable[[Draft], None], action: ChangeAction = ChangeAction.CORRECTED) -> None:
        self.clock.now += dt.timedelta(hours=1)
        with self.database.transaction() as session:
            draft = Draft(session, EDITOR, self.clock.utc)
            change(draft)
            draft.log(action, "A test.", one(draft, Commitment, ref="H-1"), reason="It was wrong.")


def one(draft: Draft, model: Any, **values: Any) -> Any:
    return draft.session.exec(select(model).filter_by(**values)).one()


def first_source(draft: Draft) -> Citation:
    ferry = one(draft, Commitment, ref="H-2").id
    query = select(Citation).where(col(Citation.commitment_id) == ferry).order_by(col(Citation.id))
    return draft.session.exec(query.limit(1)).one()


def cite_again(draft: Draft) -> None:
    """The id of the row is above all those that were restored."""
    source = first_source(draft)
    draft.add(Citation(key="again", document_id=source.document_id, commitment_id=source.commitment_id))


def withdraw_event(draft: Draft) -> None:
    event = one(draft, Event, slug="first-dredger")
    for model in (EventHost, Participant, Citation, CommitmentEvent, EventFund):
        for row in draft.session.exec(select(model).filter_by(event_id=event.id)).all():
            draft.remove(row)
    draft.remove(event)


@pytest.fixture
def original(engine: Engine, migrated_template: str, strategy_folder: Path, edit_file: Edit) -> Iterator[Database]:
    """The small strategy in two editions, with corrections and withdrawals."""
    database = Database(engine.copy(migrated_template))
    load(database, strategy_folder, now=NOW)
    edit_file("funds.yaml", RESTATEMENT, "")
    edit_file("commitments.yaml", "title: Keep the ferry", "title: Keep the old ferry")
    source = "    - {document: tide-2030, note: Lists it.}\n"
    edit_file("commitments.yaml", source, f"{source}    - {{document: harbour-notice, paragraph: 3}}\n")
    edit_file("dataset.yaml", "The harbour watchers.", "The watchers of the harbour.")
    edit_file("events.yaml", "hosts: [harbour-board, river-trust]", "hosts: [river-trust, daily-tide]")
    edit_file("events.yaml", "    - {name: Pat Pilot}\n", "")
    load(database, strategy_folder, now=NOW + dt.timedelta(days=1), summary="Second edition")
    write = Editor(database, NOW + dt.timedelta(days=2)).write
    write(lambda draft: draft.change(one(draft, Commitment, ref="H-1"), title="Dredge it"))
    write(lambda draft: draft.change(one(draft, Fund, slug="dredging"), name="Money"))
    write(lambda draft: draft.change(one(draft, Fund, slug="dredging"), name="More money"))
    write(lambda draft: draft.change(one(draft, AmountStatement), kind=AmountKind.RESTATED))
    write(lambda draft: draft.change(first_source(draft), note="Page 4."))
    write(lambda draft: draft.remove(first_source(draft)), ChangeAction.WITHDRAWN)
    write(withdraw_event, ChangeAction.WITHDRAWN)
    write(lambda draft: draft.change(one(draft, Commitment, ref="H-1"), title="Dredge the channel"))
    yield database
    database.close()


@pytest.fixture
def folder(original: Database, tmp_path: Path) -> Path:
    list(export(original, tmp_path / "export"))
    return tmp_path / "export"


@pytest.fixture
def restored(folder: Path, engine: Engine, migrated_template: str) -> Iterator[Database]:
    database = Database(engine.copy(migrated_template))
    load(database, folder, now=RESTORE_TIME)
    yield database
    database.close()


def test_a_restored_database_says_the_same_at_every_revision(original: Database, restored: Database) -> None:
    expected, actual = read_past(original), read_past(restored)
    assert list(expected) == list(range(1, 11))
    # The last entry says that the log came by file.
    assert list(actual) == [*expected, 11]
    for revision, contents in expected.items():
        assert actual[revision] == contents


def test_a_restored_database_is_exported_as_it_was(restored: Database, folder: Path, tmp_path: Path) -> None:
    list(export(restored, tmp_path / "again"))
    before = {path.name: path.read_text() for path in folder.iterdir()}
    after = {path.name: path.read_text() for path in (tmp_path / "again").iterdir()}
    assert after.pop("changes.yaml").startswith(before.pop("changes.yaml"))
    assert after == before


def test_a_restored_database_keeps_what_is_changed_next(restored: Database) -> None:
    before = read_past(restored)
    write = Editor(restored, RESTORE_TIME).write
    write(lambda draft: draft.change(one(draft, Commitment, ref="H-1"), title="Anew"))
    write(cite_again)
    after = read_past(restored)
    assert {revision: after[revision] for revision in before} == before
    assert after[12]["Commitment H-1"]["title"] == "Anew"
    assert after[13]["citations of Commitment H-2"] == [*before[11]["citations of Commitment H-2"], "again"]
