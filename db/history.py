"""Questions about the versions of rows: each row as it is and as it was, and the rows that are not there any more.

The tables of versions hold the whole past. A reader at a revision sees what they held by then: `dataset` is of that
revision.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db.answer_cache import cache_answers
from db.edits import HIDDEN_COLUMNS, Values, text_of
from db.models import VERSION_TABLES, Change, Claim, Dataset, Participant
from db.models.base import Base
from db.models.past import OPEN
from db.natural_keys import KEY_COLUMN, LINK_COLUMNS, MODELS
from db.paging import Order, Page
from db.rows import row_type
from db.statements import KEYS, KeyList, Statement, among

# The rows that have names of their own, and so versions that can be asked for.
NAMED = {model.__name__: model for model in KEY_COLUMN if model in VERSION_TABLES}
# Participants and claims have no name but their place in a list, which others take: they are known by what they say.
CONTENT: dict[type[Base], tuple[str, ...]] = {
    Participant: ("event_id", "name", "role", "organisation_id"),
    Claim: ("discrepancy_id", "document_id", "paragraph", "says"),
}
REVISION = sa.select(col(Dataset.revision)).scalar_subquery()
# How many versions are named by one statement.
PART = 500
# By the revision that took a row away, its kind and its key: the latest first.
BY_END = Order(
    (sa.column("until", sa.Integer), sa.column("kind", sa.String), sa.column("key", sa.String)), descending=True
)


@dataclass(frozen=True)
class Version:
    """A row as it was from one revision until another, which is None for the row in force."""

    model: type[Base]
    row: Any
    # The name of the row and its values as the log writes them, with foreign keys as natural keys of that time.
    record: str
    values: Values
    since: int
    until: int | None
    # When the last revision was recorded at which the row was so; None for the row in force.
    last_recorded_at: dt.datetime | None


def versions(session: Session, keys: Sequence[str], model: type[Base]) -> dict[str, list[Version]]:
    """The versions of the rows with these natural keys, oldest first."""
    rows = [(model, row) for row in _versions(model).ask(session, {"ids": keys})]
    answer: dict[str, list[Version]] = {key: [] for key in keys}
    for key, version in _build(session, rows):
        answer[key].append(version)
    return answer


@cache_answers
def withdrawals(session: Session, keys: Sequence[str], model: type[Base]) -> dict[str, list[Version]]:
    """The last versions of the rows that pointed to each of these by a foreign key and are gone, newest first."""
    rows = [
        (owned, row)
        for owned, column in pointers(model)
        for row in _withdrawals(model, owned, column).ask(session, {"ids": keys})
    ]
    # A row may have pointed to one by two columns.
    found = {(key, version.record, version.since): version for key, version in _build(session, rows)}
    answer: dict[str, list[Version]] = {key: [] for key in keys}
    for (key, *_), version in sorted(found.items(), reverse=True, key=lambda item: (item[1].until, item[1].record)):
        answer[key].append(version)
    return answer


def withdrawn(
    session: Session, models: Sequence[type[Base]], first: int, after: Sequence[object] | None
) -> Page[Version]:
    """A page of the last versions of named rows that are gone, newest first."""
    if not models:
        return Page(rows=[], has_next=False)
    params = {"limit": first + 1, **BY_END.start(after)}
    positions = _last_withdrawn(tuple(models), after is not None).ask(session, params)
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for _, kind, key in positions[:first]:
        keys[kind].append(key)
    found = [
        (NAMED[kind], row)
        for kind, names in keys.items()
        for row in _versions(NAMED[kind]).ask(session, {"ids": names})
    ]
    # The last version of a row is the last of those in order.
    last = {(version.model.__name__, key): version for key, version in _build(session, found)}
    items = [(last[kind, key], (until, kind, key)) for until, kind, key in positions[:first]]
    return Page(rows=items, has_next=len(positions) > first)


def count_withdrawn(session: Session, models: Sequence[type[Base]]) -> int:
    if not models:
        return 0
    [(number,)] = _count_withdrawn(tuple(models)).ask(session, {})
    return int(number)


def ended(session: Session, model: type[Base]) -> list[Version]:
    """The versions of a model's rows that are not in force any more, by name and revision."""
    table = VERSION_TABLES[model]
    query = _select(model, sa.literal("")).where(_has_ended(table), table.c.until <= REVISION)
    rows = [(model, row) for row in session.connection().execute(query)]
    # In parts, because a database takes only so many ids in one statement.
    parts = [_build(session, rows[start : start + PART]) for start in range(0, len(rows), PART)]
    return sorted((version for part in parts for _, version in part), key=attrgetter("record", "since"))


@cache
def pointers(model: type[Base]) -> list[tuple[type[Base], str]]:
    """The models whose rows point to those of this one, each with the column that does."""
    return [(owned, name) for owned in VERSION_TABLES for name, target in _targets(owned).items() if target is model]


@cache
def _targets(model: type[Base]) -> dict[str, type[Base]]:
    """The models that the foreign keys of this one point to, by column."""
    columns = [(column.name, key) for column in model.__table__.c for key in column.foreign_keys]
    return {name: MODELS[key.column.table.name] for name, key in columns}


@cache
def _fields(model: type[Base]) -> list[tuple[str, int, type[Base] | None]]:
    """The fields that a version shows, each with its place in a row and the model that it points to."""
    places, targets = row_type(model).places, _targets(model)
    shown = [column.name for column in model.__table__.c if column.name not in HIDDEN_COLUMNS]
    return [(name.removesuffix("_id"), places[name], targets.get(name)) for name in shown]


def _select(model: type[Base], key: sa.ColumnElement[str]) -> sa.Select[Any]:
    """The versions of a model by the revision of the reader: a key, the revisions, an instant and the row of each."""
    table = VERSION_TABLES[model]
    until = sa.case((table.c.until <= REVISION, table.c.until))
    last = sa.select(col(Change.recorded_at)).where(col(Change.revision) == until - 1).scalar_subquery()
    columns = [table.c[column.key] for column in row_type(model).columns]
    return sa.select(key, table.c.since, until.label("end"), last, *columns).where(table.c.since <= REVISION)


@cache
def _versions(model: type[Base]) -> Statement:
    table = VERSION_TABLES[model]
    key = table.c[KEY_COLUMN[model]]
    return Statement(_select(model, key).where(among(key, KEYS)).order_by(table.c.since))


@cache
def _withdrawals(model: type[Base], owned: type[Base], column: str) -> Statement:
    """The versions with which rows ended that pointed to a row of `model`, as that was at their end."""
    table, owner = VERSION_TABLES[owned], VERSION_TABLES[model].alias("owner")
    key = owner.c[KEY_COLUMN[model]]
    # Ids of rows that are gone may be given to others.
    is_owner = (owner.c.id == table.c[column]) & (owner.c.since < table.c.until) & (owner.c.until >= table.c.until)
    return Statement(_select(owned, key).join(owner, is_owner).where(among(key, KEYS), _is_gone(owned)))


def _is_gone(model: type[Base]) -> sa.ColumnElement[bool]:
    """The version has ended, and no later one is of the same row."""
    table, later = VERSION_TABLES[model], VERSION_TABLES[model].alias("later")
    columns = CONTENT.get(model) or LINK_COLUMNS.get(model) or (KEY_COLUMN[model],)
    same = [_same(later.c[name], table.c[name]) for name in columns]
    is_later = (later.c.since >= table.c.until) & (later.c.since <= REVISION)
    return _has_ended(table) & (table.c.until <= REVISION) & ~sa.exists().where(*same, is_later)


def _has_ended(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Without a parameter: so the database finds the index of these versions."""
    return table.c.until < sa.literal_column(str(OPEN))


def _same(one: sa.ColumnElement[Any], other: sa.Column[Any]) -> sa.ColumnElement[bool]:
    return one.is_not_distinct_from(other) if other.nullable else one == other


@lru_cache(maxsize=128)
def _withdrawn(models: tuple[type[Base], ...]) -> sa.Subquery:
    """The named rows that are gone: the revision that took each away, its kind and its key."""
    tables = [(model, VERSION_TABLES[model]) for model in models]
    return sa.union_all(
        *(
            sa.select(
                table.c.until,
                sa.literal_column(f"'{model.__name__}'", sa.String()).label("kind"),
                table.c[KEY_COLUMN[model]].label("key"),
            ).where(_is_gone(model))
            for model, table in tables
        )
    ).subquery("withdrawn")


@lru_cache(maxsize=128)
def _last_withdrawn(models: tuple[type[Base], ...], follows: bool) -> Statement:
    query = sa.select(_withdrawn(models)).order_by(*BY_END.clauses()).limit(sa.bindparam("limit", type_=sa.Integer))
    return Statement(query.where(BY_END.after_start()) if follows else query)


@lru_cache(maxsize=128)
def _count_withdrawn(models: tuple[type[Base], ...]) -> Statement:
    return Statement(sa.select(sa.func.count()).select_from(_withdrawn(models)))


def _build(session: Session, rows: Iterable[tuple[type[Base], Any]]) -> list[tuple[str, Version]]:
    """The versions of rows as the statements above give them, each with its key."""
    rows = list(rows)
    names = _Names(session, rows)
    built = []
    for model, (key, since, until, instant, *columns) in rows:
        row = row_type(model).make(columns)
        values = {
            field: names.name(target, columns[place], since) if target else text_of(columns[place])
            for field, place, target in _fields(model)
        }
        named = (
            [getattr(row, KEY_COLUMN[model])]
            if model in KEY_COLUMN
            else [values[column.removesuffix("_id")] for column in LINK_COLUMNS[model]]
        )
        record = f"{model.__name__} {'/'.join(map(str, named))}"
        built.append((key, Version(model, row, record, values, since, until, instant)))
    return built


class _Names:
    """The natural keys of the rows that foreign keys point to, at each revision, read by one statement."""

    def __init__(self, session: Session, rows: Sequence[tuple[type[Base], Any]]) -> None:
        ids: defaultdict[type[Base], set[int]] = defaultdict(set)
        for model, (_, _, _, _, *columns) in rows:
            for _, place, target in _fields(model):
                if target and columns[place] is not None:
                    ids[target].add(columns[place])
        self.names: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        if ids:
            targets = tuple(sorted(ids, key=lambda model: model.__name__))
            params = {model.__tablename__: sorted(ids[model]) for model in targets}
            for kind, id, since, name in _names(targets).ask(session, params):
                self.names[kind, id].append((since, name))

    def name(self, model: type[Base], id: int | None, revision: int) -> str | None:
        """The natural key of a row at a revision."""
        if id is None:
            return None
        names = sorted(self.names[model.__tablename__, id])
        return [name for since, name in names if since <= revision][-1]


@lru_cache(maxsize=128)
def _names(models: tuple[type[Base], ...]) -> Statement:
    """The versions of the names of rows, by the name of the table and the id."""
    tables = [(model, VERSION_TABLES[model], _keys_of(model)) for model in models]
    parts: Iterable[sa.Select[*tuple[Any, ...]]] = (
        sa.select(
            sa.literal_column(f"'{model.__tablename__}'"), table.c.id, table.c.since, table.c[KEY_COLUMN[model]]
        ).where(among(table.c.id, ids))
        for model, table, ids in tables
    )
    return Statement(sa.union_all(*parts))


def _keys_of(model: type[Base]) -> sa.BindParameter[Any]:
    return sa.bindparam(model.__tablename__, type_=KeyList())
