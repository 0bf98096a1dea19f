"""Rows without a name of their own: their natural key is that of their owner, and their place among its rows."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Claim, Participant
from db.models.base import Base
from db.natural_keys import KEY_COLUMN, LINK_COLUMNS, target
from db.rows import row_type

M = TypeVar("M", bound=Base)
PLACED: tuple[type[Base], ...] = (Participant, Claim)
IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
OWNERS: sa.BindParameter[str] = sa.bindparam("owners", expanding=True)


def keys(session: Session, ids: Sequence[int], model: type[Base]) -> dict[int, str]:
    """The natural keys of the rows with these ids."""
    query = _with_owner(model).where(model.__table__.c.id.in_(IDS))
    return {row[2]: f"{row[0]}/{row[1]}" for row in session.connection().execute(query, {"ids": ids})}


def by_key(session: Session, keys: Sequence[str], model: type[M]) -> dict[str, M]:
    """The rows with these natural keys."""
    rows, owners = row_type(model), {key.rpartition("/")[0] for key in keys}
    found = session.connection().execute(_of_owners(model), {"owners": sorted(owners)})
    return {key: rows.make(row[3:]) for row in found if (key := f"{row[0]}/{row[1]}") in keys}


@cache
def _of_owners(model: type[Base]) -> sa.Select[Any]:
    _, owner = _owner(model)
    return _with_owner(model).add_columns(*row_type(model).columns).where(owner.in_(OWNERS))


@cache
def _with_owner(model: type[Base]) -> sa.Select[Any]:
    """Of each row the key of its owner, its place and its id."""
    table = model.__table__
    foreign_key, owner = _owner(model)
    return sa.select(owner, table.c.position, table.c.id).join(owner.table, owner.table.c.id == foreign_key)


def _owner(model: type[Base]) -> tuple[sa.Column[Any], sa.Column[Any]]:
    """The foreign key to the owner, and the natural key of that."""
    foreign_key, _ = LINK_COLUMNS[model]
    owner = target(model, foreign_key)
    assert owner is not None
    return model.__table__.c[foreign_key], owner.__table__.c[KEY_COLUMN[owner]]
