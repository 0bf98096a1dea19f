"""The record as it was, read as everybody reads it, and what must hold of the versions that tell it."""

import itertools
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.database import Database
from db.models import VERSION_TABLES, Change, Dataset
from db.models.base import BOOKKEEPING
from db.models.past import OPEN
from db.natural_keys import KEY_COLUMN, LINK_COLUMNS
from db.reader import Reader
from tests.index import check_index

Values = dict[str, Any]
# The values of every row by its name, as in the log.
Record = dict[str, Values]


def record_at(database: Database, revision: int | None = None) -> Record:
    """The whole record at a revision, or as it is."""
    return Reader(database, revision=revision).read_sync(whole_record)


def every_state(database: Database) -> list[Record]:
    """The record at each revision, from 0 on."""
    return [record_at(database, revision) for revision in range(len(record_at(database)["log"]) + 1)]


def differences(actual: list[Record], expected: list[Record]) -> dict[str, tuple[Values | None, Values | None]]:
    """The rows that are not the same, by revision and name."""
    return {
        f"{revision} {name}": (one.get(name), other.get(name))
        for revision, (one, other) in enumerate(zip(actual, expected, strict=True))
        for name in one.keys() | other.keys()
        if one.get(name) != other.get(name)
    }


def whole_record(session: Session) -> Record:
    rows = {
        model: session.connection().execute(sa.select(model.__table__)).mappings().all() for model in VERSION_TABLES
    }
    names = {
        model.__tablename__: {row["id"]: row[KEY_COLUMN[model]] for row in rows[model]}
        for model in VERSION_TABLES
        if model in KEY_COLUMN
    }
    record: Record = {}
    for model in VERSION_TABLES:
        for row in rows[model]:
            values = {name: value for name, value in row.items() if name not in {"id", *BOOKKEEPING}}
            for column in model.__table__.c:
                for target in column.foreign_keys:
                    if row[column.name] is not None:
                        values[column.name] = names[target.column.table.name][row[column.name]]
            key = (KEY_COLUMN[model],) if model in KEY_COLUMN else LINK_COLUMNS[model]
            record["/".join([model.__name__, *(str(values[name]) for name in key)])] = values
    log = session.connection().execute(sa.select(Change.__table__).order_by("revision")).all()
    return record | {"log": {str(row.revision): row for row in log}}


def check_past(database: Database) -> None:
    """Every row has one version in force, no row has two at one revision, and every version is in the log, and with its
    words in the index."""
    check_index(database)
    with database.engine.connect() as connection:
        log = set(connection.scalars(sa.select(Change.__table__.c.revision)))
        revision = connection.execute(sa.select(Dataset.__table__.c.revision)).scalar_one()
        assert log == set(range(min(log), revision + 1))
        for model, table in VERSION_TABLES.items():
            key = [column.name for column in model.__table__.primary_key]
            content = [column.name for column in table.c if column.name not in BOOKKEEPING | {"until"}]
            versions: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
            for row in connection.execute(sa.select(table).order_by("since")).mappings():
                versions[tuple(row[name] for name in key)].append(row)
                assert row["since"] in log
                assert row["until"] in log | {OPEN}
            present = {
                tuple(row[name] for name in key): row
                for row in connection.execute(sa.select(model.__table__)).mappings()
            }
            for history in versions.values():
                assert all(version["since"] < version["until"] for version in history)
                assert all(one["until"] <= next_["since"] for one, next_ in itertools.pairwise(history))
            in_force = {id: history[-1] for id, history in versions.items() if history[-1]["until"] == OPEN}
            assert in_force.keys() == present.keys()
            for id, row in present.items():
                assert [row[name] for name in (*content, "since")] == [
                    in_force[id][name] for name in (*content, "since")
                ]
