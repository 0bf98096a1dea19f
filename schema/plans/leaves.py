"""How leaves are written: scalars and enums."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLLeafType
from sqlalchemy.engine import Dialect

from db.models.base import Base
from db.rows import row_type
from schema.execution import Execution
from schema.plans.level import Column, Columns, Place

# How many different values of one kind are remembered: a page repeats days and statuses, but few instants.
MOST = 512
# The types of values that are written as they are.
AS_THEY_ARE: dict[str, set[type]] = {"String": {str}, "ID": {str}, "Boolean": {bool}}


class WriteCache(dict[Any, Any]):
    """What values are written as: most of them occur again and again."""

    def __init__(self, write: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self.write = write

    def __missing__(self, value: Any) -> Any:
        if len(self) > MOST:
            self.clear()
            self[None] = None
        text = self[value] = self.write(value)
        return text

    def write_all(self, values: Column) -> Column:
        try:
            return list(map(self.__getitem__, values))
        except TypeError:
            # A value that is no key of a dictionary, such as a list in a scalar of any form.
            return [None if value is None else self.write(value) for value in values]


class Leaf:
    """A scalar or an enum."""

    def __init__(self, kind: GraphQLLeafType) -> None:
        self.as_they_are: set[type] = {type(None)} | AS_THEY_ARE.get(kind.name, set())
        self.write = kind.coerce_output_value
        self.cache = WriteCache(self.write)
        # For the values of a column as a driver has them.
        self.of_columns: dict[tuple[type[Base], str, str], Leaf | WriteCache] = {}

    def of_column(self, model: type[Base], column: str, dialect: Dialect) -> "Leaf | WriteCache":
        """What writes the values that a driver has for a column."""
        key = model, column, dialect.name
        if key not in self.of_columns:
            rows, write = row_type(model), self.write
            read = rows.readers(dialect)[rows.places[column]]
            self.of_columns[key] = WriteCache(lambda value: write(read(value))) if read else self
        return self.of_columns[key]

    def write_all(self, values: Column) -> Column:
        return values if self.as_they_are.issuperset(map(type, values)) else self.cache.write_all(values)

    @property
    def columns(self) -> Columns:
        return None

    async def complete(self, execution: Execution, values: Column, place: Place) -> Column:
        return self.write_all(values)
