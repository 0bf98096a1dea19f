"""Mutations: each performs a task of `db.writing`, in one transaction."""

from typing import Annotated, Any, cast, get_type_hints

import strawberry
from strawberry.types import get_object_definition
from strawberry.types.field import StrawberryField

from db.database import Busy
from db.models.base import Base
from db.vocabulary import ProblemCode, Role
from db.writing import base
from db.writing.inputs import Input
from schema.batch import Batch
from schema.changes import Change
from schema.context import Context, Info
from schema.errors import InvalidId, TooMuch
from schema.node import parse_id
from schema.permission import RequireRole
from schema.results import Rejected, Success


def mutation(task: base.Task[Any], success: type[Success], role: Role, description: str) -> StrawberryField:
    """A field that performs a task. Its result is a union of `success` and Rejected."""
    input_type: type[Input] = get_type_hints(task)["data"]

    async def resolve(self: object, info: Info, input: Input) -> object:
        return await _perform(info.context, task, input, success)

    argument = strawberry.argument(description=get_object_definition(input_type, strict=True).description)
    resolve.__annotations__["input"] = Annotated[input_type, argument]
    name = input_type.__name__.removesuffix("Input") + "Result"
    union = strawberry.union(name, description="What was written, or why nothing was.")
    field = strawberry.mutation(
        resolver=resolve,
        description=description,
        graphql_type=Annotated[success | Rejected, union],
        extensions=[RequireRole(role)],
    )
    return cast(StrawberryField, field)


def by_id(task: base.KeyedTask[Any], model: type[Base], input_type: type[Input], field: str) -> base.Task[Any]:
    """The task on a row of the model that a field of the input names by its global id."""

    def perform(draft: base.Draft, data: Input) -> tuple[Any, Any]:
        try:
            kind, key = parse_id(getattr(data, field))
        except InvalidId:
            return task(draft, data, None)
        return task(draft, data, key if kind == model.__name__ else None)

    perform.__annotations__["data"] = input_type
    return perform


async def _perform(context: Context, task: base.Task[Any], input: Input, success: type[Success]) -> Success | Rejected:
    assert context.viewer
    if context.meter.cost > context.meter.allowed:
        message = "It was not written: the fields before it took more than a mutation may."
        raise TooMuch("QUERY_TOO_COSTLY", message, allowed=int(context.meter.allowed))
    try:
        rows, entry = await context.db.write(base.perform, task, input, context.viewer, context.clock)
    except base.Rejected as rejected:
        return Rejected.from_problems(context, rejected.problems)
    except Busy:
        return Rejected.for_reason(ProblemCode.CONFLICT, "Others were writing for too long: send it again.")
    context.db.note(entry.revision)
    context.meter.resume()
    # What was read before the write is of an earlier revision.
    context.renew()
    if not isinstance(rows, dict):
        # The one field beside the change shows the row.
        stored = [field for field in get_object_definition(success, strict=True).fields if not field.base_resolver]
        [name] = [field.python_name for field in stored][1:]
        rows = {name: rows}
    fields = {name: Batch(context).to_graphql(object, row) for name, row in rows.items()}
    return success(**fields, change=Batch(context).to_graphql(Change, entry))
