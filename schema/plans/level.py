"""One level of an execution: the objects of one type for which a selection is executed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from graphql.pyutils import Path

from db.statements import RawRow
from schema.batch import Batch, RowMember
from schema.execution import Execution

# A value of each object of a level.
Column: TypeAlias = Sequence[Any]


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


@dataclass
class Level:
    execution: Execution
    objects: Column
    place: Place

    @cached_property
    def rows(self) -> list[RawRow] | None:
        """The row of each object as the driver has it; None if one of them has none."""
        if not isinstance(self.objects[0], RowMember):
            return None
        rows = [member.raw for member in self.objects]
        return None if None in rows else rows

    @cached_property
    def batch(self) -> Batch | None:
        """The batch of all objects; None if they are of several."""
        batch: Batch = self.objects[0].batch
        return batch if all(member.batch is batch for member in self.objects) else None


class Values(Protocol):
    """How the values of a column become parts of the answer."""

    async def complete(self, execution: Execution, values: Column, place: Place) -> Column: ...


class PlainField(Protocol):
    """A field that the objects already have."""

    def column(self, level: Level) -> Column: ...


class LoadingField(Protocol):
    """A field that may load, or lead to objects that do. `place` is that of its values."""

    async def column(self, level: Level, place: Place) -> Column: ...
