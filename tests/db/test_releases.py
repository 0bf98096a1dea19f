"""A database of every released version migrates to the tables of today, with each of its rows."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from db import migrate
from db.database import Database
from db.models import VERSION_TABLES, metadata, past_metadata
from db.models.base import SEARCH_COLUMNS
from db.models.past import OPEN, WORDS
from db.vocabulary import Voice
from seeds.errors import SeedError
from seeds.export import export
from seeds.loader import load
from tests.all_answers import all_answers
from tests.engines import Engine, SQLite, url_of
from tests.past import check_past, every_state
from tests.server import serving

RELEASES = Path(__file__).resolve().parent.parent / "releases"
RESTORE_TIME = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
VERSIONS = sorted(path.parent.name for path in RELEASES.glob("*/sqlite.sql"))
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Release:
    """A database that the code of a released version wrote: its rows then, and the database of today's tables."""

    before: Rows
    database: Database


@pytest.fixture(scope="module", params=VERSIONS)
def release(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Release]:
    """Migrated; the tests write nothing that stays."""
    database = Database(build_release(engine, request.param))
    before = rows(database)
    migrate.upgrade(database)
    yield Release(before, database)
    database.close()


def build_release(engine: Engine, version: str) -> str:
    """The address of a new database as the code of a released version wrote it."""
    url = engine.empty()
    folder = RELEASES / version
    # The drivers themselves run a script of many statements, without the settings that a `Database` makes.
    if isinstance(engine, SQLite):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            file.executescript((folder / "sqlite.sql").read_text(encoding="utf-8"))
        file.close()
    else:
        with psycopg.connect(url) as server:
            server.execute((folder / "postgresql.sql").read_bytes())
    return url


def rows(database: Database) -> Rows:
    """Every row of every table but the number of the migration, in the order of its values."""
    inspector = sa.inspect(database.engine)
    with database.engine.connect() as connection:
        return {
            table: sorted(map(dict, connection.execute(sa.text(f'SELECT * FROM "{table}"')).mappings()), key=repr)
            for table in inspector.get_table_names()
            if table != "alembic_version" and WORDS not in table
        }


def test_every_row_of_a_released_version_outlives_the_migration(release: Release) -> None:
    after = rows(release.database)
    assert release.before["status_update"]
    assert release.before.keys() <= after.keys() == metadata.tables.keys() | past_metadata.tables.keys()
    for table, earlier in release.before.items():
        # What is searched may have become more since then.
        columns = [column for column in earlier[0] if column not in SEARCH_COLUMNS] if earlier else []
        old, new = ([{column: row[column] for column in columns} for row in each] for each in (earlier, after[table]))
        assert sorted(new, key=repr) == sorted(old, key=repr), table
    for versions in VERSION_TABLES.values():
        present, in_force = after[versions.name.removesuffix("_version")], []
        for row in after[versions.name]:
            if row["until"] == OPEN:
                in_force.append({column: value for column, value in row.items() if column != "until"})
        assert in_force == [{column: row[column] for column in in_force[0]} for row in present]
    migrate.check(release.database)


def test_a_migrated_database_tells_how_it_was(release: Release) -> None:
    check_past(release.database)
    before, *states = every_state(release.database)
    assert before == {"log": {}}
    statuses = [[row for name, row in state.items() if name.startswith("StatusUpdate/")] for state in states]
    corrected = [[row["note"] for row in rows if row["corrected_by_id"]] for rows in statuses]
    by_editor = [sorted(row["note"] for row in rows if row["voice"] is Voice.PARLIAMENT) for rows in statuses]
    misheard, heard = "The channel is three metres deep.", "The channel is two metres deep."
    # Version 0.1.0 could not record.
    last = len(states)
    assert corrected == [[], [], [misheard], [misheard]][:last]
    assert by_editor == [[], [misheard], [misheard, heard], [misheard, heard]][:last]
    added = ["Event/regatta", "EventHost/regatta/harbour-board", "Participant/regatta/1", "CommitmentEvent/H-2/regatta"]
    assert [[name for name in added if name in state] for state in states] == [[], [], [], added][:last]
    assert [("Document/evidence-2031" in state) for state in states] == [False, True, True, True][:last]


def test_an_export_of_a_migrated_database_tells_the_same(
    release: Release, empty_database: Database, tmp_path: Path
) -> None:
    list(export(release.database, tmp_path))
    if "digests" not in release.before["document"][0]:
        # Without the digests of its documents, which version 0.1.0 did not keep, it is not loaded.
        with pytest.raises(SeedError, match="a SEED document has a file and digests"):
            load(empty_database, tmp_path, now=RESTORE_TIME)
        return
    load(empty_database, tmp_path, now=RESTORE_TIME)
    states = every_state(release.database)
    assert every_state(empty_database)[: len(states)] == states


@pytest.mark.postgresql_in_full
def test_a_migrated_database_answers_every_question(release: Release) -> None:
    [dataset] = release.before["dataset"]
    with serving(url_of(release.database)) as api:
        answers = all_answers(api)
    assert [row["ref"] for row in answers["commitments"]] == ["H-1", "H-2", "H-3", "L-1"]
    assert [change["revision"] for change in answers["changes"]] == list(range(1, dataset["revision"] + 1))
    statuses = [update for row in answers["commitments"] for update in row["statusHistory"]]
    # Version 0.1.0 could not record: its database holds what the files say.
    reasons = [update["correctionReason"] for update in statuses if update["correctedBy"]]
    assert reasons == ["The depth was misheard."] * (dataset["revision"] > 1)


@pytest.mark.parametrize(
    "statement", ["UPDATE change SET actor = 'x'", "UPDATE status_update SET note = 'x'", "DELETE FROM event_version"]
)
def test_a_migrated_database_refuses_edits_of_what_was_said(release: Release, statement: str) -> None:
    never = pytest.raises(sa.exc.IntegrityError, match="never edited")
    with never, release.database.engine.begin() as connection:
        connection.execute(sa.text(statement))


LONG_LOG = """INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits)
    WITH RECURSIVE later(number) AS (SELECT revision FROM dataset UNION ALL SELECT number + 1 FROM later LIMIT 3001)
    SELECT number, recorded_at, actor, action, summary, subject_type, subject_key, edits
    FROM later JOIN change ON change.revision = (SELECT revision FROM dataset) WHERE number > change.revision"""
NEW_ROW = "INSERT INTO organisation (slug, name, kind, seeded) VALUES ('new', 'New', 'OTHER', FALSE)"


# PostgreSQL chooses the order of tables in the statements of its triggers itself.
@pytest.mark.sqlite_only
def test_a_row_is_written_in_as_many_steps_however_long_the_log_is(engine: Engine) -> None:
    url = build_release(engine, VERSIONS[-1])
    database = Database(url)
    migrate.upgrade(database)
    database.close()
    take = "UPDATE dataset SET revision = (SELECT MAX(revision) FROM change) + 1"

    def steps(*before: str) -> int:
        """In tens."""
        looks: list[None] = []
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in (*before, take):
                connection.execute(statement)
            connection.set_progress_handler(lambda: looks.append(None), 10)
            connection.execute(NEW_ROW)
            connection.execute("ROLLBACK")
        return len(looks)

    assert steps(LONG_LOG) < 1.5 * steps()
