"""One level of an execution: the objects of one type for which a selection is executed."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, Protocol, TypeAlias

from graphql.pyutils import Path

from db.statements import RawRow
from schema.batch import Batch, BatchMember, RowMember
from schema.execution import Execution

# A value of each object of a level.
Column: TypeAlias = Sequence[Any]
# The columns of a table that are read of the rows of objects; None for whichever.
Columns: TypeAlias = frozenset[str] | None
BATCH = attrgetter("batch")


class NoPlan(Exception):
    """A plan does not cover this: graphql-core has to execute the query."""


@dataclass
class Place:
    """Where a column stands. The path is that of its only value; there is none where it may have several."""

    path: Path | None
    is_only: bool

    def below(self, name: str, kind: str) -> "Place":
        return Place(Path(self.path, name, kind), True) if self.is_only else MANY


ROOT = Place(None, is_only=True)
MANY = Place(None, is_only=False)


class Level:
    def __init__(self, execution: Execution, objects: Column, place: Place) -> None:
        self.execution = execution
        self.objects = objects
        self.place = place
        # The batch of all objects; None if they are of several.
        self.batch: Batch | None = None
        # The row of each object as the driver has it; None if they have none, or of several batches.
        self.rows: list[RawRow] | None = None
        # Objects that are no rows, such as the definitions of statuses, have no batch.
        first = objects[0]
        batch: Batch | None = getattr(first, "batch", None) if isinstance(first, BatchMember) else None
        if batch is not None and len(set(map(BATCH, objects))) == 1:
            self.batch = batch
            if batch.layout is not None and isinstance(first, RowMember):
                self.rows = [member.raw for member in objects]

    def read(self, column: str) -> Column:
        """A column of the rows, which must be there."""
        assert self.rows is not None
        assert self.batch is not None
        return list(map(itemgetter(self.batch.layout.places[column]), self.rows))


class Values(Protocol):
    """How the values of a column become parts of the answer."""

    @property
    def columns(self) -> Columns:
        """What is read of the rows in the values."""

    async def complete(self, execution: Execution, values: Column, place: Place) -> Column: ...


class PlainField(Protocol):
    """A field that the objects already have."""

    # What it reads of their rows.
    columns: Columns

    def column(self, level: Level) -> Column: ...


class LoadingField(Protocol):
    """A field that may load, or lead to objects that do. `place` is that of its values."""

    columns: Columns
    # Whether it loads rows with the columns alone that are asked for.
    narrows: bool

    async def column(self, level: Level, place: Place) -> Column: ...
