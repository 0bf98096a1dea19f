"""The statements of one query share a transaction of SQLite. Nobody else reads in it, and it ends with the query."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from db import failures
from db.database import Database
from db.models import Change
from db.reader import Reader
from db.statements import Statement
from tests.engines import url_of
from tests.log import add_change
from tests.server import NOW

pytestmark = pytest.mark.sqlite_only
# How many changes the log has.
COUNT = Statement(sa.select(sa.func.count()).select_from(Change.__table__))
ENDLESS = Statement(
    sa.text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n").columns(
        sa.column("count", sa.Integer)
    )  # type: ignore[arg-type]
)


def count(reader: Reader) -> int:
    [(number,)] = reader.rows_sync(COUNT, {})
    return int(number)


def change(database: Database) -> None:
    with database.transaction() as session:
        add_change(session, NOW)


def has_transaction(database: Database) -> bool:
    """Whether any is open that reads: until it ends, the WAL cannot be truncated."""
    with closing(sqlite3.connect(database.file.path, timeout=0, isolation_level=None)) as connection:
        connection.execute("UPDATE theme SET seeded = seeded")
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


def test_a_reader_sees_one_state_within_it(seeded_database: Database) -> None:
    reader = Reader(seeded_database)
    with reader.transaction():
        before = count(reader)
        change(seeded_database)
        assert count(reader) == before
        assert has_transaction(seeded_database)
    assert not has_transaction(seeded_database)
    assert count(Reader(seeded_database)) == before + 1


def test_another_reader_of_the_thread_ends_it(seeded_database: Database) -> None:
    reader, other = Reader(seeded_database), Reader(seeded_database)
    with reader.transaction():
        before = count(reader)
        change(seeded_database)
        assert count(other) == before + 1
        assert not has_transaction(seeded_database)
        # It goes on at its revision, which is of the past by now.
        assert count(reader) == before
        assert seeded_database.read_sync(COUNT.ask, {}) == [(before + 1,)]
    with reader.transaction(), other.transaction():
        assert (count(reader), count(other)) == (before, before + 1)


def test_a_statement_that_fails_ends_it(seeded_database: Database) -> None:
    bound = Database(url_of(seeded_database), seconds=0.2)
    reader = Reader(bound)
    with reader.transaction():
        before = count(reader)
        with pytest.raises(failures.errors()) as error:
            reader.rows_sync(ENDLESS, {})
        assert failures.is_timeout(error.value)
        assert not has_transaction(bound)
        assert count(reader) == before
    bound.close()
