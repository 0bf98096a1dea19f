"""Apollo Federation: how a gateway reads the schema of this service, and finds the objects that other services name."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from functools import reduce
from operator import or_
from typing import Annotated, Any, NewType, cast

import strawberry
from strawberry.types.field import StrawberryField
from strawberry.types.scalar import ScalarDefinition

from schema.context import Info
from schema.cost import BUILT, Arguments, costs
from schema.errors import BadInput, ClientError, InvalidId, NotFound
from schema.lookup import find_nodes, lookup_costs
from schema.node import Name, Node, key_fields, lookups, parse_name
from schema.values import ANY

Representation = NewType("Representation", object)
SCALARS: dict[object, ScalarDefinition] = {
    Representation: strawberry.scalar(
        name=ANY,
        description="What a gateway knows of an object: `__typename`, and the fields of one of its keys.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    )
}


@strawberry.type(name="_Service", description="This service as a part of a federation.")
class Subgraph:
    @strawberry.field(
        description="The schema as a gateway composes it: with @link, @key and @shareable, and with @cost and"
        " @listSize, whose numbers follow from the data.",
        metadata=costs(flat=10 * BUILT),
    )
    async def sdl(self, info: Info) -> str:
        # It takes a tenth of a second, once for each state of the data.
        return await asyncio.to_thread(info.schema.subgraph)  # type: ignore[attr-defined]


async def _find_entities(info: Info, representations: list[Any]) -> list[Node | ClientError]:
    context = info.context
    nodes = await find_nodes(context, context.moment, [_try_read(each) for each in representations])
    return [
        NotFound(f"There is no {representation['__typename']} with this key.") if node is None else node
        for representation, node in zip(representations, nodes, strict=True)
    ]


def _read(representation: object) -> Name:
    """What names the object that a representation stands for: its id, or one of the other keys of its type."""
    fields: Mapping[str, object] = representation if isinstance(representation, dict) else {}
    kind = fields.get("__typename")
    if not isinstance(kind, str) or kind not in lookups:
        raise BadInput("A representation is an object whose `__typename` is a type with an id.")
    keys = key_fields(kind)
    for key in keys:
        text = fields.get(key)
        if not isinstance(text, str):
            continue
        if key != "id":
            return kind, None, None, text
        name = parse_name(text)
        if name[0] != kind:
            raise InvalidId(f"{text!r} is the id of a {name[0]}, not of a {kind}.")
        return name
    raise BadInput(f"A representation of a {kind} has its {' or '.join(f'`{key}`' for key in keys)}.")


def _try_read(representation: object) -> Name | ClientError:
    try:
        return _read(representation)
    except ClientError as error:
        return error


def _names(arguments: Arguments) -> set[Name]:
    names = set()
    for representation in arguments("representations") or ():
        with suppress(ClientError):
            names.add(_read(representation))
    return names


@strawberry.type
class SubgraphQueries:
    @strawberry.field(
        name="_service", description="For gateways: this service as a part of a federation.", metadata=costs(flat=0)
    )
    def subgraph(self) -> Subgraph:
        return Subgraph()


def entities_field() -> StrawberryField:
    """The field for gateways that finds objects of all types with an id, which must have been registered before."""
    union = strawberry.union("_Entity", description="Any object with an id, as a gateway asks for it.")
    kinds = [lookups[name].kind for name in sorted(lookups)]
    entity: Any = Annotated[reduce(or_, kinds), union]

    async def resolve(
        self: object,
        info: Info,
        representations: Annotated[
            list[Representation],
            strawberry.argument(description="At most 100 objects with `__typename`, and an `id`, `ref` or `slug`."),
        ],
    ) -> list[Node | ClientError]:
        # graphql-core raises the errors, each in its place.
        return await _find_entities(info, representations)

    field = strawberry.field(
        name="_entities",
        resolver=resolve,
        description="For gateways: the objects that other services name, in their order. One that there is not, or that"
        " is named wrongly, is null with an error in its place.",
        graphql_type=list[entity | None],
        metadata=lookup_costs(_names, "representations"),
    )
    return cast(StrawberryField, field)
