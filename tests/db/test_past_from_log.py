"""A migration reads the past of a database that kept no versions out of its log of changes."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db import migrate
from db.database import Database
from db.models import Change
from db.vocabulary import ChangeAction
from seeds.loader import load
from tests.engines import Engine
from tests.past import check_past, differences, every_state, record_at
from tests.seeds.strategy import SMALL

NOW = dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)
# What loads do after the first one, which added it all: words that give way to others, by file.
LOADS: list[dict[str, dict[str, str]]] = [
    {
        "dataset": {"CC BY 4.0": "CC0"},
        "events": {"topics: [dredging]": "topics: [mud, water]", "    - {name: Pat Pilot}\n": ""},
        "funds": {"  commitments: [H-1]\n": "", "amount: 2500000\n": "amount: '2500000.25'\n"},
        "commitments": {"theme: land": "theme: water"},
        "discrepancies": {"state: OPEN": "state: EXPLAINED\n  explanation: Two days, two sums."},
    },
    # Back again, of which no entry tells: it counts as done by the load after the one that removed it.
    {"events": {"organisation: harbour-board}\n": "organisation: harbour-board}\n    - {name: Pat Pilot}\n"}},
    {
        "organisations": {"name: Harbour Board": "name: River Trust", "name: River Trust": "name: Harbour Board"},
        "strategy": {"Water, position: 1": "Water, position: 2", "Land, position: 2": "Land, position: 1"},
        "commitments": {"slug: dredging": "slug: ferry", "slug: ferry": "slug: dredging"},
    },
    {
        "organisations": {"- {slug: river": "- {slug: divers, name: Divers, kind: CHARITY}\n- {slug: river"},
        "documents": {"- slug: tide-2030": "- {slug: log, title: Log, kind: RECORD, via: divers}\n- slug: tide-2030"},
        "events": {
            "- slug: pier-party": "- slug: dive\n  title: Dive\n  kind: OTHER\n  date: '2030-06-01'\n"
            "  hosts: [divers]\n  participants: [{name: D. Eep, organisation: divers}]\n  commitments: [H-2]\n"
            "  citations: [{document: log}]\n- slug: pier-party"
        },
        "statuses": {
            "- commitment: L-1": "- {commitment: H-1, status: STALLED, effective_on: '2030-01-01', voice: MEDIA,"
            " recorded_at: '2031-05-04T10:00:00Z', note: Seen., citation: {document: log}}\n\n- commitment: L-1"
        },
    },
]


def load_all(database: Database, folder: Path) -> None:
    """Loads the small strategy, and loads it again with other words on each of the days after."""
    texts = dict(SMALL)
    for day, words in enumerate([{}, *LOADS]):
        for file, pairs in words.items():
            # By way of marks, so that words can change places.
            for number, old in enumerate(pairs):
                assert texts[file].count(old) == 1, old
                texts[file] = texts[file].replace(old, f"<{number}>")
            for number, new in enumerate(pairs.values()):
                texts[file] = texts[file].replace(f"<{number}>", new)
        for name, text in texts.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        assert load(database, folder, now=NOW + dt.timedelta(days=day)).has_changes


def forget_areas(database: Database) -> None:
    """Takes away what the tables of version 0.4 cannot hold: areas, people, and where documents can be found."""
    migrate.downgrade(database, "0004")
    migrate.upgrade(database)


def forget(database: Database) -> None:
    """Takes the tables back to those of version 0.4, which have no past, and forward again."""
    migrate.downgrade(database, "0003")
    migrate.upgrade(database)


def test_after_loads_the_past_is_as_it_was(empty_database: Database, tmp_path: Path) -> None:
    load_all(empty_database, tmp_path)
    forget_areas(empty_database)
    before = every_state(empty_database)
    assert len(before) == len(LOADS) + 2
    forget(empty_database)
    assert differences(every_state(empty_database), before) == {}
    check_past(empty_database)


def test_after_a_change_of_every_kind_the_past_is_as_it_was(engine: Engine, changes_template: str) -> None:
    database = Database(engine.copy(changes_template))
    forget_areas(database)
    before = every_state(database)
    forget(database)
    # The later editions are loads, and the log does not name what one adds to rows that are there.
    untold = differences(every_state(database), before)
    # The version before knew neither the reasons nor all actions of changes.
    untold = {name: values for name, values in untold.items() if not name.endswith(" log")}
    later = {f"{revision} {name}" for revision in (1, 2) for name in before[3].keys() - before[revision].keys()}
    assert untold.keys() <= later
    assert all(was is None for _, was in untold.values())
    check_past(database)
    database.close()


def execute(database: Database, statement: str, **values: Any) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text(statement), values)


@pytest.fixture
def loaded_database(empty_database: Database, tmp_path: Path) -> Database:
    load_all(empty_database, tmp_path)
    return empty_database


@pytest.mark.sqlite_only
def test_of_what_was_changed_by_sql_the_log_tells_only_when(loaded_database: Database) -> None:
    execute(loaded_database, "UPDATE commitment SET summary = 'Seldom.' WHERE ref = 'H-2'")
    first, *_, last = every_state(loaded_database)[1:]
    assert (first["Commitment/H-2"]["summary"], last["Commitment/H-2"]["summary"]) == (
        "Every day but Sunday.",
        "Seldom.",
    )
    forget(loaded_database)
    states = every_state(loaded_database)[1:]
    assert {state["Commitment/H-2"]["summary"] for state in states} == {"Seldom."}
    assert states[-1]["log"][str(len(states))].action == ChangeAction.IMPORTED
    check_past(loaded_database)


ODD_EDITS: list[dict[str, Any]] = [
    {"record": "Commitment X-9", "field": "title", "before": "A", "after": "B"},
    {"record": "Commitment H-1", "field": "theme", "before": "no-such-theme", "after": "water"},
    {"record": "Commitment H-1", "field": "depth", "before": "2", "after": "3"},
    {"record": "Event pier-party", "field": "attendance_at_least", "before": "many", "after": None},
    {"record": "Spaceship harbour", "field": "title", "before": "A", "after": "B"},
    {"record": "CommitmentEvent H-1", "field": "commitment", "before": "H-1", "after": None},
    {"record": "CommitmentEvent H-1/no-such-event", "field": "event", "before": "no-such-event", "after": None},
]


@pytest.mark.sqlite_only
def test_what_cannot_be_read_leaves_the_row_as_it_is(loaded_database: Database) -> None:
    """A log that was brought in by files may name anything."""
    with loaded_database.transaction() as session:
        revision = len(LOADS) + 2
        session.connection().execute(sa.text("UPDATE dataset SET revision = :revision"), {"revision": revision})
        session.add(
            Change(
                revision=revision,
                recorded_at=NOW + dt.timedelta(days=30),
                actor="x",
                action=ChangeAction.IMPORTED,
                summary="x",
                subject_type="Strategy",
                subject_key="harbour-strategy",
                edits=ODD_EDITS,
            )
        )
    forget(loaded_database)
    check_past(loaded_database)
    record = record_at(loaded_database, revision - 1)
    for name in ("Commitment/H-1", "Event/pier-party"):
        assert record[name] == record_at(loaded_database)[name]


@pytest.mark.sqlite_only
def test_without_a_log_everything_counts_from_its_first_entry(engine: Engine) -> None:
    database = Database(engine.empty())
    migrate.upgrade(database, "0001")
    for statement in (
        "INSERT INTO organisation (id, slug, name, kind, seeded) VALUES (1, 'o', 'O', 'OTHER', TRUE)",
        "INSERT INTO strategy (id, slug, title, publisher_id, published_on, stated_commitments, seeded)"
        " VALUES (1, 's', 'S', 1, '2018-04-09', 61, TRUE)",
        "INSERT INTO dataset (id, revision, updated_at, licence, attribution)"
        " VALUES (1, 7, '2026-11-23 09:00:00', '-', '-')",
    ):
        execute(database, statement)
    migrate.upgrade(database)
    assert record_at(database, 6).keys() == {"log"}
    assert record_at(database, 7) == record_at(database)
    assert {"Organisation/o", "Strategy/s", "Dataset"} < record_at(database).keys()
    check_past(database)
    database.close()
