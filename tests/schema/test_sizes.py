"""Prices follow from the sizes of the data, which are measured beside the start."""

import asyncio
import threading

from db.database import Database
from db.reader import Reader
from schema.build import Schema
from schema.limits import Limits


def test_the_first_query_waits_until_the_data_is_measured(seeded_database: Database) -> None:
    schema, goes_on = Schema(Limits()), threading.Event()

    async def ask() -> None:
        schema.measurer.submit(goes_on.wait)
        schema.begin_measuring(Reader(seeded_database))
        waiting = asyncio.create_task(schema.known_sizes())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        goes_on.set()
        assert (await waiting).state

    try:
        asyncio.run(ask())
    finally:
        goes_on.set()
        schema.close()
