"""`sixtyone token`: a token is printed once, ends by date or revocation, and only its digest is stored."""

import datetime as dt
import hashlib
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

import db.sqlite
from api import cli, token_uses
from db import tokens
from db.database import Database
from db.models import Token
from db.vocabulary import Role, Voice
from tests.api.process import Process, serving_process
from tests.engines import REVISION, Engine, seed_sqlite, url_of
from tests.inputs import all_rows, submit_valid
from tests.waiting import until
from tests.writable import WritableApi, serving_writable

pytestmark = pytest.mark.postgresql_in_full

RUNNER = CliRunner()
VIEWER = "{ viewer { name roles voices organisation { slug } } }"
ERRORS = [{"message": "The token is unknown, has expired or was revoked.", "extensions": {"code": "UNAUTHENTICATED"}}]


def run(url: str, *arguments: str) -> Result:
    return RUNNER.invoke(cli.app, ["token", *arguments], env={"SIXTYONE_DATABASE_URL": url})


def create(url: str, *arguments: str) -> str:
    result = run(url, "create", *arguments)
    hint = "" if "--voice" in arguments else "Without a --voice it records no statuses.\n"
    assert (result.exit_code, result.stderr) == (0, hint)
    return result.stdout.strip()


def test_a_token_is_printed_once_and_only_its_digest_is_stored(seeded_database: Database) -> None:
    before = all_rows(seeded_database)
    result = run(
        url_of(seeded_database), "create", " Ann Example ", "--role", "EDITOR", "--voice", "MEDIA", "--voice", "MEDIA"
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(r"sxo_[A-Za-z0-9_-]{43}\n", result.stdout)
    secret = result.stdout.strip()
    after = all_rows(seeded_database)
    assert {table for table in after if after[table] != before[table]} == {"token"}
    [row] = after["token"]
    assert secret not in row
    with seeded_database.engine.connect() as connection:
        [stored_token] = connection.execute(sa.select(Token)).all()
    assert stored_token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert (stored_token.name, stored_token.role, stored_token.voices, stored_token.expires_at) == (
        "Ann Example",
        Role.EDITOR,
        ["MEDIA"],
        None,
    )


def test_no_byte_of_the_file_gives_a_token_away(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    secret = create(url, "Ann Example", "--role", "EDITOR")
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert hashlib.sha256(secret.encode()).hexdigest().encode() in content
    assert secret.encode() not in content
    assert secret.removeprefix(tokens.PREFIX).encode() not in content


def test_a_list_tells_the_state_of_each_and_no_secret(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    with seeded_database.transaction() as session:
        for year in (2021, 2090):
            ends = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
            tokens.create(session, f"Until {year}", Role.CONTRIBUTOR, [Voice.MEDIA], expires_at=ends, now=now)
    secret = create(
        url, "Ann", "--role", "EDITOR", "--voice", "TRACKER", "--voice", "MEDIA", "--organisation", "home-office"
    )
    create(url, "Bob", "--role", "CONTRIBUTOR")
    today = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    [revoked] = re.findall(rf"^Bob: (revoked {today}T\d\d:\d\dZ)\n$", run(url, "revoke", "4").stdout)
    result = run(url, "list")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "1\texpired 2021-01-01T00:00Z\tCONTRIBUTOR\tUntil 2021\tno organisation\tMEDIA\tmade 2020-01-01\tnever used",
        "2\texpires 2090-01-01T00:00Z\tCONTRIBUTOR\tUntil 2090\tno organisation\tMEDIA\tmade 2020-01-01\tnever used",
        f"3\tno expiry\tEDITOR\tAnn\tHome Office\tMEDIA, TRACKER\tmade {today}\tnever used",
        f"4\t{revoked}\tCONTRIBUTOR\tBob\tno organisation\tno voice\tmade {today}\tnever used",
    ]
    assert secret not in result.stdout
    assert hashlib.sha256(secret.encode()).hexdigest()[:8] not in result.stdout


def test_a_token_is_good_for_as_many_days_as_it_was_made_for(seeded_database: Database) -> None:
    create(url_of(seeded_database), "Ann", "--role", "EDITOR", "--days", "30")
    [(token, _)] = seeded_database.read_sync(tokens.with_organisations)
    assert token.expires_at == token.created_at + dt.timedelta(days=30)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["create", "  ", "--role", "EDITOR"], 1, "Name somebody: the log shows who made a change."),
        (["create", "", "--role", "EDITOR"], 1, "Name somebody: the log shows who made a change."),
        (["create", "A", "--role", "EDITOR", "--organisation", "nobody"], 1, "There is no organisation 'nobody'."),
        (["revoke", "77"], 1, "There is no token 77."),
        (["create", "A", "--role", "BOSS"], 2, "'BOSS' is not one of 'CONTRIBUTOR', 'EDITOR'."),
        (["create", "A", "--role", "EDITOR", "--voice", "GOD"], 2, "'GOD' is not one of 'GOVERNMENT', 'PARLIAMENT',"),
        (["create", "A", "--role", "EDITOR", "--days", "0"], 2, "greater than or equal to 1"),
        (["create", "A"], 2, "Missing option '--role'."),
        (["revoke", "first"], 2, "Invalid value for 'number'"),
    ],
    ids=lambda value: " ".join(value[:1] + value[-2:]) if isinstance(value, list) else "",
)
def test_a_wrong_argument_is_reported_and_no_token_is_made(
    seeded_database: Database, arguments: list[str], code: int, message: str
) -> None:
    result = run(url_of(seeded_database), *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    if code == 1:
        assert result.stderr == f"{message}\n"
    # The library puts a box around what is wrong with the command itself.
    assert message in " ".join(re.sub(r"[│╭╮╰╯─]", " ", result.stderr).split())
    assert "Traceback" not in result.stderr
    assert seeded_database.read_sync(tokens.with_organisations) == []


def test_a_name_that_everyone_will_read_is_a_line_of_plain_text(seeded_database: Database) -> None:
    for name in ("Ann\nExample", "Ann\tExample", "Ann\x1b[31m", "Ann\u202elpmaxE", "<b>Ann</b>", "A" * 301):
        result = run(url_of(seeded_database), "create", name, "--role", "EDITOR")
        assert (result.exit_code, result.stdout) == (1, ""), name


def test_tables_come_first(engine: Engine) -> None:
    url = engine.empty()
    for command in (["create", "Ann", "--role", "EDITOR"], ["list"], ["revoke", "1"]):
        result = run(url, *command)
        message = "The tables are not those of this version: run `sixtyone migrate`.\n"
        assert (result.exit_code, result.output) == (1, message)


def test_a_busy_database_is_reported_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.sqlite, "START_MS", 100)
    url = seed_sqlite(tmp_path)
    busy = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    result = run(url, "create", "Ann", "--role", "EDITOR")
    busy.close()
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)


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


def test_a_new_token_is_good_for_as_long_as_the_old_one_was(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    create(url, "Ann", "--role", "EDITOR", "--days", "30")
    assert run(url, "rotate", "1").exit_code == 0
    [(old, _), (new, _)] = seeded_database.read_sync(tokens.with_organisations)
    assert (old.revoked_at is None, new.expires_at) == (False, new.created_at + dt.timedelta(days=30))


def test_two_people_of_one_name_are_told_apart(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    create(url, "Ann Example", "--role", "EDITOR")
    result = run(url, "create", "ann example", "--role", "CONTRIBUTOR")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Token 1 has this name, and the log could not tell the two apart")
    # The log tells these apart, and one of them is no more.
    create(url, "Ann Example", "--role", "EDITOR", "--organisation", "home-office")
    run(url, "revoke", "1")
    create(url, "Ann Example", "--role", "EDITOR")


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
                messages.append(str(socket.recv(timeout=5)))
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
