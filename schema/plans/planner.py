"""Makes the plan of a query, from its text and the types of the schema."""

from functools import partial
from typing import cast

from graphql import (
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet, collect_fields, collect_subfields
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from db.models.base import Base
from db.rows import row_type
from schema.batch import RowMember
from schema.execution import Execution
from schema.node import global_id, id_column
from schema.plans.fields import (
    Attribute,
    ColumnAttribute,
    Constant,
    ObjectAttribute,
    RelationField,
    ResolverField,
    RowColumn,
    RowId,
    SchemaField,
)
from schema.plans.leaves import Leaf
from schema.plans.level import LoadingField, NoPlan, PlainField, Values
from schema.plans.plan import Plan
from schema.plans.values import List, NonNull, Objects
from schema.relations import DIRECT
from schema.row_types import columns_of

META = "__typename"
SCHEMA = ("__schema", "__type")


class Planner:
    """Makes plans for one schema."""

    def __init__(self, converter: GraphQLCoreConverter) -> None:
        self.converter = converter
        self.leaves: dict[str, Leaf] = {}

    def plan(self, execution: Execution) -> Plan:
        """The plan of an operation. Raises NoPlan where it asks for what no plan covers."""
        kind = execution.schema.query_type
        assert kind
        collected = collect_fields(
            execution.schema, execution.fragments, execution.variable_values, kind, execution.operation
        )
        return self._plan(execution, kind, collected.grouped_field_set)

    def _plan(self, execution: Execution, kind: GraphQLObjectType, fields: GroupedFieldSet) -> Plan:
        plan = Plan(kind.name, list(fields))
        for name, details in fields.items():
            node = details[0].node
            if node.name.value == META:
                plan.plain[name] = Constant(kind.name)
                continue
            if node.name.value in SCHEMA:
                plan.loading[name] = SchemaField(details, kind)
                continue
            definition = kind.fields.get(node.name.value)
            field = definition and definition.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
            if definition is None or not isinstance(field, StrawberryField) or details[0].fragment_variable_values:
                raise NoPlan
            leaf = self._leaf(definition.type) if field.is_basic_field else None
            if leaf:
                plan.plain[name] = _read(kind, field.python_name, leaf)
                if isinstance(definition.type, GraphQLNonNull):
                    plan.required.append(name)
                continue
            values = self._values(execution, definition.type, details)
            if DIRECT in field.metadata:
                plan.loading[name] = RelationField(field.metadata[DIRECT], values)
            elif field.is_basic_field:
                plan.loading[name] = _attribute(kind, field.python_name, values)
            else:
                plan.loading[name] = ResolverField(field, definition, details, kind, name, self.converter, values)
        # Those that read whole rows come first: others share what they have loaded, but they not what others have.
        plan.loading = dict(sorted(plan.loading.items(), key=lambda item: item[1].narrows))
        return plan

    def _leaf(self, kind: GraphQLOutputType) -> Leaf | None:
        """What writes the values of a type; None for a type with fields, and for a list."""
        named = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if not isinstance(named, GraphQLScalarType | GraphQLEnumType):
            return None
        if named.name not in self.leaves:
            self.leaves[named.name] = Leaf(named)
        return self.leaves[named.name]

    def _values(self, execution: Execution, kind: GraphQLOutputType, details: FieldDetailsList) -> Values:
        if isinstance(kind, GraphQLNonNull):
            return NonNull(self._values(execution, kind.of_type, details))
        if isinstance(kind, GraphQLList):
            return List(self._values(execution, kind.of_type, details))
        if leaf := self._leaf(kind):
            return leaf
        if isinstance(kind, GraphQLObjectType):
            kinds = [kind]
        else:
            kinds = execution.schema.get_possible_types(cast(GraphQLAbstractType, kind))
        return Objects(kinds, partial(self._plan_objects, details))

    def _plan_objects(self, details: FieldDetailsList, execution: Execution, kind: GraphQLObjectType) -> Plan:
        collected = collect_subfields(
            execution.schema, execution.fragments, execution.variable_values, execution.operation, kind, details
        )
        return self._plan(execution, kind, collected.grouped_field_set)


def _read(kind: GraphQLObjectType, name: str, leaf: Leaf) -> PlainField:
    """How a leaf without a resolver is read from the objects of a type."""
    origin = _origin(kind)
    if column := _column(origin, name):
        return RowColumn(name, leaf, *column)
    if issubclass(origin, RowMember) and name == "id" and (key := id_column(origin)):
        return RowId(name, leaf, key, partial(_write_id, kind.name))
    return Attribute(name, leaf)


def _attribute(kind: GraphQLObjectType, name: str, values: Values) -> LoadingField:
    """The same for what is no leaf."""
    column = _column(_origin(kind), name)
    return ColumnAttribute(name, values, *column) if column else ObjectAttribute(name, values)


def _origin(kind: GraphQLObjectType) -> type:
    origin: type = kind.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].origin
    return origin


def _column(origin: type, name: str) -> tuple[type[Base], str] | None:
    """The column that a field of a type is read from, with its model; None where it is read otherwise."""
    model = getattr(origin, "model", None)
    if model is None or not issubclass(origin, RowMember):
        return None
    column = columns_of(origin).get(name)
    return (model, column) if column and column in row_type(model).places else None


def _write_id(kind: str, key: object) -> str:
    return global_id(kind, str(key))
