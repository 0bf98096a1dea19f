"""A database with one change of every kind, corrections and withdrawals included, exported and loaded elsewhere."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.database import Database
from seeds.export import export
from seeds.loader import load
from tests.corrections import VALID_AFTER, WITHDRAWN_AMOUNT, WITHDRAWN_CITATION
from tests.engines import REVISION, Engine
from tests.inputs import EVERY_INPUT, submit, submit_valid
from tests.past import check_past
from tests.seeds.past import read_past
from tests.writable import serving_copy

RESTORE_TIME = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
# The events of `EVERY_INPUT` that name a person, who cannot be withdrawn before.
EVENTS_WITH_PEOPLE = ("quay-opens", "weapons-bill-announced-2018")


@pytest.fixture(scope="module")
def every_change(engine: Engine, seeded_template: str) -> str:
    """The address of our data after all of them, to be copied and never opened."""
    url = engine.copy(seeded_template)
    with serving_copy(url) as api:
        for name in EVERY_INPUT:
            submit_valid(api.editor, name)
        for event in EVENTS_WITH_PEOPLE:
            nobody: dict[str, Any] = {"event": event, "reason": "Nobody was there.", "participants": []}
            assert submit(api.editor, "correctEvent", nobody)["__typename"] == "EventCorrected"
        for name, values in VALID_AFTER.items():
            assert submit(api.editor, name, values)["__typename"] == "Withdrawn"
    return url


@pytest.fixture
def original(engine: Engine, every_change: str) -> Iterator[Database]:
    database = Database(engine.copy(every_change))
    yield database
    database.close()


def test_another_database_says_the_same_at_every_revision(
    original: Database, empty_database: Database, tmp_path: Path
) -> None:
    list(export(original, tmp_path / "export"))
    load(empty_database, tmp_path / "export", now=RESTORE_TIME)
    expected, actual = read_past(original), read_past(empty_database)
    assert len(expected) == REVISION + len([*EVERY_INPUT, *EVENTS_WITH_PEOPLE, *VALID_AFTER])
    for revision, record in expected.items():
        assert actual[revision] == record
    check_past(empty_database)
    list(export(empty_database, tmp_path / "again"))
    for path in (tmp_path / "export").iterdir():
        text = (tmp_path / "again" / path.name).read_text()
        assert text.startswith(path.read_text()) if path.name == "changes.yaml" else text == path.read_text()


def test_our_files_bring_nothing_back(original: Database) -> None:
    before = read_past(original)
    report = load(original, now=RESTORE_TIME)
    assert not report.has_changes
    assert read_past(original) == before
    # The identification of SVS-22 was withdrawn, and a commitment that is not identified has no status.
    assert "commitment SVS-22" in report.differing
    assert {" ".join(name.split()[:2]) for name in report.withdrawn} == {
        "CommitmentFund SVS-10/youth-fund-round-1",
        "allocation youth-fund-round-2/cheshire-pcc",
        f"amount_statement {WITHDRAWN_AMOUNT}",
        f"citation {WITHDRAWN_CITATION}",
        "discrepancy community-fund-promise",
        "event working-together-2018",
        "fund police-social-media-hub-2020-21",
        "status_update SVS-22",
        "status_update SVS-26",
    }


def test_its_own_export_changes_nothing(original: Database, tmp_path: Path) -> None:
    list(export(original, tmp_path))
    report = load(original, tmp_path, now=RESTORE_TIME)
    assert (report.has_changes, report.withdrawn, report.differing) == (False, [], [])
