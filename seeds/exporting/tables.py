"""A database as it stood at one moment, by the numbers of its rows."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Citation, Document, Organisation
from db.rows import row_type
from seeds.dump import Line

Row = dict[str, Any]


class Tables:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.organisations: dict[int, str] = {row.id: row.slug for row in self.all(Organisation)}
        self.documents: dict[int, str] = {row.id: row.slug for row in self.all(Document)}
        self.cited: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        for row in self.all(Citation, Citation.id):
            for column, id in row._asdict().items():
                if id is not None and column.endswith("_id") and column != "document_id":
                    self.cited[column, id].append(row)

    def all(self, model: Any, *order: Any) -> list[Any]:
        made = row_type(model)
        return [made.make(row) for row in self.session.connection().execute(sa.select(*made.columns).order_by(*order))]

    def by(self, model: Any, owner: str, *order: Any) -> defaultdict[int, list[Any]]:
        """The rows of a table by the number of what they belong to."""
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for row in self.all(model, *order):
            found[getattr(row, owner)].append(row)
        return found

    def citations(self, column: str, id: int) -> list[Line]:
        return [self.citation(row) for row in self.cited[column, id]]

    def citation(self, row: Any) -> Line:
        said = {"document": self.documents[row.document_id], "paragraph": row.paragraph, "note": row.note}
        return Line(given({**said, "figures": row.figures}))


def given(row: Row) -> Row:
    """Without what may be left out: nothing, and empty lists."""
    return {name: value for name, value in row.items() if value is not None and value != []}
