"""Who may make a change. Every mutation says which role it takes."""

from collections.abc import Awaitable, Callable
from typing import Any

from strawberry.extensions import FieldExtension

from db.vocabulary import ProblemCode, Role
from schema.context import Info
from schema.errors import Unauthenticated
from schema.results import Rejected


class Allowed(FieldExtension):
    """Lets in those who have the role, before anything that was sent is looked at."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: Any, info: Info, **arguments: Any
    ) -> Any:
        viewer = info.context.viewer
        if viewer is None:
            raise Unauthenticated
        if viewer.role not in (self.role, Role.EDITOR):
            return Rejected.at_once(ProblemCode.NOT_ALLOWED, "This takes the token of an editor.")
        return await next_(source, info, **arguments)
