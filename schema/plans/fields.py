"""The fields of a plan, by how they get their values."""

import asyncio
from collections.abc import Callable
from operator import attrgetter
from types import CoroutineType
from typing import Any

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path, gather_with_cancel
from sqlalchemy.engine import Dialect
from strawberry.schema.schema_converter import GraphQLCoreConverter, get_arguments
from strawberry.types.field import StrawberryField

from db.models.base import Base
from db.rows import Unread, row_type
from schema.batch import AnyMember, Batch
from schema.keys import ColumnKey, keys_of
from schema.loads import BY_LOAD, ROWS, Load
from schema.meter import Exhausted
from schema.plans.leaves import Leaf, WriteCache
from schema.plans.level import Column, Columns, Level, NoPlan, Place, Values

AWAITABLE = {CoroutineType, asyncio.Future, asyncio.Task}


class Constant:
    """The name of the type."""

    columns: Columns = frozenset()

    def __init__(self, value: str) -> None:
        self.value = value

    def column(self, level: Level) -> Column:
        return [self.value] * len(level.objects)


class Attribute:
    """A leaf that is an attribute of the object."""

    columns: Columns = None

    def __init__(self, name: str, leaf: Leaf) -> None:
        self.read = attrgetter(name)
        self.leaf = leaf

    def column(self, level: Level) -> Column:
        return self.leaf.write_all(list(map(self.read, level.objects)))


class RowColumn(Attribute):
    """A leaf that is a column of the row of the object: written from what the driver has."""

    def __init__(self, name: str, leaf: Leaf, model: type[Base], column: str) -> None:
        super().__init__(name, leaf)
        self.model = model
        self.name = column
        self.columns = frozenset({column})

    def column(self, level: Level) -> Column:
        if level.rows is None:
            return super().column(level)
        return self.leaf.of_column(self.model, self.name, level.execution.dialect).write_all(level.read(self.name))


class RowId(Attribute):
    """The id of a node, made of a column of its row."""

    def __init__(self, name: str, leaf: Leaf, column: str, write: Callable[[Any], str]) -> None:
        super().__init__(name, leaf)
        self.name = column
        self.columns = frozenset({column})
        self.cache = WriteCache(write)

    def column(self, level: Level) -> Column:
        # The id of an object of a moment names the moment.
        if level.rows is None or level.batch is None or level.batch.moment.is_stated:
            return super().column(level)
        return self.cache.write_all(level.read(self.name))


class RelationField:
    """What is loaded for all objects by one question."""

    narrows = True

    def __init__(self, load: Load, values: Values) -> None:
        self.load = load
        self.values = values
        self.columns: Columns = frozenset({load.key_of.column}) if isinstance(load.key_of, ColumnKey) else None

    async def column(self, level: Level, place: Place) -> Column:
        if level.batch is None:
            values: Column = await _await_each([self.load(member) for member in level.objects])
        else:
            values = await _load(level, level.batch, self.load, self.values.columns)
        return await self.values.complete(level.execution, values, place)


class ObjectAttribute:
    """An attribute of the object that is no leaf."""

    narrows = False
    columns: Columns = None

    def __init__(self, name: str, values: Values) -> None:
        self.read = attrgetter(name)
        self.values = values

    async def column(self, level: Level, place: Place) -> Column:
        return await self.values.complete(level.execution, list(map(self.read, level.objects)), place)


class ColumnAttribute(ObjectAttribute):
    """The same of a column of the row of the object: read once of each text that the driver has."""

    def __init__(self, name: str, values: Values, model: type[Base], column: str) -> None:
        super().__init__(name, values)
        self.model = model
        self.name = column
        self.columns = frozenset({column})
        # By the dialect.
        self.caches: dict[str, WriteCache] = {}

    async def column(self, level: Level, place: Place) -> Column:
        if level.rows is None:
            return await super().column(level, place)
        values = self._cache(level.execution.dialect).write_all(level.read(self.name))
        return await self.values.complete(level.execution, values, place)

    def _cache(self, dialect: Dialect) -> WriteCache:
        if dialect.name not in self.caches:
            rows = row_type(self.model)
            self.caches[dialect.name] = WriteCache(rows.readers(dialect)[rows.places[self.name]] or _as_it_is)
        return self.caches[dialect.name]


class ResolverField:
    """What a resolver returns. Its arguments are read once for all objects."""

    columns: Columns = None

    def __init__(
        self,
        field: StrawberryField,
        definition: GraphQLField,
        details: FieldDetailsList,
        parent: GraphQLObjectType,
        name: str,
        converter: GraphQLCoreConverter,
        values: Values,
    ) -> None:
        self.field = field
        self.is_by_load = BY_LOAD in field.metadata
        self.narrows = ROWS.items() <= field.metadata.items()
        self.definition = definition
        self.details = details
        self.nodes = [each.node for each in details]
        self.parent = parent
        self.name = name
        self.converter = converter
        self.values = values

    async def column(self, level: Level, place: Place) -> Column:
        try:
            values = await self._load(level, place.path)
        except (Exhausted, Unread):
            raise
        except Exception as error:
            # Where the field may be null, and is the only one, it is known where the error occurred.
            if place.path is None or isinstance(self.definition.type, GraphQLNonNull):
                raise
            level.execution.handle_field_error(error, self.definition.type, self.details, place.path)
            return [None]
        return await self.values.complete(level.execution, values, place)

    async def _load(self, level: Level, path: Path | None) -> Column:
        execution = level.execution
        # One for all objects: no resolver asks for the path.
        path = path or Path(None, self.name, self.parent.name)
        info = execution.build_resolve_info(self.definition, self.nodes, self.parent, path)
        arguments = get_argument_values(self.definition, self.nodes[0], execution.variable_values)
        if self.is_by_load and level.batch:
            [load] = self._resolve([AnyMember(level.batch)], info, arguments)
            return await _load(level, level.batch, load, self.values.columns if self.narrows else None)
        values = self._resolve(level.objects, info, arguments)
        if AWAITABLE.isdisjoint(map(type, values)):
            return values
        if self.field.is_async and len(values) > 1 and not execution.in_place:
            return await gather_with_cancel(*values)
        return await _await_each(values)

    def _resolve(self, objects: Column, info: GraphQLResolveInfo[Any], arguments: dict[str, Any]) -> list[Any]:
        field, converter, resolver = self.field, self.converter, self.field.base_resolver
        if field.extensions or resolver is None:
            assert self.definition.resolve
            return [self.definition.resolve(each, info, **arguments) for each in objects]
        own_info = converter.config.info_class(_raw_info=info, _field=field)
        _, values = get_arguments(
            field=field, source=objects[0], info=own_info, kwargs=arguments, config=converter.config,
            scalar_registry=converter.scalar_registry,
        )  # fmt: skip
        call: Any = resolver.wrapped_func
        sources = [each.name for each in (resolver.parent_parameter, resolver.root_parameter) if each]
        if sources:
            own = resolver.self_parameter is not None
            return [call(*([each] if own else ()), **values | dict.fromkeys(sources, each)) for each in objects]
        if resolver.self_parameter:
            return [call(each, **values) for each in objects]
        return [call(**values) for _ in objects]


class SchemaField:
    """What is asked of the schema itself. graphql-core executes it: nothing is loaded for it."""

    columns: Columns = None
    narrows = False

    def __init__(self, details: FieldDetailsList, parent: GraphQLObjectType) -> None:
        self.details = details
        self.parent = parent

    async def column(self, level: Level, place: Place) -> Column:
        if place.path is None:
            raise NoPlan
        return [level.execution.execute_field(self.parent, level.objects[0], self.details, place.path, None)]


async def _load(level: Level, batch: Batch, load: Load, columns: Columns) -> Column:
    """What is loaded for all objects of a level."""
    if not level.execution.narrows:
        columns = None
    found = batch.load(load.question, load.key_of, load.args, load.known_at, columns)
    by_key = (await found if isinstance(found, asyncio.Future) else found).get
    values = map(by_key, keys_of(load.key_of, level.objects, level.rows))
    return list(map(load.change, values) if load.change else values)


def _as_it_is(value: object) -> object:
    return value


async def _await_each(values: list[Any]) -> list[Any]:
    """The values, of which some are to be awaited: one after the other, because most wait for the same."""
    return [await value if type(value) in AWAITABLE else value for value in values]
