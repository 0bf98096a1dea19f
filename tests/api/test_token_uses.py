"""A token is good from the moment it is made until its end, is noted when it is used, and is shown to nobody."""

import datetime as dt
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from api import token_uses
from db import tokens
from db.database import Database
from db.vocabulary import Role
from tests.api.process import Process, serving_process
from tests.api.test_tokens import create, run
from tests.engines import REVISION, url_of
from tests.inputs import all_rows, submit_valid
from tests.waiting import PATIENCE, until
from tests.writable import WritableApi, serving_writable

pytestmark = pytest.mark.postgresql_in_full

VIEWER = "{ viewer { name roles voices organisation { slug } } }"
ERRORS = [{"message": "The token is unknown, has expired or was revoked.", "extensions": {"code": "UNAUTHENTICATED"}}]


def test_a_token_works_at_once_and_ends_at_once(api_writable: WritableApi) -> None:
    url = url_of(api_writable.database)
    arguments = ["Ann", "--role", "CONTRIBUTOR", "--voice", "MEDIA", "--organisation", "home-office"]
    secret = create(url, *arguments)
    ann = api_writable.client(secret)
    assert ann.ask(VIEWER)["viewer"] == {
        "name": "Ann",
        "roles": ["CONTRIBUTOR"],
        "voices": ["MEDIA"],
        "organisation": {"slug": "home-office"},
    }
    assert submit_valid(ann, "addDocument")["change"]["actor"] == "Ann, Home Office"
    number = run(url, "list").stdout.splitlines()[-1].split("\t")[0]
    first = run(url, "revoke", number)
    assert (first.exit_code, first.stdout.startswith("Ann: revoked ")) == (0, True)
    for method in (ann.http.post("/graphql", json={"query": VIEWER}), ann.http.get("/graphql?query={__typename}")):
        assert (method.status_code, method.json()) == (401, {"errors": ERRORS})
    # What was revoked stays so, from when it was.
    assert run(url, "revoke", number).stdout == first.stdout
    ann.http.close()


def test_the_id_of_a_viewer_leads_back_for_that_viewer_alone(api_writable: WritableApi) -> None:
    viewers = [
        client.ask("{ viewer { id name } }")["viewer"] for client in (api_writable.editor, api_writable.contributor)
    ]
    assert [viewer["name"] for viewer in viewers] == ["Ed Itor", "Con Tributor"]
    ask = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Viewer { name } } }"
    ids = [viewer["id"] for viewer in viewers]
    assert api_writable.editor.ask(ask, ids=ids)["nodes"] == [viewers[0], None]
    assert api_writable.public.ask(ask, ids=ids)["nodes"] == [None, None]


def test_a_token_ends_by_the_clock(api_writable: WritableApi) -> None:
    ann = api_writable.client(api_writable.token(Role.EDITOR, days=1, name="Ann"))
    api_writable.clock.now += dt.timedelta(days=1, microseconds=-1)
    assert ann.ask("{ viewer { name } }") == {"viewer": {"name": "Ann"}}
    api_writable.clock.now += dt.timedelta(microseconds=1)
    assert ann.send(VIEWER).json() == {"errors": ERRORS}
    ann.http.close()


def test_a_token_takes_the_place_of_another_at_once_or_after_hours(api_writable: WritableApi) -> None:
    url = url_of(api_writable.database)
    # As the command has it.
    api_writable.clock.now = dt.datetime.now(dt.UTC)
    old = create(url, "Ann", "--role", "CONTRIBUTOR", "--voice", "MEDIA", "--organisation", "home-office")
    numbers = [line.split("\t")[0] for line in run(url, "list").stdout.splitlines()]
    result = run(url, "rotate", numbers[-1], "--hours", "5")
    assert (result.exit_code, result.stderr[:20]) == (0, f"Ann, number {numbers[-1]}: expires"[:20])
    new = result.stdout.strip()
    clients = [api_writable.client(secret) for secret in (old, new)]
    assert [client.ask(VIEWER)["viewer"]["voices"] for client in clients] == [["MEDIA"], ["MEDIA"]]
    # Both are hers, and the log says so.
    actors = {submit_valid(clients[0], "addDocument")["change"]["actor"]}
    api_writable.clock.now += dt.timedelta(hours=6)
    assert clients[0].send(VIEWER).json() == {"errors": ERRORS}
    assert clients[1].ask(VIEWER)["viewer"]["organisation"] == {"slug": "home-office"}
    assert actors == {"Ann, Home Office"}
    number = run(url, "list").stdout.splitlines()[-1].split("\t")[0]
    newest = api_writable.client(run(url, "rotate", number).stdout.strip())
    assert clients[1].send(VIEWER).json() == {"errors": ERRORS}
    assert newest.ask(VIEWER)["viewer"]["name"] == "Ann"
    result = run(url, "rotate", number)
    assert (result.exit_code, result.stdout, "Make a new one" in result.stderr) == (1, "", True)
    for client in (*clients, newest):
        client.http.close()


def last_uses(database: Database) -> list[dt.datetime | None]:
    return [token.last_used_at for token, _ in database.read_sync(tokens.with_organisations)]


def test_the_last_use_of_a_token_is_written_to_the_hour_and_is_no_revision(
    seeded_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_uses, "PAUSE", 0.05)
    before = all_rows(seeded_database)
    with serving_writable(seeded_database) as api:
        first = api.clock.now
        api.editor.ask(VIEWER)
        until(lambda: last_uses(seeded_database) == [None, first])
        # Not again within the hour.
        api.clock.now += dt.timedelta(minutes=59)
        api.editor.ask(VIEWER)
        assert api.editor.ask("{ dataset { revision } }")["dataset"]["revision"] == REVISION
        api.clock.now += dt.timedelta(minutes=1)
        second = api.clock.now
        api.editor.ask(VIEWER)
        until(lambda: last_uses(seeded_database) == [None, second])
        monkeypatch.setattr(token_uses, "PAUSE", 60)
        api.contributor.ask(VIEWER)
    # At the end, what was not written yet is.
    assert last_uses(seeded_database) == [second, second]
    listed = run(url_of(seeded_database), "list").stdout.splitlines()
    assert [line.split("\t")[-1] for line in listed] == [f"used {second:%Y-%m-%dT%H}:00Z"] * 2
    after = all_rows(seeded_database)
    assert {table for table in after if after[table] != before[table]} == {"token"}


def over_websocket(process: Process, secret: str) -> str:
    """All that a connection is answered that names its token and asks one question, or why it was closed."""
    messages = []
    with connect(f"ws{process.url()[4:]}/graphql", subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        try:
            for message in (
                {"type": "connection_init", "payload": {"Authorization": f"Bearer {secret}"}},
                {"type": "subscribe", "id": "1", "payload": {"query": VIEWER}},
            ):
                socket.send(json.dumps(message))
                messages.append(str(socket.recv(timeout=PATIENCE)))
        except ConnectionClosed as closed:
            messages.append(str(closed))
    return "\n".join(messages)


def test_neither_a_token_nor_its_digest_is_ever_logged_or_answered(tmp_path: Path) -> None:
    with serving_process(tmp_path, log_level="debug") as process, process.client() as public:
        secret = create(f"sqlite:///{tmp_path}/sixty-one.db", "Ann", "--role", "EDITOR", "--voice", "MEDIA")
        headers = {"authorization": f"Bearer {secret}"}

        def ask(query: str, **options: Any) -> httpx.Response:
            return public.post("/graphql", json={"query": query}, **({"headers": headers} | options))

        answers = [
            ask(VIEWER),
            ask("{ viewer { name "),
            ask('mutation { link(input: {reason: "So."}) { __typename } }'),
            ask(VIEWER, headers={"authorization": f"Bearer {secret}x"}),
            ask(VIEWER, headers={"authorization": secret}),
            public.get("/graphql", params={"query": VIEWER, "access_token": secret}),
            public.put("/graphql", headers=headers),
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 401, 401, 200, 405]
        texts = [answer.text for answer in answers] + [over_websocket(process, secret)]
        assert '"name":"Ann"' in texts[0]
        assert '"name":"Ann"' in texts[-1]
        texts.append(over_websocket(process, secret[:-1]))
        # And when our own side fails, which is logged with all that is known of it.
        with sqlite3.connect(tmp_path / "sixty-one.db") as connection:
            connection.execute("ALTER TABLE token RENAME TO lost")
        response = ask(VIEWER)
        assert (response.status_code, response.json()["errors"][0]["extensions"]) == (
            500,
            {"code": "INTERNAL_SERVER_ERROR"},
        )
        texts += [response.text, over_websocket(process, secret)]
        connection.close()
        assert process.stop() == 0
        assert process.log_lines("unexpected_error")
        digest = hashlib.sha256(secret.encode()).hexdigest()
        output = [*process.lines, *texts]
        assert [line for line in output if secret[:-1] in line or digest in line] == []
