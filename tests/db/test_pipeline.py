"""Questions of one turn of the event loop go to PostgreSQL in one round trip, and each has its own answer."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from db import database, pipeline
from db.database import Database
from db.failures import Overloaded
from db.pipeline import Pipeline
from db.reader import Reader
from db.statements import RawRow, Statement
from tests.bench.queries import DASHBOARD
from tests.server import capture_statements
from tests.waiting import PATIENCE
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_only
PREPARED = sa.text("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'sixtyone%'")
END_ALL = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
PARAMETER = Statement(sa.select(sa.bindparam("value", type_=sa.Integer())))
REMAINDER = Statement(sa.select(sa.func.mod(10, sa.bindparam("value", type_=sa.Integer()))))
SETTINGS = ("transaction_isolation", "statement_timeout")
SLEEP = Statement(sa.select(sa.cast(sa.func.pg_sleep(1), sa.Text())))


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def ask(reader: Reader, statement: Statement, value: object = None) -> Coroutine[Any, Any, list[RawRow]]:
    return reader.rows(statement, {} if value is None else {"value": value})


@contextmanager
def count_round_trips() -> Iterator[list[object]]:
    trips: list[object] = []
    ask = Pipeline.ask

    async def ask_and_note(self: Pipeline, *args: Any) -> Any:
        trips.append(None)
        return await ask(self, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pipeline, "ask", ask_and_note)
        yield trips


def execute(target: Database, statement: str) -> Any:
    engine = sa.create_engine(target.engine.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        result = connection.execute(sa.text(statement))
        return result.all() if result.returns_rows else None


def end_all(target: Database) -> None:
    execute(target, END_ALL.text)


def test_a_level_is_one_round_trip(api_writable: WritableApi) -> None:
    api_writable.public.ask(DASHBOARD)
    with capture_statements() as statements, count_round_trips() as trips:
        # A document that the cache of answers does not have.
        api_writable.public.ask(DASHBOARD.replace("Dashboard", "Again"))
    # The commitments, what belongs to them, what belongs to that, and the documents of what is cited there.
    assert len(trips) == 4 < len(statements)


def test_each_question_has_its_own_answer_or_error(seeded_database: Database) -> None:
    async def work() -> list[Any]:
        reader = Reader(seeded_database)
        asked = [ask(reader, REMAINDER, value) for value in (3, 0, 4, 0, 7)]
        return await asyncio.gather(*asked, ask(reader, PARAMETER, "no number"), return_exceptions=True)

    answers = run(work())
    assert [answers[0], answers[2], answers[4]] == [[(1,)], [(2,)], [(3,)]]
    assert [type(answers[1]), type(answers[3])] == [psycopg.errors.DivisionByZero] * 2
    assert isinstance(answers[5], psycopg.Error)
    pool = seeded_database.engine.pool
    assert isinstance(pool, sa.QueuePool)
    assert (pool.checkedout(), pool.checkedin(), len(seeded_database.server.idle)) == (1, 0, 1)


def test_threads_have_the_connections_that_a_loop_keeps(seeded_database: Database) -> None:
    target = Database(seeded_database.engine.url.render_as_string(hide_password=False), connections=2)

    async def work() -> None:
        await asyncio.gather(*(ask(Reader(target), SLEEP) for _ in range(2)))
        await asyncio.gather(*(target.read(lambda session: session.execute(SLEEP.query).all()) for _ in range(2)))

    run(work())
    pool = target.engine.pool
    assert isinstance(pool, sa.QueuePool)
    # There are no others.
    assert (pool.checkedout(), pool.checkedin(), target.server.idle) == (0, 2, [])
    target.close()


def test_a_writer_has_no_settings_of_readers(seeded_database: Database) -> None:
    target = Database(seeded_database.engine.url.render_as_string(hide_password=False), seconds=3)
    settings = sa.select(*(sa.func.current_setting(each) for each in SETTINGS))

    async def work() -> list[list[RawRow]]:
        return [await ask(Reader(target), Statement(settings)) for _ in range(3)]

    assert run(work()) == [[("repeatable read", "3s")]] * 3
    # On the same connection.
    target.server.spare()
    with target.transaction() as session:
        assert session.execute(settings).one() == ("read committed", "0")
    with target.snapshot() as session:
        assert session.execute(settings).one() == ("repeatable read", "0")
    assert isinstance(target.engine.pool, sa.QueuePool)
    assert target.engine.pool.checkedin() == 1
    target.close()


@pytest.mark.parametrize("end", [end_all, lambda target: execute(target, "DEALLOCATE ALL")])
def test_a_connection_that_has_ended_is_no_error(seeded_database: Database, end: Callable[[Database], None]) -> None:
    async def work() -> list[list[RawRow]]:
        answers = []
        for value in range(6):
            answers.append(await ask(Reader(seeded_database), PARAMETER, value))
            if value % 2:
                end(seeded_database)
        return answers

    assert run(work()) == [[(value,)] for value in range(6)]


def test_readers_notice_no_restart(api_writable: WritableApi) -> None:
    query = 'query Q%d { commitment(ref: "SVS-19") { title leads { name } statusHistory { status } } }'
    first = api_writable.public.ask(query % 1)
    end_all(api_writable.database)
    assert api_writable.public.ask(query % 2) == first


def test_a_cancelled_question_leaves_its_connection_clean(seeded_database: Database) -> None:
    async def work() -> list[RawRow]:
        reader = Reader(seeded_database)
        await ask(reader, PARAMETER, 1)
        task = asyncio.create_task(ask(reader, SLEEP))
        await asyncio.sleep(0.1)
        task.cancel()
        # Beside what was cancelled, and on its connection.
        before = await ask(reader, PARAMETER, 2)
        await asyncio.sleep(1.2)
        return [*before, *await ask(reader, PARAMETER, 3)]

    assert run(work()) == [(2,), (3,)]
    # A loop that stops in the midst.
    assert run(asyncio.wait_for(_stop(seeded_database), PATIENCE)) is None
    assert run(ask(Reader(seeded_database), PARAMETER, 4)) == [(4,)]


async def _stop(target: Database) -> None:
    asyncio.get_running_loop().create_task(ask(Reader(target), SLEEP))
    await asyncio.sleep(0.1)


def test_statements_are_prepared_and_forgotten(seeded_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    count = Statement(sa.select(sa.func.count()).select_from(sa.table("pg_prepared_statements")))
    monkeypatch.setattr(pipeline, "MOST_PREPARED", 8)

    async def work() -> list[int]:
        counts = []
        for number in range(30):
            reader = Reader(seeded_database)
            await ask(reader, Statement(sa.select(sa.literal_column(str(number)).label("number"))))
            counts += [row[0] for row in await ask(reader, count)]
        return counts

    counts = run(work())
    assert 4 < max(counts) <= 8 + 4


def test_a_prepared_statement_follows_its_table(seeded_database: Database) -> None:
    execute(seeded_database, "CREATE TABLE probe AS SELECT 1 AS value")
    statement = Statement(sa.select(sa.column("value")).select_from(sa.table("probe")))

    async def work() -> list[RawRow]:
        rows = []
        for kind in ("integer", "text", "bigint"):
            for _ in range(2):
                rows += await ask(Reader(seeded_database), statement)
            execute(seeded_database, f"ALTER TABLE probe ALTER value TYPE {kind} USING value::{kind}")
        return rows

    assert run(work()) == [(1,), (1,), (1,), (1,), ("1",), ("1",)]


def test_a_queue_that_is_too_long_is_overload(seeded_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "QUEUE_SECONDS", 0.05)
    target = Database(seeded_database.engine.url.render_as_string(hide_password=False), connections=1)

    async def work() -> list[Any]:
        asked = [ask(Reader(target), SLEEP), ask(Reader(target), PARAMETER, 1)]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    slow, refused = run(work())
    target.close()
    assert slow == [("",)]
    assert isinstance(refused, Overloaded)


def test_a_writer_prepares_its_statements_and_after_a_loss_prepares_them_anew(seeded_database: Database) -> None:
    count = Statement(sa.select(sa.func.count()).select_from(sa.table("pg_prepared_statements")))

    def ask_twice(session: Session) -> int:
        count.ask(session, {})
        return int(count.ask(session, {})[0][0])

    async def work() -> None:
        assert await seeded_database.write(ask_twice) == 1
        await seeded_database.write(lambda session: session.execute(sa.text("DEALLOCATE ALL")))
        with pytest.raises(psycopg.errors.InvalidSqlStatementName):
            await seeded_database.write(ask_twice)
        assert await seeded_database.write(ask_twice) == 1

    run(work())
