"""What is executed for the objects of one type: its fields, each a column of values."""

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from graphql.pyutils import gather_with_cancel

from schema.cost import OBJECT
from schema.plans.level import Column, Columns, Level, LoadingField, NoPlan, PlainField

# Makes an object of the values of each row of columns.
Join: TypeAlias = Callable[[Iterable[Column]], list[dict[str, Any]]]


class Plan:
    """`kind` is the name of the type, and `names` are those of all fields, in the order of the answer."""

    def __init__(self, kind: str, names: list[str]) -> None:
        self.kind = kind
        self.names = names
        # The fields that the objects already have, and those of them that are never null.
        self.plain: dict[str, PlainField] = {}
        self.required: list[str] = []
        # Those that may load, or lead to objects that do.
        self.loading: dict[str, LoadingField] = {}
        # Whether relations load the columns alone that are read of their rows.
        self.narrows = True

    @cached_property
    def columns(self) -> Columns:
        """What the fields read of the rows of the objects; None if one of them may read any."""
        read: list[Columns] = [field.columns for field in self.plain.values()]
        read += [field.columns for field in self.loading.values()]
        return None if None in read else frozenset().union(*filter(None, read))

    @cached_property
    def join(self) -> Join:
        return _joiner(tuple(self.names))

    async def execute(self, level: Level) -> list[dict[str, Any]]:
        """The answers for the objects of a level, which has at least one."""
        execution, objects = level.execution, level.objects
        execution.meter.charge(len(objects) * (OBJECT + len(self.names)))
        columns: dict[str, Column] = {name: field.column(level) for name, field in self.plain.items()}
        if any(None in columns[name] for name in self.required):
            raise NoPlan
        # Each is executed when it is awaited.
        asked = (field.column(level, level.place.below(name, self.kind)) for name, field in self.loading.items())
        if execution.in_place or len(self.loading) == 1:
            loaded = [await column for column in asked]
        else:
            # Side by side: what the fields of a level load goes to the database together.
            loaded = await gather_with_cancel(*asked)
        columns.update(zip(self.loading, loaded, strict=True))
        if not self.names:
            return [{} for _ in objects]
        return self.join(zip(*map(columns.__getitem__, self.names), strict=True))


@lru_cache(maxsize=1024)
def _joiner(names: tuple[str, ...]) -> Join:
    """It is written as code, as named tuples are: a dictionary that is displayed takes a fourteenth of the time of one
    that is made of pairs. A name of GraphQL is letters, digits and underscores.
    """
    values = [f"v{place}" for place, _ in enumerate(names)]
    pairs = ", ".join(f"{name!r}: {value}" for name, value in zip(names, values, strict=True))
    code = f"lambda rows: [{{{pairs}}} for ({', '.join(values)},) in rows]"
    return eval(code)  # type: ignore[no-any-return]  # noqa: S307
