"""Restores the past of the database that the files were written from, while the log of this one is empty."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

import sqlalchemy as sa

from db.models import VERSION_TABLES, Citation, Dataset
from db.models.base import Base, Entity, Searchable, search_values
from db.natural_keys import SUBJECT_COLUMNS, key_columns
from seeds.loading.context import LoadContext
from seeds.loading.merge import Key, Values, entity_id
from seeds.rows.history import VersionRow

# What a citation is about: its model, and its id or, if it is gone, its natural key.
Subject = tuple[type[Base], object]


class Past:
    """The versions of the files, by the ids of this database. Rows that are gone are given ids of their own."""

    def __init__(self, context: LoadContext) -> None:
        self.context = context
        self.rows = context.folder.versions.rows
        # By model and natural key, to which the place of a citation belongs.
        self.gone: defaultdict[type[Base], dict[Key, int]] = defaultdict(dict)
        # By model, ids above those of the rows in force.
        self.free: dict[type[Base], Iterator[int]] = {}

    def number_citations(self) -> None:
        """Leaves ids for the citations that are gone, so that lists of the past are in the order that they had."""
        gone: defaultdict[Subject, dict[int, Key]] = defaultdict(dict)
        for row in self.rows:
            if row.place is not None:
                model, key = row.subject
                gone[model, self._present(model, (key,)) or key][row.place] = (row.key, row.place)
        present: defaultdict[Subject, list[Values]] = defaultdict(list)
        for values in self.context.citations.values:
            present[_subject(values)].append(values)
        subjects = dict.fromkeys([*present, *gone])
        citations = chain.from_iterable(_in_order(present[subject], gone[subject]) for subject in subjects)
        for id, citation in enumerate(citations, 1):
            if isinstance(citation, dict):
                citation["id"] = id
            else:
                self.gone[Citation][citation] = id

    def restore(self) -> None:
        in_force: defaultdict[type[Base], list[Values]] = defaultdict(list)
        closed: defaultdict[type[Base], list[Values]] = defaultdict(list)
        for row in self.rows:
            (in_force if row.until is None else closed)[row.model].append(self._values(row))
        connection = self.context.session.connection()
        for model, rows in in_force.items():
            names = [column.name for column in model.__table__.primary_key]
            for table in (model.__table__, VERSION_TABLES[model]):
                same = (table.c[name] == sa.bindparam(f"of_{name}") for name in names)
                update = sa.update(table).where(*same).values(since=sa.bindparam("begun"))
                values = [{"begun": row["since"], **{f"of_{name}": row[name] for name in names}} for row in rows]
                connection.execute(update, values)
        for model, rows in closed.items():
            connection.execute(sa.insert(VERSION_TABLES[model]), rows)
        if connection.dialect.name == "postgresql":
            _advance_sequences(connection)

    def _values(self, row: VersionRow) -> Values:
        """The columns of a version; of the one that is in force, only those of its keys and its beginning."""
        model = row.model
        values = dict(row.columns)
        for column, (other, name) in row.targets().items():
            values[column] = self._id(other, (name,))
        key = tuple(values[column] for column in key_columns(model))
        if issubclass(model, Searchable) and row.until is not None:
            values |= search_values([values[column] for column in model.TEXTS])
        if issubclass(model, Entity):
            values["id"] = self._id(model, key if row.place is None else (*key, row.place))
        if model is Dataset:
            values["id"] = 1
        else:
            values["seeded"] = False
        return values | {"since": row.since, "until": row.until}

    def _id(self, model: type[Base], key: Key) -> int:
        """The id of a row in force, or of one that is gone, which is given one when it is first asked for."""
        present, gone = self._present(model, key), self.gone[model]
        if present is not None or key in gone:
            return present or gone[key]
        if model not in self.free:
            self.free[model] = count(1 + max(map(entity_id, self.context.tables[model].rows.values()), default=0))
        gone[key] = next(self.free[model])
        return gone[key]

    def _present(self, model: type[Base], key: Key) -> int | None:
        row = self.context.tables[model].rows.get(key)
        return row and entity_id(row)


def _subject(values: Values) -> Subject:
    return next((model, values[column]) for model, column in SUBJECT_COLUMNS[Citation].items() if column in values)


def _in_order(present: Sequence[Values], gone: Mapping[int, Key]) -> Iterator[Values | Key]:
    """All citations that a subject ever had: those that are gone at their places, and the others between them."""
    place = 1
    for citation in present:
        while place in gone:
            yield gone[place]
            place += 1
        yield citation
        place += 1
    yield from (gone[each] for each in sorted(gone) if each >= place)


def _advance_sequences(connection: sa.Connection) -> None:
    """The next rows are given ids above all those that were ever given."""
    for model, versions in VERSION_TABLES.items():
        if issubclass(model, Entity):
            last = sa.select(sa.func.max(versions.c.id)).scalar_subquery()
            sequence = sa.func.pg_get_serial_sequence(model.__tablename__, "id")
            connection.execute(sa.select(sa.func.setval(sequence, last)))
