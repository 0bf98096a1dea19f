"""The rows of a writer, read and inserted by compiled statements; the session keeps them as it keeps its own.

For one row, the statements of the ORM take ten times as long.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel, col

from db.models.base import Base, Searchable, set_search_columns
from db.natural_keys import KEY_COLUMN
from db.statements import Params, Statement

M = TypeVar("M", bound=Base)


def by_key(session: Session, model: type[M], key: str) -> M | None:
    return one(session, model, _by_key(model), {"key": key})


def one(session: Session, model: type[M], statement: Statement, params: Params) -> M | None:
    """The first row of a statement that selects all columns of a table, in their order."""
    session.flush()
    rows = statement.ask(session, params)
    return _keep(session, model, rows[0]) if rows else None


def insert(session: Session, row: Base) -> None:
    """Writes a new row."""
    session.flush()
    if isinstance(row, Searchable):
        set_search_columns(row)
    model, values = type(row), sa.inspect(row).dict
    [identity] = _insert(model).ask(session, {name: values[column] for column, name in _inserted(model)})
    note_values(row, dict(zip(model.__table__.primary_key.columns.keys(), identity, strict=True)))
    make_transient_to_detached(row)
    session.add(row)


def note_values(row: SQLModel, values: Mapping[str, object]) -> None:
    """Notes what a statement has made of a row."""
    for name, value in values.items():
        set_committed_value(row, name, value)


def _keep(session: Session, model: type[M], values: Sequence[Any]) -> M:
    mapper = sa.inspect(model)
    named = dict(zip(model.__table__.c.keys(), values, strict=True))
    identity = mapper.identity_key_from_primary_key([named[column.key] for column in mapper.primary_key])
    if found := session.identity_map.get(identity):
        return found  # type: ignore[no-any-return]
    row: M = mapper.class_manager.new_instance()
    sa.inspect(row).dict.update(named)
    make_transient_to_detached(row)
    session.add(row)
    return row


@cache
def _by_key(model: type[Base]) -> Statement:
    column = col(getattr(model, KEY_COLUMN[model]))
    return Statement(sa.select(model.__table__).where(column == sa.bindparam("key")))


@cache
def _inserted(model: type[Base]) -> Sequence[tuple[str, str]]:
    """The columns that a new row has values of, all but the number that the database gives it, with the names of their
    parameters, which may not be those of columns."""
    table = model.__table__
    return [(column.key, f"{column.key}_") for column in table.c if column is not table.autoincrement_column]


@cache
def _insert(model: type[Base]) -> Statement:
    table = model.__table__
    values = {column: sa.bindparam(name, type_=table.c[column].type) for column, name in _inserted(model)}
    return Statement(sa.insert(table).values(values).returning(*table.primary_key))
