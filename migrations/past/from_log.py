"""The past of a database that kept no versions, as far as its log of changes tells it.

The log has what editors wrote and what loads changed or removed, as text: `record`, `field`, `before` and `after` of
each value. It is read backwards, from the rows as they are. Of the rows that a load added, it names those that readers
can follow. A row of which it says nothing counts as it is from the first revision of the log on.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

import sqlalchemy as sa

from db.text import fold, searchable
from migrations.past.log import Edits, Log

# The columns of the natural key of each table, in an order in which the rows that others point to come first.
KEYS: dict[str, tuple[str, ...]] = {
    "organisation": ("slug",),
    "document": ("slug",),
    "strategy": ("slug",),
    "theme": ("slug",),
    "commitment": ("ref",),
    "commitment_lead": ("commitment_id", "organisation_id"),
    "status_update": ("key",),
    "fund": ("slug",),
    "amount_statement": ("key",),
    "allocation": ("key",),
    "commitment_fund": ("commitment_id", "fund_id"),
    "event": ("slug",),
    "event_host": ("event_id", "organisation_id"),
    "participant": ("event_id", "position"),
    "commitment_event": ("commitment_id", "event_id"),
    "event_fund": ("event_id", "fund_id"),
    "discrepancy": ("slug",),
    "claim": ("discrepancy_id", "position"),
    "citation": ("key",),
    "dataset": (),
}
# The columns that are searched, of which lists are sorted by the first.
TEXTS = {
    "commitment": ("title", "summary"),
    "document": ("title", "note"),
    "event": ("title", "venue", "place", "region"),
    "fund": ("name", "note"),
    "organisation": ("name",),
}
# What the log never named.
HIDDEN = {"id", "key", "seeded", "since", "sort_text", "search_text"}
BATCH = 500

Row = dict[str, Any]
# The values of the columns of a key.
Key = tuple[Any, ...]


@dataclass
class Version:
    row: Row
    # 0 where the log does not tell when it began.
    since: int
    # None for the row that the table has.
    until: int | None


class Unreadable(Exception):
    """The log names a row or a value that means nothing in this database."""


class Past:
    """Reads the log into the tables of versions."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        metadata = sa.MetaData()
        versions = [f"{name}_version" for name in KEYS]
        metadata.reflect(connection, only=["change", "change_node", *KEYS, *versions])
        self.tables = metadata.tables
        self.log = Log(connection, self.tables["change"], self.tables["change_node"])
        # By table and natural key. A row that is gone has a negative one, which no row gets again.
        self.ids: dict[str, dict[str, int]] = {}
        self.new_ids = count(-1, -1)
        # By table and primary key, the first revision of each row that came after the first one.
        self.begins: defaultdict[str, dict[Key, int]] = defaultdict(dict)

    def write(self) -> None:
        """Writes the versions that are over, and the revision from which each row is as it is."""
        if not self.log.revisions:
            return
        updates = self.tables["status_update"].c
        later = sa.select(updates.key, updates.recorded_at).where(updates.recorded_at > self.log.instants[0])
        for key, instant in self.connection.execute(later):
            self.log.begins["status_update"][key] = self.log.revision_of(instant)
        for name in KEYS:
            self._write_table(self.tables[name])

    def _write_table(self, table: sa.Table) -> None:
        histories = self._histories(table)
        self._begin(table, {_id(table, history[-1].row): history[-1] for history in histories})
        since, closed = dict(self.begins[table.name]), []
        for version in (version for history in histories for version in history):
            if version.until is None:
                since[_id(table, version.row)] = version.since
            elif version.since < version.until:
                closed.append(version)
        key = table.primary_key.columns.values()
        names = [f"key_{column.name}" for column in key]
        mark = table.update().where(*(column == sa.bindparam(name) for column, name in zip(key, names, strict=True)))
        marks = [{"key_since": revision, **dict(zip(names, id, strict=True))} for id, revision in since.items()]
        if marks:
            self.connection.execute(mark.values(since=sa.bindparam("key_since")), marks)
        versions = self.tables[f"{table.name}_version"]
        if closed:
            self.connection.execute(versions.insert(), [_version_row(table, versions, version) for version in closed])

    def _histories(self, table: sa.Table) -> list[list[Version]]:
        """The versions of each row that the log names, the newest first."""
        edits: dict[Key, tuple[str, dict[int, Edits]]] = {}
        for text, revisions in self.log.edits.get(table.name, {}).items():
            try:
                edits[self._key(table, text)] = text, revisions
            except Unreadable:
                continue
        present = self._present(table, list(edits))
        histories = [
            self._versions(table, text, present.get(key), revisions) for key, (text, revisions) in edits.items()
        ]
        return [history for history in histories if history]

    def _versions(self, table: sa.Table, text: str, row: Row | None, revisions: dict[int, Edits]) -> list[Version]:
        versions: list[Version] = []
        until: int | None = None
        for revision in sorted(revisions.keys() - {self.log.revisions[0]}, reverse=True):
            fields = revisions[revision]
            told = [fields[name] for name in fields if name in _required(table)]
            was_there, is_there = (all(pair[place] is not None for pair in told) for place in (0, 1))
            try:
                before = self._before(table, text, row, fields, is_there=is_there) if was_there else None
            except Unreadable:
                break
            if row is not None:
                # A load may have put a row back, of which the log tells nothing.
                versions.append(Version(row, revision if is_there else self.log.import_after(revision), until))
            row, until = before, revision
        if row is not None:
            versions.append(Version(row, 0, until))
        return versions

    def _before(self, table: sa.Table, text: str, row: Row | None, fields: Edits, *, is_there: bool) -> Row | None:
        """The row before a change, where it was there."""
        values = self._values(table, {name: before for name, (before, _) in fields.items()})
        if is_there:
            return row and row | values
        key = KEYS[table.name]
        empty: Row = {column.name: [] if _is_list(column) else None for column in table.c}
        row = empty | {"seeded": False} | values
        if "id" in row:
            row["id"] = self._ids(table)[text] if len(key) == 1 else next(self.new_ids)
        return row | dict(zip(key, self._key(table, text), strict=True))

    def _begin(self, table: sa.Table, oldest: dict[Key, Version]) -> None:
        """Sets when the oldest version of each row began: not before the rows that it points to."""
        begins, first = self.begins[table.name], self.log.revisions[0]
        known = {id: version.since for id, version in oldest.items() if version.since}
        begins |= known
        for text, revision in self.log.begins[table.name].items():
            id = (self._ids(table).get(text),)
            if id not in known and revision > first:
                begins[id] = revision
        links = [(column, self.begins[_target(column).name]) for column in table.c if column.foreign_keys]
        is_settled = False
        while not is_settled:
            is_settled = True
            for id, revision in [pair for link in links for pair in self._pointing(table, *link, oldest)]:
                if id not in known and revision > begins.get(id, first):
                    begins[id], is_settled = revision, False
        for id, version in oldest.items():
            version.since = version.since or begins.get(id, first)

    def _pointing(
        self, table: sa.Table, column: sa.Column[Any], targets: dict[Key, int], oldest: dict[Key, Version]
    ) -> Iterator[tuple[Key, int]]:
        """The rows that pointed to one of these from the beginning, by primary key, with its first revision."""
        for id, version in oldest.items():
            target = (version.row[column.name],)
            if target in targets:
                yield id, targets[target]
        query = sa.select(column, *table.primary_key.columns)
        for batch in _batches([id for (id,) in targets]):
            for value, *key in self.connection.execute(query.where(column.in_(batch))):
                if tuple(key) not in oldest:
                    yield tuple(key), targets[value,]

    def _present(self, table: sa.Table, keys: Sequence[Key]) -> dict[Key, Row]:
        columns = KEYS[table.name]
        rows: dict[Key, Row] = {}
        for batch in _batches(sorted({key[:1] for key in keys})):
            is_named = table.c[columns[0]].in_([value for (value,) in batch]) if columns else sa.true()
            for row in self.connection.execute(sa.select(table).where(is_named)).mappings():
                rows[tuple(row[column] for column in columns)] = dict(row)
        return rows

    def _ids(self, table: sa.Table) -> dict[str, int]:
        if table.name not in self.ids:
            [column] = KEYS[table.name]
            rows = self.connection.execute(sa.select(table.c[column], table.c.id))
            self.ids[table.name] = ids = {key: id for key, id in rows}  # noqa: C416  (mypy)
            for text in self.log.edits.get(table.name, {}).keys() - ids.keys():
                ids[text] = next(self.new_ids)
        return self.ids[table.name]

    def _key(self, table: sa.Table, text: str) -> Key:
        columns = KEYS[table.name]
        parts = text.split("/") if len(columns) > 1 else [text][: len(columns)]
        if len(parts) != len(columns):
            raise Unreadable
        return tuple(self._value(table.c[column], part) for column, part in zip(columns, parts, strict=True))

    def _values(self, table: sa.Table, fields: dict[str, str | None]) -> Row:
        columns = {column.name.removesuffix("_id"): column for column in table.c}
        known = [name for name in fields if name in columns]
        return {columns[name].name: self._value(columns[name], fields[name]) for name in known}

    def _value(self, column: sa.Column[Any], text: str | None) -> Any:
        """A value of the log as the database has it."""
        try:
            if text is None:
                return [] if _is_list(column) else None
            if column.foreign_keys:
                return self._ids(_target(column))[text]
            match column.type:
                case sa.JSON():
                    return json.loads(text)
                case sa.Boolean():
                    return {"true": True, "false": False}[text]
                case sa.DateTime():
                    instant = dt.datetime.fromisoformat(text)
                    return instant if column.type.timezone else instant.astimezone(dt.UTC).replace(tzinfo=None)
                case sa.Date():
                    return dt.date.fromisoformat(text)
                case sa.BigInteger():
                    # Pounds, which the table has in pence.
                    return int(Decimal(text) * 100)
                case sa.Integer():
                    return int(text)
                case _:
                    return text
        except (ArithmeticError, KeyError, ValueError) as error:
            raise Unreadable from error


def _id(table: sa.Table, row: Row) -> Key:
    return tuple(row[name] for name in _names(table.primary_key))


def _names(columns: sa.Table | sa.PrimaryKeyConstraint) -> list[str]:
    return [column.name for column in columns.columns]


def _target(column: sa.Column[Any]) -> sa.Table:
    [key] = column.foreign_keys
    return key.column.table


def _is_list(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.JSON)


def _required(table: sa.Table) -> set[str]:
    """The fields that the log has of every row that is added or removed."""
    columns = [column for column in table.c if not column.nullable and not _is_list(column)]
    return {column.name.removesuffix("_id") for column in columns if column.name not in HIDDEN}


def _batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def _version_row(table: sa.Table, versions: sa.Table, version: Version) -> Row:
    row = version.row | {"since": version.since, "until": version.until}
    if table.name in TEXTS:
        texts = [row[column] for column in TEXTS[table.name]]
        row |= {"sort_text": fold(texts[0] or ""), "search_text": searchable(texts)}
    return {column: row[column] for column in _names(versions)}
