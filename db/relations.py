"""The questions that relations are made of: each takes the ids of many rows and answers for all in one statement.

A question is `(session, ids, *args) -> {id: answer}`. An answer is a row, a list of rows, a page or a value without
rows; an id without an answer is absent. The schema batches every question of this form.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from db.columns import Column, Condition
from db.models.base import Base
from db.queries import Query, Question, list_by_last, map_by_last
from db.rows import row_type
from db.statements import KEYS, Statement, among

M = TypeVar("M", bound=Base)
K = TypeVar("K", bound=int | str)


class Relation(Question[Any, dict[int, list[M]]], Generic[M]):
    """The rows of `model` that belong to each of many others, in an order: a question.

    They point to these by the column `owner`; with `target`, a link table does, and points on to the rows by it.
    """

    def __init__(
        self, model: type[M], owner: Column, *order: Column, target: Column = None, where: Sequence[Condition] = ()
    ) -> None:
        self.model = model
        self.owner = owner
        self.order = order
        self.target = target
        self.where = where

    def query(self, ids: Sequence[int], params: Mapping[str, object] | None = None) -> Query[dict[int, list[M]]]:
        """`params` are those of the conditions in `where`."""
        return Query(self.statement, {"ids": ids, **(params or {})}, self.model, list_by_last(ids))

    @cached_property
    def statement(self) -> Statement:
        """Built once and executed with other ids: to build a statement takes longer than to execute it."""
        table, owner = self.model.__table__, _table_column(self.owner)
        # Ids differ from database to database, so a natural key decides between equals where there is one.
        last = next((table.c[column] for column in ("slug", "ref") if column in table.c), table.c.id)
        query = _select_with_key(owner, self.model).where(among(owner, KEYS), *self.where).order_by(*self.order, last)
        if self.target is None:
            return Statement(query)
        return Statement(query.select_from(owner.table.join(table, _table_column(self.target) == table.c.id)))


@Question
def by_id(ids: Sequence[K], model: type[M], column: Column = None) -> Query[dict[K, M]]:
    """Rows by their primary key, or by another unique column."""
    return Query(_by_id(model, column), {"ids": ids}, model, map_by_last)


@lru_cache(maxsize=256)
def _by_id(model: type[Base], column: Column) -> Statement:
    unique = model.__table__.c.id if column is None else _table_column(column)
    return Statement(_select_with_key(unique, model).where(among(unique, KEYS)))


def _select_with_key(owner: Column, model: type[Base]) -> sa.Select[Any]:
    """The rows of `model`, each before the value of the column `owner`."""
    return sa.select(*row_type(model).columns, owner.label("key_"))


def _table_column(attribute: Column) -> sa.Column[Any]:
    """The column of the table, which takes less time to compile than the attribute of the model."""
    column: sa.Column[Any] = attribute.class_.__table__.c[attribute.key]
    return column
