"""The database keeps every version of every row, whatever tool writes, and lets nobody touch one."""

import datetime as dt
import time
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.database import Database
from db.models import VERSION_TABLES, Dataset, Organisation, Strategy, metadata, past_metadata
from db.vocabulary import OrganisationKind
from tests.log import add_change, begin_change
from tests.past import check_past, differences, every_state, record_at
from tests.server import NOW

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
# On each table of versions: {columns} are its columns, and {forged} the same with another revision in place of `since`.
ON_VERSIONS = [
    "UPDATE {table} SET until = until - 1",
    "UPDATE {table} SET since = since + 1",
    "UPDATE {table} SET until = 1 WHERE until = 2147483647",
    "DELETE FROM {table}",
    "INSERT INTO {table} ({columns}) SELECT {forged} FROM {table}",
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}",
]
ON_VERSIONS_ONLY = {
    "sqlite": [
        "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
        "INSERT OR IGNORE INTO {table} ({columns}) SELECT {forged} FROM {table}",
        "REPLACE INTO {table} ({columns}) SELECT {forged} FROM {table}",
        "UPDATE OR REPLACE {table} SET since = since + 1",
        "UPDATE OR IGNORE {table} SET until = 1",
    ],
    "postgresql": [
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
        "WITH gone AS (DELETE FROM {table} RETURNING *) SELECT * FROM gone",
        "MERGE INTO {table} USING (SELECT 1 AS one) AS s ON one = 1 WHEN MATCHED THEN UPDATE SET until = 1",
    ],
}
NEVER = "is never edited or deleted"
NEVER_REPLACED = "a row is never replaced"


def attempt(database: Database, statement: str) -> str:
    """What the database says to it."""
    try:
        with database.engine.begin() as connection:
            connection.execute(sa.text(statement))
    except sa.exc.IntegrityError as error:
        return str(error.orig)
    return "done"


def every_row(database: Database) -> dict[str, list[Any]]:
    tables = [*metadata.sorted_tables, *past_metadata.sorted_tables]
    with database.engine.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(sa.select(table)))) for table in tables}


def test_the_database_refuses_to_touch_a_version(seeded_database: Database) -> None:
    attempt(seeded_database, "UPDATE theme SET title = title || '!'")
    before = every_row(seeded_database)
    accepted = []
    for versions in VERSION_TABLES.values():
        assert before[versions.name]
        columns = [column.name for column in versions.c]
        forged = ["since - 1" if name == "since" else name for name in columns]
        names = {"table": versions.name, "columns": ", ".join(columns), "forged": ", ".join(forged)}
        for pattern in ON_VERSIONS + ON_VERSIONS_ONLY[seeded_database.engine.dialect.name]:
            statement = pattern.format(**names)
            if NEVER not in attempt(seeded_database, statement):
                accepted.append(statement)
    assert accepted == []
    assert every_row(seeded_database) == before


# Statements by somebody with a client of the database, and a row that each changes.
BY_SQL = {
    "UPDATE commitment SET title = 'Other', summary = 'Others.' WHERE ref = 'SVS-01'": "Commitment/SVS-01",
    "UPDATE theme SET title = 'Other' WHERE slug = 'communities'": "Theme/communities",
    "UPDATE amount_statement SET amount = amount + 1 WHERE id < 4": None,
    "UPDATE dataset SET licence = 'Other'": "Dataset",
    "DELETE FROM commitment_lead WHERE commitment_id = 1": None,
    "DELETE FROM claim WHERE id = 1": None,
    "INSERT INTO organisation (slug, name, kind, seeded) VALUES ('x', 'X', 'OTHER', false)": "Organisation/x",
}  # fmt: skip


def test_a_change_by_sql_leaves_what_was(seeded_database: Database) -> None:
    states = every_state(seeded_database)
    for statement, name in BY_SQL.items():
        before = states[-1]
        assert attempt(seeded_database, statement) == "done"
        *earlier, after = every_state(seeded_database)
        assert differences(earlier[: len(states)], states) == {}
        changed = {name for name in after.keys() | before.keys() if after.get(name) != before.get(name)}
        # The dataset is of another revision and instant, and the log has another entry.
        assert changed >= {"log", "Dataset"}
        assert name in (None, *changed)
        assert len(changed) > 2 or statement.startswith("UPDATE dataset")
        entry = after["log"][str(after["Dataset"]["revision"])]
        assert (entry.actor, entry.action, entry.edits) == ("sql", "CHANGED", [])
        states = [*earlier, after]
    check_past(seeded_database)


def test_a_statement_takes_one_revision(empty_database: Database) -> None:
    """Where the log is not ahead of the clock, as it is in the other tests."""
    with empty_database.transaction() as session:
        prepare(session)
        add_change(session, LONG_AGO)
    for revision, kind in ((2, "OTHER"), (3, "HEALTH")):
        # An instant of SQLite is a millisecond.
        time.sleep(0.005)
        assert attempt(empty_database, f"UPDATE organisation SET kind = '{kind}'") == "done"
        present = record_at(empty_database)
        assert present["Dataset"]["revision"] == revision
        assert abs(present["log"][str(revision)].recorded_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    kinds = [
        {row["kind"] for name, row in state.items() if name.startswith("Organisation/")}
        for state in every_state(empty_database)[1:]
    ]
    assert kinds == [{"AGENCY"}, {"OTHER"}, {"HEALTH"}]
    check_past(empty_database)


def prepare(session: Session) -> None:
    session.add(Dataset(revision=1, recorded_at=LONG_AGO, updated_at=LONG_AGO, licence="-", attribution="-", since=1))
    bodies = [Organisation(slug=slug, name=slug, kind=OrganisationKind.AGENCY) for slug in ("o-1", "o-2", "o-3")]
    session.flush()
    session.add_all(bodies)
    session.flush()
    session.add(
        Strategy(slug="s", title="S", publisher_id=bodies[0].id, published_on=LONG_AGO.date(), stated_commitments=1)
    )


REPLACEMENTS = {
    "sqlite": [
        "INSERT OR REPLACE INTO theme SELECT * FROM theme",
        "REPLACE INTO theme SELECT * FROM theme",
        "INSERT OR REPLACE INTO commitment_fund SELECT * FROM commitment_fund",
        "INSERT OR REPLACE INTO dataset SELECT * FROM dataset",
        "UPDATE OR REPLACE theme SET position = 1 WHERE position = 2",
        "UPDATE OR REPLACE organisation SET slug = 'home-office' WHERE slug <> 'home-office'",
        "UPDATE OR REPLACE organisation SET id = (SELECT MIN(id) FROM organisation)",
    ],
    "postgresql": ["TRUNCATE theme CASCADE", "TRUNCATE commitment_fund", "TRUNCATE dataset"],
}


def test_no_row_makes_way_without_a_version(seeded_database: Database) -> None:
    before = every_row(seeded_database)
    answers = {
        statement: attempt(seeded_database, statement)
        for statement in REPLACEMENTS[seeded_database.engine.dialect.name]
    }
    reason = NEVER_REPLACED if seeded_database.is_sqlite else "deleted one by one"
    assert {statement for statement, answer in answers.items() if reason not in answer} == set()
    assert every_row(seeded_database) == before


ADD = "INSERT INTO organisation (id, slug, name, kind, seeded) VALUES (999, 'other', 'Other', 'OTHER', false)"
# What one writer does, and the numbers of versions and of rows of organisations that it leaves more than before.
IN_ONE_REVISION: list[tuple[list[str], int, int]] = [
    (["UPDATE organisation SET kind = 'OTHER' WHERE slug = 'home-office'"], 1, 0),
    (
        [
            "UPDATE organisation SET kind = 'OTHER' WHERE slug = 'home-office'",
            "UPDATE organisation SET kind = 'HEALTH' WHERE slug = 'home-office'",
        ],
        1,
        0,
    ),
    ([ADD], 1, 1),
    ([ADD, "UPDATE organisation SET kind = 'HEALTH' WHERE id = 999"], 1, 1),
    ([ADD, "DELETE FROM organisation WHERE id = 999"], 0, 0),
    ([ADD, "DELETE FROM organisation WHERE id = 999", ADD], 1, 1),
    (["UPDATE organisation SET seeded = NOT seeded"], 0, 0),
    (["UPDATE organisation SET search_text = 'other', sort_text = 'other'"], 0, 0),
    (["UPDATE organisation SET name = name, since = since"], 0, 0),
]


def test_a_revision_leaves_one_version_of_a_row(seeded_database: Database) -> None:
    for statements, versions, rows in IN_ONE_REVISION:
        before = every_row(seeded_database)
        with seeded_database.transaction() as session:
            begin_change(session)
            for statement in statements:
                session.connection().execute(sa.text(statement))
            add_change(session, NOW)
        after = every_row(seeded_database)
        tables = ("organisation_version", "organisation")
        assert [len(after[name]) - len(before[name]) for name in tables] == [versions, rows], statements
        attempt(seeded_database, "DELETE FROM organisation WHERE id = 999")
    check_past(seeded_database)


def test_only_a_change_of_the_row_changes_its_revision(seeded_database: Database) -> None:
    before = every_row(seeded_database)
    assert "Only a change of the row" in attempt(seeded_database, "UPDATE theme SET since = 7")
    assert every_row(seeded_database) == before
