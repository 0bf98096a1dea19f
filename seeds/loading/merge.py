"""Brings one table to what the files say, and leaves alone what an editor has recorded."""

from collections.abc import Callable, Collection, Sequence, Set
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, select

from db import edits
from db.models import Area, Commitment, Document, Organisation, Term, Theme
from db.models.base import Entity, Record
from db.natural_keys import KEY_COLUMN, LINK_COLUMNS
from seeds.errors import SeedError, SeedProblem
from seeds.loading.report import Report

Values = dict[str, Any]
Key = tuple[object, ...]
M = TypeVar("M", bound=Record)

# The column in which no two rows may be equal, beside the natural key.
UNIQUE: dict[type[Record], str] = {
    Organisation: "name", Document: "url", Theme: "position", Commitment: "slug", Area: "code",
    Term: "name",
}  # fmt: skip


class TableMerge(Generic[M]):
    """All rows of one table by natural key.

    `put` inserts and updates; `replace` also removes what the files no longer name, as far as it may be removed.
    """

    def __init__(
        self, session: Session, report: Report, model: type[M], file: str, withdrawn: Set[str] = frozenset()
    ) -> None:
        self.session = session
        self.report = report
        self.model = model
        self.file = file
        self.columns = sa.inspect(model).columns.keys()
        self.name = model.__tablename__
        self.key_columns = LINK_COLUMNS[model] if model in LINK_COLUMNS else (KEY_COLUMN[model],)
        self.rows: dict[Key, M] = {self.key_of(row): row for row in session.exec(select(model))}
        # The names of the records that no load brings back.
        self.withdrawn = {name for name in withdrawn if edits.parse_record(name)[0] == model.__name__}
        # The keys that the files name.
        self.present: set[Key] = set()
        # By id, the unique value of a row that is parked while another row takes it.
        self.parked_values: dict[int, str] = {}
        self.label: Callable[[M], str] = lambda row: "/".join(map(str, self.key_of(row)))

    def key(self, values: Values) -> Key:
        return tuple(values[column] for column in self.key_columns)

    def put(self, values: Sequence[Values]) -> None:
        """Inserts the rows that are missing, and updates those that differ and are seeded."""
        by_key = {self.key(row): row for row in values if not self._is_withdrawn(row)}
        self.present |= by_key.keys()
        self._free_unique_values(by_key)
        for key, row in by_key.items():
            existing = self.rows.get(key)
            if existing is None:
                self.rows[key] = self.model(**row, seeded=True)
                self.session.add(self.rows[key])
                self.report.inserts[self.name] += 1
                self.report.rows.append(self.rows[key])
                continue
            changes = {name: value for name, value in row.items() if getattr(existing, name) != value}
            if changes and existing.seeded:
                # In the order of the table, which is that of the edits in the log.
                self.update(existing, {name: changes[name] for name in self.columns if name in changes})
            elif changes:
                self.report_differing(existing)
        self.flush()

    def update(self, row: M, values: Values) -> None:
        before = edits.values(self.session, row, *values)
        if isinstance(row, Entity) and row.id in self.parked_values:
            before[UNIQUE[self.model]] = self.parked_values[row.id]
        for name, value in values.items():
            setattr(row, name, value)
        self.report.edits.change(row, before)
        self.report.updates[self.name] += 1
        self.report.rows.append(row)

    def replace(
        self,
        values: Sequence[Values],
        is_owned: Callable[[M], bool],
        removable: Callable[[list[M]], list[M]] = lambda rows: rows,
    ) -> None:
        keys = {self.key(row) for row in values}
        stale = [row for key, row in self.rows.items() if row.seeded and key not in keys and is_owned(row)]
        # Stale rows go first, because a new row may take the place of one.
        self.remove(removable(stale))
        self.put(values)
        self.report_absent(is_owned)

    def remove(self, rows: Collection[M]) -> None:
        for row in rows:
            self.report.edits.remove(row)
            self.report.rows.append(row)
            self.session.delete(row)
            del self.rows[self.key_of(row)]
            self.report.removals[self.name] += 1
        self.flush()

    def report_absent(self, is_owned: Callable[[M], bool] = lambda _: True) -> None:
        """Reports the seeded rows that the files no longer name; they stay."""
        absent = [row for key, row in self.rows.items() if row.seeded and key not in self.present and is_owned(row)]
        self.report.absent += [f"{self.name} {self.label(row)}" for row in absent]

    def _is_withdrawn(self, values: Values) -> bool:
        """Whether the row was withdrawn. Then it is reported, and left so."""
        if not self.withdrawn or self.key(values) in self.rows:
            return False
        row = self.model(**values)
        name = edits.record(self.session, row)
        if name in self.withdrawn:
            self.report.withdrawn.append(name if self.model in LINK_COLUMNS else f"{self.name} {self.label(row)}")
        return name in self.withdrawn

    def report_differing(self, row: M) -> None:
        self.report.differing.append(f"{self.name} {self.label(row)}")

    def key_of(self, row: M) -> Key:
        return tuple(getattr(row, column) for column in self.key_columns)

    def _free_unique_values(self, values: dict[Key, Values]) -> None:
        """Parks each unique value that moves to another row: for a moment, both rows would have it."""
        column = UNIQUE.get(self.model)
        if column is None:
            return
        holders = {getattr(row, column): key for key, row in self.rows.items()}
        problems = []
        for key, row in values.items():
            value = row[column]
            holder = holders.get(value, key)
            if value is None or holder == key or (key in self.rows and not self.rows[key].seeded):
                continue
            existing = self.rows[holder]
            if existing.seeded and holder in values:
                id = entity_id(existing)
                self.parked_values[id] = str(getattr(existing, column))
                setattr(existing, column, -id if isinstance(value, int) else f"~{id}")
            else:
                reason = f"the {column} {value!r} belongs to {self.label(existing)} in the database"
                problems.append(SeedProblem(self.file, str(key[0]), reason))
        if problems:
            raise SeedError(problems)
        self.flush()

    def flush(self) -> None:
        try:
            self.session.flush()
        except (sa.exc.IntegrityError, sa.exc.DataError) as error:
            reason = " ".join(str(error.orig).split())
            raise SeedError([SeedProblem(self.file, "", f"the database refuses it: {reason}")]) from error


def entity_id(row: Record) -> int:
    assert isinstance(row, Entity)
    return row.id
