"""Questions about the log of changes, which only ever grows at its end."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db import dataset, relations
from db.columns import Column, Condition
from db.dataset import State
from db.models import (
    VERSION_TABLES,
    Area,
    AreaOrganisation,
    Change,
    ChangeNode,
    Commitment,
    Dataset,
    Discrepancy,
    Document,
    Event,
    Fund,
    Organisation,
    Participant,
    Person,
    Strategy,
    Theme,
)
from db.models.base import Base
from db.models.past import OPEN
from db.natural_keys import KEY_COLUMN, key_columns, spellings
from db.paging import Order
from db.past_keys import PastKeys
from db.rows import row_type
from db.statements import KEYS, Statement, among
from db.vocabulary import ChangeAction

# The kind and the natural key of a row.
Node = tuple[str, str]
Keys = sa.Select[str]
# The kinds of rows whose changes a reader can follow.
FOLLOWABLE = (Strategy, Theme, Commitment, Fund, Event, Organisation, Area, Person, Document, Discrepancy)
FOLLOWABLE_KINDS = {model.__name__: model for model in FOLLOWABLE}
by_revision = partial(Order, (col(Change.revision),))
REVISION = col(Change.revision)
IS_RECORDED = col(Change.recorded_at) <= sa.bindparam("instant")
LAST = Statement(sa.select(sa.func.max(REVISION)).where(IS_RECORDED))
HAS_LEARNT = sa.exists().where(col(Dataset.recorded_at) <= sa.bindparam("instant"))
FIRST = Statement(sa.select(sa.func.min(REVISION)).where(HAS_LEARNT))
STATE = Statement(sa.select(REVISION, col(Change.recorded_at)).where(sa.bindparam("revision") == REVISION))
AFTER = Statement(
    sa.select(*row_type(Change).columns)
    .where(sa.bindparam("revision") < REVISION)
    .order_by(REVISION)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
NODES = Statement(
    sa.select(col(ChangeNode.revision), col(ChangeNode.type), col(ChangeNode.key)).where(
        among(col(ChangeNode.revision), KEYS)
    )
)


@dataclass(frozen=True)
class ChangeWithNodes:
    """A change, and the nodes that it affects."""

    row: Change
    nodes: frozenset[Node]


def revision_at(session: Session, instant: dt.datetime) -> int:
    """The last revision recorded by an instant; 0 before the first one.

    The first revision counts from the instant at which the dataset learned its rows, which may be earlier than that at
    which a database was made of them.
    """
    for statement in (LAST, FIRST):
        [(revision,)] = statement.ask(session, {"instant": instant})
        if revision is not None:
            return int(revision)
    return 0


def state_at(session: Session, revision: int) -> State | None:
    """The revision and the instant of its making; None for one that is not there."""
    rows = STATE.ask(session, {"revision": revision})
    return (rows[0][0], rows[0][1]) if rows else None


def since(instant: dt.datetime) -> Condition:
    return col(Change.recorded_at) >= instant


def find_key(session: Session, kind: str, key: str) -> str | None:
    """The key of a row that can be followed as the record spells it: one that is there, or that a change affected."""
    forms = spellings([key])
    keys = {found for [found] in _keys(kind).ask(session, {"ids": forms})}
    return next((form for form in forms if form in keys), None)


@cache
def _keys(kind: str) -> Statement:
    model = FOLLOWABLE_KINDS[kind]
    column, logged = model.__table__.c[KEY_COLUMN[model]], col(ChangeNode.key)
    query: sa.CompoundSelect[str] = sa.union(
        sa.select(column).where(among(column, KEYS)),
        sa.select(logged).where(col(ChangeNode.type) == kind, among(logged, KEYS)),
    )
    return Statement(query)


def affecting(kind: str, key: str) -> Condition:
    """Changes that affect a node, or a node that it contains now."""
    revision, node, name = col(ChangeNode.revision), col(ChangeNode.type), col(ChangeNode.key)
    own = sa.select(revision).where(node == kind, name == key)
    if kind not in CONTAINERS:
        return col(Change.revision).in_(own)
    of_parts = [sa.select(revision).where(node == part, name.in_(keys(key))) for part, keys in CONTAINERS[kind]]
    return col(Change.revision).in_(sa.union_all(own, *of_parts))


def with_contents(session: Session, kind: str, key: str) -> frozenset[Node]:
    """A node, and those that it contains. A change affects it if it affects one of them."""
    parts = [(part, name) for part, keys in CONTAINERS[kind] for name in session.connection().scalars(keys(key))]
    return frozenset([(kind, key), *parts])


def _commitments(theme: str) -> Keys:
    return sa.select(col(Commitment.ref)).join(Theme).where(col(Theme.slug) == theme)


def _funds(fund: str) -> Keys:
    """The fund, its parts, and theirs."""
    tree = sa.select(col(Fund.id), col(Fund.slug)).where(col(Fund.slug) == fund).cte("tree", recursive=True)
    part = sa.select(col(Fund.id), col(Fund.slug)).join(tree, col(Fund.parent_id) == tree.c.id)
    return sa.select(tree.union(part).c.slug)


def _bodies(area: str) -> Keys:
    return sa.select(col(Organisation.slug)).join(AreaOrganisation).join(Area).where(col(Area.slug) == area)


def _events_in(area: str) -> Keys:
    return sa.select(col(Event.slug)).join(Area).where(col(Area.slug) == area)


def _events_of(person: str) -> Keys:
    return sa.select(col(Event.slug)).join(Participant).join(Person).where(col(Person.slug) == person)


# The kinds of nodes that contain others: the kinds of these, each with the query for their keys.
CONTAINERS: dict[str, tuple[tuple[str, Callable[[str], Keys]], ...]] = {
    "Theme": (("Commitment", _commitments),),
    "Fund": (("Fund", _funds),),
    "Area": (("Organisation", _bodies), ("Event", _events_in)),
    "Person": (("Event", _events_of),),
}


def after(session: Session, revision: int, limit: int) -> list[ChangeWithNodes]:
    """The first changes after a revision, oldest first."""
    make = row_type(Change).make
    changes = [make(row) for row in AFTER.ask(session, {"revision": revision, "limit": limit})]
    nodes: dict[int, set[Node]] = {change.revision: set() for change in changes}
    for number, kind, key in NODES.ask(session, {"ids": list(nodes)}):
        nodes[number].add((kind, key))
    return [ChangeWithNodes(change, frozenset(nodes[change.revision])) for change in changes]


def subjects(session: Session, keys: Sequence[str], model: type[Base], column: Column) -> dict[str, Base]:
    """The subjects of changes, rows of one model, by natural key.

    The Strategy takes the place of a subject that does not exist: files of an earlier version could bring in any log,
    and the log cannot be mended.
    """
    rows: dict[str, Base] = dict(relations.by_id(session, keys, model, column))
    if missing := set(keys) - rows.keys():
        rows |= dict.fromkeys(missing, dataset.strategy(session))
    return rows


def latest(session: Session, kind: str, keys: Sequence[str]) -> dict[str, dt.datetime]:
    """The instant of the last change that affects each node of a kind with one of these natural keys."""
    return dict(_latest().ask(session, {"kind": kind, "ids": keys}))


@cache
def _latest() -> Statement:
    last = (
        sa.select(col(ChangeNode.key), sa.func.max(col(ChangeNode.revision)).label("revision"))
        .where(col(ChangeNode.type) == sa.bindparam("kind"), among(col(ChangeNode.key), KEYS))
        .group_by(col(ChangeNode.key))
        .subquery()
    )
    query = sa.select(last.c.key, col(Change.recorded_at)).join(last, last.c.revision == col(Change.revision))
    return Statement(query)


def withdrawn(session: Session) -> frozenset[str]:
    """The names of the records that changes other than imports took away, and that did not come back."""
    by_editors = sa.select(col(Change.revision)).where(col(Change.action) != ChangeAction.IMPORTED)
    if session.connection().execute(by_editors.limit(1)).first() is None:
        return frozenset()
    keys = PastKeys(session)
    names = _removed_links(session)
    for model, table in VERSION_TABLES.items():
        later = table.alias()
        same = (later.c[column] == table.c[column] for column in key_columns(model))
        query = sa.select(table).where(
            table.c.until < OPEN,
            table.c.until.in_(by_editors),
            ~sa.exists().where(*same, later.c.until > table.c.until),
        )
        names |= {keys.record(model, version) for version in session.connection().execute(query)}
    return frozenset(names)


def _removed_links(session: Session) -> set[str]:
    """The links that editors removed by the log, which is all that an export of an earlier version has of the past."""
    actions = (ChangeAction.LINKED, ChangeAction.UNLINKED)
    query = select(Change.action, Change.edits).where(col(Change.action).in_(actions)).order_by(col(Change.revision))
    last = {edit["record"]: action for action, edits in session.exec(query) for edit in edits}
    return {record for record, action in last.items() if action is ChangeAction.UNLINKED}


def records_by_editors(changes: Sequence[Change]) -> set[str]:
    """The records that these changes wrote, but for imports."""
    return {edit["record"] for change in changes if change.action != ChangeAction.IMPORTED for edit in change.edits}
