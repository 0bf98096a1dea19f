"""A table that can be downloaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlmodel import Session

from api.exports.batch import Batches
from api.exports.columns import Column
from api.moment import Moment

# The values of a row, in the order of the columns.
Cells: TypeAlias = Sequence[object]


@dataclass(frozen=True)
class ExportTable:
    """`key` names the columns that together are unique."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    batches: Batches
    columns: tuple[Column, ...]
    # Whether it ties two other tables together, and is no noun of its own.
    link: bool = False

    def rows(self, session: Session, moment: Moment) -> Iterator[list[Cells]]:
        for batch in self.batches(session, moment):
            yield list(zip(*(column.read(batch) for column in self.columns), strict=True))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def references(self) -> list[tuple[str, str]]:
        """Each column that holds the key of another table, and that table."""
        return [(column.name, column.references) for column in self.columns if column.references]
