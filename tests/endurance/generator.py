"""Random queries that are valid against the schema: the same ones for the same seed."""

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import graphql

META = {"__schema": graphql.SchemaMetaFieldDef, "__type": graphql.TypeMetaFieldDef}
COMPOSITE = graphql.GraphQLObjectType | graphql.GraphQLInterfaceType
# Which pool of values an argument, or an entry of a filter, is chosen from.
POOLS = {"theme": "themes", "lead": "organisations", "publisher": "organisations", "recipient": "organisations"}
POOLS |= {"fund": "funds", "event": "events", "commitment": "refs", "ref": "refs", "id": "ids", "ids": "ids"}
POOLS |= {"subject": "ids", "name": "types", "search": "words", "series": "words", "region": "words"}
POOLS |= {"key": "keys", "area": "areas", "within": "areas", "organisation": "organisations", "q": "words"}
POOLS |= {"document": "documents", "host": "organisations", "participant": "people", "topic": "words"}
POOLS |= {"sector": "words"}
SLUGS = {"fund": "funds", "event": "events", "organisation": "organisations", "document": "documents"}
SLUGS |= {"area": "areas", "person": "people", "term": "terms"}
Fields = Sequence[tuple[str, graphql.GraphQLField]]


class Generator:
    def __init__(
        self, schema: graphql.GraphQLSchema, pools: Mapping[str, Sequence[str]], seed: int, *, revision: int
    ) -> None:
        assert schema.query_type
        self.schema = schema
        self.pools = pools
        # Those on record, and one that is not.
        self.revisions = range(1, revision + 2)
        self.random = Random(seed)
        # Not what gateways alone ask for: a representation is of no type that the schema describes.
        fields = schema.query_type.fields.items()
        self.roots: Fields = [*((name, field) for name, field in fields if name[0] != "_"), *META.items()]
        # The fan of a query leads through lists, and from the root to where they begin.
        self.wide = [(name, field) for name, field in self.roots if self.leads(field)]

    def query(self, *, wide: bool) -> tuple[str, dict[str, Any]]:
        """A query and its variables. A wide one follows relations back and forth, and asks for long lists."""
        return Query(self, wide=wide).build()

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def leads(self, field: graphql.GraphQLField) -> bool:
        kind = graphql.get_named_type(field.type)
        return isinstance(kind, COMPOSITE) and not kind.name.startswith("__") and kind.name not in ("Dataset", "Viewer")


class Query:
    def __init__(self, generator: Generator, *, wide: bool) -> None:
        self.generator = generator
        self.random = generator.random
        self.chance = generator.chance
        self.wide = wide
        self.aliases = 0
        self.fragments: dict[str, str] = {}
        # By their types. A name is added when its fragment is complete, so that no fragment leads to itself.
        self.fragment_names: dict[str, list[str]] = {}
        self.variables_by_name: dict[str, str] = {}
        self.variables: dict[str, Any] = {}

    def build(self) -> tuple[str, dict[str, Any]]:
        roots = self.generator.wide if self.wide else self.generator.roots
        number = self.random.choice((1, 1, 1, 2)) if self.wide else self.random.choice((1, 1, 2))
        depth = self.random.randint(3, 8) if self.wide else self.random.randint(1, 4)
        fields = " ".join(self.field(*self.random.choice(roots), depth, root=True) for _ in range(number))
        definitions = ", ".join(f"${name}: {kind}" for name, kind in self.variables_by_name.items())
        head = f"query Q({definitions}) " if definitions else self.random.choice(("", "query ", "query Q "))
        return " ".join([f"{head}{{ {fields} }}", *self.fragments.values()]), self.variables

    def field(self, name: str, field: graphql.GraphQLField, depth: int, *, root: bool = False) -> str:
        # Fields of one name with other arguments cannot be merged, so that these need a name of their own.
        alias = f"{self.alias()}: " if field.args or root or self.chance(0.05) else ""
        arguments = self.arguments(name, field.args)
        directive = self.random.choice((" @include(if: true)", " @skip(if: false)", " @skip(if: true)"))
        inner = self.selection(graphql.get_named_type(field.type), depth - 1)
        return f"{alias}{name}{arguments}{directive if self.chance(0.02) else ''}{inner}"

    def selection(self, kind: graphql.GraphQLNamedType, depth: int) -> str:
        if not isinstance(kind, COMPOSITE):
            return ""
        about_itself = kind.name.startswith("__")
        if (names := self.fragment_names.get(kind.name)) and self.chance(0.2):
            return f" {{ ...{self.random.choice(names)} }}"
        # The schema's own types lead to each other so quickly that the library allows only a few levels of them.
        inner = self.members(kind, min(depth, 2) if about_itself else depth)
        if self.chance(0.1) and not about_itself:
            name = f"F{len(self.fragments)}"
            # Its place is taken before it is finished: there may be others within.
            self.fragments[name] = f"fragment {name} on {kind.name} {{ {inner} }}"
            self.fragment_names.setdefault(kind.name, []).append(name)
            inner = f"...{name}"
        return f" {{ {inner} }}"

    def members(self, kind: COMPOSITE, depth: int) -> str:
        if isinstance(kind, graphql.GraphQLInterfaceType):
            possible = self.generator.schema.get_possible_types(kind)
            types = self.random.sample(possible, self.random.randint(1, 2))
            return " ".join(["__typename", *(self.part(results, depth) for results in types)])
        leaves = [(name, field) for name, field in kind.fields.items() if graphql.is_leaf_type(_named_type(field))]
        further = [(name, field) for name, field in kind.fields.items() if not graphql.is_leaf_type(_named_type(field))]
        results = [self.field(*types, depth) for types in self.some(leaves, 0, 2 if self.wide else 3)]
        if depth > 0:
            results += [self.field(*types, depth) for types in self.further(further)]
        return " ".join(results) or "__typename"

    def part(self, kind: graphql.GraphQLObjectType, depth: int) -> str:
        """Under names of their own: the parts of two types cannot always be merged."""
        some = self.some(list(kind.fields.items()), 1, 2)
        inner = [self.field(*field, depth, root=True) for field in some if depth > 0 or not _composite(field[1])]
        return f"... on {kind.name} {{ {' '.join(inner) or '__typename'} }}"

    def further(self, fields: Fields) -> Fields:
        if not self.wide:
            return self.some(fields, 0, 2)
        lists = [(name, field) for name, field in fields if _long(field)]
        lead = self.some(lists or fields, 1, 1)
        return [*lead, *(self.some(fields, 0, 1) if self.chance(0.3) else ())]

    def some(self, fields: Fields, least: int, most: int) -> Fields:
        return self.random.sample(list(fields), min(len(fields), self.random.randint(least, most)))

    def alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}"

    def arguments(self, field: str, arguments: Mapping[str, graphql.GraphQLArgument]) -> str:
        texts = []
        for name, argument in arguments.items():
            likely = 0.6 if name == "first" and self.wide else 0.1 if name == "after" else 0.3
            if graphql.is_required_argument(argument) or self.chance(likely):
                value = self.value(field, name, argument.type)
                texts.append(f"{name}: {self.variable(argument.type, value) or literal(argument.type, value)}")
        return f"({', '.join(texts)})" if texts else ""

    def variable(self, kind: graphql.GraphQLInputType, value: Any) -> str | None:
        if not self.chance(0.2):
            return None
        name = f"v{len(self.variables_by_name)}"
        self.variables_by_name[name] = str(kind)
        self.variables[name] = value
        return f"${name}"

    def value(self, field: str, name: str, kind: graphql.GraphQLInputType) -> Any:
        """A value as JSON has it."""
        if graphql.is_non_null_type(kind):
            return self.build_value(field, name, kind.of_type)
        return None if self.chance(0.05) else self.build_value(field, name, kind)

    def build_value(self, field: str, name: str, kind: Any) -> Any:
        match kind:
            case graphql.GraphQLList(of_type=inner):
                return [self.value(field, name, graphql.GraphQLNonNull(_bare(inner))) for _ in range(self.length(name))]
            case graphql.GraphQLEnumType(values=values):
                return self.random.choice(list(values))
            case graphql.GraphQLInputObjectType(fields=fields):
                entries = [
                    (entry, part)
                    for entry, part in fields.items()
                    if graphql.is_required_input_field(part) or self.chance(0.2)
                ]
                return {entry: self.value(field, entry, part.type) for entry, part in entries}
            case graphql.GraphQLScalarType(name="Int") if name == "revision":
                return self.random.choice(self.generator.revisions)
            case graphql.GraphQLScalarType(name="Int"):
                return 100 if self.wide and self.chance(0.7) else self.random.randint(1, 100)
            case graphql.GraphQLScalarType(name="Boolean"):
                return self.chance(0.5)
            case graphql.GraphQLScalarType(name="Date"):
                return self.day(*((2018, 2020) if name == "from" else (2021, 2026)))
            case graphql.GraphQLScalarType(name="DateTime") if self.chance(0.7):
                return self.random.choice(self.generator.pools["instants"])
            case graphql.GraphQLScalarType(name="DateTime"):
                # Before the first revision, mostly.
                return f"{self.day(2026, 2026)}T09:00:00Z"
            case _:
                return self.random.choice(self.pool(field, name))

    def length(self, name: str) -> int:
        return self.random.randint(1, 40 if name == "ids" else 3)

    def pool(self, field: str, name: str) -> Sequence[str]:
        pools = self.generator.pools
        return pools[f"after {field}"] if name == "after" else pools[POOLS.get(name) or SLUGS[field]]

    def day(self, first: int, last: int) -> str:
        random = self.random
        return f"{random.randint(first, last)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def literal(kind: Any, value: Any) -> str:
    """A value as the text of a query has it."""
    kind = _bare(kind)
    match value:
        case list():
            return f"[{', '.join(literal(kind.of_type, entry) for entry in value)}]"
        case dict():
            entries = (f"{name}: {literal(kind.fields[name].type, entry)}" for name, entry in value.items())
            return f"{{{', '.join(entries)}}}"
        case str() if isinstance(kind, graphql.GraphQLEnumType):
            return value
        case _:
            return json.dumps(value)


def _named_type(field: graphql.GraphQLField) -> graphql.GraphQLNamedType:
    return graphql.get_named_type(field.type)


def _bare(kind: Any) -> Any:
    return kind.of_type if graphql.is_non_null_type(kind) else kind


def _composite(field: graphql.GraphQLField) -> bool:
    return graphql.is_composite_type(_named_type(field))


def _long(field: graphql.GraphQLField) -> bool:
    """Whether it leads to a list of objects, at once or as the items of a page."""
    return graphql.is_list_type(_bare(field.type)) or _named_type(field).name.endswith("Connection")
