"""The state of one load."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from db.changes import withdrawn
from db.edits import Edits
from db.models import Allocation, AmountStatement, Citation, StatusUpdate
from db.models.base import Base, Record
from db.natural_keys import SUBJECT_COLUMNS, subject_of
from seeds.folder import SeedFolder
from seeds.loading.merge import M, TableMerge, Values, entity_id
from seeds.loading.report import Report

# The model and the id of what a citation is about.
Subject = tuple[type[Base], int]

# The models whose rows have one citation each.
SINGLE = (StatusUpdate, AmountStatement, Allocation)


class Absent(Exception):
    """The files have a row that is not in the database any more: it was withdrawn."""


class LoadContext:
    """The tables of one load, each read once, and what editors have removed."""

    def __init__(self, session: Session, folder: SeedFolder, now: dt.datetime) -> None:
        self.session = session
        self.folder = folder
        self.now = now
        self.report = Report(Edits(session))
        self.tables: dict[type[Base], TableMerge[Any]] = {}
        self.withdrawn = withdrawn(session)
        self.citations = CitationMerge(self.table(Citation, "documents.yaml"))

    def table(self, model: type[M], file: str) -> TableMerge[M]:
        if model not in self.tables:
            self.tables[model] = TableMerge(self.session, self.report, model, file, self.withdrawn)
        return self.tables[model]

    def id(self, model: type[Base], key: str) -> int:
        """The id of a row whose table has been loaded. Raises `Absent` if it was withdrawn."""
        row = self.tables[model].rows.get((key,))
        if row is None:
            raise Absent(f"{model.__tablename__} {key}")
        return entity_id(row)


class CitationMerge:
    """Collects the citations of all rows. They are written last, because they point to every other table."""

    def __init__(self, table: TableMerge[Citation]) -> None:
        self.table = table
        self.editors = {subject_of(Citation, row) for row in table.rows.values() if not row.seeded}
        self.subjects: set[Subject] = set()
        self.values: list[Values] = []
        # The keys of those that cannot be loaded, and stay as they are.
        self.left: set[str] = set()

    def add(self, row: Record, citations: Sequence[Values]) -> None:
        """States all citations that a row has from the files; seeded ones that are not among them are removed."""
        model, id = subject = _subject(row)
        # An editor's row keeps its citations, and so does a row whose only citation is an editor's.
        if row.seeded and not (model in SINGLE and subject in self.editors):
            self.subjects.add(subject)
            self.values += [{**values, SUBJECT_COLUMNS[Citation][model]: id} for values in citations]

    def release(self, rows: Sequence[M]) -> list[M]:
        """Returns the rows for which no editor has cited a source, and removes their citations."""
        free = [row for row in rows if _subject(row) not in self.editors]
        if subjects := {_subject(row) for row in free}:
            self.table.remove([row for row in self.table.rows.values() if subject_of(Citation, row) in subjects])
        return free

    def write(self) -> None:
        self.table.replace(
            self.values, lambda row: subject_of(Citation, row) in self.subjects and row.key not in self.left
        )


def _subject(row: Record) -> Subject:
    return type(row), entity_id(row)
