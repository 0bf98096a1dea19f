"""Behind a request that took long, clients take turns."""

import asyncio
import time

from api.rate_limit import QUICK, FairQueue


def test_a_client_with_many_requests_waits_for_the_others() -> None:
    queue = FairQueue()
    beginnings = []

    async def begin(client: str) -> None:
        beginnings.append((client, await queue.wait_turn(client, is_next=True)))
        time.sleep(2 * QUICK)  # noqa: ASYNC251

    async def begin_all() -> None:
        await asyncio.gather(*map(begin, "aaabc"))

    asyncio.run(begin_all())
    assert beginnings == [("a", False), ("a", True), ("b", True), ("c", True), ("a", True)]


def test_what_does_not_work_at_once_takes_turns_from_the_first() -> None:
    queue = FairQueue()

    async def begin_all() -> list[bool]:
        return await asyncio.gather(*map(queue.wait_turn, "aab"))

    assert asyncio.run(begin_all()) == [False, True, True]
