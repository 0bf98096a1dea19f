"""A database that is made of an export answers as the one that it comes from, at every revision."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.database import Database
from db.models import AmountStatement, Citation, Commitment, Fund
from db.vocabulary import AmountKind, ChangeAction
from db.writing.base import Draft
from seeds.export import export
from seeds.loader import load
from tests.engines import Engine
from tests.seeds.editor import Editor, event_with_belongings, first_source, one
from tests.seeds.past import read_past
from tests.seeds.strategy import RESTATEMENT, Edit

NOW = dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)
RESTORE_TIME = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)


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
    editor = Editor(database, NOW + dt.timedelta(days=2))
    editor.correct(lambda session: one(session, Commitment, ref="H-1"), title="Dredge it")
    editor.correct(lambda session: one(session, Fund, slug="dredging"), name="Money")
    editor.correct(lambda session: one(session, Fund, slug="dredging"), name="More money")
    editor.correct(lambda session: one(session, AmountStatement), kind=AmountKind.RESTATED)
    editor.correct(first_source, note="Page 4.")
    editor.withdraw(lambda session: [first_source(session)])
    editor.withdraw(event_with_belongings)
    editor.correct(lambda session: one(session, Commitment, ref="H-1"), title="Dredge the channel")
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


def cite_again(draft: Draft) -> None:
    """The id of the row is above all those that were restored."""
    source = first_source(draft.session)
    draft.add(Citation(key="again", document_id=source.document_id, commitment_id=source.commitment_id))


def test_a_restored_database_keeps_what_is_changed_next(restored: Database) -> None:
    before = read_past(restored)
    editor = Editor(restored, RESTORE_TIME)
    editor.correct(lambda session: one(session, Commitment, ref="H-1"), title="Anew")
    editor.write(cite_again, ChangeAction.ADDED)
    after = read_past(restored)
    assert {revision: after[revision] for revision in before} == before
    assert after[12]["Commitment H-1"]["title"] == "Anew"
    assert after[13]["citations of Commitment H-2"] == [*before[11]["citations of Commitment H-2"], "again"]


def test_a_load_brings_nothing_back_that_an_editor_withdrew(
    original: Database, restored: Database, strategy_folder: Path
) -> None:
    before = read_past(original)
    for database, now in ((original, NOW + dt.timedelta(days=9)), (restored, RESTORE_TIME + dt.timedelta(days=9))):
        report = load(database, strategy_folder, now=now)
        assert not report.has_changes
        assert report.differing == ["fund dredging"]
        assert report.withdrawn == ["event first-dredger", "citation a8c3bf70c2e150fa289f"]
    assert read_past(original) == before
