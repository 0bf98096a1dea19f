"""Questions about the log of changes, which only ever grows at its end."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db import relations
from db.columns import Condition
from db.models import (
    Change,
    ChangeNode,
    Commitment,
    Discrepancy,
    Document,
    Event,
    Fund,
    Organisation,
    Strategy,
    Theme,
)
from db.paging import Order
from db.rows import row_type
from db.vocabulary import ChangeAction

Node = tuple[str, str]
Names = sa.Select[str]
# What a reader may follow.
FOLLOWABLE = (Strategy, Theme, Commitment, Fund, Event, Organisation, Document, Discrepancy)


@dataclass(frozen=True)
class ChangeWithNodes:
    """A change as its row, and what it bears on: the kind and the name of each."""

    row: Change
    nodes: frozenset[Node]


def by_revision(*, descending: bool = False) -> Order:
    return Order((col(Change.revision),), descending)


def since(instant: dt.datetime) -> Condition:
    return col(Change.recorded_at) >= instant


def affecting(kind: str, key: str) -> Condition:
    """What bears on this, or on what belongs to it now."""
    revision, node, name = col(ChangeNode.revision), col(ChangeNode.type), col(ChangeNode.key)
    bearing: Any = sa.select(revision).where(node == kind, name == key)
    if kind in CONTAINERS:
        part, parts = CONTAINERS[kind]
        bearing = sa.union_all(bearing, sa.select(revision).where(node == part, name.in_(parts(key))))
    return col(Change.revision).in_(bearing)


def with_contents(session: Session, kind: str, key: str) -> frozenset[Node]:
    """The same for changes that are at hand already: they bear on it if they bear on one of these."""
    part, parts = CONTAINERS[kind]
    return frozenset([(kind, key), *((part, name) for name in session.connection().scalars(parts(key)))])


def _commitments(theme: str) -> Names:
    inside = sa.select(col(Theme.id)).where(col(Theme.slug) == theme).scalar_subquery()
    return sa.select(col(Commitment.ref)).where(col(Commitment.theme_id) == inside)


def _funds(whole: str) -> Names:
    """The fund, its parts, and theirs."""
    tree = sa.select(col(Fund.id), col(Fund.slug)).where(col(Fund.slug) == whole).cte("tree", recursive=True)
    part = sa.select(col(Fund.id), col(Fund.slug)).join(tree, col(Fund.parent_id) == tree.c.id)
    return sa.select(tree.union(part).c.slug)


# Whoever follows one of these follows what belongs to it: the kind of that, and the question for its names.
CONTAINERS: dict[str, tuple[str, Callable[[str], Names]]] = {
    "Theme": ("Commitment", _commitments),
    "Fund": ("Fund", _funds),
}


def after(session: Session, revision: int, most: int) -> list[ChangeWithNodes]:
    """The changes behind a revision, oldest first."""
    made = row_type(Change)
    query = sa.select(*made.columns).where(col(Change.revision) > revision).order_by(col(Change.revision)).limit(most)
    rows = [made.make(row) for row in session.connection().execute(query)]
    found: dict[int, set[Node]] = {row.revision: set() for row in rows}
    nodes = sa.select(col(ChangeNode.revision), col(ChangeNode.type), col(ChangeNode.key))
    for number, kind, key in session.connection().execute(nodes.where(col(ChangeNode.revision).in_(list(found)))):
        found[number].add((kind, key))
    return [ChangeWithNodes(row, frozenset(found[row.revision])) for row in rows]


def subjects(session: Session, keys: Sequence[str], model: Any, column: Any) -> dict[str, Any]:
    """What changes are chiefly about, by its name.

    The Strategy stands in for what is not there: files of an earlier version could bring in any log, and nobody can
    mend one.
    """
    found = relations.by_id(session, keys, model, column)
    if missing := set(keys) - found.keys():
        strategy = row_type(Strategy)
        [row] = session.connection().execute(sa.select(*strategy.columns))
        found |= dict.fromkeys(missing, strategy.make(row))
    return found


def latest(session: Session, kind: str) -> dict[str, dt.datetime]:
    """When something was last recorded that bears on each of a kind, by name."""
    last = (
        sa.select(col(ChangeNode.key), sa.func.max(col(ChangeNode.revision)).label("revision"))
        .where(col(ChangeNode.type) == kind)
        .group_by(col(ChangeNode.key))
        .subquery()
    )
    query = sa.select(last.c.key, col(Change.recorded_at)).join(last, last.c.revision == col(Change.revision))
    return dict(session.connection().execute(query).all())


def removed_links(session: Session) -> set[str]:
    """The links that editors took away and that nobody has made again: no file may bring them back."""
    actions = (ChangeAction.LINKED, ChangeAction.UNLINKED)
    query = select(Change.action, Change.edits).where(col(Change.action).in_(actions)).order_by(col(Change.revision))
    last = {edit["record"]: action for action, edits in session.exec(query) for edit in edits}
    return {record for record, action in last.items() if action is ChangeAction.UNLINKED}


def records_by_editors(changes: Sequence[Change]) -> set[str]:
    """The rows that somebody other than an import has written."""
    return {edit["record"] for change in changes if change.action != ChangeAction.IMPORTED for edit in change.edits}
