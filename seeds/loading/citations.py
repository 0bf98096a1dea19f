"""Which paragraph supports which row. Gathered on the way and written last, because they point to everything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sqlmodel import Session

from db import natural_keys
from db.models import (
    CITATION_SUBJECTS,
    Allocation,
    AmountStatement,
    Citation,
    Commitment,
    Event,
    Fund,
    StatusUpdate,
    Strategy,
)
from seeds import rows
from seeds.loading.merge import Table, Values
from seeds.report import Report

Subject = Strategy | Commitment | StatusUpdate | Fund | AmountStatement | Allocation | Event
# A column of the citation and the id in it.
Pointer = tuple[str, int]
Money = TypeVar("Money", AmountStatement, Allocation)

# These have room for one citation each.
SINGLE = {"status_update_id", "amount_statement_id", "allocation_id"}


class Citations:
    def __init__(self, session: Session, report: Report) -> None:
        self.table = Table(session, report, Citation, "key", file=rows.Document.FILE)
        self.editors = {_pointer(row) for row in self.table.rows.values() if not row.seeded}
        self.subjects: set[Pointer] = set()
        self.wanted: list[Values] = []

    def add(self, row: Subject, key: str, citations: Iterable[rows.Citation], documents: Mapping[str, int]) -> None:
        """These are all that the row has from the files; others that it had from them go."""
        column, id = pointer = _to(row)
        # An editor's row keeps what it has, and so does one whose only place an editor has filled.
        if not row.seeded or (column in SINGLE and pointer in self.editors):
            return
        self.subjects.add(pointer)
        for citation in citations:
            self.wanted.append(
                {
                    "key": natural_keys.citation(row.__tablename__, key, citation.document, citation.paragraph),
                    "document_id": documents[citation.document],
                    "paragraph": citation.paragraph,
                    "figures": citation.figures,
                    "note": citation.note,
                    column: id,
                }
            )

    def release(self, spare: Sequence[Money]) -> list[Money]:
        """Those of the rows that may go, now without a citation: one that an editor has cited a source for stays."""
        free = [row for row in spare if _to(row) not in self.editors]
        going = {_to(row) for row in free}
        self.table.remove([row for row in self.table.rows.values() if _pointer(row) in going])
        return free

    def write(self) -> None:
        self.table.replace(self.wanted, lambda row: _pointer(row) in self.subjects)


def _to(row: Subject) -> Pointer:
    return f"{row.__tablename__}_id", row.id


def _pointer(citation: Citation) -> Pointer:
    return next((column, id) for column in CITATION_SUBJECTS if (id := getattr(citation, column)) is not None)
