"""One wrong clock moves nothing for good: what it would write is refused, and it is said why."""

import datetime as dt

import pytest

from db import changes
from tests.desk import Desk
from tests.inputs import SOUND, made, sent
from tests.server import NOW

NAME = next(iter(SOUND))


@pytest.mark.parametrize("behind", [dt.timedelta(seconds=61), dt.timedelta(days=400)])
def test_nothing_is_recorded_by_a_clock_that_is_behind(at_desk: Desk, behind: dt.timedelta) -> None:
    made(at_desk.editor, NAME)
    at_desk.clock.now = NOW - behind
    answer = sent(at_desk.editor, list(SOUND)[1], SOUND[list(SOUND)[1]])
    [problem] = answer["problems"]
    assert (answer["__typename"], problem["code"], problem["path"]) == ("Rejected", "CONFLICT", [])
    assert problem["message"].startswith(
        "The record goes up to 2026-12-01T12:00:00Z, and the clock of this machine says"
    )
    ready = at_desk.public.http.get("/readyz")
    assert (ready.status_code, ready.json()["reason"]) == (503, problem["message"])
    # What was recorded is read all the same.
    assert at_desk.public.ask("{ dataset { revision } }") == {"dataset": {"revision": 2}}
    at_desk.clock.now = NOW + dt.timedelta(seconds=1)
    made(at_desk.editor, list(SOUND)[1])
    assert at_desk.public.http.get("/readyz").status_code == 200


def test_a_clock_that_steps_back_a_little_is_no_matter(at_desk: Desk) -> None:
    made(at_desk.editor, NAME)
    at_desk.clock.now = NOW - dt.timedelta(seconds=59)
    assert at_desk.public.http.get("/readyz").status_code == 200
    made(at_desk.editor, list(SOUND)[1])
    before, after = (change.row.recorded_at for change in at_desk.database.ask(changes.after, 1, 10))
    assert after - before == dt.timedelta(microseconds=1)
