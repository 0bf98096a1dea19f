"""A wrong clock writes nothing: it is refused with a reason."""

import datetime as dt

import pytest

from db import changes
from tests.engines import REVISION
from tests.inputs import VALID_INPUTS, submit, submit_valid
from tests.server import NOW
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

NAME = next(iter(VALID_INPUTS))


@pytest.mark.parametrize("behind", [dt.timedelta(seconds=61), dt.timedelta(days=400)])
def test_nothing_is_recorded_by_a_clock_that_is_behind(api_writable: WritableApi, behind: dt.timedelta) -> None:
    submit_valid(api_writable.editor, NAME)
    api_writable.clock.now = NOW - behind
    answer = submit(api_writable.editor, list(VALID_INPUTS)[1], VALID_INPUTS[list(VALID_INPUTS)[1]])
    [problem] = answer["problems"]
    assert (answer["__typename"], problem["code"], problem["path"]) == ("Rejected", "CONFLICT", [])
    assert problem["message"].startswith(
        "The record goes up to 2026-12-01T12:00:00Z, and the clock of this machine says"
    )
    ready = api_writable.public.http.get("/readyz")
    assert (ready.status_code, ready.json()["reason"]) == (503, problem["message"])
    # What was recorded is read all the same.
    assert api_writable.public.ask("{ dataset { revision } }") == {"dataset": {"revision": REVISION + 1}}
    api_writable.clock.now = NOW + dt.timedelta(seconds=1)
    submit_valid(api_writable.editor, list(VALID_INPUTS)[1])
    assert api_writable.public.http.get("/readyz").status_code == 200


def test_a_clock_that_steps_back_a_little_is_no_matter(api_writable: WritableApi) -> None:
    submit_valid(api_writable.editor, NAME)
    api_writable.clock.now = NOW - dt.timedelta(seconds=59)
    assert api_writable.public.http.get("/readyz").status_code == 200
    submit_valid(api_writable.editor, list(VALID_INPUTS)[1])
    before, after = (change.row.recorded_at for change in api_writable.database.read_sync(changes.after, REVISION, 10))
    assert after - before == dt.timedelta(microseconds=1)
