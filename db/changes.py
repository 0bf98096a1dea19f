"""Questions about the log of changes, which only ever grows at its end."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Change, ChangeNode
from db.paging import Order
from db.rows import plain
from db.vocabulary import ChangeAction

Condition = sa.ColumnElement[bool]
Node = tuple[str, str]


@dataclass(frozen=True)
class Logged:
    """A change as its row, and what it bears on: the kind and the name of each."""

    row: Change
    nodes: frozenset[Node]


def by_revision() -> Order:
    return Order((col(Change.revision),))


def since(instant: dt.datetime) -> Condition:
    return col(Change.recorded_at) >= instant


def about(kind: str, key: str) -> Condition:
    bearing = sa.select(col(ChangeNode.revision)).where(col(ChangeNode.type) == kind, col(ChangeNode.key) == key)
    return col(Change.revision).in_(bearing)


def after(session: Session, revision: int, most: int) -> list[Logged]:
    """The changes behind a revision, oldest first."""
    made = plain(Change)
    query = sa.select(*made.columns).where(col(Change.revision) > revision).order_by(col(Change.revision)).limit(most)
    rows = [made.make(row) for row in session.connection().execute(query)]
    found: dict[int, set[Node]] = {row.revision: set() for row in rows}
    nodes = sa.select(col(ChangeNode.revision), col(ChangeNode.type), col(ChangeNode.key))
    for number, kind, key in session.connection().execute(nodes.where(col(ChangeNode.revision).in_(list(found)))):
        found[number].add((kind, key))
    return [Logged(row, frozenset(found[row.revision])) for row in rows]


def unlinked(session: Session) -> set[str]:
    """The links that editors took away and that nobody has made again: no file may bring them back."""
    actions = (ChangeAction.LINKED, ChangeAction.UNLINKED)
    query = select(Change.action, Change.edits).where(col(Change.action).in_(actions)).order_by(col(Change.revision))
    last = {edit["record"]: action for action, edits in session.exec(query) for edit in edits}
    return {record for record, action in last.items() if action is ChangeAction.UNLINKED}


def edited(changes: Sequence[Change]) -> set[str]:
    """The rows that somebody other than an import has written."""
    return {edit["record"] for change in changes if change.action != ChangeAction.IMPORTED for edit in change.edits}
