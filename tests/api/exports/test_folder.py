"""`sixtyone export --as …`: the same files in a folder, all of them or none."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api import cli
from api.exports.registry import TABLES
from seeds import DATA
from tests.api.exports.tools import validate
from tests.api.process import COMMAND, environment
from tests.engines import seed_sqlite
from tests.server import NOW, Api, serving
from tests.waiting import PATIENCE, until

MOMENT = {"asOf": "2019-05-20", "knownAt": "2026-11-30T00:00:00Z"}
OPTIONS = ["--as-of", MOMENT["asOf"], "--known-at", MOMENT["knownAt"]]
NAMES = [table.name for table in TABLES]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.commands.output.now", lambda: NOW)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return seed_sqlite(tmp_path_factory.mktemp("exported"))


@pytest.fixture(scope="module")
def api_on_file(url: str) -> Iterator[Api]:
    with serving(url) as api:
        yield api


def run(url: str, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["export", *map(str, arguments)], env={"SIXTYONE_DATABASE_URL": url})


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("csv", [f"{name}.csv" for name in NAMES]),
        ("json", [f"{name}.json" for name in NAMES]),
        ("xlsx", ["sixty-one.xlsx"]),
        ("sqlite", ["sixty-one.db"]),
    ],
)
def test_exported_files_equal_downloads(
    api_on_file: Api, url: str, tmp_path: Path, form: str, names: list[str]
) -> None:
    result = run(url, tmp_path, "--as", form, *OPTIONS)
    assert (result.exit_code, result.stdout) == (0, f"Written to {tmp_path}\n")
    lines = result.stderr.splitlines()
    # A workbook has the commitments announced later on a sheet of their own.
    apart = form == "xlsx"
    assert [line.partition(":")[0] for line in lines] == (["commitments", "later", *NAMES[1:]] if apart else NAMES)
    filter = "" if apart else "(filter: {origin: [STRATEGY, LATER]})"
    total = api_on_file.ask(f"{{ commitments{filter} {{ totalCount }} }}")["commitments"]["totalCount"]
    assert lines[0] == f"commitments: {total} rows"
    assert "strategies: 1 row" in lines
    assert content(tmp_path) == {name: api_on_file.http.get(f"/data/{name}", params=MOMENT).content for name in names}


def test_a_package_is_written_as_a_folder_that_is_sound(url: str, tmp_path: Path) -> None:
    assert run(url, tmp_path, "--as", "package", *OPTIONS).exit_code == 0
    assert set(content(tmp_path)) == {"datapackage.json", *(f"{name}.csv" for name in NAMES)}
    assert validate(str(tmp_path / "datapackage.json"))["valid"]


def test_left_out_it_is_the_files_of_the_format_and_these_have_no_clock(url: str, tmp_path: Path) -> None:
    assert run(url, tmp_path).exit_code == 0
    assert set(content(tmp_path)) >= {path.name for path in DATA.glob("*.yaml")}
    result = run(url, tmp_path / "other", "--as-of", "2019-05-20")
    message = (
        "The files of the seed format hold every day and every revision; --as-of, --known-at and --revision are for the"
        " other forms.\n"
    )
    assert (result.exit_code, result.output) == (1, message)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("option", [["--as-of", "yesterday"], ["--known-at", "2019-05-20"], ["--as", "pdf"]])
def test_a_wrong_option_is_reported(url: str, tmp_path: Path, option: list[str]) -> None:
    result = run(url, tmp_path / "none", "--as", "csv", *option)
    assert result.exit_code == 2
    assert f"'{option[0]}'" in result.output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("option", [["--as-of", "2026-12-02"], ["--known-at", "2026-12-01T12:02:00Z"]])
def test_a_moment_to_come_is_refused(url: str, tmp_path: Path, option: list[str]) -> None:
    result = run(url, tmp_path / "none", "--as", "csv", *option)
    assert result.exit_code == 2
    # In a frame as wide as the terminal.
    output = " ".join(result.output.replace("│", "").split())
    assert "That is still to come: by the clock here it is 1 December 2026, 12:00 UTC." in output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("form", ["seeds", "csv"])
def test_where_nothing_can_be_written_it_says_so(url: str, tmp_path: Path, form: str) -> None:
    (tmp_path / "taken").write_text("mine")
    result = run(url, tmp_path / "taken", "--as", form)
    assert (result.exit_code, result.output) == (1, f"{tmp_path / 'taken'} cannot be written: File exists\n")
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_failed_export_leaves_the_files_as_they_were(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE event SET topics = 'no list'")
    connection.close()
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "commitments.csv").write_text("as it was")
    for form in ("csv", "package", "sqlite", "xlsx"):
        assert run(url, folder, "--as", form).exit_code == 1
        assert content(folder) == {"commitments.csv": b"as it was"}


@contextmanager
def full() -> Iterator[tuple[int, int]]:
    """Both ends of a full pipe: a writer waits until the pipe is read."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    os.write(theirs, bytes(1_000_000))
    os.set_blocking(theirs, True)
    try:
        yield ours, theirs
    finally:
        os.close(ours)


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_export_leaves_the_folder_as_it_was(
    url: str, tmp_path: Path, signal_number: signal.Signals
) -> None:
    folder = tmp_path / "data"
    with full() as (ours, theirs):
        process = subprocess.Popen(
            [*COMMAND, "export", str(folder), "--as", "xlsx"],
            env=environment(database_url=url), stdout=subprocess.DEVNULL, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        until(lambda: bool(list(folder.glob(".making-*/*"))))
        # It cannot be done: it has yet to write the line of its first table.
        process.send_signal(signal_number)
        while os.read(ours, 4096):
            pass
        assert process.wait(PATIENCE) not in (0, -signal_number)
    assert list(folder.iterdir()) == []
