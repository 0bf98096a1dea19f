"""What a load of reviewed files leaves in the log, and what of an editor's it leaves alone."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import changes, natural_keys
from db.database import Database
from db.vocabulary import DatePrecision, Status, Voice
from schema.node import global_id
from seeds.export import export
from seeds.loader import load
from seeds.loading.report import Report
from seeds.rows.statuses import SEARCH_NOTE
from tests.engines import REVISION
from tests.inputs import (
    EVERY_INPUT,
    RECORD,
    SEED,
    SUCCESS,
    VALID_INPUTS,
    all_rows,
    attempt,
    edits,
    row_values,
    submit,
    submit_valid,
)
from tests.seeds.strategy import SMALL
from tests.writable import WritableApi, serving_writable

NOW = dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)
SEARCH: dict[str, Any] = {"commitment": "SVS-06", "status": "NO_EVIDENCE", "voice": "TRACKER", "citation": None}


@pytest.fixture
def strategy_folder(tmp_path: Path) -> Path:
    """Another group's strategy: made up, complete, and with one of everything."""
    for name, text in SMALL.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def load_again(empty_database: Database, strategy_folder: Path) -> Callable[..., Report]:
    """Loads the small strategy once; each call loads it again, with other words, a day later."""
    load(empty_database, strategy_folder, now=NOW)

    def reload(**files: dict[str, str]) -> Report:
        for name, words in files.items():
            text = (strategy_folder / f"{name}.yaml").read_text(encoding="utf-8")
            # By way of marks, so that words can change places.
            for number, old in enumerate(words):
                assert text.count(old) == 1, old
                text = text.replace(old, f"<{number}>")
            for number, new in enumerate(words.values()):
                text = text.replace(f"<{number}>", new)
            (strategy_folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load(empty_database, strategy_folder, now=NOW + dt.timedelta(days=1))

    return reload


def last(database: Database) -> changes.ChangeWithNodes:
    return database.read_sync(changes.after, 0, 100)[-1]


def logged_values(database: Database) -> dict[str, dict[str, Any]]:
    return edits({"edits": last(database).row.edits})


def test_the_first_load_is_the_first_entry(empty_database: Database, load_again: Callable[..., Report]) -> None:
    entry = last(empty_database)
    assert (entry.row.revision, entry.row.recorded_at, entry.row.actor, entry.row.action) == (
        1,
        NOW,
        "import",
        "IMPORTED",
    )
    assert entry.row.summary == "Imported: 60 rows added."
    # All that it added is there to be seen; what it changed is not.
    assert entry.row.edits == []
    assert {kind for kind, _ in entry.nodes} == {
        "Strategy",
        "Theme",
        "Commitment",
        "Fund",
        "Event",
        "Organisation",
        "Document",
        "Area",
        "Person",
        "Discrepancy",
    }
    assert not load_again().has_changes
    assert last(empty_database).row.revision == 1


def test_a_load_logs_the_values_before_and_after(empty_database: Database, load_again: Callable[..., Report]) -> None:
    load_again(
        dataset={"CC BY 4.0": "CC0"},
        events={"topics: [dredging]": "topics: [mud, water]", "    - {name: Pat Pilot}\n": ""},
        funds={"  commitments: [H-1]\n": "", "note: Half of it is not itemised.": "note: All of it is."},
        commitments={"theme: land": "theme: water"},
    )
    assert last(empty_database).row.revision == 2
    assert last(empty_database).row.recorded_at == NOW + dt.timedelta(days=1)
    assert last(empty_database).row.summary == "Imported: 4 rows changed, 2 rows removed."
    assert logged_values(empty_database) == {
        "Dataset": {"licence": ("CC BY 4.0", "CC0")},
        "Event first-dredger": {"topics": ('["dredging"]', '["mud", "water"]')},
        "Participant first-dredger/2": {
            "event": ("first-dredger", None),
            "position": ("2", None),
            "name": ("Pat Pilot", None),
        },
        "CommitmentFund H-1/dredging": {"commitment": ("H-1", None), "fund": ("dredging", None)},
        "Fund dredging": {"note": ("Half of it is not itemised.", "All of it is.")},
        "Commitment H-2": {"theme": ("land", "water")},
    }
    assert {("Event", "first-dredger"), ("Fund", "dredging"), ("Commitment", "H-1"), ("Commitment", "H-2")} <= set(
        last(empty_database).nodes
    )


def test_an_exchange_of_values_is_logged_as_it_was(empty_database: Database, load_again: Callable[..., Report]) -> None:
    load_again(
        organisations={"name: Harbour Board": "name: River Trust", "name: River Trust": "name: Harbour Board"},
        strategy={"Water, position: 1": "Water, position: 2", "Land, position: 2": "Land, position: 1"},
        commitments={"slug: dredging": "slug: ferry", "slug: ferry": "slug: dredging"},
    )
    assert logged_values(empty_database) == {
        "Organisation harbour-board": {"name": ("Harbour Board", "River Trust")},
        "Organisation river-trust": {"name": ("River Trust", "Harbour Board")},
        "Theme water": {"position": ("1", "2")},
        "Theme land": {"position": ("2", "1")},
        "Commitment H-1": {"slug": ("dredging", "ferry")},
        "Commitment H-2": {"slug": ("ferry", "dredging")},
    }
    assert {("Theme", "water"), ("Theme", "land")} <= set(last(empty_database).nodes)


TIES = [
    ({"commitment": "H-1", "fund": "dredging"}, "CommitmentFund H-1/dredging"),
    ({"commitment": "H-1", "event": "first-dredger"}, "CommitmentEvent H-1/first-dredger"),
    ({"event": "first-dredger", "fund": "dredging"}, "EventFund first-dredger/dredging"),
]


def test_what_an_editor_unlinked_no_load_brings_back(
    empty_database: Database, load_again: Callable[..., Report]
) -> None:
    def tie(name: str, ends: dict[str, str]) -> None:
        answer = submit(at.editor, name, {**ends, "reason": "So."})
        assert answer["__typename"] == f"{name.title()}ed"

    with serving_writable(empty_database) as at:
        at.clock.now = NOW + dt.timedelta(hours=1)
        for ends, _ in TIES:
            tie("unlink", ends)
        before = all_rows(empty_database)
        report = load_again()
        assert (report.has_changes, sorted(report.withdrawn)) == (False, sorted(record for _, record in TIES))
        assert all_rows(empty_database) == before
        # Linked again by an editor it stays, also when the files let it go.
        for ends, _ in TIES:
            tie("link", ends)
        before = all_rows(empty_database)
        assert (load_again().has_changes, all_rows(empty_database)) == (False, before)
        assert not load_again(funds={"  commitments: [H-1]\n": ""}).has_changes
        assert all_rows(empty_database) == before


def test_a_load_leaves_alone_what_any_mutation_has_written(api_writable: WritableApi) -> None:
    for name in VALID_INPUTS:
        submit_valid(api_writable.editor, name)
    before = all_rows(api_writable.database)
    report = load(api_writable.database, now=NOW)
    assert (report.has_changes, report.revision) == (False, len(VALID_INPUTS) + REVISION)
    assert sorted(report.differing) == ["commitment SVS-35", "discrepancy events-frequency"]
    assert report.withdrawn == ["CommitmentFund SVS-10/youth-fund-round-1"]
    assert all_rows(api_writable.database) == before


# What is odd: either it is refused, or the files of an export take it too. A backup that cannot be loaded is none.
ODD: list[tuple[str, dict[str, Any]]] = [
    ("addEvent", {"slug": "odd-1", "sectors": ["shipping", "shipping"]}),
    ("addEvent", {"slug": "odd-2", "topics": ["quays", "quays"]}),
    ("addFund", {"slug": "odd-3", "citations": [{"document": SEED, "paragraph": 1, "figures": ["£2m", "£2m"]}]}),
    ("addDocument", {"slug": "odd-4", "url": None, "via": {"slug": "ho", "name": "home office", "kind": "OTHER"}}),
    ("recordStatus", {**SEARCH, "effectiveOn": "2026-10-01", "precision": "MONTH"}),
    ("recordStatus", {**SEARCH, "effectiveOn": "2025-01-01", "precision": "YEAR"}),
    ("recordStatus", {**SEARCH, "effectiveOn": "2026-09-01", "note": SEARCH_NOTE.format("")}),
    ("recordStatus", {**SEARCH, "effectiveOn": "2026-08-01", "note": SEARCH_NOTE.format(" Hansard ")}),
    ("openDiscrepancy", {"slug": "odd-5", "claims": [{"document": RECORD, "says": "So."}] * 2}),
    ("addEvent", {"slug": "odd-6", "date": "2026-12-01", "precision": "YEAR"}),
    ("stateAmount", {"statedOn": None, "precision": None}),
    ("stateAmount", {"statedOn": "2019-04-30", "precision": "DAY", "amount": "0.01"}),
]


def test_rows_of_every_input_can_be_exported(
    api_writable: WritableApi, empty_database: Database, tmp_path: Path
) -> None:
    for name, odd in ODD:
        answer = attempt(api_writable.editor, name, VALID_INPUTS[name] | odd)
        assert answer == [SUCCESS[name]] or all(place.startswith(("INVALID", "CONFLICT")) for place in answer)
    list(export(api_writable.database, tmp_path))
    load(empty_database, tmp_path, now=NOW)
    assert empty_database.read_sync(row_values) == api_writable.database.read_sync(row_values)


MOVED = natural_keys.status_update(
    "SVS-25", dt.date(2018, 1, 7), DatePrecision.DAY, Voice.GOVERNMENT, Status.IN_PROGRESS, "acid-retailers-news-2018",
    None,
)  # fmt: skip


def test_what_is_corrected_and_withdrawn_outlives_loads_and_the_database(
    api_writable: WritableApi, empty_database: Database, tmp_path: Path
) -> None:
    for name in EVERY_INPUT:
        submit_valid(api_writable.editor, name)
    # A row with the key of its old values, and another one with these values.
    amount = submit_valid(api_writable.editor, "stateAmount", "amount { id }", kind="RESTATED")["amount"]["id"]
    submit_valid(api_writable.editor, "correctAmount", amountStatement=amount, statedOn="2018-05-01")
    submit_valid(api_writable.editor, "stateAmount", kind="RESTATED")
    # A statement that was recorded against another commitment.
    moved = {"statusUpdate": global_id("StatusUpdate", MOVED), "reason": "Another one.", "commitment": "SVS-20"}
    assert attempt(api_writable.editor, "correctStatus", moved) == [SUCCESS["correctStatus"]]
    expected = api_writable.database.read_sync(row_values)
    assert not load(api_writable.database, now=NOW).has_changes
    list(export(api_writable.database, tmp_path))
    load(empty_database, tmp_path, now=NOW)
    assert empty_database.read_sync(row_values) == expected
    # Nor do our own files change that.
    assert not load(empty_database, now=NOW).has_changes
    assert empty_database.read_sync(row_values) == expected
