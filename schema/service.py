"""The program that answers, beside the record that it answers from."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version

import strawberry

from schema.batch import Batch
from schema.context import Context, Info
from schema.cost import costs
from schema.moment import Moment
from schema.node import ONLY, Node, global_id, node_by

VERSION = version("sixty-one")


async def _find(context: Context, _moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
    # It is no part of the record: after an upgrade, the answer is another one.
    context.pinned.append(False)
    return {ONLY: _build(context)} if ONLY in keys else {}


@node_by(_find, lambda _sizes, _arguments: 0)
@strawberry.type(description="The program that answers. `Dataset` has the revision of what it answers from.")
class Service(Node):
    version: str = strawberry.field(
        description="Its version, such as 1.0.0; the header `Sixty-One-Version` of every answer says the same."
    )


@strawberry.type
class ServiceQueries:
    @strawberry.field(description="The program that answers, and its version.", metadata=costs(flat=0))
    def service(self, info: Info) -> Service | None:
        return _build(info.context)


def _build(context: Context) -> Service:
    return Batch(context).add(Service(id=global_id(Service.__name__, ONLY), version=VERSION))
