"""How objects are found again: by what names them, many at once."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Annotated

import strawberry

from db.sizes import Sizes
from schema.context import Context, Info
from schema.cost import STATEMENT, Arguments, Group, costs, same
from schema.errors import ClientError, InvalidId, TooMuch
from schema.limits import IDS
from schema.moment import Moment
from schema.node import Name, Node, lookups, parse_name
from schema.record import find_moment, moment_of


async def find_nodes(
    context: Context, moment: Moment, names: Sequence[Name | ClientError]
) -> list[Node | ClientError | None]:
    """The nodes with these names: None in the place of one that there is not, and an error stays in its own.

    They are found for each type and moment among them together.
    """
    sound = [name for name in names if not isinstance(name, ClientError)]
    nodes: dict[Name, Node] = {}
    stated = dict.fromkeys(name[1:3] for name in sound)
    moments = {(day, number): await find_moment(context, moment, day, revision=number) for day, number in stated}
    for kind, day, revision in dict.fromkeys(name[:3] for name in sound):
        at = moments[day, revision]
        if at is not None:
            keys = list(dict.fromkeys(key for *group, key in sound if group == [kind, day, revision]))
            found = await lookups[kind].find(context, at, keys)
            nodes.update(((kind, day, revision, key), node) for key, node in found.items())
    return [name if isinstance(name, ClientError) else nodes.get(name) for name in names]


def lookup_costs(names: Callable[[Arguments], Collection[Name]], several: str | None = None) -> dict[object, object]:
    """The costs of a field that finds what its arguments name: one object, or those of the list `several`."""

    def length(group: Group, _sizes: Sizes, arguments: Arguments) -> Group:
        # The entries may all be the same. If they are left out, there are as many as there may be.
        entries = arguments(several) if several else None
        number = IDS if entries is None else len(entries)
        if number > IDS:
            raise TooMuch("TOO_MANY_IDS", f"`{several}` may hold {IDS} at most.", allowed=IDS, asked=number)
        return Group(group.number * number, group.number * number)

    def flat(sizes: Sizes, arguments: Arguments) -> int:
        """To find each moment that is named, and the objects of each type at each moment."""
        found = names(arguments)
        keys = Counter(name[:3] for name in found)
        total = sum(
            lookups[kind].cost(sizes, arguments) * (number if lookups[kind].each else 1)
            for (kind, *_), number in keys.items()
        )
        return total + STATEMENT * len({name[1:3] for name in found} - {(None, None)})

    def moments(_group: Group, _sizes: Sizes, arguments: Arguments) -> int:
        """Names without a moment are of that of the query."""
        return max(len({name[1:3] for name in names(arguments)}), 1)

    return costs(length if several else same, flat, moments=moments)


def _try_parse(id: str) -> Name | InvalidId:
    try:
        return parse_name(id)
    except InvalidId as error:
        return error


def _names(arguments: Arguments) -> set[Name]:
    """The parts of the ids in an argument. Those that are none take no work: execution says which one is wrong."""
    names = set()
    for id in [arguments("id"), *(arguments("ids") or ())]:
        with suppress(InvalidId):
            names.add(parse_name(str(id)))
    return names


@strawberry.type
class NodeQueries:
    @strawberry.field(
        description="The node with this id; null where there is none.",
        graphql_type=Node | None,
        metadata=lookup_costs(_names),
    )
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
    ) -> Node | ClientError | None:
        return (await find_nodes(info.context, moment_of(self, info), [_try_parse(id)]))[0]

    @strawberry.field(
        description="The nodes with these ids, in their order; null in the place of an unknown one, and with the error"
        " INVALID_ID in that of one which is no id.",
        graphql_type=list[Node | None],
        metadata=lookup_costs(_names, "ids"),
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100 global ids.")],
    ) -> list[Node | ClientError | None]:
        # graphql-core raises the errors, each in its place.
        return await find_nodes(info.context, moment_of(self, info), [_try_parse(id) for id in ids])
