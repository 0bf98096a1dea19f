"""The lengths of the lists that introspection leads to."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import graphql

from db.sizes import Lengths, Sizes
from schema.cost import Arguments, Group, Length, fixed

# The type within a list or within a type that is never null.
WRAPPED = ("__Type", "ofType")
# What refers to a type, by a field that may lead to a list or to a type that is never null.
REFERENCES = {("__Field", "type"), ("__InputValue", "type")}
# The type of a field is at most a list that is never null, of items that are never null.
WRAPPERS = 3


@lru_cache(maxsize=8)
def lengths(schema: graphql.GraphQLSchema) -> dict[tuple[str, str], Length]:
    kinds = schema.type_map.values()
    composite = [kind for kind in kinds if isinstance(kind, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType)]
    arguments = [len(field.args) for kind in composite for field in kind.fields.values()]
    enums = [kind for kind in kinds if isinstance(kind, graphql.GraphQLEnumType)]
    inputs = [kind for kind in kinds if isinstance(kind, graphql.GraphQLInputObjectType)]

    def all_types(group: Group, _sizes: Sizes, _arguments: Arguments) -> Group:
        return Group(group.number * len(schema.type_map), group.number)

    abstract = [kind for kind in kinds if isinstance(kind, graphql.GraphQLInterfaceType | graphql.GraphQLUnionType)]
    implementers = [len(schema.get_possible_types(kind)) for kind in abstract]
    return {
        ("__Schema", "types"): all_types,
        ("__Schema", "directives"): fixed(len(schema.directives)),
        ("__Type", "fields"): _lists(len(kind.fields) for kind in composite),
        ("__Type", "interfaces"): _lists((len(kind.interfaces) for kind in composite), max(implementers, default=0)),
        ("__Type", "possibleTypes"): _lists(implementers, len(abstract)),
        ("__Type", "enumValues"): _lists(len(kind.values) for kind in enums),
        ("__Type", "inputFields"): _lists(len(kind.fields) for kind in inputs),
        ("__Field", "args"): _lists(arguments),
        ("__Directive", "args"): _lists(len(directive.args) for directive in schema.directives),
    }


@lru_cache(maxsize=8)
def reference_counts(schema: graphql.GraphQLSchema) -> tuple[int, ...]:
    """How many references to a type there are, at most, with one level of `ofType`, with two and with three."""
    counts = Counter[int]()
    for kind in schema.type_map.values():
        # Those of introspection are among them.
        for field in getattr(kind, "fields", {}).values():
            for reference in (field, *getattr(field, "args", {}).values()):
                counts.update(range(_levels(getattr(reference, "type", None))))
    for directive in schema.directives:
        for argument in directive.args.values():
            counts.update(range(_levels(argument.type)))
    return tuple(counts[level] for level in range(WRAPPERS))


def _levels(kind: object) -> int:
    return 1 + _levels(kind.of_type) if isinstance(kind, graphql.GraphQLWrappingType) else 0


def _lists(numbers: Iterable[int], shared: int = 1) -> Length:
    lists = Lengths(tuple(sorted(Counter(numbers).items(), reverse=True)))

    def length(group: Group, _sizes: Sizes, _arguments: Arguments) -> Group:
        return group.within(lists, shared)

    return length
