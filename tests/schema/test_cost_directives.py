"""`@cost` and `@listSize` say what the server counts: a tool that knows only them comes to the price of a query."""

from dataclasses import dataclass, field
from typing import TypeAlias

import graphql
import pytest

from tests.server import Api

# As Apollo Federation 2.9 defines them, after the specification of IBM.
DEFINITIONS = """
directive @cost(weight: Int!) on
  ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],
  requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
directive @key(fields: String!) repeatable on OBJECT
directive @shareable repeatable on FIELD_DEFINITION | OBJECT
directive @link(url: String!, import: [String!]) repeatable on SCHEMA
"""
Element: TypeAlias = graphql.GraphQLNamedType | graphql.GraphQLField | graphql.GraphQLInputField


@dataclass
class Calculator:
    """The cost of a query by static analysis, as the specification has it: that of its fields and that of its types."""

    schema: graphql.GraphQLSchema
    cost: graphql.GraphQLDirective = field(init=False)
    list_size: graphql.GraphQLDirective = field(init=False)

    def __post_init__(self) -> None:
        self.cost, self.list_size = (
            next(each for each in self.schema.directives if each.name == name) for name in ("cost", "listSize")
        )

    def query(self, text: str) -> int:
        [operation] = graphql.parse(text).definitions
        assert isinstance(operation, graphql.OperationDefinitionNode)
        root = self.schema.get_root_type(operation.operation)
        assert root
        return self.weight(root) + self.selections(operation.selection_set, root, 1, {})

    def selections(
        self, node: graphql.SelectionSetNode, kind: graphql.GraphQLNamedType, number: int, sizes: dict[str, int]
    ) -> int:
        """What a selection on this many objects costs; `sizes` has the lengths of their lists that are known."""
        total = 0
        for selection in node.selections:
            if isinstance(selection, graphql.InlineFragmentNode):
                assert selection.type_condition
                inner = self.schema.type_map[selection.type_condition.name.value]
                total += self.selections(selection.selection_set, inner, number, sizes)
                continue
            assert isinstance(selection, graphql.FieldNode)
            name = selection.name.value
            # Of an interface, that of the dearest type.
            assert isinstance(kind, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType)
            kinds = self.schema.get_possible_types(kind) if graphql.is_abstract_type(kind) else [kind]
            definitions = [each.fields[name] for each in kinds]
            definition = max(definitions, key=self.weight)
            total += number * self.weight(definition) + self.conditions(selection, definition)
            if selection.selection_set:
                size, inner_sizes = self.sizes(selection, definition)
                objects = number * sizes.get(name, size)
                inner = graphql.get_named_type(definition.type)
                total += objects * self.weight(inner)
                total += self.selections(selection.selection_set, inner, objects, inner_sizes)
        return total

    def conditions(self, node: graphql.FieldNode, definition: graphql.GraphQLField) -> int:
        """What the entries of the filter cost that a field is given."""
        total = 0
        for argument in node.arguments or ():
            kind = graphql.get_named_type(definition.args[argument.name.value].type)
            if isinstance(argument.value, graphql.ObjectValueNode) and isinstance(kind, graphql.GraphQLInputObjectType):
                total += sum(self.weight(kind.fields[entry.name.value]) for entry in argument.value.fields)
        return total

    def weight(self, element: Element) -> int:
        if isinstance(element, graphql.GraphQLInterfaceType | graphql.GraphQLUnionType):
            return max(map(self.weight, self.schema.get_possible_types(element)))
        assert element.ast_node
        values = graphql.get_directive_values(self.cost, element.ast_node)
        assert values, element
        return int(values["weight"])

    def sizes(self, node: graphql.FieldNode, definition: graphql.GraphQLField) -> tuple[int, dict[str, int]]:
        """How long the list of a field is, and the lists of the object that it leads to."""
        assert definition.ast_node
        values = graphql.get_directive_values(self.list_size, definition.ast_node)
        if values is None:
            return 1, {}
        slices = [
            int(argument.value.value)
            for argument in node.arguments or ()
            if argument.name.value in values.get("slicingArguments", ())
            if isinstance(argument.value, graphql.IntValueNode)
        ]
        size = max(slices, default=values["assumedSize"])
        fields = values.get("sizedFields")
        return (1, dict.fromkeys(fields, size)) if fields else (size, {})


@pytest.fixture(scope="module")
def calculator(api_readonly: Api) -> Calculator:
    sdl = api_readonly.ask("{ _service { sdl } }")["_service"]["sdl"]
    return Calculator(graphql.build_schema(DEFINITIONS + sdl))


def price(api: Api, query: str) -> int:
    response = api.http.post("/graphql", json={"query": query}, headers={"sixty-one-cost": "1"}).json()
    assert "errors" not in response, response
    return int(response["extensions"]["cost"]["price"])


@pytest.mark.parametrize(
    "query",
    [
        "{ dataset { revision } }",
        "{ commitments { totalCount } }",
        "{ commitments(first: 10) { nodes { ref } } }",
        "{ commitments(first: 10) { totalCount edges { cursor node { ref title } } } }",
        "{ strategy { themes { title } citations { paragraph } } }",
        "{ funds(first: 1) { nodes { name allocations { id money { amount } } reconciliation { state } } } }",
        "{ funds(first: 1) { nodes { shares { total { unknownSums } } } } }",
        "{ events(first: 1) { nodes { hosts { name } participants { name role } } } }",
        "{ coverage { stated gaps { kind } } }",
        "{ progress { total byTheme { total groups { group count } } } }",
        "{ facets { topic { value count } } }",
        "{ changes(first: 2) { totalCount nodes { revision } } }",
        "{ discrepancies(first: 1) { nodes { claims { says } } } }",
        "{ record { commitments(first: 3) { nodes { ref } } } }",
    ],
)
def test_the_directives_say_the_price(api_readonly: Api, calculator: Calculator, query: str) -> None:
    assert calculator.query(query) == price(api_readonly, query)


@pytest.mark.parametrize(
    "query",
    [
        # A statement serves all objects of a list, and the specification has no word for that.
        "{ commitments(first: 10) { nodes { ref leads { name } status funds { name } } } }",
        "{ funds(first: 20) { nodes { allocations { recipient { name allocations { id } } } } } }",
        # The longest list of all is assumed for each.
        "{ documents { nodes { citations(first: 100) { nodes { paragraph } } } } }",
        # A condition costs more in some fields that take the filter than in others.
        "{ commitments(first: 5, filter: {agreement: [AGREE]}) { nodes { title } } }",
        # No more items are on a page than there are.
        "{ terms(first: 100) { nodes { slug } } }",
    ],
)
def test_where_the_directives_cannot_say_the_price_they_say_more(
    api_readonly: Api, calculator: Calculator, query: str
) -> None:
    assert calculator.query(query) > price(api_readonly, query)


@pytest.mark.parametrize(
    ("query", "characters"),
    [
        ('{ commitment(ref: "SVS-01") { title } }', 6),
        ('{ document(slug: "itv-2019-12-29") { title publisher { name } } }', 14),
        ("{ funds(first: 5, filter: {root: true}) { nodes { name } } }", 0),
        ("{ funds(first: 5, filter: {state: [BALANCED]}) { nodes { name } } }", 1),
    ],
)
def test_texts_in_arguments_are_counted_beside_the_directives(
    api_readonly: Api, calculator: Calculator, query: str, characters: int
) -> None:
    assert calculator.query(query) + 5 * characters == price(api_readonly, query)
