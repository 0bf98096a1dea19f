import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db.database import Database
from db.models import metadata
from seeds.loader import load
from tests.seeds.strategy import NOTICE, SMALL, Contents, Edit, Load


@pytest.fixture
def now() -> dt.datetime:
    return dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def read_tables(empty_database: Database) -> Contents:
    """Every row of every table, as the database itself has it."""

    def read() -> dict[str, list[Any]]:
        with empty_database.engine.connect() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(sa.text(f"SELECT * FROM {table.name}"))))
                for table in metadata.sorted_tables
            }

    return read


@pytest.fixture
def notice_folder(tmp_path: Path) -> Path:
    """The folder with the one document that the small strategy is created from."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    return folder


@pytest.fixture
def strategy_folder(tmp_path: Path) -> Path:
    """Another group's strategy: made up, complete, and with one of everything."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def edit_file(strategy_folder: Path) -> Edit:
    """Replaces a piece of one file that stands there exactly once."""

    def replace(file: str, old: str, new: str) -> None:
        text = (strategy_folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (strategy_folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def load_again(strategy_folder: Path, empty_database: Database, now: dt.datetime) -> Load:
    """Loads the small strategy once; each call loads it again, a day later."""
    load(empty_database, strategy_folder, now=now)
    return lambda: load(empty_database, strategy_folder, now=now + dt.timedelta(days=1))
