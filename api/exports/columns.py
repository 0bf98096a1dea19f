"""The columns of tables that can be downloaded: what each is called, what it holds, and how its values are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from operator import attrgetter
from typing import TypeAlias, TypeVar

from strawberry.types.base import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from api.exports.batch import Batch
from db import relations
from db.models.base import Base, Entity
from db.natural_keys import KEY_COLUMN
from db.relations import Relation

E = TypeVar("E", bound=Entity)
# The values of a column, in the order of the rows of a batch.
Read: TypeAlias = Callable[[Batch], Iterable[object]]


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
    enum: type[StrEnum] | None = None
    references: str | None = None


class ApiColumns:
    """Columns with the names and the descriptions of the fields of an API type."""

    def __init__(self, api_type: type) -> None:
        fields = get_object_definition(api_type, strict=True).fields
        self.attributes = {to_camel_case(field.python_name): field.python_name for field in fields}
        self.descriptions = {to_camel_case(field.python_name): field.description or "" for field in fields}

    def __call__(
        self,
        field: str,
        kind: Kind = Kind.TEXT,
        read: Read | None = None,
        *,
        name: str | None = None,
        more: str = "",
        required: bool = False,
        enum: type[StrEnum] | None = None,
        references: str | None = None,
    ) -> Column:
        """The column of a field. Without `read` its values are the attributes of the rows with the field's name.

        `name` is given where the column has another name, `more` where something is added to the description.
        """
        read = read or attribute(self.attributes[field])
        description = f"{self.descriptions[field]} {more}".strip()
        return Column(name or field, description, read, kind, required, enum, references)


def attribute(name: str) -> Read:
    get = attrgetter(name)
    return lambda batch: map(get, batch.rows)


def owner(name: str) -> Read:
    """An attribute of the rows that the rows of the batch belong to."""
    get = attrgetter(name)
    return lambda batch: map(get, batch.owners)


def place(batch: Batch) -> Iterable[int]:
    return batch.places


def key_of(model: type[Base], foreign_key: str) -> Read:
    """The natural key of the row that a foreign key points to."""
    get_id, get_key = attrgetter(foreign_key), attrgetter(KEY_COLUMN[model])

    def read(batch: Batch) -> Iterable[object]:
        ids = [get_id(row) for row in batch.rows]
        rows = relations.by_id(batch.session, sorted({id_ for id_ in ids if id_ is not None}), model)
        return [None if id_ is None else get_key(rows[id_]) for id_ in ids]

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
