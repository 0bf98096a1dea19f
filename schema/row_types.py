"""The GraphQL types that show the rows of tables, and how their fields are read."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from strawberry.types import get_object_definition

from db.models.base import Base
from db.rows import row_type

R = TypeVar("R")
# The name of a column, or a function of a row.
Reader: TypeAlias = str | Callable[[Any], object]
# The GraphQL type of a row, by its table and by the type of its rows.
TYPES: dict[type, type[Any]] = {}
# How the fields of a type without resolvers are read from its row.
READERS: dict[type, dict[str, Reader]] = {}


def graphql_type_of(model: type) -> type[Any]:
    return TYPES[model]


def shows(model: type[Base], **readers: Reader) -> Callable[[type[R]], type[R]]:
    """Registers the GraphQL type of the rows of a table. Its fields without a resolver are read by the given
    functions; the others are the columns of their names."""

    def register(cls: type[R]) -> type[R]:
        cls.model = model  # type: ignore[attr-defined]
        TYPES[model] = cls
        return shows_type(row_type(model).type, **readers)(cls)

    return register


def shows_type(kind: type, **readers: Reader) -> Callable[[type[R]], type[R]]:
    """The same for what a question answers with that is no row of a table."""

    def register(cls: type[R]) -> type[R]:
        TYPES[kind] = cls
        fields = get_object_definition(cls, strict=True).fields
        names = [field.python_name for field in fields if not field.base_resolver]
        READERS[cls] = {name: readers.get(name, name) for name in names}
        return cls

    return register


def columns_of(kind: type[Any]) -> Mapping[str, str]:
    """The columns that the fields of a type are read from, by the names of the fields in Python."""
    return {name: reader for name, reader in READERS[kind].items() if isinstance(reader, str)}
