"""The viewer: whom a token speaks for."""

from collections.abc import Mapping, Sequence

import strawberry

from db import models
from db.tokens import Principal
from db.vocabulary import Role, Voice
from schema.batch import Batch
from schema.context import Context, Info
from schema.moment import Moment
from schema.node import Node, global_id, node_by
from schema.relations import row_of


async def _find(context: Context, _moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
    """The viewer, for whom an id of another viewer is one of nothing."""
    principal = context.viewer
    return {} if principal is None or _key(principal) not in keys else {_key(principal): _build(context, principal)}


@node_by(_find, lambda _sizes, _arguments: 0)
@strawberry.type(description="Whom the token of the request speaks for.")
class Viewer(Node):
    name: str = strawberry.field(description="The name that the token was made for; the log shows it.")
    roles: list[Role] = strawberry.field(description="What it may do. An editor may do what a contributor may.")
    voices: list[Voice] = strawberry.field(description="The voices that it may record statuses in.")
    organisation = row_of(
        models.Organisation, models.Token.organisation_id, "The body that it belongs to; null where none was named."
    )


@strawberry.type
class ViewerQueries:
    @strawberry.field(description="Whom the token speaks for; null for the public.")
    def viewer(self, info: Info) -> Viewer | None:
        principal = info.context.viewer
        return None if principal is None else _build(info.context, principal)


def _build(context: Context, principal: Principal) -> Viewer:
    roles = [role for role in Role if role in (principal.role, Role.CONTRIBUTOR)]
    id = global_id(Viewer.__name__, _key(principal))
    viewer = Viewer(id=id, name=principal.name, roles=roles, voices=list(principal.voices))
    viewer.row = principal
    return Batch(context).add(viewer)


def _key(principal: Principal) -> str:
    return str(principal.number)
