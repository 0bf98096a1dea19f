"""The changes that can be made, each in one transaction with its entry in the log."""

from typing import Annotated, Any, cast, get_type_hints

import strawberry
from strawberry.types import get_object_definition
from strawberry.types.field import StrawberryField

from db import models
from db.database import Busy
from db.vocabulary import ProblemCode, Role
from db.writing import base, commitments, discrepancies, events, funds, links, sources, statuses
from db.writing.inputs import Input
from schema import results
from schema.batch import Batch
from schema.changes import Change
from schema.context import Context, Info
from schema.errors import InvalidId
from schema.inputs import CorrectStatusInput
from schema.node import parse_id
from schema.permission import RequireRole
from schema.results import Rejected, Success


def mutation(task: base.Task[Any], success: type[Success], role: Role, description: str) -> StrawberryField:
    """A field that performs a task of `db.writing`. Its result is a union of `success` and Rejected."""
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


async def _perform(context: Context, task: base.Task[Any], input: Input, success: type[Success]) -> Success | Rejected:
    assert context.viewer
    try:
        rows, entry = await context.db.write(base.perform, task, input, context.viewer, context.clock)
    except base.Rejected as rejected:
        return Rejected.from_problems(context, rejected.problems)
    except Busy:
        return Rejected.for_reason(ProblemCode.CONFLICT, "Others were writing for too long: send it again.")
    context.meter.resume()
    # What was read before the write is of an earlier revision.
    context.renew()
    if not isinstance(rows, dict):
        # The one field beside the change shows the row.
        [name] = [field.python_name for field in get_object_definition(success, strict=True).fields][1:]
        rows = {name: rows}
    fields = {name: Batch(context).to_graphql(object, row) for name, row in rows.items()}
    return success(**fields, change=Batch(context).to_graphql(Change, entry))


def _correct_status(draft: base.Draft, data: CorrectStatusInput) -> tuple[models.StatusUpdate, models.Change]:
    try:
        kind, key = parse_id(data.status_update)
    except InvalidId:
        kind, key = "", ""
    return statuses.correct_status(draft, data, key if kind == "StatusUpdate" else None)


@strawberry.type(description="What can be changed, with a token. Each field is one transaction, in their order.")
class Mutation:
    record_status = mutation(
        statuses.record_status,
        results.StatusRecorded,
        Role.CONTRIBUTOR,
        "Records where a commitment stood, by a source and in a voice of yours. It takes the place of a search of that"
        " day or later that found nothing.",
    )
    correct_status = mutation(
        _correct_status,
        results.StatusCorrected,
        Role.EDITOR,
        "Puts a statement in the place of one that was wrong, which stays, marked as corrected.",
    )
    identify_commitment = mutation(
        commitments.identify,
        results.CommitmentIdentified,
        Role.EDITOR,
        "Says what an unidentified commitment is. From then on it can be assessed.",
    )
    add_document = mutation(
        sources.add_document,
        results.DocumentAdded,
        Role.CONTRIBUTOR,
        "Adds a document, to be cited. It may also be given inline, where it is cited.",
    )
    add_event = mutation(events.add_event, results.EventAdded, Role.EDITOR, "Adds an event.")
    add_fund = mutation(funds.add_fund, results.FundAdded, Role.EDITOR, "Adds a fund.")
    state_amount = mutation(
        funds.state_amount, results.AmountStated, Role.EDITOR, "Records what a source says of the size of a fund."
    )
    allocate = mutation(
        funds.allocate,
        results.Allocated,
        Role.EDITOR,
        "Records what a recipient got from a fund: one sum for each recipient of a fund.",
    )
    link = mutation(
        links.link, results.Linked, Role.EDITOR, "Links a commitment to a fund or an event, or an event to a fund."
    )
    unlink = mutation(
        links.unlink,
        results.Unlinked,
        Role.EDITOR,
        "Takes such a link away. No later load of the reviewed files brings it back.",
    )
    open_discrepancy = mutation(
        discrepancies.open_discrepancy,
        results.DiscrepancyOpened,
        Role.EDITOR,
        "Puts on record that sources do not agree.",
    )
    settle_discrepancy = mutation(
        discrepancies.settle_discrepancy, results.DiscrepancySettled, Role.EDITOR, "Says what came of a discrepancy."
    )
