"""A table that can be taken away: its columns, described as the API describes them, and where its rows come from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, TypeAlias

from sqlmodel import Session
from strawberry.utils.str_converters import to_camel_case

from api.moment import Moment
from db.paging import Order, page

# How many rows of a table are asked about together: few enough for memory, and enough that statements are few.
BATCH = 500
Row: TypeAlias = Sequence[Any]


class Kind(Enum):
    """What stands in a cell. Each format has its own way to write it."""

    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    INTEGER = "integer"
    POUNDS = "pounds"
    BOOLEAN = "boolean"
    # Natural keys, which hold no space.
    NAMES = "names"
    TEXTS = "texts"


@dataclass(frozen=True)
class Column:
    """`words` are all that can stand in it; `refers` is the table whose key it holds."""

    name: str
    description: str
    kind: Kind = Kind.TEXT
    required: bool = False
    words: type[StrEnum] | None = None
    refers: str | None = None


@dataclass(frozen=True)
class ExportTable:
    """`key` names the columns that no two rows have in common. Rows come in batches, each in the order of the columns.

    `model` is the table of the database that is about as long.
    """

    name: str
    title: str
    description: str
    model: Any
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Session, Moment], Iterable[list[Row]]]
    # What ties two others together, rather than a noun of its own.
    link: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def references(self) -> list[tuple[str, str]]:
        """Each column that holds the key of another table, and that table."""
        return [(column.name, column.refers) for column in self.columns if column.refers]


class Fields:
    """Columns that are fields of a type of the API: they have its names and its descriptions."""

    def __init__(self, kind: Any) -> None:
        fields = kind.__strawberry_definition__.fields
        self.said = {to_camel_case(found.python_name): found.description for found in fields}

    def __call__(self, name: str, kind: Kind = Kind.TEXT, *, more: str = "", **rest: Any) -> Column:
        """`more` is what a table has to add."""
        return Column(name, f"{self.said[name]} {more}".strip(), kind, **rest)


def batches(session: Session, model: Any, order: Order) -> Iterator[list[Any]]:
    """All rows of a table of the database, a batch at a time."""
    after = None
    while True:
        found = page(session, model, [], order, BATCH, after)
        if found.rows:
            yield [row for row, _ in found.rows]
        if not found.has_next:
            return
        after = found.rows[-1][1]


def ids(rows: Iterable[Any]) -> list[int]:
    return [row.id for row in rows]
