"""The viewer: whom a token speaks for."""

import strawberry

from db import models
from db.vocabulary import Role, Voice
from schema.batch import Batch, RowMember
from schema.context import Info
from schema.relations import row_of


@strawberry.type(description="Whom the token of the request speaks for.")
class Viewer(RowMember):
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
        if principal is None:
            return None
        roles = [role for role in Role if role in (principal.role, Role.CONTRIBUTOR)]
        viewer = Viewer(name=principal.name, roles=roles, voices=list(principal.voices))
        viewer.row = principal
        return Batch(info.context).add(viewer)
