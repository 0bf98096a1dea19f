"""The fields of Query that nouns share: one row by its ref or slug, and a list in pages."""

from collections.abc import Mapping
from typing import Annotated, cast

import strawberry
from strawberry.types.field import StrawberryField

from db import relations
from db.natural_keys import KEY_COLUMN, spellings
from db.paging import Order
from schema.arguments import After, First
from schema.batch import Batch
from schema.context import Info
from schema.cost import costs, every
from schema.errors import NotFound
from schema.filter_fields import Filter, filter_scan
from schema.limits import PAGE
from schema.node import Node, model_of
from schema.orders import SortKey, SortOrder
from schema.paging import Connection, connect, connection_of
from schema.record import moment_of

DESCRIPTIONS = {
    "ref": "The ref, such as SVS-19; small letters are accepted, too.",
    "slug": "The slug; capitals are accepted, too.",
}


def row_field(kind: type[Node]) -> StrawberryField:
    """One row by its ref or slug, in whichever letters it is typed."""
    model, noun = model_of(kind), kind.__name__.lower()
    key = KEY_COLUMN[model]

    async def resolve(self: object, info: Info, name: str) -> Node:
        forms = spellings([name])
        moment = moment_of(self, info)
        found: Mapping[str, Node] = await Batch(info.context, moment).ask(
            relations.by_id, forms, model, getattr(model, key)
        )
        node = next((found[form] for form in forms if form in found), None)
        if node is None:
            raise NotFound(f"There is no {noun} {name!r}.")
        return node

    argument = strawberry.argument(name=key, description=DESCRIPTIONS[key])
    resolve.__annotations__["name"] = Annotated[str, argument]
    description = f"The {noun} with this {key}. An unknown one is null, with the error NOT_FOUND."
    return cast(StrawberryField, strawberry.field(resolver=resolve, description=description, graphql_type=kind | None))


def list_field(
    kind: type[Node], filter_type: type[Filter], order: Order | type[SortOrder], description: str
) -> StrawberryField:
    """A list in pages, in a fixed order or in one that can be chosen."""
    model = model_of(kind)
    filter_argument = strawberry.argument(description="Which ones to list.")

    async def load_page(
        self: object, info: Info, filter: Filter | None, order: Order, name: str, first: int | None, after: str | None
    ) -> Connection[Node]:
        moment = moment_of(self, info)
        where = (filter or filter_type()).conditions(moment.as_of, moment.today)
        return await connect(Node, info.context, moment, model, where, order, first, after, name=name)

    async def resolve(
        self: object, info: Info, filter: Filter | None = None, first: First = PAGE, after: After = None
    ) -> Connection[Node]:
        assert isinstance(order, Order)
        return await load_page(self, info, filter, order, info.field_name, first, after)

    async def resolve_sorted(
        self: object,
        info: Info,
        filter: Filter | None = None,
        order_by: SortOrder | None = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Node]:
        assert isinstance(order, type)
        chosen, moment = order_by or order(), moment_of(self, info)
        by_key = chosen.order((filter or filter_type()).day(moment.as_of), moment.today)
        name = f"{info.field_name} {chosen.name()}"
        return await load_page(self, info, filter, by_key, name, first, after)

    resolver = resolve if isinstance(order, Order) else resolve_sorted
    resolver.__annotations__["filter"] = Annotated[filter_type | None, filter_argument]
    orders: Mapping[str, SortKey] = {}
    if isinstance(order, type):
        orders = order.KEYS
        argument = strawberry.argument(name="orderBy", description=f"By {order().by.name.lower()} if left out.")
        resolver.__annotations__["order_by"] = Annotated[order | None, argument]
    field = strawberry.field(
        resolver=resolver,
        description=description,
        graphql_type=connection_of(kind),  # type: ignore[arg-type]
        metadata=costs(every(model), filter_scan(model, filter_type, orders), paged=True),
    )
    return cast(StrawberryField, field)
