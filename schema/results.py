"""The results of mutations: the row that was written, or every problem."""

from dataclasses import MISSING
from types import UnionType
from typing import Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from db.vocabulary import ProblemCode
from db.writing import base
from schema.batch import Batch
from schema.changes import Change
from schema.commitments import Commitment
from schema.context import Context
from schema.cost import costs, fixed, own
from schema.discrepancies import Discrepancy
from schema.documents import Citation, Document
from schema.events import Event
from schema.funds import Allocation, AmountStatement, Fund
from schema.node import Node
from schema.organisations import Organisation
from schema.people import Person
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
                    existing=batch.to_graphql(Node, problem.existing) if problem.existing else None,
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


@strawberry.type
class StatementSuccess(Success):
    amount_statement: AmountStatement = strawberry.field(description="The statement of the fund's size.")

    @strawberry.field(
        description="The statement of the fund's size.",
        deprecation_reason="Use `amountStatement`.",
        metadata=costs(own),
    )
    def amount(self) -> AmountStatement:
        return self.amount_statement


def success(
    name: str, description: str, base: type[Success] = Success, /, **fields: tuple[object, str]
) -> type[Success]:
    """The result of a mutation. Each field has a type and a description; those that can be null are so by default."""
    attributes: dict[str, object] = {"__annotations__": {field: kind for field, (kind, _) in fields.items()}}
    for field, (kind, text) in fields.items():
        default = None if isinstance(kind, UnionType) else MISSING
        attributes[field] = strawberry.field(description=text, default=default)
    return strawberry.type(type(name, (base,), attributes), description=description)


StatusRecorded = success("StatusRecorded", "The statement is recorded.", status_update=(StatusUpdate, "The statement."))
StatusCorrected = success(
    "StatusCorrected",
    "The statement is corrected; the wrong one stays, marked as such.",
    status_update=(StatusUpdate, "The statement that took its place."),
)
CommitmentIdentified = success(
    "CommitmentIdentified", "The commitment is identified.", commitment=(Commitment, "The commitment.")
)
DocumentAdded = success("DocumentAdded", "The document is added.", document=(Document, "The document."))
EventAdded = success("EventAdded", "The event is added.", event=(Event, "The event."))
FundAdded = success("FundAdded", "The fund is added.", fund=(Fund, "The fund."))
AmountStated = success("AmountStated", "The sum is recorded.", StatementSuccess)
Allocated = success("Allocated", "The allocation is recorded.", allocation=(Allocation, "The allocation."))
LINKED: dict[str, tuple[object, str]] = {
    "commitment": (Commitment | None, "The commitment, if it is one of the two."),
    "fund": (Fund | None, "The fund, if it is one of the two."),
    "event": (Event | None, "The event, if it is one of the two."),
}
Linked = success("Linked", "They are linked.", **LINKED)
Unlinked = success("Unlinked", "They are no longer linked. The log keeps that they were.", **LINKED)
DiscrepancyOpened = success(
    "DiscrepancyOpened", "The discrepancy is on record.", discrepancy=(Discrepancy, "The discrepancy.")
)
DiscrepancySettled = success(
    "DiscrepancySettled", "The discrepancy is settled.", discrepancy=(Discrepancy, "The discrepancy.")
)
CommitmentCorrected = success(
    "CommitmentCorrected", "The commitment is corrected.", commitment=(Commitment, "The commitment.")
)
FundCorrected = success("FundCorrected", "The fund is corrected.", fund=(Fund, "The fund."))
AmountCorrected = success("AmountCorrected", "The statement of the fund's size is corrected.", StatementSuccess)
AllocationCorrected = success(
    "AllocationCorrected", "The allocation is corrected.", allocation=(Allocation, "The allocation.")
)
EventCorrected = success("EventCorrected", "The event is corrected.", event=(Event, "The event."))
DocumentCorrected = success("DocumentCorrected", "The document is corrected.", document=(Document, "The document."))
OrganisationCorrected = success(
    "OrganisationCorrected", "The organisation is corrected.", organisation=(Organisation, "The organisation.")
)
PersonCorrected = success("PersonCorrected", "The person is corrected.", person=(Person, "The person."))
CitationCorrected = success("CitationCorrected", "The citation is corrected.", citation=(Citation, "The citation."))
DiscrepancyCorrected = success(
    "DiscrepancyCorrected", "The discrepancy is corrected.", discrepancy=(Discrepancy, "The discrepancy.")
)
DiscrepancyReopened = success(
    "DiscrepancyReopened", "The discrepancy is open again.", discrepancy=(Discrepancy, "The discrepancy.")
)
IdentificationWithdrawn = success(
    "IdentificationWithdrawn",
    "The commitment is unidentified again. What was recorded of it stays in the past of the record.",
    commitment=(Commitment, "The commitment."),
)
Withdrawn = success(
    "Withdrawn", "It is withdrawn, with what belonged to it: see `edits` of the change. It stays in the past."
)
