"""The clock of the machine steps back during service: reading goes on, and the log stays in order."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from db.database import Database
from tests.engines import REVISION, seed_sqlite
from tests.writable import serving_writable

ADD = """mutation ($slug: String!) { addDocument(input: {slug: $slug, title: $slug}) {
  ... on DocumentAdded { change { revision recordedAt } } ... on Rejected { problems { code } } } }"""
PATHS = ("/", "/commitments", "/changes", "/feed.atom", "/events.ics", "/data/commitments.csv")


def at(change: Mapping[str, str]) -> dt.datetime:
    return dt.datetime.fromisoformat(change["recordedAt"])


def test_a_clock_that_steps_back_loses_nothing(tmp_path: Path) -> None:
    database = Database(seed_sqlite(tmp_path))
    with serving_writable(database) as api:
        right = api.clock.now
        first = api.editor.ask(ADD, slug="first")["addDocument"]["change"]
        for back in (dt.timedelta(seconds=30), dt.timedelta(days=30)):
            api.clock.now = right - back
            assert {api.public.http.get(path).status_code for path in PATHS} == {200}
            answer = api.editor.ask(ADD, slug=f"back-{back.days}")["addDocument"]
            if not back.days:
                # A little is what two clocks may differ by.
                second = answer["change"]
                assert (second["revision"], at(second) > at(first)) == (REVISION + 2, True)
            else:
                # More is wrong, and would stay in the record for good.
                assert [problem["code"] for problem in answer["problems"]] == ["CONFLICT"]
        api.clock.now = right
        third = api.editor.ask(ADD, slug="right")["addDocument"]["change"]
        assert (third["revision"], at(third) > at(second)) == (REVISION + 3, True)
    database.close()
