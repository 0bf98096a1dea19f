"""Every row of a kind in parts, with the instant of the last change that affected it: what a sitemap lists."""

import datetime as dt
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col

from db.changes import FOLLOWABLE_KINDS
from db.models import Change, ChangeNode
from db.natural_keys import KEY_COLUMN
from db.statements import Statement

# The natural key of a row, and the instant; None for a row that no change names.
Entry = tuple[str | int, dt.datetime | None]


def count(session: Session, kind: str) -> int:
    [(number,)] = _count(kind).ask(session, {})
    return int(number)


def part(session: Session, kind: str, offset: int, limit: int) -> list[Entry]:
    """The rows of a kind from a place on, in the order of their keys."""
    return [(key, at) for key, at in _part(kind).ask(session, {"offset": offset, "limit": limit})]


@cache
def _count(kind: str) -> Statement:
    model = Change if kind == Change.__name__ else FOLLOWABLE_KINDS[kind]
    return Statement(sa.select(sa.func.count()).select_from(model))


@cache
def _part(kind: str) -> Statement:
    offset, limit = (sa.bindparam(name, type_=sa.Integer) for name in ("offset", "limit"))
    if kind == Change.__name__:
        changes = sa.select(col(Change.revision), col(Change.recorded_at)).order_by(col(Change.revision))
        return Statement(changes.offset(offset).limit(limit))
    model = FOLLOWABLE_KINDS[kind]
    key = model.__table__.c[KEY_COLUMN[model]]
    keys = sa.select(key.label("key")).order_by(key).offset(offset).limit(limit).subquery()
    last = (
        sa.select(sa.func.max(col(ChangeNode.revision)))
        .where(col(ChangeNode.type) == kind, col(ChangeNode.key) == keys.c.key)
        .scalar_subquery()
    )
    query = sa.select(keys.c.key, col(Change.recorded_at)).outerjoin_from(keys, Change, col(Change.revision) == last)
    return Statement(query.order_by(keys.c.key))
