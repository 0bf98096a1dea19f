"""Whom a token speaks for."""

from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import models
from db.vocabulary import Role, Voice
from schema.cohort import Cohort, Member
from schema.context import Context
from schema.node import row_of

if TYPE_CHECKING:
    from schema.organisations import Organisation


@strawberry.type(description="Whom the token of the request speaks for.")
class Viewer(Member):
    organisation_key: strawberry.Private[int | None]
    name: str = strawberry.field(description="The name that the token was made for; the log shows it.")
    roles: list[Role] = strawberry.field(description="What it may do. An editor may do what a contributor may.")
    voices: list[Voice] = strawberry.field(description="The voices that it may record statuses in.")

    organisation: Annotated["Organisation", strawberry.lazy("schema.organisations")] | None = row_of(
        models.Organisation, "organisation_key", "The body that it belongs to; null where none was named."
    )

    @classmethod
    def of(cls, context: Context) -> Self | None:
        viewer = context.viewer
        if viewer is None:
            return None
        roles = [role for role in Role if role in (viewer.role, Role.CONTRIBUTOR)]
        made = cls(organisation_key=viewer.organisation_id, name=viewer.name, roles=roles, voices=list(viewer.voices))
        return Cohort(context).add(made)
