"""Exports the past: the versions that are no longer in force, and the revisions from which the others are."""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session

from db import models
from db.models import VERSION_TABLES
from db.models.base import Base
from db.models.past import OPEN
from db.natural_keys import SUBJECT_COLUMNS, subject_of
from db.past_keys import PastKeys, Version
from seeds.dump import Line
from seeds.exporting.rows import to_yaml
from seeds.exporting.snapshot import FileRow, Snapshot
from seeds.rows.history import VALUES, content_columns


def history(snapshot: Snapshot) -> list[FileRow]:
    """By record and revision. What was no longer so at the first revision of the log cannot be asked for."""
    log = snapshot.rows(models.Change)
    return Past(snapshot.session, log[0].revision).rows() if log else []


class Past:
    """The versions of all tables, by the natural keys that rows had."""

    def __init__(self, session: Session, first: int) -> None:
        self.session = session
        self.first = first
        self.keys = PastKeys(session)
        self.places = self._places()

    def rows(self) -> list[FileRow]:
        rows = []
        for model, table in VERSION_TABLES.items():
            told = sa.and_(table.c.until > self.first, sa.or_(table.c.until < OPEN, table.c.since > self.first))
            versions = self.session.connection().execute(sa.select(table).where(told)).all()
            rows += sorted((self._row(model, version) for version in versions), key=_sort_key)
        return rows

    def _row(self, model: type[Base], version: Version) -> FileRow:
        row = Line(record=self.keys.record(model, version), since=max(version.since, self.first))
        if version.until == OPEN:
            return row
        place = self.places.get((version.id, version.key)) if model is models.Citation else None
        names = content_columns(model).items()
        defaults = {name: field.default for name, field in VALUES[model].model_fields.items()}
        fields = {field: to_yaml(self.keys.value(model, column, version)) for field, column in names}
        values = {name: value for name, value in fields.items() if value not in (None, [], defaults[name])}
        optional = {name: value for name, value in (("place", place), ("values", values)) if value}
        return {**row, "until": version.until, **optional}

    def _places(self) -> dict[tuple[int, str], int]:
        """The places of the citations that are gone, among all that their subject ever had."""
        present: set[tuple[int, str]] = set()
        subjects: defaultdict[tuple[type[Base], str], list[tuple[int, str]]] = defaultdict(list)
        for version in self._citations():
            model, id = subject_of(models.Citation, version)
            citation, citations = (version.id, version.key), subjects[model, self.keys.key(model, id, version.since)]
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
