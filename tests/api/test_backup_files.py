"""Where `sixtyone backup` writes: it takes the place of an earlier backup, and of nothing else."""

import os
from pathlib import Path

import pytest

from db.database import Database
from tests.api.commands import expect, run
from tests.engines import REVISION, damage, seed_sqlite, url_of
from tests.writable import add_document, serving_copy

pytestmark = pytest.mark.usefixtures("programs")


def test_a_backup_of_nothing_is_refused(tmp_path: Path) -> None:
    result = run(f"sqlite:///{tmp_path}/x.db", "backup", tmp_path / "b")
    assert (result.exit_code, result.stderr) == (1, f"There is no database at {tmp_path}/x.db.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_damaged_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    url, file = seed_sqlite(tmp_path), tmp_path / "backup"
    expect(url, "backup", file)
    before = file.read_bytes()
    path = Path(url.removeprefix("sqlite:///"))
    damage(path)
    result = run(url, "backup", file, "--replace")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "damaged" in result.stderr
    # The last good one stays, and nothing is beside it.
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {path.name, "backup"}


def test_what_is_no_file_and_what_belongs_to_the_database_stays(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    path = Path(url.removeprefix("sqlite:///"))
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        result = run(url, "backup", tmp_path / name, "--replace")
        assert (result.exit_code, result.stderr) == (1, f"{tmp_path / name} is no file: choose another name.\n")
    assert ((tmp_path / "pipe").is_fifo(), list((tmp_path / "folder").iterdir())) == (True, [])
    with serving_copy(url) as api:
        add_document(api, "in-the-log")
        for target in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            result = run(url, "backup", target, "--replace")
            assert (result.exit_code, result.stderr) == (1, f"{target} is the database itself.\n")
        assert add_document(api, "still-there") == REVISION + 2


def test_a_link_stays_and_leads_to_the_new_file(tmp_path: Path) -> None:
    """As where backups, or the database, are on another disk."""
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    url = seed_sqlite(there)
    path = Path(url.removeprefix("sqlite:///"))
    (here / "latest").symlink_to(there / "backup")
    (here / "database").symlink_to(path)
    linked = f"sqlite:///{here}/database"
    for more in ((), ("--replace",)):
        expect(linked, "backup", here / "latest", *more)
    expect(url, "token", "create", "Ann", "--role", "EDITOR", "--voice", "MEDIA")
    expect(linked, "restore", here / "latest", "--replace")
    assert expect(url, "token", "list") == ""
    assert [each.is_symlink() for each in sorted(here.iterdir())] == [True, True]
    assert {each.name for each in there.iterdir()} == {path.name, "backup"}


@pytest.mark.postgresql_only
def test_a_machine_without_the_programs_of_postgresql_is_told(
    seeded_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(url_of(seeded_database), "backup", tmp_path / "b")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "pg_dump is not installed here: it comes with the client programs of PostgreSQL.\n"
    assert list(tmp_path.iterdir()) == []
