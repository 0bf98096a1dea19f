"""The command line: what each command does, says, and exits with."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from api import cli
from api.commands import output
from db.database import Database
from db.models import metadata, past_metadata
from seeds import DATA
from tests.engines import REVISION, Engine

RUNNER = CliRunner()
OTHER_TABLES = "The tables are not those of this version: run `sixtyone migrate`.\n"


def run(*arguments: str, url: str = "sqlite:///never-made.db") -> Result:
    return RUNNER.invoke(cli.app, list(arguments), env={"SIXTYONE_DATABASE_URL": url})


def tables(url: str) -> set[str]:
    database = Database(url)
    results = set(sa.inspect(database.engine).get_table_names())
    database.close()
    # The index of words of SQLite is made of tables.
    return {name for name in results if name != "alembic_version" and "_words" not in name}


def test_tables_come_go_and_come_again(engine: Engine) -> None:
    url = engine.empty()
    assert tables(url) == set()
    for command, expected in (
        (["migrate"], metadata.tables.keys() | past_metadata.tables.keys()),
        (["migrate"], metadata.tables.keys() | past_metadata.tables.keys()),
        (["migrate", "--down", "--yes"], set()),
        (["migrate", "--down", "--yes"], set()),
        (["migrate"], metadata.tables.keys() | past_metadata.tables.keys()),
    ):
        assert run(*command, url=url).exit_code == 0
        assert tables(url) == expected


def test_code_and_migrations_agree() -> None:
    assert run("migrate", "--check").exit_code == 0


def test_a_second_load_changes_nothing(engine: Engine) -> None:
    url = engine.empty()
    run("migrate", url=url)
    first, second = run("seed", url=url), run("seed", url=url)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output.startswith(f"revision {REVISION}: ")
    assert " rows added" in first.output
    assert second.output == f"revision {REVISION}: nothing to do\n"


def test_data_needs_tables_first(engine: Engine) -> None:
    result = run("seed", url=engine.empty())
    assert (result.exit_code, result.output) == (1, OTHER_TABLES)


def test_a_database_that_cannot_be_opened_is_reported_in_a_line(tmp_path: Path) -> None:
    for command in ("migrate", "seed"):
        result = run(command, url=f"sqlite:///{tmp_path}/nowhere/x.db")
        assert (result.exit_code, result.output) == (1, "The database does not answer: unable to open database file\n")


def test_our_files_are_sound() -> None:
    result = run("seed", "--check")
    assert result.exit_code == 0
    assert result.output.startswith(f"{DATA} is sound: ")


@pytest.fixture
def folder_with_faults(tmp_path: Path) -> Path:
    """Our files with an unknown word and an unknown theme."""
    directory = tmp_path / "broken"
    shutil.copytree(DATA, directory)
    commitments = directory / "commitments.yaml"
    text = commitments.read_text(encoding="utf-8")
    text = text.replace("confidence: HIGH", "confidence: SURE", 1).replace(
        "theme: county-lines", "theme: county-linse", 1
    )
    commitments.write_text(text, encoding="utf-8")
    return directory


def test_broken_files_are_reported_by_file_row_and_reason(folder_with_faults: Path) -> None:
    result = run("seed", str(folder_with_faults), "--check")
    assert result.exit_code == 1
    [first] = [line for line in result.output.splitlines() if "SURE" in line]
    assert first.startswith("commitments.yaml: ANN-01 (line 10): confidence: 'SURE' is none of ")


def test_broken_files_are_not_loaded(folder_with_faults: Path, engine: Engine) -> None:
    url = engine.empty()
    run("migrate", url=url)
    result = run("seed", str(folder_with_faults), url=url)
    assert result.exit_code == 1
    assert "commitments.yaml: ANN-01 (line 10): " in result.output
    database = Database(url)
    with database.engine.connect() as connection:
        rows = [connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in metadata.sorted_tables]
    database.close()
    assert set(rows) == {0}


def test_a_missing_directory_is_reported(tmp_path: Path) -> None:
    result = run("seed", str(tmp_path / "nowhere"), "--check")
    assert result.exit_code == 1
    assert "commitments.yaml: cannot be read: No such file or directory\n" in result.output


def test_the_schema_is_printed_as_it_is_committed() -> None:
    result = run("schema")
    assert (result.exit_code, result.output) == (0, output.COMMITTED.read_text(encoding="utf-8"))
    assert run("schema", "--check").exit_code == 0


def test_a_schema_that_was_not_committed_is_reported_with_a_diff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema_file = tmp_path / "schema.graphql"
    schema_file.write_text(
        output.COMMITTED.read_text(encoding="utf-8").replace("totalCount: Int!", "totalCount: Int", 1)
    )
    monkeypatch.setattr(output, "COMMITTED", schema_file)
    result = run("schema", "--check")
    assert result.exit_code == 1
    assert "-  totalCount: Int\n+  totalCount: Int!\n" in result.output
    assert result.output.endswith("schema/schema.graphql is not what the code says: run `make schema`.\n")


def test_every_citation_holds_against_the_documents(documents_folder: Path) -> None:
    result = run("verify", "--documents", str(documents_folder))
    assert result.exit_code == 0, result.output
    assert result.output.startswith("documents: 3, paragraphs: 52, ")
    assert result.output.endswith("problems: 0\n")


def test_missing_documents_are_reported(tmp_path: Path) -> None:
    result = run("verify", "--documents", str(tmp_path))
    assert result.exit_code == 1
    assert "cannot be read: " in result.output
    assert "problems: 3\n" in result.output


def test_without_a_command_it_says_what_there_is() -> None:
    result = run()
    for command in ("serve", "migrate", "seed", "verify", "schema"):
        assert f" {command} " in result.output
