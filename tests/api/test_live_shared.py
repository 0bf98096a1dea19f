"""Subscribers who ask the same share one execution of each change, and get what each would get alone."""

from contextlib import ExitStack

import pytest

from tests.api.live import cursor, open_socket, open_stream, revision, write
from tests.server import capture_statements
from tests.writable import WritableApi

QUERIES = [
    "subscription ($after: String, $about: ID) { changes(after: $after, subject: $about) { revision subject {"
    f" ... on Strategy {{ id themes {{ {fields} }} }} }} }} }}"
    for fields in ("slug", "title", "slug title")
]
NUMBER = 45


@pytest.mark.postgresql_in_full
def test_a_change_is_executed_once_for_each_query_and_is_the_same_to_the_byte(api_writable: WritableApi) -> None:
    url, strategy = api_writable.url, api_writable.public.ask("{ strategy { id } }")["strategy"]["id"]
    earlier, first = write(api_writable.database, 2)
    with ExitStack() as stack:
        sockets = [stack.enter_context(open_socket(url)) for _ in range(NUMBER)]
        for number, socket in enumerate(sockets):
            # Where each begins, and what each follows, tells nothing about what is in an event.
            after = earlier - number % 2
            socket.ask(QUERIES[number % 3], after=cursor(after), about=strategy if number > NUMBER / 2 else None)
            assert socket.revisions(first - after) == [*range(after + 1, first + 1)]
        streams = [stack.enter_context(open_stream(url, query, after=cursor(first))) for query in QUERIES]
        with capture_statements() as statements:
            [second] = write(api_writable.database)
            messages = [str(socket.connection.recv(30)) for socket in sockets]
            events = [next(stream)[1] for stream in streams]
        assert len([statement for statement in statements if "FROM theme" in statement]) == len(QUERIES)
        for number, query in enumerate(QUERIES):
            # The same query by another text is another one.
            alone = stack.enter_context(open_socket(url))
            alone.ask(f"{query} # alone", after=cursor(first))
            assert {str(alone.connection.recv(30))} == set(messages[number::3])
            alone.ask(query, "again", after=cursor(first))
            again = alone.hear()
            assert (again["id"], again["payload"]) == ("again", events[number])
            assert events[number]["data"]["changes"]["revision"] == second


def test_a_variable_that_stands_elsewhere_too_tells_two_questions_apart(api_writable: WritableApi) -> None:
    query = """subscription ($after: String, $wanted: Boolean = false) {
      changes(after: $after) { ...Two actor @include(if: $wanted) } } fragment Two on Change { revision }"""
    after = cursor(revision(api_writable.database))
    with ExitStack() as stack:
        sockets = [stack.enter_context(open_socket(api_writable.url)) for _ in range(3)]
        for socket, wanted in zip(sockets, (False, True, False), strict=True):
            socket.ask(query, after=after, wanted=wanted)
        write(api_writable.database)
        assert [sorted(socket.next()) for socket in sockets] == [["revision"], ["actor", "revision"], ["revision"]]


def test_who_is_far_behind_gets_many_changes_and_what_each_has_cost(api_writable: WritableApi) -> None:
    start = revision(api_writable.database)
    revisions = write(api_writable.database, 120)
    header = {"sixty-one-cost": "1"}
    with open_socket(api_writable.url) as plain, open_socket(api_writable.url, additional_headers=header) as curious:
        for socket in (plain, curious):
            socket.ask(QUERIES[0], after=cursor(start))
        assert plain.revisions(120) == revisions
        payloads = [curious.hear()["payload"] for _ in revisions]
    assert [payload["data"]["changes"]["revision"] for payload in payloads] == revisions
    costs = [payload["extensions"]["cost"] for payload in payloads]
    assert costs == costs[:1] * 120
    assert 0 < costs[0]["cost"] <= costs[0]["price"] <= costs[0]["allowed"]
