"""The cost of an operation is charged while it is executed, independent of its price, and ends it at its limit."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import sqlalchemy as sa

from db import tokens
from db.database import Database
from db.models import Dataset, Event, Participant
from db.vocabulary import EventKind, Role, Voice
from schema import turns
from tests.api.live import cursor, open_socket, revision, write
from tests.engines import REVISION, url_of
from tests.hold import hold_threads
from tests.log import add_change, begin_change
from tests.server import GRAPHQL, NOW, Api, serving
from tests.size import sized
from tests.waiting import PATIENCE, until
from tests.writable import WritableApi, serving_writable

pytestmark = pytest.mark.postgresql_in_full

EXHAUSTED = {"code": "QUERY_TOO_COSTLY", "allowed": 5_000}
EVENT = '{ event(slug: "large") { participants { name role } } }'


@pytest.fixture
def api_stale_prices(seeded_database: Database) -> Iterator[Api]:
    """An application that has not seen how long a list has become since it was started."""
    url = url_of(seeded_database)
    with serving(url, answers_bytes=0, max_cost=5_000) as api:
        with seeded_database.transaction() as session:
            begin_change(session)
            event = Event(slug="large", title="Large", kind=EventKind.OTHER, date_note="-")
            session.add(event)
            session.flush()
            session.add_all(Participant(event_id=event.id, position=place, name=f"{place}") for place in range(2_000))
            add_change(session, NOW)
        yield api


def test_a_query_that_takes_more_than_its_price_ends_as_a_whole(api_stale_prices: Api) -> None:
    response = api_stale_prices.send(f"{{ dataset {{ revision }} ...A }} fragment A on Query {EVENT}")
    assert response.status_code == 400
    assert response.json() == {
        "errors": [
            {
                "message": "A query may cost 5000; this one took more.",
                "extensions": EXHAUSTED,
            }
        ]
    }
    assert api_stale_prices.ask("{ dataset { revision } }") == {"dataset": {"revision": REVISION + 1}}


def test_a_nullable_field_is_null_alone_after_an_error(api_stale_prices: Api) -> None:
    answer = api_stale_prices.send(
        '{ a: event(slug: "large") { id } b: event(slug: "large") { participants { name } } }'
    )
    assert answer.json().keys() == {"errors"}
    assert len(answer.json()["errors"]) == 1


def test_a_query_that_takes_too_long_ends(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    with serving(url, answers_bytes=0, query_seconds=1e-6) as api:
        answer = api.send("{ dataset { revision } }").json()
    assert [error["message"] for error in answer["errors"]] == ["A query may take 1e-06 seconds; this one took more."]
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["QUERY_TOO_COSTLY"]


@pytest.fixture
def api_small_limit(seeded_database: Database) -> Iterator[WritableApi]:
    with serving_writable(seeded_database, large_cost=1_500) as api:
        yield api


CHANGE = """mutation { addFund(input: {
  slug: "new", name: "New", citations: [{document: "itv-2019-12-29"}]
}) { ... on FundAdded { fund { slug } %s } ... on Rejected { problems { message } } } }"""


def test_a_change_whose_answer_is_too_large_writes_nothing(api_small_limit: WritableApi) -> None:
    large = CHANGE % "change { subject { ... on Strategy { themes { commitments { ref title events { title } } } } } }"
    assert api_small_limit.editor.codes(large) == ["QUERY_TOO_COSTLY"]
    assert api_small_limit.public.ask("{ dataset { revision } }") == {"dataset": {"revision": REVISION}}


def test_a_change_whose_answer_takes_more_than_its_price_is_written_and_says_so_and_none_is_after_it(
    api_stale_prices: Api, seeded_database: Database
) -> None:
    with seeded_database.transaction() as session:
        token = tokens.create(session, "Ed Itor", Role.EDITOR, list(Voice), expires_at=None, now=NOW)
    editor = Api(str(api_stale_prices.http.base_url), token)
    fields = [
        'addDocument(input: {slug: "first", title: "New"}) { ... on DocumentAdded { document { slug } } }',
        """correctEvent(input: {event: "large", venue: "A hall", reason: "It was wrong."}) {
          ... on EventCorrected { event { participants { name role } } }
        }""",
        'addDocument(input: {slug: "last", title: "New"}) { ... on DocumentAdded { document { slug } } }',
    ]
    answer = editor.send(f"mutation {{ a: {fields[0]} b: {fields[1]} c: {fields[2]} }}").json()
    editor.http.close()
    assert answer["data"] == {"a": {"document": {"slug": "first"}}, "b": None, "c": None}
    assert [(error["path"], error["message"], error["extensions"]) for error in answer["errors"]] == [
        (["b"], "It was written, without an answer. A query may cost 5000; this one took more.", EXHAUSTED),
        (["c"], "It was not written: the fields before it took more than a mutation may.", EXHAUSTED),
    ]
    written = api_stale_prices.ask(
        '{ dataset { revision } event(slug: "large") { venue } documents(filter: {search: "New"}) { nodes { slug } } }'
    )
    assert (written["dataset"]["revision"], written["event"]["venue"]) == (REVISION + 3, "A hall")
    slugs = {node["slug"] for node in written["documents"]["nodes"]}
    assert slugs & {"first", "last"} == {"first"}


def test_a_change_that_waited_for_others_is_answered(seeded_database: Database) -> None:
    with serving_writable(seeded_database, query_seconds=2) as api:
        writing = threading.Event()

        def hold() -> None:
            with seeded_database.transaction() as session:
                session.execute(sa.update(Dataset).values(licence=Dataset.licence))
                writing.set()
                time.sleep(2.5)

        other = threading.Thread(target=hold)
        other.start()
        assert writing.wait(PATIENCE)
        answer = api.editor.ask(CHANGE % "change { revision subject { id } }")
        other.join()
    assert answer["addFund"]["change"]["revision"] == REVISION + 1


FAR = " fragment A on Commitment { events { commitments { events { commitments { events { title } } } } } }"


def test_a_subscription_is_weighed_by_one_event_and_charged_for_each(api_small_limit: WritableApi) -> None:
    with open_socket(api_small_limit.url) as socket:
        socket.ask("subscription { changes { subject { ... on Theme { commitments { ...A } } } } }" + FAR)
        [error] = socket.hear()["payload"]
        assert error["extensions"]["code"] == "QUERY_TOO_COSTLY"
        # Five of these cost more together than one may.
        query = "subscription ($after: String) { changes(after: $after) { revision subject { id } } }"
        socket.ask(query, id="2", after=cursor(revision(api_small_limit.database)))
        revisions = [write(api_small_limit.database)[0] for _ in range(5)]
        assert [socket.next("2")["revision"] for _ in revisions] == revisions


# Large, and executed in a twentieth of a second.
PART = 'fund(slug: "youth-fund-round-1") { allocations { fund { allocations { fund { id } } } } }'
LARGE = "{ " + " ".join(f"a{number}: {PART}" for number in range(6)) + " }"
WORST = '{fund(slug:"youth-fund-round-1"){' + "allocations{fund{" * 3 + "__typename" + "}}" * 3 + "}}"


def test_others_are_answered_while_the_worst_is_executed(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    with (
        serving(url, answers_bytes=0, rate_per_minute=0) as api,
        ThreadPoolExecutor(3) as attackers,
        hold_threads("large-query") as hold,
    ):
        attacks = [attackers.submit(api.send, WORST) for _ in range(3)]
        until(lambda: bool(hold.threads))
        for _ in range(10):
            assert api.http.get("/healthz").status_code == 200
            assert api.ask("{ dataset { revision } }")["dataset"]["revision"] == REVISION
        assert not any(attack.done() for attack in attacks)
        hold.end()
        assert min(len(attack.result().content) for attack in attacks) > 200_000


def test_more_large_queries_than_can_wait_get_retry_after(
    seeded_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAITING", sized(turns.WAITING, 10))
    number = 2 * turns.WAITING
    url = url_of(seeded_database)
    answers: list[httpx.Response] = []
    with serving(url, answers_bytes=0, rate_per_minute=0) as api, hold_threads("large-query") as hold:
        query = {"query": LARGE}

        def ask() -> None:
            answers.append(api.http.post("/graphql", json=query, headers={"accept": GRAPHQL}))

        threads = [threading.Thread(target=ask) for _ in range(number)]
        for thread in threads:
            thread.start()
        # One is executed, and the others are too many.
        until(lambda: len(hold.threads) == 1 and len(answers) == number - 1 - turns.WAITING)
        refusals = list(answers)
        hold.end()
        for thread in threads:
            thread.join()
    assert {answer.status_code for answer in answers[len(refusals) :]} == {200}
    for answer in refusals:
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["UNAVAILABLE"]
