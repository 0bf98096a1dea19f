"""`sixtyone doctor` finds what is wrong, says it in a line, and changes nothing."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from api import cli
from db.database import Database
from tests.documents import ROOT
from tests.engines import REVISION, Engine, damage, seed_sqlite, url_of
from tests.server import serving

pytestmark = pytest.mark.postgresql_in_full
RUNNER = CliRunner()
CHECKS = ["version", "settings", "database", "encoding", "migrations", "data", "clock", "time zone", "temporary folder"]


def run(*arguments: str, **variables: str) -> Result:
    """In an environment with no settings but these."""
    others = {name: None for name in os.environ if name.startswith("SIXTYONE_")}
    return RUNNER.invoke(cli.app, ["doctor", *arguments], env={**others, **variables})


def examine(url: str, code: int = 0, **settings: str) -> dict[str, list[tuple[str, str]]]:
    """The state and the text of each finding, by check."""
    variables = {f"SIXTYONE_{name}".upper(): value for name, value in settings.items()}
    result = run("--json", SIXTYONE_DATABASE_URL=url, **variables)
    assert (result.exit_code, result.stderr) == (code, ""), result.output
    report: dict[str, Any] = json.loads(result.stdout)
    assert report["healthy"] is (code == 0)
    found: dict[str, list[tuple[str, str]]] = {}
    for finding in report["findings"]:
        found.setdefault(finding["check"], []).append((finding["state"], finding["text"]))
    return found


def test_a_sound_installation_has_no_problem(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    found = examine(url)
    assert [found[check][0][0] for check in CHECKS] == ["ok"] * len(CHECKS)
    assert found["data"] == [("ok", f"revision {REVISION} of 2026-11-29T07:00:00Z")]


@pytest.mark.sqlite_only
def test_people_read_lines(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    result = run(SIXTYONE_DATABASE_URL=url, SIXTYONE_TIME_ZONE="UTC")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "ok       settings         set: SIXTYONE_DATABASE_URL, SIXTYONE_TIME_ZONE\n" in result.stdout


def test_tables_that_are_not_there_and_a_clock_that_is_behind_are_found(
    engine: Engine, seeded_database: Database
) -> None:
    [(state, text)] = examine(engine.empty())["database" if engine.empty().startswith("sqlite") else "migrations"]
    assert (state, "the first start" in text or "the next start" in text) == ("warning", True)
    with seeded_database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE dataset SET updated_at = '2999-01-01 00:00:00+00'"))
    found = examine(url_of(seeded_database), code=1)
    [(state, text)] = found["clock"]
    assert (state, "The record goes up to 2999" in text) == ("problem", True)


def test_a_database_that_is_damaged_is_found(tmp_path: Path) -> None:
    file = Path(seed_sqlite(tmp_path).removeprefix("sqlite:///"))
    damage(file)
    found = examine(f"sqlite:///{file}", code=1)
    assert "damaged" in str([text for state, text in found["database"] if state == "problem"])


def test_tables_of_another_version_are_found(tmp_path: Path) -> None:
    file = Path(seed_sqlite(tmp_path).removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    [(state, text)] = examine(f"sqlite:///{file}", code=1)["migrations"]
    assert (state, "run the newer version" in text) == ("problem", True)


def test_nothing_is_made_where_nothing_is(tmp_path: Path) -> None:
    found = examine(f"sqlite:///{tmp_path}/new.db")
    assert found["database"] == [("warning", f"{tmp_path}/new.db is not there: the first start makes it.")]
    assert list(tmp_path.iterdir()) == []
    assert examine(f"sqlite:///{tmp_path}/no/new.db", code=1)["database"][0][0] == "problem"


def test_wrong_and_misspelt_settings_are_found_and_no_secret_is_shown(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    found = examine(url, code=1, port="many", publc_url="https://example.org")
    assert found["settings"] == [
        ("warning", "SIXTYONE_PUBLC_URL is no setting, and nobody reads it."),
        ("problem", "SIXTYONE_PORT: Input should be a valid integer, unable to parse string as an integer"),
    ]
    found = examine("postgresql://reader:hunter2@127.0.0.1:1/x", code=1)
    assert found["database"][0][0] == "problem"
    assert "hunter2" not in str(found)


def test_a_folder_that_is_missing_and_proxies_that_are_anybody_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    found = examine(f"sqlite:///{tmp_path}/new.db", code=1, trusted_proxies="0.0.0.0/0")
    assert found["temporary folder"][0][0] == "problem"
    assert found["proxies"][0][0] == "problem"


def test_the_public_address_is_asked(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    with serving(url) as api:
        public = str(api.http.base_url).rstrip("/")
        found = examine(url, public_url=public)
        assert (found["public address"], found["WebSockets"]) == (
            [("ok", f"{public} answers")],
            [("ok", "pass every proxy")],
        )
        # There is no such site below it.
        assert examine(url, code=1, public_url=f"{public}/below")["public address"][0][0] == "problem"
    assert examine(url, public_url=public)["public address"][0][0] == "warning"


def test_it_is_found_whether_callers_are_told_apart(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    # The proxy of the settings is not this machine, which is trusted nevertheless.
    with serving(url, trusted_proxies="127.0.0.1") as api:
        public = str(api.http.base_url).rstrip("/")
        found = examine(url, code=1, public_url=public, trusted_proxies="127.0.0.9")
        assert found["callers"] == [
            (
                "problem",
                "Anybody may say to be another: the proxy must add the address of its client to X-Forwarded-For.",
            )
        ]
        # Of a machine that is trusted itself, nothing can be told.
        assert "callers" not in examine(url, public_url=public)
    with serving(url, trusted_proxies="none") as api:
        public = str(api.http.base_url).rstrip("/")
        found = examine(url, public_url=public, trusted_proxies="127.0.0.9")
        assert found["callers"] == [("ok", "are told apart: this one is 127.0.0.1")]
    assert examine(url, public_url="https://127.0.0.1:1", trusted_proxies="none")["proxies"][0][0] == "warning"


def test_files_that_a_start_cannot_read_are_found(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    documents = tmp_path / "documents.json"
    documents.write_text('{"a": "{ nothing }", "b": "{ __typename }"}', encoding="utf-8")
    found = examine(url, code=1, documents=str(documents), data=str(tmp_path / "nowhere"))
    [(state, text)] = found["documents"]
    assert (state, "document 'a': " in text) == ("problem", True)
    assert found["reviewed files"][0] == ("problem", f"{tmp_path}/nowhere is not sound:")
    documents.write_text('{"b": "{ __typename }"}', encoding="utf-8")
    found = examine(url, documents=str(documents), data=str(ROOT / "seeds" / "data"))
    assert found["documents"] == [("ok", f"1 in {documents}")]
    assert found["reviewed files"][0][0] == "ok"


@pytest.mark.sqlite_only
def test_a_file_that_this_user_may_not_write_is_found(tmp_path: Path) -> None:
    file = Path(seed_sqlite(tmp_path).removeprefix("sqlite:///"))
    file.chmod(0o400)
    command = [str(Path(sys.executable).with_name("sixtyone")), "doctor", "--json"]
    if os.geteuid() == 0:
        # Root writes everywhere by these rights.
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", "--bounding-set", rights, "--inh-caps", rights, *command]
    others = {name: value for name, value in os.environ.items() if not name.startswith("SIXTYONE_")}
    environment = {**others, "SIXTYONE_DATABASE_URL": f"sqlite:///{file}"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert result.returncode == 1, result.stderr
    text = f"This user may not write to {file} and its folder."
    assert {"check": "database", "state": "problem", "text": text} in json.loads(result.stdout)["findings"]


@pytest.mark.postgresql_only
def test_more_connections_than_the_server_takes_are_found(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    assert "connections" not in examine(url)
    [(state, text)] = examine(url, database_connections="10000")["connections"]
    assert (state, text.startswith("A process may make 10005, and the server takes ")) == ("warning", True)
