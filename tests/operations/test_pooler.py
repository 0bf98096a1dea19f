"""Behind PgBouncer in transaction mode everything works as without it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from db import migrate
from db.database import Database
from seeds import loader
from tests.api.live import cursor, event_revision, open_socket, open_stream, revision, write
from tests.engines import LOADED_AT
from tests.operations.pgbouncer import serving_pooler
from tests.operations.postgresql import Cluster
from tests.writable import WritableApi, serving_writable

PATHS = ("/", "/commitments?search=knife", "/feed.atom", "/events.ics", "/data/sixty-one.zip", "/data/sixty-one.xlsx")
RECORD = """mutation ($day: Date!) { recordStatus(input: {
  commitment: "SVS-07", status: IN_PROGRESS, effectiveOn: $day, voice: MEDIA, note: "Said.",
  citation: {newDocument: {slug: "said", title: "Said"}}
}) { ... on StatusRecorded { change { revision } } ... on Rejected { problems { code message } } } }"""


@pytest.fixture(scope="module")
def api_writable(debian: Cluster) -> Iterator[WritableApi]:
    with serving_pooler(debian) as port:
        database = Database(f"postgresql://postgres@127.0.0.1:{port}/{debian.database()}")
        for step in (migrate.upgrade, partial(loader.load, now=LOADED_AT), partial(loader.load, now=LOADED_AT)):
            step(database)
        # Six first pages at once take more than the usual 5 seconds on a machine that runs other tests.
        with serving_writable(database, rate_per_minute=0, rate_burst=0, query_seconds=60) as api:
            yield api
        database.close()


def test_every_page_feed_and_file_is_made_again_and_again(api_writable: WritableApi) -> None:
    paths = [f"{path}{'&' if '?' in path else '?'}asOf=2020-01-{day:02}" for day in range(1, 7) for path in PATHS]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(api_writable.public.http.get, paths))
    assert [one.text for one in answers if one.status_code != 200] == []
    assert {(str(one.url.path), one.status_code) for one in answers} == {
        (path.partition("?")[0], 200) for path in PATHS
    }


def test_a_write_reaches_every_subscriber(api_writable: WritableApi) -> None:
    after = cursor(revision(api_writable.database))
    with open_socket(api_writable.url) as socket, open_stream(api_writable.url, after=after) as events:
        socket.ask(after=after)
        # PgBouncer may give the notification to another connection, so the log is also polled.
        data = api_writable.editor.ask(RECORD, day="2019-05-20")["recordStatus"]["change"]["revision"]
        [last] = write(api_writable.database)
        assert [socket.next()["revision"] for _ in range(2)] == [data, last]
        assert [event_revision(next(events)) for _ in range(2)] == [data, last]
