"""A look at the revision misses no change that was made before it, whoever shares it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from db import line
from db.database import Database
from db.look import Look
from tests.log import add_change
from tests.server import NOW
from tests.waiting import PATIENCE

ENDS = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'PREPARE look%'")


@asynccontextmanager
async def looking(database: Database) -> AsyncIterator[Look]:
    look = Look(database)
    try:
        yield look
    finally:
        await look.close()


async def until_lost(look: Look) -> None:
    assert look.line
    async with asyncio.timeout(PATIENCE):
        while look.line.connection is not None:  # noqa: ASYNC110  (nothing tells of it)
            await asyncio.sleep(0.01)


def change(database: Database) -> None:
    with database.transaction() as session:
        add_change(session, NOW)


def test_whoever_shares_a_look_sees_what_was_written_before_it(seeded_database: Database) -> None:
    async def trial() -> None:
        async with looking(seeded_database) as look:
            assert await look.state() == await seeded_database.state()
            for _ in range(10):
                arrived = time.monotonic()
                early = [asyncio.create_task(look.state(arrived)) for _ in range(20)]
                await asyncio.sleep(0)
                # The look of the others is under way, or over, and has not seen this.
                change(seeded_database)
                expected = await seeded_database.state()
                assert await look.state(time.monotonic()) == expected
                assert await look.state() == expected
                states = {await state for state in early}
                assert len(states) == 1

    asyncio.run(trial())


@pytest.mark.postgresql_only
def test_a_look_survives_its_connection(seeded_database: Database) -> None:
    async def trial() -> None:
        async with looking(seeded_database) as look:
            for _ in range(3):
                change(seeded_database)
                # The first may be asked over the connection that is lost, and the second is asked over a new one.
                for _ in range(2):
                    assert await look.state() == await seeded_database.state()
                with seeded_database.engine.connect() as connection:
                    assert connection.execute(ENDS).all()
            # The next has no need to find out.
            await until_lost(look)
            assert await look.state() == await seeded_database.state()

    asyncio.run(trial())


@pytest.mark.postgresql_only
def test_a_server_that_does_not_answer_in_time_is_asked_as_any_reader_asks(
    seeded_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "PATIENCE", 1.0)

    async def trial() -> None:
        async with looking(seeded_database) as look:
            await look.state()
            with seeded_database.engine.connect() as connection:
                connection.execute(sa.text("LOCK TABLE dataset"))
                waiting = asyncio.create_task(look.state())
                await until_lost(look)
            assert await waiting == await seeded_database.state()
            assert await look.state() == await seeded_database.state()

    asyncio.run(trial())
