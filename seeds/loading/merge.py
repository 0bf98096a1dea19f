"""Makes one table say what the files say, and leaves alone what an editor has recorded."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, select

from db import edits
from db.models import Commitment, Document, Organisation, Theme
from db.models.base import Entity, Record
from seeds.errors import SeedError, SeedProblem
from seeds.report import Report

Values = dict[str, Any]
Key = tuple[Any, ...]
M = TypeVar("M", bound=Record)
T = TypeVar("T")

# What only one row may hold, beside its key.
UNIQUE: dict[type[Record], str] = {Organisation: "name", Document: "url", Theme: "position", Commitment: "slug"}


class Table(Generic[M]):
    """All rows of one table, read once and met by natural key."""

    def __init__(self, session: Session, report: Report, model: type[M], *key: str, file: str) -> None:
        self.session = session
        self.report = report
        self.model = model
        self.key = key
        self.file = file
        self.name = str(sa.inspect(model).local_table)
        self.rows: dict[Key, M] = {self._key_of(row): row for row in session.exec(select(model))}
        self.wanted: set[Key] = set()
        # What a row said whose value had to make way for a moment.
        self.parked: dict[int, str] = {}
        # How a report names a row.
        self.label: Callable[[M], str] = lambda row: "/".join(map(str, self._key_of(row)))

    def put(self, wanted: Iterable[Values]) -> None:
        """Inserts what is missing and updates what differs, among the rows that are seeded."""
        values = {self._key(row): row for row in wanted}
        self.wanted |= values.keys()
        self._make_way(values)
        for key, row in values.items():
            found = self.rows.get(key)
            if found is None:
                self.rows[key] = self.model(**row, seeded=True)
                self.session.add(self.rows[key])
                self.report.inserted[self.name] += 1
                self.report.touched.append(self.rows[key])
            elif changes := {name: value for name, value in row.items() if getattr(found, name) != value}:
                if not found.seeded:
                    self.report.untouched.append(f"{self.name} {self.label(found)}")
                    continue
                self._change(found, changes)
        self._flush()

    def mark(self, row: M, **values: Any) -> None:
        """Sets what can be set once."""
        was = {name: getattr(row, name) for name in values}
        if not any(was.values()):
            self._change(row, values)
            self._flush()
        elif was != values:
            self.report.untouched.append(f"{self.name} {self.label(row)}")

    def add(self, wanted: Iterable[Values], *, watched: str) -> None:
        """Inserts what is missing and changes nothing; where `watched` differs, the report says so."""
        values = {self._key(row): row for row in wanted}
        known = [key for key in values if key in self.rows]
        differing = [self.rows[key] for key in known if getattr(self.rows[key], watched) != values[key][watched]]
        self.report.untouched += [f"{self.name} {self.label(row)}" for row in differing]
        self.put(row for key, row in values.items() if key not in self.rows)
        self.wanted |= values.keys()

    def remove(self, rows: Collection[M]) -> None:
        for row in rows:
            self.report.edits.removed(row)
            self.report.touched.append(row)
            self.session.delete(row)
            del self.rows[self._key_of(row)]
            self.report.removed[self.name] += 1
        self._flush()

    def replace(self, wanted: Iterable[Values], ours: Callable[[M], bool]) -> None:
        """The same for lists that rows own: what is ours, seeded and no longer wanted goes."""
        values = list(wanted)
        # First, because a row that comes may take the place of one that goes.
        self.remove(self.spare(values, ours))
        self.put(values)

    def spare(self, wanted: Iterable[Values], ours: Callable[[M], bool]) -> list[M]:
        keys = {self._key(row) for row in wanted}
        return [row for key, row in self.rows.items() if row.seeded and key not in keys and ours(row)]

    def keep(self, ours: Callable[[M], bool] = lambda _: True) -> None:
        """Seeded rows that the files no longer name stay, and the report says so."""
        left = [row for key, row in self.rows.items() if row.seeded and key not in self.wanted and ours(row)]
        self.report.kept += [f"{self.name} {self.label(row)}" for row in left]

    def ids(self) -> dict[Any, int]:
        """By slug, reference or key, for rows that point here."""
        return {key[0]: _id(row) for key, row in self.rows.items()}

    def governed(self) -> dict[Any, int]:
        """The same, of the rows that the files name and no editor has taken over: their lists are the files'."""
        return {key[0]: _id(self.rows[key]) for key in self.wanted if self.rows[key].seeded}

    def places(self, owner: int, items: Iterable[T]) -> Iterator[tuple[int, T]]:
        """Numbers the items of a list whose key is owner and position, around the places that an editor has taken."""
        taken = self.taken[owner]
        return zip((position for position in count(1) if position not in taken), items, strict=False)

    @cached_property
    def taken(self) -> defaultdict[int, set[int]]:
        """By owner the places in its list that an editor has taken. No load gives or takes any."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for (owner, position), row in self.rows.items():
            if not row.seeded:
                found[owner].add(position)
        return found

    def _change(self, row: M, values: Values) -> None:
        before = edits.values(self.session, row, *values)
        if isinstance(row, Entity) and row.id in self.parked:
            before[UNIQUE[self.model]] = self.parked[row.id]
        for name, value in values.items():
            setattr(row, name, value)
        self.report.edits.changed(row, before)
        self.report.updated[self.name] += 1
        self.report.touched.append(row)

    def _key(self, values: Values) -> Key:
        return tuple(values[name] for name in self.key)

    def _key_of(self, row: M) -> Key:
        return tuple(getattr(row, name) for name in self.key)

    def _make_way(self, values: dict[Key, Values]) -> None:
        """A value that moves from one row to another would stand twice for a moment: it is parked."""
        column = UNIQUE.get(self.model)
        if column is None:
            return
        held = {getattr(row, column): key for key, row in self.rows.items()}
        problems = []
        for key, row in values.items():
            holder = held.get(row[column], key)
            settled = row[column] is None or holder == key
            if settled or (key in self.rows and not self.rows[key].seeded):
                continue
            found = self.rows[holder]
            if found.seeded and holder in values:
                self.parked[_id(found)] = str(getattr(found, column))
                setattr(found, column, -_id(found) if isinstance(row[column], int) else f"~{_id(found)}")
            else:
                reason = f"the {column} {row[column]!r} belongs to {self.label(found)} in the database"
                problems.append(SeedProblem(self.file, str(key[0]), reason))
        if problems:
            raise SeedError(problems)
        self._flush()

    def _flush(self) -> None:
        try:
            self.session.flush()
        except (sa.exc.IntegrityError, sa.exc.DataError) as error:
            reason = " ".join(str(error.orig).split())
            raise SeedError([SeedProblem(self.file, "", f"the database refuses it: {reason}")]) from error


def _id(row: Record) -> int:
    assert isinstance(row, Entity)
    return row.id
