"""`sixtyone token`: a token is printed once, ends by date or revocation, and only its digest is stored."""

import datetime as dt
import hashlib
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

import db.sqlite
from api import cli
from db import tokens
from db.database import Database
from db.models import Token
from db.vocabulary import Role, Voice
from tests.engines import Engine, seed_sqlite, url_of
from tests.inputs import all_rows
from tests.waiting import until

pytestmark = pytest.mark.postgresql_in_full

RUNNER = CliRunner()


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


def test_a_new_token_is_good_for_as_long_as_the_old_one_was(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    create(url, "Ann", "--role", "EDITOR", "--days", "30")
    assert run(url, "rotate", "1").exit_code == 0
    [(old, _), (new, _)] = seeded_database.read_sync(tokens.with_organisations)
    assert (old.revoked_at is None, new.expires_at) == (False, new.created_at + dt.timedelta(days=30))


@pytest.mark.postgresql_only
def test_of_two_who_rotate_one_token_at_once_the_second_is_refused(seeded_database: Database) -> None:
    url, now = url_of(seeded_database), dt.datetime.now(dt.UTC)
    create(url, "Ann", "--role", "EDITOR")
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor(1) as thread:
        with seeded_database.transaction() as session:
            tokens.rotate(session, 1, now, until=now)
            session.flush()
            second = thread.submit(run, url, "rotate", "1")
            until(lambda: bool(session.connection().execute(waiting).scalar()))
        result = second.result()
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(seeded_database.read_sync(tokens.with_organisations)) == 2


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
