"""The lines of the log, and how many of them there are."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.logs import KINDS, SECONDS, LogSampler
from db import tokens
from db.database import Database
from db.vocabulary import Role
from tests.api import live
from tests.api.process import Process, serving_process
from tests.engines import seed_sqlite
from tests.server import NOW
from tests.waiting import until

Running = tuple[Process, Database]
AGENT = "Reader/1.0 (mailto:reader@example.org)"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with live.running(tmp_path_factory.mktemp("logged"), log_blocked_milliseconds="1") as server:
        yield server


def line(process: Process, request_id: str, event: str = "request") -> dict[str, Any]:
    """The log line of this event and request, after the request has ended."""
    until(lambda: bool([one for one in process.log_lines("request") if one["request_id"] == request_id]))
    [result] = [one for one in process.log_lines(event) if one.get("request_id") == request_id]
    return result


def ask_line(process: Process, request_id: str, query: str, **headers: str) -> dict[str, Any]:
    all_headers = {"x-request-id": request_id, "user-agent": AGENT} | headers
    httpx.post(f"{process.url()}/graphql", json={"query": query}, headers=all_headers)
    return line(process, request_id)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_error_that_repeats_is_logged_in_full_a_few_times_and_each_request_in_one_line(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    with serving_process(tmp_path, database_url=url) as process, process.client() as client:
        client.get("/readyz")
        with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
            database.execute("ALTER TABLE theme RENAME TO topic")
        answers = [client.post("/graphql", json={"query": "{strategy{themes{slug}}}"}) for _ in range(200)]
        process.stop()
    assert {answer.json()["errors"][0]["extensions"]["code"] for answer in answers} == {"INTERNAL_SERVER_ERROR"}
    assert len(process.log_lines("unexpected_error")) == 10
    lines = [line for line in process.log_lines("request") if line["path"] == "/graphql"]
    assert [line["request_id"] for line in lines] == [answer.headers["x-request-id"] for answer in answers]
    assert len("".join(process.lines)) < 200_000


def test_suppressed_lines_are_counted_at_the_end_of_their_minute() -> None:
    clock, suppressions = Clock(), list[tuple[str, int]]()
    sampler = LogSampler(2, lambda *suppressed: suppressions.append(suppressed), clock)
    assert [sampler.admits("a") for _ in range(5)] == [True, True, False, False, False]
    clock.now = SECONDS - 1
    assert sampler.admits("b")
    sampler.end()
    assert suppressions == []
    clock.now = SECONDS
    sampler.end()
    assert suppressions == [("a", 3)]
    assert sampler.admits("a")


def test_kinds_that_never_repeat_take_no_more_memory() -> None:
    sampler = LogSampler(clock=Clock())
    for number in range(3 * KINDS):
        assert sampler.admits(str(number))
        sampler.end()
    assert len(sampler.kinds) == KINDS


def test_a_log_line_has_the_client_the_cost_and_the_result(running: Running) -> None:
    process, _ = running
    query = "query Titles { commitments { nodes { title } } }"
    plain = {"accept-encoding": "identity"}
    line = ask_line(process, "told-1", query, **plain, **{"x-forwarded-for": "2001:db8::7"})
    assert 0 < line.pop("cost") <= line.pop("price")
    assert line.pop("milliseconds") > 0
    assert len(line.pop("own_id")) == 32
    assert line.pop("timestamp")
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "told-1",
        "client": "2001:db8::7",
        "agent": AGENT,
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "bytes": len(httpx.post(f"{process.url()}/graphql", json={"query": query}, headers=plain).content),
        "operation": "query Titles",
    }
    again = ask_line(process, "told-2", query)
    # The second answer was the first to be cached.
    assert (again["cached"], again["client"]) == (True, "127.0.0.1")
    assert "price" not in again


def test_the_codes_of_an_answer_stand_in_its_line(running: Running) -> None:
    process, _ = running
    wrong = ask_line(process, "codes-1", 'query Wrong { commitment(ref: "none") { ref } }')
    assert (wrong["status"], wrong["codes"], wrong["operation"]) == (200, ["NOT_FOUND"], "query Wrong")
    assert ask_line(process, "codes-2", "{ nothing }")["codes"] == ["GRAPHQL_VALIDATION_FAILED"]
    assert ask_line(process, "codes-3", "{", **{"content-type": "text/plain"})["codes"] == ["UNSUPPORTED_MEDIA_TYPE"]
    httpx.get(f"{process.url()}/nowhere", headers={"x-request-id": "codes-4"})
    assert line(process, "codes-4")["codes"] == ["NOT_FOUND"]


def test_a_page_tells_what_its_queries_took_and_whether_it_was_kept(running: Running) -> None:
    process, _ = running
    for number in range(3):
        httpx.get(f"{process.url()}/gaps?asOf=2020-01-01", headers={"x-request-id": f"page-{number}"})
    first, last = line(process, "page-0"), line(process, "page-2")
    assert first["cost"] > 100
    assert "cached" not in first
    assert last["cached"]


def test_two_requests_of_one_name_can_be_distinguished(running: Running) -> None:
    process, _ = running
    for _ in range(2):
        httpx.get(f"{process.url()}/healthz", headers={"x-request-id": "twice"})
    until(lambda: len([one for one in process.log_lines("request") if one["request_id"] == "twice"]) == 2)
    first, second = [one for one in process.log_lines("request") if one["request_id"] == "twice"]
    assert first["own_id"] != second["own_id"]
    response = httpx.get(f"{process.url()}/healthz").headers["x-request-id"]
    assert "own_id" not in line(process, response)


def test_no_secret_is_logged_wherever_it_stands(running: Running) -> None:
    process, database = running
    with database.transaction() as session:
        secret = tokens.create(session, "Tess Ter", Role.EDITOR, [], now=NOW)
    number = max(token.id or 0 for token, _ in database.read_sync(tokens.with_organisations))
    request_line = ask_line(process, "secret-1", "{ viewer { name } }", authorization=f"Bearer {secret}")
    assert request_line["token"] == number
    headers = {"x-request-id": "secret-2", "user-agent": secret}
    httpx.get(f"{process.url()}/{secret}", params={"token": secret}, headers=headers)
    assert line(process, "secret-2")["path"] == "/sxo_…"
    name = secret.replace("-", "_")
    query = f"query {name}($ref: String) {{ commitments(filter: {{ search: $ref }}) {{ totalCount }} }}"
    body = {"query": query, "variables": {"ref": secret}}
    httpx.post(f"{process.url()}/graphql", json=body, headers={"x-request-id": "secret-3"})
    line(process, "secret-3")
    with live.open_socket(process.url(), secret) as connection:
        connection.ask("query Me { viewer { name } }")
        assert connection.answer() == {"viewer": {"name": "Tess Ter"}}
    until(lambda: bool(process.log_lines("operation")))
    text = "".join(process.lines)
    assert secret not in text
    assert secret[4:30] not in text


def test_what_a_caller_can_make_long_is_cut(running: Running) -> None:
    process, _ = running
    headers = {"x-request-id": "long-1", "user-agent": "a" * 20_000}
    httpx.get(f"{process.url()}/{'%01' * 10_000}", headers=headers)
    assert len(line(process, "long-1")["path"]) == 201
    ask_line(process, "long-2", f"query {'a' * 50_000} {{ __typename }}")
    for request in ("long-1", "long-2"):
        assert max(len(one) for one in process.lines if request in one) < 3_000


def test_every_operation_of_a_socket_has_a_line_and_so_has_the_socket(running: Running) -> None:
    process, database = running
    with live.open_socket(process.url(), additional_headers={"x-request-id": "socket-1"}) as connection:
        connection.ask("query Count { commitments { totalCount } }", id="a")
        connection.answer("a")
        connection.ask("{ nothing }", id="a")
        connection.answer("a")
        connection.ask(after=live.cursor(live.revision(database) - 1), id="b")
        connection.next("b")
    socket = line(process, "socket-1")
    assert (socket["method"], socket["status"], socket["bytes"] > 100) == ("WEBSOCKET", 101, True)
    lines = [one for one in process.log_lines("operation") if one["request_id"] == "socket-1"]
    assert [one["operation"] for one in lines] == ["query Count", "query", "subscription"]
    assert [one.get("codes") for one in lines] == [None, ["GRAPHQL_VALIDATION_FAILED"], None]
    assert lines[0]["price"] >= lines[0]["cost"] > 0


def test_a_blocked_loop_is_logged_with_its_duration(running: Running) -> None:
    process, _ = running
    httpx.get(f"{process.url()}/?asOf=2019-05-05")
    until(lambda: bool(process.log_lines("blocked_loop")))
    assert process.log_lines("blocked_loop")[0]["milliseconds"] >= 1


def test_slow_requests_are_logged_but_streams_are_not(tmp_path: Path) -> None:
    with live.running(tmp_path, log_slow_milliseconds="1") as (process, database):
        ask_line(process, "slow-1", "{ commitments { nodes { title } } }")
        slow = line(process, "slow-1", "slow_request")
        assert (slow["path"], slow["level"], slow["operation"]) == ("/graphql", "warning", "query")
        before = len(process.log_lines("slow_request"))
        headers = {"x-request-id": "slow-2"}
        assert httpx.get(f"{process.url()}/data/sixty-one.xlsx", headers=headers, timeout=180).status_code == 200
        line(process, "slow-2")
        with live.open_stream(process.url(), after=live.cursor(live.revision(database) - 1)) as events:
            next(events)
        until(lambda: len([one for one in process.log_lines("request") if "stream" in one["path"]]) == 1)
        assert len(process.log_lines("slow_request")) == before
        with live.open_socket(process.url()) as connection:
            connection.ask(after=live.cursor(live.revision(database) - 1))
            connection.next()
        until(lambda: bool(process.log_lines("operation")))
        assert process.log_lines("slow_operation") == []
