"""The results of mutations: the row that was written, or every problem."""

from typing import Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from db.vocabulary import ProblemCode
from db.writing import base
from schema.batch import Batch
from schema.changes import Change
from schema.commitments import Commitment
from schema.context import Context
from schema.cost import costs, fixed
from schema.discrepancies import Discrepancy
from schema.documents import Document
from schema.events import Event
from schema.funds import Allocation, AmountStatement, Fund
from schema.node import Node
from schema.statuses import StatusUpdate

# How many problems the price of a mutation counts with; few inputs have more.
PROBLEMS = 10


@strawberry.type(description="One thing that is wrong with a change.")
class Problem:
    code: ProblemCode = strawberry.field(description="What kind of problem it is.")
    message: str = strawberry.field(description="The problem, and what would be right.")
    path: list[str] = strawberry.field(
        description='Where in the input, such as ["citation", "document"]; empty where it is not one place.'
    )
    existing: Node | None = strawberry.field(
        description="The existing row, for DUPLICATE and CONFLICT, if it has an id."
    )


@strawberry.type(description="Nothing was written.")
class Rejected:
    problems: list[Problem] = strawberry.field(
        description="Every problem; one at least.", metadata=costs(fixed(PROBLEMS))
    )

    @classmethod
    def from_problems(cls, context: Context, problems: list[base.Problem]) -> Self:
        batch = Batch(context)
        return cls(
            problems=[
                Problem(
                    code=problem.code,
                    message=problem.message,
                    path=[to_camel_case(step) for step in problem.path],
                    existing=batch.to_optional(Node, problem.existing),
                )
                for problem in problems
            ]
        )

    @classmethod
    def for_reason(cls, code: ProblemCode, message: str) -> Self:
        return cls(problems=[Problem(code=code, message=message, path=[], existing=None)])


@strawberry.type
class Success:
    change: Change = strawberry.field(description="The entry in the log.")


@strawberry.type(description="The statement is recorded.")
class StatusRecorded(Success):
    status_update: StatusUpdate = strawberry.field(description="The statement.")


@strawberry.type(description="The statement is corrected; the one that was wrong stays, marked as such.")
class StatusCorrected(Success):
    status_update: StatusUpdate = strawberry.field(description="The statement that took its place.")


@strawberry.type(description="The commitment is identified.")
class CommitmentIdentified(Success):
    commitment: Commitment = strawberry.field(description="The commitment.")


@strawberry.type(description="The document is added.")
class DocumentAdded(Success):
    document: Document = strawberry.field(description="The document.")


@strawberry.type(description="The event is added.")
class EventAdded(Success):
    event: Event = strawberry.field(description="The event.")


@strawberry.type(description="The fund is added.")
class FundAdded(Success):
    fund: Fund = strawberry.field(description="The fund.")


@strawberry.type(description="The sum is recorded.")
class AmountStated(Success):
    amount: AmountStatement = strawberry.field(description="The statement of the fund's size.")


@strawberry.type(description="The allocation is recorded.")
class Allocated(Success):
    allocation: Allocation = strawberry.field(description="The allocation.")


@strawberry.type
class LinkSuccess(Success):
    commitment: Commitment | None = strawberry.field(default=None, description="The commitment, if it is one of them.")
    fund: Fund | None = strawberry.field(default=None, description="The fund, if it is one of them.")
    event: Event | None = strawberry.field(default=None, description="The event, if it is one of them.")


@strawberry.type(description="They are linked.")
class Linked(LinkSuccess):
    pass


@strawberry.type(description="They are no longer linked. The log keeps that they were.")
class Unlinked(LinkSuccess):
    pass


@strawberry.type(description="The discrepancy is on record.")
class DiscrepancyOpened(Success):
    discrepancy: Discrepancy = strawberry.field(description="The discrepancy.")


@strawberry.type(description="The discrepancy is settled.")
class DiscrepancySettled(Success):
    discrepancy: Discrepancy = strawberry.field(description="The discrepancy.")
