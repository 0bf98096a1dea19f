"""A table that can be downloaded, and its columns: what each is called, what it holds, and how its values are read."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import TypeAlias, TypeVar

from sqlmodel import Session
from strawberry.types.base import StrawberryList, StrawberryOptional, get_object_definition
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.utils.str_converters import to_camel_case

from api.exports.batch import Batch, Batches
from api.moment import Moment
from db import relations
from db.models.base import Base, Entity
from db.natural_keys import KEY_COLUMN
from db.relations import Relation
from schema.money import Money
from schema.node import Node, global_id

E = TypeVar("E", bound=Entity)
# The values of a column, in the order of the rows of a batch; and of a row, in the order of the columns.
Read: TypeAlias = Callable[[Batch], Iterable[object]]
Cells: TypeAlias = Sequence[object]


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
    """`enum` lists all values; `references` is the table whose key the column holds."""

    name: str
    description: str
    read: Read
    kind: Kind = Kind.TEXT
    required: bool = False
    enum: tuple[str, ...] = ()
    references: str | None = None


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


ID = "The id of the API: `node(id:)` finds the object, at the moment of this file where its address states one."
KINDS: Mapping[object, Kind] = {
    dt.date: Kind.DATE,
    dt.datetime: Kind.INSTANT,
    int: Kind.INTEGER,
    Money: Kind.POUNDS,
    bool: Kind.BOOLEAN,
}


class ApiColumns:
    """Columns with the names, the descriptions and the types of the fields of an API type."""

    def __init__(self, api_type: type) -> None:
        fields = get_object_definition(api_type, strict=True).fields
        self.fields = {to_camel_case(field.python_name): field for field in fields}

    def __call__(
        self,
        field: str,
        read: Read | None = None,
        *,
        name: str | None = None,
        more: str = "",
        required: bool = True,
        references: str | None = None,
    ) -> Column:
        """The column of a field. Without `read` its values are the attributes of the rows with the field's name.

        `name` is given where the column has another name, `more` where something is added to the description.
        `required` is False where a row can be without the object that has the field.
        """
        api_type = self.fields[field].type
        if isinstance(api_type, StrawberryOptional):
            api_type, required = api_type.of_type, False
        kind, enum = Kind.TEXT, ()
        if isinstance(api_type, StrawberryEnumDefinition):
            enum = tuple(value.value for value in api_type.values)
        elif isinstance(api_type, StrawberryList):
            # The cell of an empty list is empty.
            kind, required = Kind.TEXTS if api_type.of_type is str else Kind.NAMES, False
        else:
            # In the place of an object other than a sum stands its key.
            kind = KINDS.get(api_type, Kind.TEXT)
        read = read or attribute(self.fields[field].python_name)
        return Column(name or field, f"{self.describe(field)} {more}".strip(), read, kind, required, enum, references)

    def attributes(self, *fields: str) -> Iterator[Column]:
        """The columns of fields that are attributes of the rows."""
        return map(self, fields)

    def describe(self, field: str) -> str:
        return self.fields[field].description or ""


def id_of(kind: type[Node], key: Read) -> Column:
    """The ids of the API, made of the natural keys of the rows."""

    def read(batch: Batch) -> Iterable[object]:
        name = f"{kind.__name__}{batch.moment.name}"
        return (global_id(name, str(each)) for each in key(batch))

    return Column("id", ID, read, required=True)


def attribute(name: str) -> Read:
    get = attrgetter(name)
    return lambda batch: map(get, batch.rows)


def owner(name: str) -> Read:
    """An attribute of the rows that the rows of the batch belong to."""
    get = attrgetter(name)
    return lambda batch: map(get, batch.owners)


# Where a row stands among those of its owner.
place: Read = attrgetter("places")


def place_keys(batch: Batch) -> Iterable[object]:
    """The natural keys of rows that have no name but their place among those of their owner."""
    pairs = zip(map(attrgetter("slug"), batch.owners), map(attrgetter("position"), batch.rows), strict=True)
    return (f"{owner}/{position}" for owner, position in pairs)


def key_of(model: type[Base], foreign_key: str) -> Read:
    """The natural key of the row that a foreign key points to."""
    return value_of(model, foreign_key, KEY_COLUMN[model])


def value_of(model: type[Base], foreign_key: str, name: str, of: str = "rows") -> Read:
    """An attribute of the row that a foreign key points to: one of the `rows` of the batch, or of their `owners`."""
    get_rows, get_id, get_value = attrgetter(of), attrgetter(foreign_key), attrgetter(name)

    def read(batch: Batch) -> Iterable[object]:
        ids = [get_id(row) for row in get_rows(batch)]
        rows = relations.by_id(batch.session, sorted({id_ for id_ in ids if id_ is not None}), model)
        return [None if id_ is None else get_value(rows[id_]) for id_ in ids]

    return read


def each_list(relation: Relation[E], value: Callable[[list[E]], object]) -> Read:
    """A value of the rows that belong to each row."""

    def read(batch: Batch) -> Iterable[object]:
        lists = batch.ask(relation)
        return [value(lists[id_]) for id_ in batch.ids]

    return read


def keys(relation: Relation[E]) -> Read:
    """The natural keys of the rows that belong to each row."""
    get_key = attrgetter(KEY_COLUMN[relation.model])
    return each_list(relation, lambda rows: list(map(get_key, rows)))


def number(relation: Relation[E]) -> Read:
    """How many rows belong to each row."""
    return each_list(relation, len)


def field(load: Callable[[Batch], Mapping[int, object]], name: str, default: object = None) -> Read:
    """An attribute of what is loaded for each row; the default where there is nothing. Columns share what they load."""
    get = attrgetter(name)

    def read(batch: Batch) -> Iterable[object]:
        rows = batch.once(load)
        return [get(rows[id_]) if id_ in rows else default for id_ in batch.ids]

    return read
