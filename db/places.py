"""Rows without a name of their own: their natural key is that of their owner, and their place among its rows."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from db.models import Claim, Participant
from db.models.base import Base
from db.natural_keys import KEY_COLUMN, LINK_COLUMNS, target
from db.queries import Make, Query, Question
from db.rows import row_type
from db.statements import KEYS, KeyList, RawRow, Statement, among

M = TypeVar("M", bound=Base)
PLACED: tuple[type[Base], ...] = (Participant, Claim)
OWNERS: sa.BindParameter[Sequence[int | str]] = sa.bindparam("owners", type_=KeyList())


@Question
def keys(ids: Sequence[int], model: type[Base]) -> Query[dict[int, str]]:
    """The natural keys of the rows with these ids."""

    def collect(rows: Sequence[RawRow], _: Make) -> dict[int, str]:
        return {id: f"{owner}/{position}" for owner, position, id in rows}

    return Query(_keys(model), {"ids": ids}, None, collect)


@Question
def by_key(keys: Sequence[str], model: type[M]) -> Query[dict[str, M]]:
    """The rows with these natural keys."""

    def collect(rows: Sequence[RawRow], make: Make) -> dict[str, M]:
        return {key: make(row) for row in rows if (key := f"{row[-2]}/{row[-1]}") in keys}

    owners = sorted({key.rpartition("/")[0] for key in keys})
    return Query(_by_key(model), {"owners": owners}, model, collect)


@cache
def _keys(model: type[Base]) -> Statement:
    table = model.__table__
    foreign_key, owner = _owner(model)
    query = sa.select(owner, table.c.position, table.c.id).join(owner.table, owner.table.c.id == foreign_key)
    return Statement(query.where(among(table.c.id, KEYS)))


@cache
def _by_key(model: type[Base]) -> Statement:
    """The rows, each before the key of its owner and its place."""
    foreign_key, owner = _owner(model)
    columns = (*row_type(model).columns, owner.label("owner_"), model.__table__.c.position.label("place_"))
    query = sa.select(*columns).join(owner.table, owner.table.c.id == foreign_key)
    return Statement(query.where(among(owner, OWNERS)))


def _owner(model: type[Base]) -> tuple[sa.Column[Any], sa.Column[Any]]:
    """The foreign key to the owner, and the natural key of that."""
    foreign_key, _ = LINK_COLUMNS[model]
    owner = target(model, foreign_key)
    assert owner is not None
    return model.__table__.c[foreign_key], owner.__table__.c[KEY_COLUMN[owner]]
