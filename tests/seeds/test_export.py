"""What is exported is all that there is: another database that loads it says the same, row by row."""

import datetime as dt
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import Session, select

from db import edits, natural_keys
from db.database import Database
from db.models import Change, ChangeNode, Dataset, StatusUpdate, Token
from db.models.base import Record
from db.vocabulary import Role
from db.writing import base, statuses
from db.writing.inputs import Input
from seeds import DATA, dump, files, parse
from seeds.errors import SeedError
from seeds.export import export
from seeds.loader import load
from tests.engines import REVISION, Engine
from tests.seeds.day import DAY, EDITOR
from tests.writable import FixedClock

RESTORE_TIME = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
SMALL = 36_000


@contextmanager
def small_disk() -> Iterator[None]:
    """No file can grow beyond what SQLite needs to read one, which is less than our documents take."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def day_template(engine: Engine, seeded_template: str) -> str:
    """Our data after an editor's day, with corrections of what was recorded and of what was loaded."""
    url = engine.copy(seeded_template)
    database = Database(url)
    clock = FixedClock()

    def make(task: Callable[..., Any], input: Input) -> Any:
        clock.now += dt.timedelta(minutes=7)
        with database.transaction() as session:
            return base.perform(session, task, input, EDITOR, clock.utc)[0]

    results = [make(task, kind.model_validate(values)) for task, kind, values in DAY]
    with database.transaction() as session:
        seed_key = session.exec(select(StatusUpdate.key).where(StatusUpdate.status == "DELIVERED")).first()
    for key in (results[1].key, seed_key):
        for note in ("Put right.", "Put right again."):
            input = statuses.CorrectStatusInput(note=note, reason="It was worded badly.")
            key = make(partial(statuses.correct_status, key=key), input).key
    database.close()
    return url


@pytest.fixture
def database_with_changes(engine: Engine, day_template: str) -> Iterator[Database]:
    """A copy of it."""
    database = Database(engine.copy(day_template))
    yield database
    database.close()


def says(database: Database) -> dict[str, Any]:
    """Every row of the dataset and of the log by its name, with whose word it is: nothing of this one database."""

    def read(session: Session) -> dict[str, Any]:
        actual: dict[str, Any] = {}
        for model in natural_keys.MODELS.values():
            for row in session.exec(select(model)):
                seeded = row.seeded if isinstance(row, Record) else None
                values = edits.values(session, row)
                if model is Dataset:
                    values = {name: values[name] for name in ("recorded_at", "licence", "attribution")}
                actual[edits.record(session, row)] = (seeded, values)
        for model in (Change, ChangeNode):
            actual[model.__name__] = sorted(repr(row.model_dump()) for row in session.exec(select(model)))
        dataset = session.exec(select(Dataset)).one()
        return actual | {"revision": dataset.revision, "updated_at": dataset.updated_at}

    return database.read_sync(read)


def test_our_files_are_as_an_export_writes_them(seeded_database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    counts = dict(export(seeded_database, folder))
    # The log of the database has one more entry: that it was restored from the files.
    assert counts["changes.yaml"] == REVISION
    for path in sorted(DATA.glob("*.yaml")):
        text = (folder / path.name).read_text()
        assert text == path.read_text() or (path.name == "changes.yaml" and text.startswith(path.read_text()))


def test_an_editors_day_outlives_its_database(
    database_with_changes: Database, engine: Engine, migrated_template: str, tmp_path: Path
) -> None:
    list(export(database_with_changes, tmp_path))
    other = Database(engine.copy(migrated_template))
    report = load(other, tmp_path, now=RESTORE_TIME)
    actual, expected = says(other), says(database_with_changes)
    # The log says that it came by file, and is the same but for that.
    assert report.revision == len(DAY) + REVISION + 5 == actual.pop("revision") == expected.pop("revision") + 1
    assert (actual.pop("updated_at"), expected.pop("updated_at") < RESTORE_TIME) == (RESTORE_TIME, True)
    [entry], [node] = (sorted(set(actual[kind]) - set(expected[kind])) for kind in ("Change", "ChangeNode"))
    assert f"Restored from files. The entries up to revision {len(DAY) + REVISION + 4} are those of the files." in entry
    actual["Change"].remove(entry)
    actual["ChangeNode"].remove(node)
    assert actual == expected
    # And so does the next one, after our own files were loaded over it as well: no editor's word is lost by that.
    again = load(other, now=dt.datetime(2040, 1, 2, tzinfo=dt.UTC))
    assert (again.inserts, again.updates, again.removals) == ({}, {}, {})
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    list(export(other, tmp_path))
    after = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert after.pop("changes.yaml").startswith(before.pop("changes.yaml"))
    assert after == before
    other.close()


def test_an_export_loaded_where_it_comes_from_changes_nothing(database_with_changes: Database, tmp_path: Path) -> None:
    before = says(database_with_changes)
    list(export(database_with_changes, tmp_path))
    assert not load(database_with_changes, tmp_path, now=dt.datetime(2040, 1, 1, tzinfo=dt.UTC)).has_changes
    assert says(database_with_changes) == before


def test_no_token_and_no_digest_is_exported(seeded_database: Database, tmp_path: Path) -> None:
    with seeded_database.transaction() as session:
        session.add(Token(digest="d" * 64, name="N. Body", role=Role.EDITOR, created_at=dt.datetime.now(dt.UTC)))
    list(export(seeded_database, tmp_path))
    assert all("d" * 64 not in path.read_text() and "N. Body" not in path.read_text() for path in tmp_path.iterdir())


def test_comments_at_the_head_of_a_file_stay(seeded_database: Database, tmp_path: Path) -> None:
    (tmp_path / "funds.yaml").write_text("# What it is.\n# And what not.\n\n- slug: gone\n  name: Gone\n")
    list(export(seeded_database, tmp_path))
    text = (tmp_path / "funds.yaml").read_text()
    assert text.startswith("# What it is.\n# And what not.\n\n- slug: ")
    assert "gone" not in text


def test_a_failed_write_leaves_the_files_as_they_were(seeded_database: Database, tmp_path: Path) -> None:
    (tmp_path / "dataset.yaml").write_text("as it was")
    with small_disk(), pytest.raises(OSError, match="File too large"):
        list(export(seeded_database, tmp_path))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("dataset.yaml", "as it was")]
    (tmp_path / "funds.yaml").mkdir()
    with pytest.raises(IsADirectoryError):
        list(export(seeded_database, tmp_path))
    assert (tmp_path / "dataset.yaml").read_text() == "as it was"


def test_an_export_writes_and_reads_nothing_outside_its_folder(seeded_database: Database, tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret", tmp_path / "out"
    secret.write_text("# A secret.\n")
    folder.mkdir()
    for name in ("commitments.new", "funds.yaml", "events.yaml"):
        (folder / name).symlink_to(secret)
    list(export(seeded_database, folder))
    assert secret.read_text() == "# A secret.\n"
    assert not (folder / "funds.yaml").is_symlink()
    assert all("A secret" not in path.read_text() for path in folder.glob("*.yaml"))


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("changes.yaml", "- revision: 3", "- revision: 4", "revision 4 follows 2: the log has a gap"),
        ("changes.yaml", "actor: Ed Itor", "actor: 1", "actor: should be text"),
        ("statuses.yaml", "    by: ", "    by: aaaaaaaaaaaaaaaaaaaa #", "is corrected by aaaaaaaaaa"),
    ],
)
def test_a_broken_log_is_refused(
    database_with_changes: Database, tmp_path: Path, file: str, old: str, new: str, reason: str
) -> None:
    list(export(database_with_changes, tmp_path))
    text = (tmp_path / file).read_text()
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1))
    with pytest.raises(SeedError, match=reason):
        files.read(tmp_path)


texts = some.text(some.characters(exclude_categories=["Cc", "Cs"]), max_size=200)


@given(
    some.lists(some.fixed_dictionaries({"a": texts, "b": some.lists(texts), "c": some.integers() | some.booleans()}))
)
def test_every_text_is_read_again_as_it_was_written(rows: list[dict[str, Any]]) -> None:
    items = [{**row, "d": dump.Line(e=row["a"], f=row["b"])} for row in rows]
    text = dump.rows(items)
    assert (yaml.safe_load(text) or []) == rows_of(items)
    parser = parse.Parser("x.yaml")
    assert [value for _, value in parser.rows(text.encode(), single=False)] == rows_of(items)
    assert parser.problems == []


def rows_of(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**item, "d": dict(item["d"])} for item in items]
