"""Exports the past: the versions that are no longer in force, and the revisions from which the others are."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db import models
from db.models import VERSION_TABLES
from db.models.base import Base
from db.models.past import OPEN
from db.natural_keys import KEY_COLUMN, SUBJECT_COLUMNS, subject_of
from seeds.dump import Line
from seeds.exporting.rows import to_yaml
from seeds.exporting.snapshot import FileRow, Snapshot
from seeds.rows.history import content_columns, key_columns, target

Version = Any


def history(snapshot: Snapshot) -> list[FileRow]:
    """By record and revision. What was no longer so at the first revision of the log cannot be asked for."""
    log = snapshot.rows(models.Change)
    return Past(snapshot.session, log[0].revision).rows() if log else []


class Past:
    """The versions of all tables, by the natural keys that rows had."""

    def __init__(self, session: Session, first: int) -> None:
        self.session = session
        self.first = first
        self.keys = cache(self._keys)
        self.places = self._places()

    def rows(self) -> list[FileRow]:
        rows = []
        for model, table in VERSION_TABLES.items():
            told = sa.and_(table.c.until > self.first, sa.or_(table.c.until < OPEN, table.c.since > self.first))
            versions = self.session.connection().execute(sa.select(table).where(told)).all()
            rows += sorted((self._row(model, version) for version in versions), key=_sort_key)
        return rows

    def _row(self, model: type[Base], version: Version) -> FileRow:
        row = Line(
            record=f"{model.__name__} {self._key(model, version)}".rstrip(), since=max(version.since, self.first)
        )
        if version.until == OPEN:
            return row
        place = self.places.get((version.id, version.key)) if model is models.Citation else None
        names = content_columns(model).items()
        fields = {field: self._text(model, column, version) for field, column in names}
        values = {field: value for field, value in fields.items() if value is not None and value != []}
        optional = {name: value for name, value in (("place", place), ("values", values)) if value}
        return {**row, "until": version.until, **optional}

    def _text(self, model: type[Base], column: str, version: Version) -> object:
        value, other = getattr(version, column), target(model, column)
        return to_yaml(value) if value is None or other is None else self._key_of(other, value, version.since)

    def _key(self, model: type[Base], version: Version) -> str:
        return "/".join(str(self._text(model, column, version)) for column in key_columns(model))

    def _key_of(self, model: type[Base], id: int, revision: int) -> str:
        """The natural key that a row had at a revision. A database may give an id again that is free."""
        return next(key for since, until, key in self.keys(model)[id] if since <= revision < until)

    def _keys(self, model: type[Base]) -> dict[int, list[tuple[int, int, str]]]:
        table = VERSION_TABLES[model]
        columns = (table.c.id, table.c.since, table.c.until, table.c[KEY_COLUMN[model]])
        keys = defaultdict(list)
        for id, since, until, key in self.session.connection().execute(sa.select(*columns)):
            keys[id].append((since, until, key))
        return keys

    def _places(self) -> dict[tuple[int, str], int]:
        """The places of the citations that are gone, among all that their subject ever had."""
        present: set[tuple[int, str]] = set()
        subjects: defaultdict[tuple[type[Base], str], list[tuple[int, str]]] = defaultdict(list)
        for version in self._citations():
            model, id = subject_of(models.Citation, version)
            citation, citations = (version.id, version.key), subjects[model, self._key_of(model, id, version.since)]
            # One citation has several versions.
            if citation not in citations:
                citations.append(citation)
            if version.until == OPEN:
                present.add(citation)
        places = (enumerate(citations, 1) for citations in subjects.values())
        return {citation: place for each in places for place, citation in each if citation not in present}

    def _citations(self) -> Iterator[Version]:
        """In the order in which they came."""
        table = VERSION_TABLES[models.Citation]
        names = ("id", "key", "since", "until", *SUBJECT_COLUMNS[models.Citation].values())
        query = sa.select(*(table.c[name] for name in names)).where(table.c.until > self.first)
        yield from self.session.connection().execute(query.order_by(table.c.id, table.c.since))


def _sort_key(row: FileRow) -> tuple[str, int]:
    return str(row["record"]), int(str(row["since"]))
