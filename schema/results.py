"""What a mutation answers: what it has written, or all that is wrong with it."""

from typing import Annotated, Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from db.vocabulary import ProblemCode
from db.writing import base
from schema.changes import Change
from schema.cohort import Cohort
from schema.commitments import Commitment
from schema.context import Context
from schema.cost import costs, fixed
from schema.discrepancies import Discrepancy
from schema.documents import Document
from schema.events import Event
from schema.funds import Allocation, AmountStatement, Fund
from schema.node import Node
from schema.statuses import StatusUpdate

# More than nearly all that are refused have.
PROBLEMS = 10


@strawberry.type(description="One thing that is wrong with a change.")
class Problem:
    code: ProblemCode = strawberry.field(description="What kind of problem it is.")
    message: str = strawberry.field(description="What is wrong, and what would be right.")
    path: list[str] = strawberry.field(
        description='Where in the input, such as ["citation", "document"]; empty where it is not one place.'
    )
    existing: Node | None = strawberry.field(
        description="What is there already, with DUPLICATE and CONFLICT, where it has an id."
    )


@strawberry.type(description="Nothing was written.")
class Rejected:
    problems: list[Problem] = strawberry.field(
        description="All that is wrong; one at least.", metadata=costs(fixed(PROBLEMS))
    )

    @classmethod
    def because(cls, context: Context, problems: list[base.Problem]) -> Self:
        cohort = Cohort(context)
        return cls(
            problems=[
                Problem(
                    code=problem.code,
                    message=problem.message,
                    path=[to_camel_case(step) for step in problem.path],
                    existing=cohort.shape(problem.existing),
                )
                for problem in problems
            ]
        )

    @classmethod
    def at_once(cls, code: ProblemCode, message: str) -> Self:
        return cls(problems=[Problem(code=code, message=message, path=[], existing=None)])


@strawberry.type
class Made:
    change: Change = strawberry.field(description="The entry in the log.")


@strawberry.type(description="The statement is recorded.")
class StatusRecorded(Made):
    status_update: StatusUpdate = strawberry.field(description="The statement.")


@strawberry.type(description="The statement is corrected; the one that was wrong stays, marked as such.")
class StatusCorrected(Made):
    status_update: StatusUpdate = strawberry.field(description="The statement that took its place.")


@strawberry.type(description="The commitment is identified.")
class CommitmentIdentified(Made):
    commitment: Commitment = strawberry.field(description="The commitment.")


@strawberry.type(description="The document is added.")
class DocumentAdded(Made):
    document: Document = strawberry.field(description="The document.")


@strawberry.type(description="The event is added.")
class EventAdded(Made):
    event: Event = strawberry.field(description="The event.")


@strawberry.type(description="The fund is added.")
class FundAdded(Made):
    fund: Fund = strawberry.field(description="The fund.")


@strawberry.type(description="The sum is recorded.")
class AmountStated(Made):
    amount: AmountStatement = strawberry.field(description="The statement of the fund's size.")


@strawberry.type(description="The allocation is recorded.")
class Allocated(Made):
    allocation: Allocation = strawberry.field(description="The allocation.")


@strawberry.type
class Pair(Made):
    commitment: Commitment | None = strawberry.field(default=None, description="The commitment, if it is one of them.")
    fund: Fund | None = strawberry.field(default=None, description="The fund, if it is one of them.")
    event: Event | None = strawberry.field(default=None, description="The event, if it is one of them.")


@strawberry.type(description="They are linked.")
class Linked(Pair):
    pass


@strawberry.type(description="They are no longer linked. The log keeps that they were.")
class Unlinked(Pair):
    pass


@strawberry.type(description="The discrepancy is on record.")
class DiscrepancyOpened(Made):
    discrepancy: Discrepancy = strawberry.field(description="The discrepancy.")


@strawberry.type(description="The discrepancy is settled.")
class DiscrepancySettled(Made):
    discrepancy: Discrepancy = strawberry.field(description="The discrepancy.")


OR_REJECTED = "What was written, or why nothing was."
RecordStatusResult = Annotated[
    StatusRecorded | Rejected, strawberry.union("RecordStatusResult", description=OR_REJECTED)
]
CorrectStatusResult = Annotated[
    StatusCorrected | Rejected, strawberry.union("CorrectStatusResult", description=OR_REJECTED)
]
IdentifyCommitmentResult = Annotated[
    CommitmentIdentified | Rejected, strawberry.union("IdentifyCommitmentResult", description=OR_REJECTED)
]
AddDocumentResult = Annotated[DocumentAdded | Rejected, strawberry.union("AddDocumentResult", description=OR_REJECTED)]
AddEventResult = Annotated[EventAdded | Rejected, strawberry.union("AddEventResult", description=OR_REJECTED)]
AddFundResult = Annotated[FundAdded | Rejected, strawberry.union("AddFundResult", description=OR_REJECTED)]
StateAmountResult = Annotated[AmountStated | Rejected, strawberry.union("StateAmountResult", description=OR_REJECTED)]
AllocateResult = Annotated[Allocated | Rejected, strawberry.union("AllocateResult", description=OR_REJECTED)]
LinkResult = Annotated[Linked | Rejected, strawberry.union("LinkResult", description=OR_REJECTED)]
UnlinkResult = Annotated[Unlinked | Rejected, strawberry.union("UnlinkResult", description=OR_REJECTED)]
OpenDiscrepancyResult = Annotated[
    DiscrepancyOpened | Rejected, strawberry.union("OpenDiscrepancyResult", description=OR_REJECTED)
]
SettleDiscrepancyResult = Annotated[
    DiscrepancySettled | Rejected, strawberry.union("SettleDiscrepancyResult", description=OR_REJECTED)
]
