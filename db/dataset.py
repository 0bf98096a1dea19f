"""The one row of facts about the data: its revision, its dates, its licence."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Dataset, Strategy
from db.queries import Make, Query, Question
from db.rows import row_type
from db.statements import RawRow, Statement

# Of the table: with columns of a model, SQLAlchemy would configure all models first, which a start need not wait for.
STATE = sa.select(Dataset.__table__.c.revision, Dataset.__table__.c.updated_at)
# The revision and the instant of its making. A backup that is put back, or a standby that lost the last commits, has
# other instants for the same numbers.
State: TypeAlias = tuple[int, dt.datetime]
REVISION = Statement(STATE)
CURRENT = Statement(sa.select(*row_type(Dataset).columns))
STRATEGY = Statement(sa.select(*row_type(Strategy).columns))
# In `Session.info`: when a writer got the lock on the row, on the monotonic clock.
LOCKED_AT = "locked_at"


@Question
def current() -> Query[Dataset]:
    """Fails before the first load."""
    return Query(CURRENT, {}, Dataset, _only)


@Question
def strategy() -> Query[Strategy]:
    """Fails before the first load."""
    return Query(STRATEGY, {}, Strategy, _only)


def state(session: Session) -> State | None:
    """None before the first load."""
    rows = REVISION.ask(session, {})
    return (rows[0][0], rows[0][1]) if rows else None


def _only(rows: Sequence[RawRow], make: Make) -> Any:
    [row] = rows
    return make(row)
