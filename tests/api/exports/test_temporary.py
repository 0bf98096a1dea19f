"""Files in the making have their own folder, in which nothing stays; and where there is none, it is said."""

import fcntl
import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.exports.files import FILES
from api.temporary import MISSING, PREFIX, TemporaryFolder, sweep
from db.database import Database
from tests.api.process import serving_process
from tests.engines import url_of
from tests.server import serving
from tests.waiting import PATIENCE

pytestmark = pytest.mark.postgresql_in_full

SMALL = 33_000


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder that the system offers can be written to."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))


def url(database: Database) -> str:
    return url_of(database)


@contextmanager
def small_disk() -> Iterator[None]:
    """No file can grow beyond what SQLite needs to read one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("nowhere")
def test_without_a_folder_it_is_not_ready_and_says_why(seeded_database: Database) -> None:
    with serving(url(seeded_database)) as api:
        ready = api.http.get("/readyz")
        assert (ready.status_code, ready.json()["reason"]) == (503, MISSING)
        for file in FILES.values():
            response = api.http.get(file.address)
            assert (response.status_code, response.headers["retry-after"]) == (503, "5"), file.name
            assert MISSING in response.text
        assert api.http.get("/").status_code == 200


@pytest.mark.parametrize("name", ["sixty-one.xlsx", "sixty-one.db", "sixty-one.zip"])
def test_a_full_disk_is_answered_with_retry_after(seeded_database: Database, temporary: Path, name: str) -> None:
    with serving(url(seeded_database)) as api:
        # What SQLite has to write to be read is written.
        assert api.http.get("/readyz").status_code == 200
        with small_disk():
            response = api.http.get(f"/data/{name}", headers={"accept-encoding": "identity"})
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")
        assert "There is no room to make a file." in response.text
        [folder] = temporary.iterdir()
        assert not list(folder.iterdir())
        assert api.http.get(f"/data/{name}").status_code == 200
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_no_part_is_taken_for_the_whole(seeded_database: Database, coding: str) -> None:
    with serving(url(seeded_database)) as api:
        assert api.http.get("/readyz").status_code == 200
        with small_disk():
            response = api.http.get("/data/commitments.csv", headers={"accept-encoding": coding})
        whole = api.http.get("/data/commitments.csv", headers={"accept-encoding": coding})
        # A file that fits is all there; of one that does not fit, nothing is.
        assert response.status_code == 503 or response.content == whole.content


def test_a_folder_that_was_tidied_away_is_made_anew(seeded_database: Database, temporary: Path) -> None:
    with serving(url(seeded_database)) as api:
        [folder] = temporary.iterdir()
        folder.rmdir()
        assert api.http.get("/data/sixty-one.xlsx").status_code == 200


def test_what_a_killed_process_left_goes_with_the_next_start(temporary: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        with serving_process(temporary.parent) as process:
            process.url()
            [left] = temporary.glob(f"{PREFIX}*")
            (left / "tmp").mkdir()
            (left / "tmp" / "made.db").write_bytes(b"x")
            os.kill(process.process.pid, signal.SIGKILL)
            process.process.wait(PATIENCE)
    assert left.is_dir()
    folder_of_ours = TemporaryFolder()
    assert folder_of_ours.path() != left
    assert [folder.name for folder in temporary.iterdir()] == [folder_of_ours.path().name]
    folder_of_ours.close()


def test_what_others_use_or_own_stays(temporary: Path) -> None:
    others = TemporaryFolder()
    theirs = others.path()
    (temporary / "sixty-one-backup").mkdir()
    (temporary / f"{PREFIX}link").symlink_to(temporary / "sixty-one-backup")
    (temporary / f"{PREFIX}file").write_text("x")
    sweep(temporary)
    assert sorted(path.name for path in temporary.iterdir()) == sorted(
        [theirs.name, "sixty-one-backup", f"{PREFIX}link", f"{PREFIX}file"]
    )
    others.close()
    assert not theirs.exists()


def test_a_lock_ends_with_its_process(temporary: Path) -> None:
    """The lock distinguishes a folder in use from an abandoned one, without a list of processes."""
    folder = temporary / f"{PREFIX}abc"
    folder.mkdir()
    lock = os.open(folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    sweep(temporary)
    assert folder.exists()
    os.close(lock)
    sweep(temporary)
    assert not folder.exists()
