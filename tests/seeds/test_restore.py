"""A database that is made of an export answers as the one that it comes from, at every revision."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sqlmodel import select

from db.database import Database
from db.models import AmountStatement, Citation, Commitment, Fund
from db.vocabulary import AmountKind, ChangeAction
from db.writing.base import Draft
from seeds.errors import SeedError
from seeds.export import export
from seeds.loader import load
from tests.engines import Engine
from tests.past import check_past
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
    assert after[12]["Commitment/H-1"]["title"] == "Anew"
    assert [keys for keys in after[13]["sources"] if keys[-1] == "again"] == [["1e5044c19bb49635aaff", "again"]]
    check_past(restored)


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


FUND = "- record: Fund dredging\n  since: 4\n  until: 5\n"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            FUND,
            FUND.replace("4", "3"),
            "begins with revision 3, when another version was in force until 4",
        ),
        (FUND, FUND.replace("5", "4"), "ends with revision 4, which does not follow 4"),
        (FUND, FUND.replace("5", "50"), "until: the log has no revision 50"),
        ("- {record: Fund dredging, since: 5}", "", "there is no version of it in force, although another file has it"),
        (
            "- {record: Fund dredging, since: 5}",
            "- {record: Fund dredging, since: 4}",
            "was in force until 5: they overlap",
        ),
        ("- {record: Fund dredging, since: 5}", "- {record: Fund filling, since: 5}", "and no other file has it"),
        (
            "- {record: Commitment H-1, since: 10}",
            "- {record: Commitment H-1, since: 11}",
            "since: the log has no revision 11",
        ),
        ("- {record: Commitment H-2, since: 2}", "- {record: Commitment H-2, since: 4}", "there is a gap"),
        ("- record: Event first-dredger\n", "- record: Event second-dredger\n", "there is no event 'first-dredger'"),
        (
            "- record: Event first-dredger\n  since: 1\n",
            "- record: Event first-dredger\n  since: 2\n",
            "Event first-dredger was not there all the time from 1 to 9",
        ),
        ("    kind: LAUNCH\n", "    kind: LUNCH\n", "kind: Input should be"),
        ("    kind: LAUNCH\n", "", "kind: is missing"),
        ("    kind: LAUNCH\n", "    kind: LAUNCH\n    weather: fair\n", "weather: is not a field of such a row"),
        ("    held_on: '2030-05-31'\n", "    held_on: '2030-05'\n", "held_on: '2030-05' is no full day"),
        ("    amount: '2400000.50'\n", "    amount: -1\n", "amount: -1 is not between one penny and"),
        ("  place: 1\n", "", "is gone, and has no place among the citations of its subject"),
        ("EventHost first-dredger/daily-tide", "EventHost first-dredger", "'EventHost first-dredger' names no row"),
        (
            "    fund: dredging\n    kind: RESTATED",
            "    fund: drying\n    kind: RESTATED",
            "there is no fund 'drying'",
        ),
    ],
)
def test_a_past_that_cannot_be_is_refused(
    folder: Path, empty_database: Database, old: str, new: str, reason: str
) -> None:
    path = folder / "history.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(SeedError) as error:
        load(empty_database, folder, now=RESTORE_TIME)
    assert any(problem.file == "history.yaml" and reason in str(problem) for problem in error.value.problems)
    assert empty_database.read_sync(lambda session: session.exec(select(Commitment)).first()) is None


def test_a_past_without_a_log_is_refused(folder: Path, empty_database: Database) -> None:
    (folder / "changes.yaml").unlink()
    with pytest.raises(SeedError, match="tells of a past, and"):
        load(empty_database, folder, now=RESTORE_TIME)


def test_a_sum_that_was_corrected_keeps_its_key(folder: Path, restored: Database) -> None:
    [fund] = [row for row in yaml.safe_load((folder / "funds.yaml").read_text()) if row["slug"] == "dredging"]
    assert [amount["key"] for amount in fund["amounts"]] == ["2969dafe1cfbb3d4f50f"]
    assert not load(restored, folder, now=RESTORE_TIME + dt.timedelta(days=1)).has_changes
