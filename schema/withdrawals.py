"""The mutations that take out of the record what does not belong there, and their inputs."""

import strawberry

from db import models
from db.vocabulary import Role
from db.writing import (
    allocations,
    amounts,
    citations,
    commitments,
    discrepancies,
    documents,
    events,
    funds,
    people,
    statuses,
)
from schema.inputs import publish
from schema.results import IdentificationWithdrawn, Withdrawn
from schema.tasks import by_id, mutation

REASON = "Why it is withdrawn. The log keeps it."


class WithdrawStatusInput(statuses.WithdrawStatusInput):
    status_update: strawberry.ID


class WithdrawAmountInput(amounts.WithdrawAmountInput):
    amount_statement: strawberry.ID


class WithdrawAllocationInput(allocations.WithdrawAllocationInput):
    allocation: strawberry.ID


class WithdrawCitationInput(citations.WithdrawCitationInput):
    citation: strawberry.ID


publish(
    commitments.WithdrawIdentificationInput,
    "A commitment that is not what it was said to be.",
    commitment="The ref of the commitment.",
    reason=REASON,
)
publish(funds.WithdrawFundInput, "A fund that does not belong here.", fund="The slug of the fund.", reason=REASON)
publish(events.WithdrawEventInput, "An event that does not belong here.", event="The slug of the event.", reason=REASON)
publish(
    documents.WithdrawDocumentInput,
    "A document that nothing rests on.",
    document="The slug of the document.",
    reason=REASON,
)
publish(
    documents.WithdrawOrganisationInput,
    "An organisation that nothing names.",
    organisation="The slug of the organisation.",
    reason=REASON,
)
publish(
    people.WithdrawPersonInput,
    "A person whom no event names.",
    person="The slug of the person.",
    reason=REASON,
)
publish(
    discrepancies.WithdrawDiscrepancyInput,
    "Sources that do not differ after all.",
    discrepancy="The slug of the discrepancy.",
    reason=REASON,
)
publish(WithdrawStatusInput, "A statement that no source makes.", status_update="The id of the update.", reason=REASON)
publish(
    WithdrawAmountInput,
    "A statement of the size of a fund that no source makes.",
    amount_statement="The id of the statement.",
    reason=REASON,
)
publish(
    WithdrawAllocationInput,
    "An allocation that no source names.",
    allocation="The id of the allocation.",
    reason=REASON,
)
publish(
    WithdrawCitationInput,
    "A source that does not say what it is cited for.",
    citation="The id of the citation.",
    reason=REASON,
)


@strawberry.type
class Withdrawals:
    withdraw_identification = mutation(
        commitments.withdraw_identification,
        IdentificationWithdrawn,
        Role.EDITOR,
        "Makes a commitment unidentified again. Its statuses, leads, citations and links go with the identification. It"
        " can be identified anew; its slug is given to no other commitment.",
    )
    withdraw_status = mutation(
        by_id(statuses.withdraw_status, models.StatusUpdate, WithdrawStatusInput, "status_update"),
        Withdrawn,
        Role.EDITOR,
        "Withdraws a statement in a voice of yours. What it had corrected is in force again. If it is of another"
        " commitment, use `correctStatus`.",
    )
    withdraw_fund = mutation(
        funds.withdraw_fund,
        Withdrawn,
        Role.EDITOR,
        "Withdraws a fund with its sums, citations and links. CONFLICT while it has parts, or while a discrepancy is"
        " about it.",
    )
    withdraw_amount = mutation(
        by_id(amounts.withdraw_amount, models.AmountStatement, WithdrawAmountInput, "amount_statement"),
        Withdrawn,
        Role.EDITOR,
        "Withdraws a statement of the size of a fund.",
    )
    withdraw_allocation = mutation(
        by_id(allocations.withdraw_allocation, models.Allocation, WithdrawAllocationInput, "allocation"),
        Withdrawn,
        Role.EDITOR,
        "Withdraws what a recipient got from a fund. It can be allocated anew.",
    )
    withdraw_event = mutation(
        events.withdraw_event,
        Withdrawn,
        Role.EDITOR,
        "Withdraws an event with its hosts, participants, citations and links. CONFLICT while a discrepancy is about"
        " it.",
    )
    withdraw_document = mutation(
        documents.withdraw_document,
        Withdrawn,
        Role.EDITOR,
        "Withdraws a document. CONFLICT while anything cites it, and always of a SEED.",
    )
    withdraw_organisation = mutation(
        documents.withdraw_organisation,
        Withdrawn,
        Role.EDITOR,
        "Withdraws an organisation, and takes it out of its areas. CONFLICT while anything else names it.",
    )
    withdraw_person = mutation(
        people.withdraw_person, Withdrawn, Role.EDITOR, "Withdraws a person. CONFLICT while an event names them."
    )
    withdraw_citation = mutation(
        by_id(citations.withdraw_citation, models.Citation, WithdrawCitationInput, "citation"),
        Withdrawn,
        Role.EDITOR,
        "Withdraws one of several sources. CONFLICT if it is the only one of an identified commitment, an event or a"
        " statement.",
    )
    withdraw_discrepancy = mutation(
        discrepancies.withdraw_discrepancy, Withdrawn, Role.EDITOR, "Withdraws a discrepancy with its claims."
    )
