"""A connection that follows refuses what is not allowed, and takes every token that is good, also while it is open."""

import datetime as dt
from collections.abc import Iterator

import pytest

from db import tokens
from db.database import Database
from db.vocabulary import Role
from schema.node import global_id
from schema.paging import write_cursor
from tests.api import live
from tests.api.live import cursor, data_or_codes, open_socket, open_stream, revision, write
from tests.api.process import Process
from tests.engines import REVISION
from tests.writable import WritableApi

Running = tuple[Process, Database]
ADD = 'mutation { addDocument(input: {slug: "added", title: "Added"}) { __typename } }'
FOREIGN = [
    *(write_cursor("changes", place) for place in ((99_999,), (-1,), ("1",), (1, 1), (10**30,))),
    *(write_cursor(name, ("SVS-01",)) for name in ("commitments", "events")),
    *("garbage", "é"),
]
EVENT = "subscription {{ changes {{ {} }} }}"
THEME = "subject {{ ... on Theme {{ {} }} }}"
REFUSALS = {
    "QUERY_TOO_LONG": EVENT.format("revision " * 2_000),
    "QUERY_TOO_DEEP": '{ __type(name: "Change") { ' + "ofType { " * 20 + "name" + " }" * 22,
    "TOO_MANY_ALIASES": EVENT.format(" ".join(f"a{number}: revision" for number in range(101))),
    "PAGE_TOO_LARGE": "{ commitments(first: 101) { totalCount } }",
    "QUERY_TOO_COSTLY": EVENT.format(THEME.format("commitments { theme { " * 7 + "id" + " } }" * 7)),
    "GRAPHQL_VALIDATION_FAILED": "subscription { changes { revision } more: changes { revision } }",
    "GRAPHQL_PARSE_FAILED": "subscription {",
    "OPERATION_RESOLUTION_FAILURE": "subscription A { changes { id } } subscription B { changes { id } }",
    "BAD_REQUEST": "",
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    # One address stands for many clients here, most of which ask for what is refused.
    with live.running(tmp_path_factory.mktemp("live"), rate_per_minute="0") as server:
        yield server


@pytest.mark.parametrize("after", FOREIGN)
def test_a_wrong_cursor_is_refused(running: Running, after: str) -> None:
    url = running[0].url()
    with open_socket(url) as socket, open_stream(url, after=after) as events:
        socket.ask(after=after)
        assert socket.answer() == ["INVALID_CURSOR"]
        assert [(name, answer and data_or_codes(answer)) for name, answer in events] == [
            ("next", ["INVALID_CURSOR"]),
            ("complete", None),
        ]


@pytest.mark.parametrize("id", [global_id("StatusUpdate", "x"), global_id("Change", "1"), "garbage"])
def test_a_subject_that_cannot_be_followed_is_refused(running: Running, id: str) -> None:
    url = running[0].url()
    with open_socket(url) as socket, open_stream(url, subject=id) as events:
        socket.ask(subject=id)
        assert (socket.answer(), data_or_codes(next(events)[1])) == (["INVALID_ID"],) * 2


@pytest.mark.parametrize("token", ["sxo_" + "a" * 43, "sxo_", "\n", "é" * 300])
def test_a_bad_token_closes_the_connection_at_once(running: Running, token: str) -> None:
    for hello in (
        {"Authorization": f"Bearer {token}"},
        {"authorization": f"bearer{token}"},
        {"AUTHORIZATION": [token]},
    ):
        with open_socket(running[0].url(), greet=False) as socket:
            socket.say(type="connection_init", payload=hello)
            messages, code, reason = socket.wait_until_closed()
            assert (messages, code, bool(reason)) == ([], 4401, True)


@pytest.mark.parametrize("authorization", [None, "", "Basic dTpw", "undefined", False])
def test_a_client_with_another_credential_is_let_in_as_the_public(running: Running, authorization: object) -> None:
    with open_socket(running[0].url(), greet=False) as socket:
        socket.say(type="connection_init", payload={"Authorization": authorization})
        assert socket.hear() == {"type": "connection_ack"}
        socket.ask("{ viewer { name } }")
        assert socket.answer() == {"viewer": None}


def test_the_token_of_the_handshake_counts_if_the_first_message_has_none(api_shared: WritableApi) -> None:
    header = {"authorization": f"Bearer {api_shared.token(Role.EDITOR)}"}
    with open_socket(api_shared.url, greet=False, additional_headers=header) as socket:
        socket.say(type="connection_init", payload={"Authorization": ""})
        assert socket.hear() == {"type": "connection_ack"}
        socket.ask("{ viewer { name } }")
        assert socket.answer() == {"viewer": {"name": "Tess Ter"}}


@pytest.mark.postgresql_in_full
def test_a_token_is_looked_up_for_each_operation_of_an_open_connection(api_writable: WritableApi) -> None:
    for end in ("expired", "revoked"):
        with open_socket(api_writable.url, api_writable.token(Role.EDITOR, days=1)) as socket:
            socket.ask("{ viewer { name } }")
            assert socket.answer() == {"viewer": {"name": "Tess Ter"}}
            socket.ask(id="open", after=cursor(revision(api_writable.database)))
            assert write(api_writable.database) == [socket.next("open")["revision"]]
            if end == "expired":
                api_writable.clock.now += dt.timedelta(days=1)
            else:
                with api_writable.database.transaction() as session:
                    for row, _ in tokens.with_organisations(session):
                        tokens.revoke(session, row.id, api_writable.clock())
            socket.ask(ADD)
            assert socket.answer() == ["UNAUTHENTICATED"]
            # A subscription to public data goes on.
            assert write(api_writable.database) == [socket.next("open")["revision"]]


@pytest.mark.postgresql_in_full
def test_everything_can_be_asked_over_a_websocket_and_writes_take_a_token(api_writable: WritableApi) -> None:
    with (
        open_socket(api_writable.url) as public,
        open_socket(api_writable.url, api_writable.token(Role.EDITOR)) as editor,
    ):
        for socket, answer in (
            (public, ["UNAUTHENTICATED"]),
            (editor, {"addDocument": {"__typename": "DocumentAdded"}}),
        ):
            socket.ask("{ dataset { revision } }")
            assert socket.answer() == {"dataset": {"revision": REVISION}}
            socket.ask(ADD)
            assert socket.answer() == answer
    with open_stream(api_writable.url, ADD, "GET") as get_events, open_stream(api_writable.url, ADD) as post_events:
        assert [data_or_codes(answer) for _, answer in get_events if answer] == [["METHOD_NOT_ALLOWED"]]
        assert [data_or_codes(answer) for _, answer in post_events if answer] == [["UNAUTHENTICATED"]]
    assert revision(api_writable.database) == REVISION + 1


@pytest.mark.parametrize("code", REFUSALS)
def test_no_way_in_leads_past_the_gate(running: Running, code: str) -> None:
    url = running[0].url()
    with open_socket(url) as socket, open_stream(url, REFUSALS[code]) as events:
        socket.ask(REFUSALS[code])
        assert socket.answer() == [code]
        assert [data_or_codes(answer) for _, answer in events if answer] == [[code]]


@pytest.mark.parametrize("empty", [{}, {"payload": None}, {"payload": {}}])
def test_a_null_in_a_message_counts_as_absent(running: Running, empty: dict[str, object]) -> None:
    with open_socket(running[0].url(), greet=False) as socket:
        socket.say(type="connection_init", **empty)
        assert socket.hear() == {"type": "connection_ack"}
        socket.say(type="ping", **empty)
        assert socket.hear() == {"type": "pong"}
        socket.say(type="pong", **empty)
        for nothing in (None, ""):
            nulls = {"variables": None, "operationName": nothing, "extensions": None}
            socket.say(type="subscribe", id="1", payload={"query": "{ __typename }", **nulls})
            assert socket.answer() == {"__typename": "Query"}
        socket.say(type="complete", id="1", **empty)
        socket.ask("{ __typename }")
        assert socket.answer() == {"__typename": "Query"}
