"""The budget by itself: a client is let in after the stated wait, and none gets more than the budget."""

import asyncio

import pytest

from api.budget import BURST, MINUTE, Budget, Counts


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


async def spent(budget: Budget) -> int:
    """Takes all there is, in hundreds; in how many seconds there will be another."""
    while not (wait := await budget.take("client", 100)):
        pass
    return wait


@pytest.mark.parametrize("start", [0.0, 1.0, 2.5, 4.9, 31.0, 59.0])
@pytest.mark.parametrize(("per_minute", "burst"), [(5_000, 0), (5_000, 2_000), (100_000, 1_000)])
def test_a_client_is_let_in_after_retry_after_and_not_before(start: float, per_minute: int, burst: int) -> None:
    async def trial() -> None:
        clock, budget = Clock(), Budget(per_minute, burst)
        budget.own.clock = clock
        clock.now += start
        for _ in range(20):
            wait = await spent(budget)
            clock.now += wait - 1.01
            assert wait == 1 or await budget.take("client", 100)
            clock.now += 1.01
            assert not await budget.take("client", 100)

    asyncio.run(trial())


def test_no_client_gets_more_than_the_budget_in_a_minute_or_a_burst() -> None:
    async def trial() -> None:
        clock, budget = Clock(), Budget(10_000, 2_000)
        budget.own.clock = clock
        times: list[float] = []
        for _ in range(3_000):
            clock.now += 0.1
            while not await budget.take("client", 100):
                times.append(clock.now)
        for seconds, most in ((BURST, 2_000), (MINUTE, 10_000)):
            # The window slides by what was asked for on average, so that a little more can pass at its edge.
            busiest = max(sum(at <= one < at + seconds for one in times) for at in times)
            assert 100 * busiest <= 2 * most
        assert 100 * len(times) <= 10_000 * (300 / MINUTE + 1)

    asyncio.run(trial())


def test_clients_that_never_come_back_take_no_more_memory() -> None:
    counts = Counts(most=100)
    for number in range(1_000):
        assert counts.acquire(f"2001:db8:{number:x}::/64", 100, MINUTE, 10)
        # A client that goes on asking keeps its place in memory.
        assert counts.acquire("client", 20_000, MINUTE, 10)
    assert len(counts.usage) == 100
    assert counts.window("client", MINUTE)[2] == 10_000


def test_a_client_that_is_let_in_at_once_pays_what_it_pays_in_turn() -> None:
    async def trial() -> None:
        clock = Clock()
        one, other = Budget(5_000, 2_000), Budget(5_000, 2_000)
        one.own.clock = other.own.clock = clock
        for _ in range(500):
            clock.now += 0.3
            left = one.take_here("client", 100)
            let_in = left is not None or not await one.take("client", 100)
            assert let_in == (not await other.take("client", 100))
            assert (left or await one.header("client")) == await other.header("client")

    asyncio.run(trial())
