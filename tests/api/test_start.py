"""A command that cannot use its database says why in one line and exits with 1."""

import os
import pty
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from api import cli
from db import versions
from tests.api.process import COMMAND, environment
from tests.engines import PostgreSQL, SQLite, build_migrated, seed_sqlite

pytestmark = pytest.mark.usefixtures("_quiet_again")
COMMANDS = (
    ["serve"],
    ["migrate"],
    ["migrate", "--down", "--yes"],
    ["seed"],
    ["token", "list"],
    ["token", "create", "Ann", "--role", "EDITOR"],
    ["token", "revoke", "1"],
    ["export", "out"],
    ["export", "out", "--as", "csv"],
)


def line(command: list[str], url: str) -> str:
    """The single line of a command that fails."""
    result = CliRunner().invoke(cli.app, command, env={"SIXTYONE_DATABASE_URL": url})
    assert (result.exit_code, type(result.exception)) == (1, SystemExit), result.exception
    # The log is on standard output: servers of other tests, which run in this process, write to it at any time.
    assert "Traceback" not in result.output
    [message] = result.stderr.splitlines()
    return message


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    server = PostgreSQL(tmp_path_factory.mktemp("postgresql"))
    yield server
    server.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that are no database of ours."""
    folder = tmp_path_factory.mktemp("files")
    sound = build_migrated(SQLite(folder)).removeprefix("sqlite:///")
    (folder / "text.db").write_bytes(b"hello\n" * 1_000)
    (folder / "torn.db").write_bytes(Path(sound).read_bytes()[:4_096] + b"x" * 100_000)
    (folder / "folder.db").mkdir()
    os.rename(sound, folder / "newer.db")
    for name, statement in (
        ("newer.db", "UPDATE alembic_version SET version_num = '9999'"),
        ("foreign.db", "CREATE TABLE person (name TEXT)"),
    ):
        connection = sqlite3.connect(folder / name)
        connection.execute(statement)
        connection.commit()
        connection.close()
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_fault_of_a_file_is_reported_in_a_line(
    files: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(files)
    names = ("text", "torn", "folder", "newer", "foreign", "nowhere/x")
    assert [line(command, f"sqlite:///{name}.db") for name in names] == [
        "This is no database, or a damaged one: file is not a database",
        "This is no database, or a damaged one: database disk image is malformed",
        "The database does not answer: unable to open database file",
        f"The tables are of a newer version than this one (9999, not {versions.LATEST}): run the newer version.",
        "The database holds tables of others (person): take one of its own.",
        "The database does not answer: unable to open database file",
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_fault_of_a_server_is_reported_in_a_line(postgresql: PostgreSQL, here: Path, command: list[str]) -> None:
    url = sa.make_url(build_migrated(postgresql))
    role = f"reader_{url.database}"
    with postgresql.admin.connect() as connection:
        connection.execute(sa.text(f"CREATE ROLE {role} LOGIN"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"postgresql://u:hidden@127.0.0.1:{listener.getsockname()[1]}/x"
        lines = {
            "closed": line(command, address),
            "host": line(command, "postgresql://u:hidden@nowhere.invalid/x"),
            "hosts": line(command, "postgresql://u:hidden@/x?host=nowhere.invalid,127.0.0.1&port=1,1"),
            "tls": line(command, f"{address}?sslmode=sometimes"),
            "certificate": line(command, f"{address}?sslmode=verify-full&sslrootcert=/nowhere/root.crt"),
            "database": line(command, url.set(database="nowhere").render_as_string(hide_password=False)),
            "rights": line(command, url.set(username=role).render_as_string(hide_password=False)),
        }
    for name in ("closed", "host", "hosts", "tls", "certificate", "database"):
        assert lines[name].startswith("The database does not answer: "), lines
    assert "hidden" not in str(lines)
    assert lines["database"].endswith('FATAL: database "nowhere" does not exist')
    assert "permission denied for table" in lines["rights"], lines


def test_a_server_without_rights_for_tables_is_reported_in_a_line(postgresql: PostgreSQL) -> None:
    url = sa.make_url(postgresql.empty())
    with postgresql.admin.connect() as connection:
        connection.execute(sa.text("CREATE ROLE least LOGIN"))
    for command in (["serve"], ["migrate"]):
        message = line(command, url.set(username="least").render_as_string(hide_password=False))
        assert message == "The database refuses: permission denied for schema public"


def test_a_port_in_use_is_reported_in_a_line(here: Path) -> None:
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        connection.listen()
        settings = {"database_url": seed_sqlite(here), "port": str(connection.getsockname()[1])}
        result = subprocess.run(
            [*COMMAND, "serve"], cwd=here, env=environment(**settings), capture_output=True, text=True, timeout=60
        )
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert "address already in use" in result.stdout + result.stderr


def test_no_table_is_dropped_without_confirmation(here: Path) -> None:
    url = seed_sqlite(here)
    question = f"This takes every table of {url} away, and the data with them"
    assert line(["migrate", "--down"], url) == f"{question}: say so with --yes."
    for answer, left in (("n", True), ("y", False)):
        process, terminal = pty.openpty()
        os.write(process, f"{answer}\n".encode())
        completion = subprocess.run(
            [*COMMAND, "migrate", "--down"],
            cwd=here,
            env=environment(database_url=url),
            stdin=terminal,
            capture_output=True,
            text=True,
            timeout=180,
        )
        os.close(process)
        os.close(terminal)
        assert f"{question}. Go on?" in completion.stdout + completion.stderr
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            result = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'commitment'").fetchone()
        connection.close()
        assert (completion.returncode, result) == (int(left), (int(left),))
