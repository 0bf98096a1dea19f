"""What people have a name for, and a page about."""

import strawberry
from graphql import GraphQLInterfaceType, GraphQLSchema

from schema.cost import STATEMENT, costs
from schema.node import Node

# The columns that make up the name, in this order: of a commitment two.
COLUMNS = ("ref", "title", "name", "question")
LABEL = "What readers call it, in a line: of a commitment its ref and its title, of a disagreement the question."
PAGE_URL = (
    "The address of the page that shows it, at the moment that the query states. It begins with a slash where the"
    " operator has set no address of the service: resolve it against that of the API, as browsers do."
)


@strawberry.interface(description="Anything with a page of its own, or a place on one.")
class Named(Node):
    @strawberry.field(description=LABEL, metadata=costs(flat=0))
    def label(self) -> str:
        return " ".join(filter(None, (getattr(self.row, column, None) for column in COLUMNS)))

    @strawberry.field(description=PAGE_URL, metadata=costs(flat=0))
    def page_url(self) -> str:
        return self.address()

    def address(self, owner: str = "") -> str:
        """`owner` is the natural key of the row whose page shows this one, where it has no page of its own."""
        return self.batch.context.page_url(type(self).__name__, self.natural_key, owner, self.moment.stated)


def state_costs(schema: GraphQLSchema) -> None:
    """States on the interface what the most costly of its types take, which load the row that shows them."""
    named = schema.type_map[Named.__name__]
    assert isinstance(named, GraphQLInterfaceType)
    for name in ("label", "pageUrl"):
        named.fields[name].extensions |= costs(flat=STATEMENT)
