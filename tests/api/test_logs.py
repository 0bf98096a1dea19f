"""What the log tells, and how much of it."""

import sqlite3
from pathlib import Path

from api.sampling import KINDS, SECONDS, Sampler
from tests.api.process import served


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_error_that_repeats_is_logged_in_full_a_few_times_and_each_request_in_one_line(tmp_path: Path) -> None:
    with served(tmp_path) as process, process.client() as client:
        client.get("/readyz")
        with sqlite3.connect(tmp_path / "sixty-one.db") as database:
            database.execute("ALTER TABLE theme RENAME TO topic")
        answers = [client.post("/graphql", json={"query": "{strategy{themes{slug}}}"}) for _ in range(200)]
        process.stop()
    assert {answer.json()["errors"][0]["extensions"]["code"] for answer in answers} == {"INTERNAL_SERVER_ERROR"}
    assert len(process.logged("unexpected_error")) == 10
    asked = [line for line in process.logged("request") if line["path"] == "/graphql"]
    assert [line["request_id"] for line in asked] == [answer.headers["x-request-id"] for answer in answers]
    assert len("".join(process.lines)) < 200_000


def test_what_was_left_out_is_counted_when_its_minute_is_over() -> None:
    clock, told = Clock(), list[tuple[str, int]]()
    sampler = Sampler(2, lambda *suppressed: told.append(suppressed), clock)
    assert [sampler.admits("a") for _ in range(5)] == [True, True, False, False, False]
    clock.now = SECONDS - 1
    assert sampler.admits("b")
    sampler.end()
    assert told == []
    clock.now = SECONDS
    sampler.end()
    assert told == [("a", 3)]
    assert sampler.admits("a")


def test_kinds_that_never_repeat_take_no_more_memory() -> None:
    sampler = Sampler(clock=Clock())
    for number in range(3 * KINDS):
        assert sampler.admits(str(number))
        sampler.end()
    assert len(sampler.kinds) == KINDS
