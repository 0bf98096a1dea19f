"""Migrations bring every table to what the models say, and take every trace of it away again, on both databases."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db import migrate, versions
from db.database import Database
from db.models import indexes, metadata, past_metadata  # noqa: F401
from db.models.past import WORDS
from seeds import loader
from tests.engines import Engine

LOADED_AT = dt.datetime(2026, 11, 29, 7, tzinfo=dt.UTC)
BEFORE_THE_LOG = [
    "INSERT INTO organisation (id, slug, name, kind, seeded) VALUES (1, 'o', 'O', 'OTHER', TRUE)",
    "INSERT INTO document (id, slug, title, kind, seeded) VALUES (1, 'd', 'D', 'RECORD', TRUE)",
    "INSERT INTO strategy (id, slug, title, publisher_id, published_on, stated_commitments, seeded)"
    " VALUES (1, 's', 'S', 1, '2018-04-09', 61, TRUE)",
    "INSERT INTO dataset (id, revision, updated_at, licence, attribution)"
    " VALUES (1, 7, '2026-11-23 09:00:00', '-', '-')",
]
EVERY_TABLE = metadata.tables.keys() | past_metadata.tables.keys()
CATALOGUE = {
    "sqlite": "SELECT name FROM sqlite_master",
    "postgresql": "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    " UNION SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'"
    " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    # A type of its own for every enumeration would also have to go.
    " UNION SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'"
    " EXCEPT SELECT unnest(ARRAY['public', 'information_schema'])",
}


@pytest.fixture
def blank_database(engine: Engine) -> Iterator[Database]:
    """A database without tables."""
    database = Database(engine.empty())
    yield database
    database.close()


@pytest.fixture(scope="module")
def migrated_database(engine: Engine, migrated_template: str) -> Iterator[Database]:
    """Migrated; nothing here writes to it."""
    database = Database(engine.copy(migrated_template))
    yield database
    database.close()


@pytest.fixture(scope="module")
def models_database(engine: Engine) -> Iterator[Database]:
    """Made of the models themselves: only a test may do that."""
    database = Database(engine.empty())
    metadata.create_all(database.engine)
    past_metadata.create_all(database.engine)
    yield database
    database.close()


def names(database: Database) -> set[str]:
    """Everything that the database holds: tables, indexes, sequences, triggers, types, schemas, functions."""
    with database.engine.connect() as connection:
        actual = set(connection.scalars(sa.text(CATALOGUE[database.engine.dialect.name])))
    return {name for name in actual if "alembic_version" not in name}


def test_up_down_and_up_again_leaves_the_same_and_no_traces(blank_database: Database) -> None:
    migrate.upgrade(blank_database)
    first = names(blank_database)
    assert first > EVERY_TABLE
    migrate.downgrade(blank_database)
    assert names(blank_database) == set()
    migrate.upgrade(blank_database)
    assert names(blank_database) == first
    assert loader.load(blank_database, now=LOADED_AT).has_changes


def test_the_log_begins_with_the_load_before_it(blank_database: Database) -> None:
    migrate.upgrade(blank_database, "0001")
    with blank_database.transaction() as session:
        for statement in BEFORE_THE_LOG:
            session.connection().execute(sa.text(statement))
    migrate.upgrade(blank_database)
    with blank_database.engine.connect() as connection:
        [(revision, actor, action, kind, key)] = connection.execute(
            sa.text("SELECT revision, actor, action, subject_type, subject_key FROM change")
        )
        assert (revision, actor, action, kind, key) == (7, "import", "IMPORTED", "Strategy", "s")
        assert connection.execute(sa.text("SELECT revision, type, key FROM change_node")).all() == [
            (7, "Strategy", "s")
        ]
        # Without statuses, the edition was learned when it was loaded.
        assert connection.execute(sa.text("SELECT recorded_at = updated_at FROM dataset")).scalar_one()
        assert connection.execute(sa.text("SELECT file FROM document")).scalar_one() is None


@pytest.mark.parametrize("name", ["50%", "%(here)s", "a b#é"])
def test_the_folder_of_the_migrations_may_have_any_name(
    blank_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(migrate, "MIGRATIONS", shutil.copytree(versions.MIGRATIONS, tmp_path / name))
    migrate.upgrade(blank_database)
    assert names(blank_database) > EVERY_TABLE


OLD_ROWS = [
    "INSERT INTO organisation (id, slug, name, kind, seeded) VALUES (2, 'p', 'Children\u2019s Café', 'OTHER', TRUE)",
    "INSERT INTO document (id, slug, title, note, kind, seeded)"
    " VALUES (2, 'e', 'Straße', 'Of\ufb01ce 2018\u201319', 'RECORD', TRUE)",
    "INSERT INTO theme (id, slug, title, position, strategy_id, seeded) VALUES (1, 't', 'T', 1, 1, TRUE)",
    "INSERT INTO commitment (id, ref, origin, identified, slug, title, summary, theme_id, confidence, seeded)"
    " VALUES (1, 'SVS-01', 'STRATEGY', TRUE, 'c', 'ZOË', 'İstanbul', 1, 'HIGH', TRUE)",
    "INSERT INTO commitment (id, ref, origin, identified, seeded) VALUES (9, 'SVS-02', 'STRATEGY', FALSE, TRUE)",
    "INSERT INTO fund (id, slug, name, note, seeded) VALUES (7, 'f', '“Surge”', NULL, TRUE)",
    "INSERT INTO event (id, slug, title, kind, held_on, precision, venue, place, region, sectors, topics, seeded)"
    " VALUES (1, 'e', 'Launch', 'SUMMIT', '2019-05-09', 'DAY', NULL, 'Llŷn', 'Wales', '[]', '[]', TRUE)",
]
SEARCH_TEXTS: dict[str, set[tuple[int, str, str]]] = {
    "organisation": {(1, "o", "o"), (2, "children's café", "children's café children's cafe")},
    "document": {(1, "d", "d"), (2, "strasse", "strasse office 2018-19")},
    "commitment": {(1, "zoë", "zoë i\u0307stanbul svs-01 zoe istanbul svs-01"), (9, "", "svs-02")},
    "fund": {(7, '"surge"', '"surge"')},
    "event": {(1, "launch", "launch llŷn wales launch llyn wales")},
}


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_rows_of_earlier_versions_can_be_searched(blank_database: Database, revision: str) -> None:
    migrate.upgrade(blank_database, revision)
    with blank_database.transaction() as session:
        for statement in [*BEFORE_THE_LOG[:3], *OLD_ROWS]:
            session.connection().execute(sa.text(statement))
        if revision == "0001":
            session.connection().execute(sa.text(BEFORE_THE_LOG[3]))
    migrate.upgrade(blank_database)
    with blank_database.engine.connect() as connection:
        for table, expected in SEARCH_TEXTS.items():
            rows = connection.execute(sa.text(f"SELECT id, sort_text, search_text FROM {table}"))
            assert {tuple(row) for row in rows} == expected


def test_a_second_upgrade_changes_nothing(migrated_database: Database) -> None:
    before = names(migrated_database)
    migrate.upgrade(migrated_database)
    assert names(migrated_database) == before
    with migrated_database.engine.connect() as connection:
        assert versions.current(connection) == versions.LATEST


def test_models_and_migrations_do_not_differ(migrated_database: Database) -> None:
    migrate.check(migrated_database)


@pytest.mark.parametrize(
    "kind", ["columns", "check_constraints", "unique_constraints", "foreign_keys", "indexes", "pk_constraint"]
)
def test_every_table_is_as_the_models_say(migrated_database: Database, models_database: Database, kind: str) -> None:
    # Alembic compares neither the checks nor the names of most constraints; so both are read back and compared.
    actual, expected = reflect(migrated_database, kind), reflect(models_database, kind)
    assert actual.keys() == EVERY_TABLE
    for table in actual:
        assert actual[table] == expected[table]


def reflect(database: Database, kind: str) -> dict[str, list[str]]:
    """What the database itself says of each table, in no order."""
    inspector = sa.inspect(database.engine)
    tables = [name for name in inspector.get_table_names() if name != "alembic_version" and WORDS not in name]
    actual = {name: getattr(inspector, f"get_{kind}")(name) for name in tables}
    if kind == "foreign_keys" and inspector.dialect.name == "sqlite":
        # It does not tell the name of one that was added to a table.
        actual = {name: [{**key, "name": None} for key in keys] for name, keys in actual.items()}
    return {name: sorted(map(plain, value if isinstance(value, list) else [value])) for name, value in actual.items()}


def plain(value: Any) -> str:
    """As text, so that two conditions or types are the same when they read the same."""
    return str({key: plain(inner) for key, inner in sorted(value.items())} if isinstance(value, dict) else value)


def test_every_check_of_the_models_is_in_the_database(migrated_database: Database) -> None:
    # Against two empty lists that are the same.
    inspector = sa.inspect(migrated_database.engine)
    for table in metadata.sorted_tables:
        expected = {str(check.name) for check in table.constraints if isinstance(check, sa.CheckConstraint)}
        assert {check["name"] for check in inspector.get_check_constraints(table.name)} == expected
        assert all(name.startswith(f"ck_{table.name}_") for name in expected)
