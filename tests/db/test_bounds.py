"""A statement that reads ends in time, on either database; a change and a snapshot take as long as they take."""

import asyncio
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from db import failures
from db.database import Database
from tests.engines import seed_sqlite, url_of
from tests.writable import serving_writable

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n{}) SELECT count(*) FROM n"


def count(session: Session, bound: str = "") -> int:
    actual: int = session.connection().execute(sa.text(ENDLESS.format(bound))).scalar_one()
    return actual


def test_a_statement_that_reads_ends_in_time(seeded_database: Database) -> None:
    bound = Database(url_of(seeded_database), seconds=1)
    with pytest.raises(failures.errors()) as error:
        bound.read_sync(count)
    assert failures.is_timeout(error.value)
    assert not failures.is_unavailable(error.value)
    # It goes on, and a new statement has its own time.
    for _ in range(3):
        assert bound.read_sync(count, " WHERE i < 10") == 10
        time.sleep(0.4)
    bound.close()


def test_the_time_of_a_statement_ends_no_later_one(tmp_path: Path) -> None:
    # SQLite adds up the steps of a statement that it has prepared, over all the times that it is executed.
    bound = Database(seed_sqlite(tmp_path), seconds=0.5)
    assert bound.read_sync(count, " WHERE i < 10") == 10
    time.sleep(0.6)

    async def look() -> None:
        # More often than one look takes steps less than SQLite takes between two looks at the clock.
        for _ in range(2_000):
            assert await bound.state()

    asyncio.run(look())
    bound.close()


def test_changes_and_snapshots_have_no_time_limit(seeded_database: Database) -> None:
    bound = Database(url_of(seeded_database), seconds=0.001)
    long = " WHERE i < 200000"
    with bound.snapshot() as session:
        assert count(session, long) == 200_000
    with bound.transaction() as session:
        assert count(session, long) == 200_000
    with pytest.raises(failures.errors()):
        bound.read_sync(count, long)
    bound.close()


def test_a_query_whose_statement_takes_too_long_is_too_costly(seeded_database: Database) -> None:
    # A setting has whole seconds: so the table that is asked about is an endless one.
    with seeded_database.transaction() as session:
        session.connection().execute(sa.text("ALTER TABLE discrepancy RENAME TO hidden"))
        columns = [column["name"] for column in sa.inspect(session.connection()).get_columns("hidden")]
        some = ", ".join(f"hidden.{name}" for name in columns)
        endless = ENDLESS.format("").replace("SELECT count(*) FROM n", f"SELECT {some} FROM n, hidden WHERE n.i < 0")
        session.connection().execute(sa.text(f"CREATE VIEW discrepancy AS {endless}"))
    with serving_writable(seeded_database, statement_seconds=2) as api:
        assert api.public.codes("{ discrepancies { nodes { slug } } }") == ["QUERY_TOO_COSTLY"]
        assert api.public.ask("{ progress { total } }")
