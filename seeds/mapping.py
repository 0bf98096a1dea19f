"""How a field of the files corresponds to the database. Loading and exporting walk the same declarations.

A declaration stands beside the type of the field: `theme: Annotated[Slug | None, Reference(models.Theme)]`. A field
without one is the column of its name or, by its type, citations or parts.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from db import models, natural_keys
from db.models.base import Base, Record

# A row as `db.rows` reads it: a named tuple of the columns of its table.
DatabaseRow = Any


@dataclass(frozen=True)
class Column:
    name: str


@dataclass(frozen=True)
class PeriodColumns:
    """The column of the last day of a period, which has the column `precision` beside it."""

    day: str


@dataclass(frozen=True)
class Reference:
    """The natural key of a row. Its id is in the column `<field>_id`."""

    model: type[Base]


@dataclass(frozen=True)
class Subject:
    """The kind and the natural key of a row. One of several foreign keys is set: see `natural_keys.SUBJECT_COLUMNS`."""


@dataclass(frozen=True)
class Links:
    """The natural keys of rows that a table links to this one, in the order of `position` where it has one."""

    link: type[Record]
    model: type[Base]


@dataclass(frozen=True)
class Citations:
    """The citations of this row, or its only one."""

    single: bool


@dataclass(frozen=True)
class Parts:
    """Rows of another table that belong to this one."""

    part: "type[SeedPart]"


@dataclass(frozen=True)
class StatedKey:
    """The natural key of a row, where it is not the one that its values make up."""


@dataclass(frozen=True)
class Custom:
    """A field that code of its own loads and exports."""


Mapping = Column | PeriodColumns | Reference | Subject | Links | Citations | Parts | StatedKey | Custom


class SeedPart(BaseModel):
    """Keys and values in a file: a row, or a part inside a row."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # The model of its table, where it has one.
    MODEL: ClassVar[type[Any]]
    MAPPINGS: ClassVar[dict[str, Mapping]] = {}
    # The column that an export is sorted by.
    SORT_COLUMN: ClassVar[str] = "position"

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        if hasattr(cls, "MODEL"):
            cls.MAPPINGS = {name: _mapping(name, field) for name, field in cls.model_fields.items()}

    @classmethod
    def sort_key(cls, row: DatabaseRow) -> tuple[str | int | dt.date, ...]:
        return (getattr(row, cls.SORT_COLUMN),)

    def identity(self, owner: str, position: int) -> dict[str, object]:
        """The columns that identify a part beside its owner: a natural key, or a position in the list."""
        return {"position": position}

    def parts(self) -> Iterator["SeedPart"]:
        """All parts that have a table of their own, and the parts of these."""
        for name, mapping in self.MAPPINGS.items():
            if isinstance(mapping, Citations | Parts):
                value = getattr(self, name)
                for part in value if isinstance(value, list) else [value]:
                    yield part
                    yield from part.parts()

    def references(self) -> Iterator[tuple[type[Base], str]]:
        """The rows that this one and its parts name, by model and natural key."""
        for name, mapping in self.MAPPINGS.items():
            value = getattr(self, name)
            match mapping:
                case Reference(model) if value is not None:
                    yield model, value
                case Subject():
                    yield natural_keys.MODELS[value.type], value.key
                case Links(_, model):
                    yield from ((model, key) for key in value)
                case Citations() | Parts():
                    for part in value if isinstance(value, list) else [value]:
                        yield from part.references()


def _mapping(name: str, field: FieldInfo) -> Mapping:
    for declaration in field.metadata:
        if isinstance(declaration, Mapping):
            return declaration
    is_list = get_origin(field.annotation) is list
    kind = get_args(field.annotation)[0] if is_list else field.annotation
    if isinstance(kind, type) and issubclass(kind, SeedPart):
        return Citations(single=not is_list) if kind.MODEL is models.Citation else Parts(kind)
    return Column(name)
