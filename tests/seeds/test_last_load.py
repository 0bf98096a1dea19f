"""A start reads no rows where files, code and data are those of the last load, and reports what a load would."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from db.database import Database
from db.models import Commitment
from seeds import digest, last_load
from seeds.errors import SeedError
from seeds.loader import load
from tests.log import add_change, begin_change
from tests.seeds.strategy import Edit

# Its report, and how many statements it sent.
Start = Callable[[], tuple[str, int]]


@pytest.fixture
def start(strategy_folder: Path, empty_database: Database, now: dt.datetime) -> Start:
    statements: list[str] = []
    sa.event.listen(empty_database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))

    def start() -> tuple[str, int]:
        statements.clear()
        return last_load.load_if_changed(empty_database, strategy_folder, now), len(statements)

    return start


def test_the_next_start_reads_one_row(start: Start, empty_database: Database, edit_file: Edit) -> None:
    first, _ = start()
    assert "added" in first
    assert start() == ("revision 1: nothing to do", 1)
    edit_file("commitments.yaml", "title: Keep the ferry", "title: Keep the ferry running")
    assert start()[0] == "revision 2: 1 row changed"
    assert start() == ("revision 2: nothing to do", 1)


def test_what_a_load_remarks_is_remarked_again(
    start: Start, strategy_folder: Path, empty_database: Database, now: dt.datetime
) -> None:
    start()
    with empty_database.transaction() as session:
        begin_change(session)
        row = session.exec(select(Commitment).where(Commitment.ref == "H-2")).one()
        row.seeded, row.title = False, "Keep it"
        session.add(row)
        add_change(session, now)
    # The revision is another one, so the rows are read.
    remark, statements = start()
    assert (remark.splitlines()[1:], statements > 1) == (["left as recorded: commitment H-2"], True)
    assert start() == (remark, 1)
    assert str(load(empty_database, strategy_folder, now=now)) == remark


def test_a_load_with_changes_and_remarks_is_not_taken_for_one_without(
    start: Start, edit_file: Edit, strategy_folder: Path
) -> None:
    start()
    edit_file("people.yaml", "- {slug: ann-onymous, name: Ann Onymous}", "- {slug: ann, name: Ann}")
    edit_file("events.yaml", "person: ann-onymous, ", "person: ann, ")
    changed, _ = start()
    assert "kept, no longer in the files: person ann-onymous" in changed
    again, statements = start()
    assert (again.splitlines(), statements > 1) == (
        ["revision 2: nothing to do", "kept, no longer in the files: person ann-onymous"],
        True,
    )
    assert start() == (again, 1)


def test_faults_of_files_and_of_the_clock_are_found_as_before(
    start: Start, strategy_folder: Path, empty_database: Database, now: dt.datetime, tmp_path: Path
) -> None:
    start()
    with pytest.raises(SeedError, match="is still to come"):
        last_load.load_if_changed(empty_database, strategy_folder, now - dt.timedelta(days=300))
    other = strategy_folder / "other.yml"
    other.write_text("[]")
    with pytest.raises(SeedError, match="is not a file of the format"):
        start()
    other.unlink()
    people = strategy_folder / "people.yaml"
    people.rename(tmp_path / "people.yaml")
    people.symlink_to(tmp_path / "people.yaml")
    with pytest.raises(SeedError, match="is a link to somewhere outside the folder"):
        start()


def test_other_code_has_another_digest(strategy_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = digest.digest(strategy_folder)
    monkeypatch.setattr(digest, "ROOT", tmp_path)
    assert digest.digest(strategy_folder) != before
    assert digest.digest(tmp_path / "nothing") not in (None, before)
