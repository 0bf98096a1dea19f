"""Our data, many times over: for what must not change, or not by much, when there is more of it."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.database import Database
from db.models import Citation, metadata
from db.natural_keys import SUBJECT_COLUMNS
from tests.log import add_change, begin_change

# Every copy has these in common.
COMMON_TABLES = {
    "area", "area_organisation", "change", "change_node", "dataset", "document", "last_load", "organisation",
    "strategy", "term", "theme", "token",
}  # fmt: skip


def multiply(database: Database, times: int) -> None:
    """Makes every other table `times` as long. A copy is related to the rows of its own round as the original is to
    the originals: 100 makes 6,100 commitments of the Strategy's 61.

    The originals stay as they are and come first in the order of refs: `x7-SVS-01` is behind `SVS-61` by any collation.
    """
    if times < 2:
        return
    with database.transaction() as session:
        begin_change(session)
        tables = [table for table in metadata.sorted_tables if table.name not in COMMON_TABLES]
        spans = {table.name: _span(session, table) for table in tables if "id" in table.c}
        rounds = sa.select(sa.literal(1).label("number")).cte("rounds", recursive=True)
        rounds = rounds.union_all(sa.select(rounds.c.number + 1).where(rounds.c.number < times - 1))
        for table in tables:
            values = [_copy(column, rounds.c.number, spans) for column in table.c]
            every = sa.select(*values).select_from(rounds.join(table, _copied(table)))
            session.execute(sa.insert(table).from_select(list(table.c), every))
            if not database.is_sqlite and table.name in spans:
                # The sequence knows nothing of ids that were given; the next row must not meet one of them.
                name = sa.func.pg_get_serial_sequence(table.name, "id")
                session.execute(sa.select(sa.func.setval(name, sa.func.max(table.c.id))))
        add_change(session, dt.datetime.now(dt.UTC))
        if not database.is_sqlite:
            # PostgreSQL would count the rows a minute later, and until then read large tables as if they were small.
            session.execute(sa.text("ANALYZE"))


def _copied(table: sa.Table) -> sa.ColumnElement[bool]:
    """Which rows have copies: not the sources of a row that has none, since no area has its name from a thousand."""
    if table.name != Citation.__tablename__:
        return sa.true()
    subjects = [table.c[name] for name in SUBJECT_COLUMNS[Citation].values()]
    return sa.and_(*(column.is_(None) for column in subjects if _target(column) in COMMON_TABLES))


def _target(column: sa.Column[Any]) -> str:
    """The table to which a column points; its own if it points to none."""
    return next((key.column.table.name for key in column.foreign_keys), column.table.name)


def _span(session: Session, table: sa.Table) -> int:
    """How far apart the ids of a row and of its next copy are."""
    last: int = session.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()
    return last


def _copy(column: sa.Column[Any], number: sa.ColumnElement[int], spans: dict[str, int]) -> sa.ColumnElement[Any]:
    if column.name == "seeded":
        # The files do not know the copies, and so no load may take them away.
        return sa.false()
    target = _target(column)
    if target in spans and (column.foreign_keys or column.name == "id"):
        return column + number * spans[target]
    if column.unique and not column.foreign_keys:
        return "x" + sa.cast(number, sa.String) + "-" + column
    return column
