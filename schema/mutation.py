"""The changes that can be made, each in one transaction with its entry in the log."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import strawberry

from db.database import Busy
from db.vocabulary import ProblemCode, Role
from db.writing import base, commitments, corrections, discrepancies, events, funds, links, sources, statuses
from schema import inputs, results
from schema.cohort import Cohort
from schema.context import Context, Info
from schema.errors import InvalidId
from schema.node import parsed
from schema.permission import Allowed

S = TypeVar("S")


def change(role: Role, description: str) -> Any:
    return strawberry.mutation(description=description, extensions=[Allowed(role)])


def given(description: str) -> Any:
    return strawberry.argument(description=description)


@strawberry.type(description="What can be changed, with a token. Each field is one transaction, in their order.")
class Mutation:
    @change(
        Role.CONTRIBUTOR,
        "Records where a commitment stood, by a source and in a voice of yours. A search of that day or later, which"
        " found nothing, gives way to it.",
    )
    async def record_status(
        self, info: Info, input: Annotated[statuses.RecordStatusInput, given("The statement.")]
    ) -> results.RecordStatusResult:
        return await _made(info.context, statuses.record_status, input, results.StatusRecorded, "status_update")

    @change(Role.EDITOR, "Puts a statement in the place of one that was wrong, which stays, marked as corrected.")
    async def correct_status(
        self, info: Info, input: Annotated[inputs.CorrectStatusInput, given("The correction.")]
    ) -> results.CorrectStatusResult:
        task = partial(corrections.correct_status, key=_key("StatusUpdate", input.status_update))
        return await _made(info.context, task, input, results.StatusCorrected, "status_update")

    @change(Role.EDITOR, "Tells what an unidentified commitment is. From then on it can be assessed.")
    async def identify_commitment(
        self, info: Info, input: Annotated[commitments.IdentifyCommitmentInput, given("What it is.")]
    ) -> results.IdentifyCommitmentResult:
        return await _made(info.context, commitments.identify, input, results.CommitmentIdentified, "commitment")

    @change(Role.CONTRIBUTOR, "Adds a document, to be cited. It may also be given inline, where it is cited.")
    async def add_document(
        self, info: Info, input: Annotated[sources.AddDocumentInput, given("The document.")]
    ) -> results.AddDocumentResult:
        return await _made(info.context, sources.add_document, input, results.DocumentAdded, "document")

    @change(Role.EDITOR, "Adds an event.")
    async def add_event(
        self, info: Info, input: Annotated[events.AddEventInput, given("The event.")]
    ) -> results.AddEventResult:
        return await _made(info.context, events.add_event, input, results.EventAdded, "event")

    @change(Role.EDITOR, "Adds a fund.")
    async def add_fund(
        self, info: Info, input: Annotated[funds.AddFundInput, given("The fund.")]
    ) -> results.AddFundResult:
        return await _made(info.context, funds.add_fund, input, results.FundAdded, "fund")

    @change(Role.EDITOR, "Records what a source says of the size of a fund.")
    async def state_amount(
        self, info: Info, input: Annotated[funds.StateAmountInput, given("The statement.")]
    ) -> results.StateAmountResult:
        return await _made(info.context, funds.state_amount, input, results.AmountStated, "amount")

    @change(Role.EDITOR, "Records what a recipient got from a fund: one sum for each recipient of a fund.")
    async def allocate(
        self, info: Info, input: Annotated[funds.AllocateInput, given("The allocation.")]
    ) -> results.AllocateResult:
        return await _made(info.context, funds.allocate, input, results.Allocated, "allocation")

    @change(Role.EDITOR, "Ties a commitment to a fund or an event, or an event to a fund.")
    async def link(
        self, info: Info, input: Annotated[links.LinkInput, given("What belongs together.")]
    ) -> results.LinkResult:
        return await _made(info.context, links.link, input, results.Linked)

    @change(Role.EDITOR, "Takes such a tie away. No later load of the reviewed files brings it back.")
    async def unlink(
        self, info: Info, input: Annotated[links.UnlinkInput, given("What does not belong together.")]
    ) -> results.UnlinkResult:
        return await _made(info.context, links.unlink, input, results.Unlinked)

    @change(Role.EDITOR, "Puts on record that sources do not agree.")
    async def open_discrepancy(
        self,
        info: Info,
        input: Annotated[discrepancies.OpenDiscrepancyInput, given("What each of them says.")],
    ) -> results.OpenDiscrepancyResult:
        return await _made(
            info.context, discrepancies.open_discrepancy, input, results.DiscrepancyOpened, "discrepancy"
        )

    @change(Role.EDITOR, "Says what came of a discrepancy.")
    async def settle_discrepancy(
        self, info: Info, input: Annotated[discrepancies.SettleDiscrepancyInput, given("What came of it.")]
    ) -> results.SettleDiscrepancyResult:
        return await _made(
            info.context, discrepancies.settle_discrepancy, input, results.DiscrepancySettled, "discrepancy"
        )


async def _made(
    context: Context, task: base.Task[Any], input: base.Input, success: Callable[..., S], name: str = ""
) -> S | results.Rejected:
    """Makes the change: a row that goes by this name in the answer, or several with names of their own."""
    assert context.viewer
    try:
        written, entry = await context.db.write(base.perform, task, input, context.viewer, context.clock)
    except base.Rejected as rejected:
        return results.Rejected.because(context, rejected.problems)
    except Busy:
        return results.Rejected.at_once(ProblemCode.CONFLICT, "Others were writing for too long: send it again.")
    context.meter.resume()
    rows = written if isinstance(written, dict) else {name: written}
    shaped = {name: Cohort(context).shape(row) for name, row in rows.items()}
    return success(**shaped, change=Cohort(context).shape(entry))


def _key(kind: str, id: str) -> str | None:
    """The natural key in a global id; None where it is the id of something else."""
    try:
        found, key = parsed(id)
    except InvalidId:
        return None
    return key if found == kind else None
