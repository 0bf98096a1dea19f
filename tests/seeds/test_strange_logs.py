"""A log from strangers must be one that this program could write, because the database refuses to correct it later."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from db import changes
from db.database import Database
from seeds.errors import SeedError
from seeds.export import export
from seeds.files import read
from seeds.loader import load

FIRST: dict[str, Any] = {
    "revision": 1,
    "recorded_at": "2031-04-02T12:00:00Z",
    "actor": "import",
    "action": "IMPORTED",
    "summary": "Imported: 52 rows added.",
    "subject": {"type": "Strategy", "key": "harbour-strategy"},
}
EDIT = {"record": "Fund dredging", "field": "name", "before": "Dredging", "after": "Dredging money"}
# What is said otherwise, and the reason that the message gives.
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a kind that nobody follows": ({"subject": {"type": "Token", "key": "x"}}, "is no kind to follow"),
    "a kind of nothing": ({"subject": {"type": "", "key": "x"}}, "is no kind to follow"),
    "another's case": ({"subject": {"type": "strategy", "key": "harbour-strategy"}}, "is no kind to follow"),
    "a subject that is not there": ({"subject": {"type": "Fund", "key": "mud"}}, "there is no Fund 'mud'"),
    "a theme that is not there": ({"subject": {"type": "Theme", "key": "air"}}, "there is no Theme 'air'"),
    "what it bears on is not there": ({"about": [{"type": "Event", "key": "x"}]}, "there is no Event 'x'"),
    "what it bears on is no kind": ({"about": [{"type": "Citation", "key": "x"}]}, "is no kind to follow"),
    "a record of no kind": ({"edits": [EDIT | {"record": "Token 1"}]}, "is no row"),
    "a record without a space": ({"edits": [EDIT | {"record": "Funddredging"}]}, "is no row"),
    "a statement that is not there": ({"edits": [EDIT | {"record": f"StatusUpdate {'a' * 20}"}]}, "there is no Status"),
    "a statement without a key": ({"edits": [EDIT | {"record": "StatusUpdate"}]}, "there is no StatusUpdate"),
    "a field that is none": ({"edits": [EDIT | {"field": "a b"}]}, "is no field"),
    "a hidden mark in a value": ({"edits": [EDIT | {"after": "a\u202eb"}]}, "holds a control character"),
    "an instant to come": ({"recorded_at": "2031-05-03T00:00:00Z"}, "still to come"),
    "the last instant": ({"recorded_at": "9999-12-31T23:59:59.999999Z"}, "years are from"),
    "the first instant": ({"recorded_at": "0001-01-01T00:00:00Z"}, "years are from"),
    "a revision that no address has": ({"revision": 1_000_000_000}, "revision: "),
    "a revision of nothing": ({"revision": 0}, "revision: "),
    "an actor who is turned around": ({"actor": "Home Secretary\u202e"}, "actor: holds a control character"),
    "an actor of two lines": ({"actor": "Home Secretary\nHome Office"}, "actor: holds a control character"),
    "an actor of no name": ({"actor": ""}, "actor: "),
    "an actor without end": ({"actor": "x" * 10_000}, "actor: "),
    "a summary that PostgreSQL cannot hold": ({"summary": "a\u0000b"}, "summary: holds a control character"),
    "a summary without end": ({"summary": "x" * 60_000}, "summary: "),
    "an action of no kind": ({"action": "RESTORED"}, "action: "),
}


def write(folder: Path, *entries: dict[str, Any]) -> None:
    (folder / "changes.yaml").write_text(yaml.safe_dump(list(entries)))


@pytest.mark.parametrize("case", FAULTS)
def test_a_log_that_ours_could_not_say_is_refused(case: str, strategy_folder: Path, now: dt.datetime) -> None:
    statement, reason = FAULTS[case]
    write(strategy_folder, FIRST | statement)
    with pytest.raises(SeedError) as error:
        read(strategy_folder, now=now)
    assert {problem.file for problem in error.value.problems} == {"changes.yaml"}
    assert reason in str(error.value)


def test_a_log_that_came_by_file_says_so(
    empty_database: Database, strategy_folder: Path, now: dt.datetime, tmp_path: Path
) -> None:
    write(strategy_folder, FIRST | {"edits": [EDIT], "about": [{"type": "Fund", "key": "dredging"}]})
    assert load(empty_database, strategy_folder, now=now).revision == 2
    [first, second] = [change.row for change in empty_database.read_sync(changes.after, 0, 10)]
    assert (first.actor, first.summary) == ("import", "Imported: 52 rows added.")
    assert (second.recorded_at, second.actor, second.action) == (now, "import", "IMPORTED")
    assert second.summary == "Restored from files. The entries up to revision 1 are those of the files."
    # Its own export is loaded where it comes from, and changes nothing.
    list(export(empty_database, tmp_path / "out"))
    assert not load(empty_database, tmp_path / "out", now=now).has_changes


@pytest.mark.parametrize(("file", "old"), [("dataset", "2031-04-01T12:00:00+01:00"), ("statuses", "2031-04-20T08:00:")])
def test_an_entry_of_a_day_to_come_is_refused(
    empty_database: Database, strategy_folder: Path, now: dt.datetime, file: str, old: str
) -> None:
    path = strategy_folder / f"{file}.yaml"
    path.write_text(path.read_text().replace(old, old.replace("2031-04", "2031-06")))
    with pytest.raises(SeedError, match="is still to come, by the clock of this machine"):
        load(empty_database, strategy_folder, now=now)


def test_a_load_by_a_clock_that_is_behind_is_refused(
    empty_database: Database, strategy_folder: Path, now: dt.datetime
) -> None:
    load(empty_database, strategy_folder, now=now + dt.timedelta(days=400))
    # As long as there is nothing to write, there is nothing to refuse.
    assert not load(empty_database, strategy_folder, now=now).has_changes
    path = strategy_folder / "funds.yaml"
    path.write_text(path.read_text().replace("name: Dredging money", "name: Money for dredging"))
    with pytest.raises(SeedError, match="Nothing can be recorded until they agree"):
        load(empty_database, strategy_folder, now=now)
    assert len(empty_database.read_sync(changes.after, 0, 10)) == 1


def test_rows_of_an_editor_from_before_the_log_stay_an_editors(
    empty_database: Database, strategy_folder: Path, now: dt.datetime, tmp_path: Path
) -> None:
    """The log begins at revision 7, and does not tell who wrote the fund or the link."""
    records = ["CommitmentFund H-1/dredging", "Fund dredging"]
    with (strategy_folder / "dataset.yaml").open("a") as file:
        file.write(f"edited: {records}\n")
    write(strategy_folder, FIRST | {"revision": 7})
    load(empty_database, strategy_folder, now=now)
    list(export(empty_database, tmp_path / "out"))
    assert yaml.safe_load((tmp_path / "out" / "dataset.yaml").read_text())["edited"] == records
    for name, old in (("dataset", "edited: "), ("funds", "name: Dredging money")):
        path = strategy_folder / f"{name}.yaml"
        path.write_text(path.read_text().replace(old, {"edited: ": "# "}.get(old, "name: Other")))
    report = load(empty_database, strategy_folder, now=now)
    assert (report.has_changes, report.differing) == (False, ["fund dredging"])
