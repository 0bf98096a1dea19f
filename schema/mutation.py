"""The changes that can be made, each in one transaction with its entry in the log."""

import strawberry

from db import models
from db.vocabulary import Role
from db.writing import allocations, amounts, commitments, discrepancies, events, funds, links, sources, statuses
from schema import results
from schema.corrections import Corrections
from schema.inputs import CorrectStatusInput
from schema.tasks import by_id, mutation
from schema.withdrawals import Withdrawals


@strawberry.type(
    description="What can be changed, with a token. Each field is one transaction, in their"
    " order. It is null beside an error; what the fields before it have written stays. `QUERY_TOO_COSTLY` says whether"
    " the field itself has written."
)
class Mutation(Corrections, Withdrawals):
    record_status = mutation(
        statuses.record_status,
        results.StatusRecorded,
        Role.CONTRIBUTOR,
        "Records where a commitment stood, by a source and in a voice of yours; or, in the voice TRACKER, that a search"
        " found nothing.",
    )
    correct_status = mutation(
        by_id(statuses.correct_status, models.StatusUpdate, CorrectStatusInput, "status_update"),
        results.StatusCorrected,
        Role.EDITOR,
        "Puts a statement in the place of one that was wrong, which stays, marked as corrected. With `commitment`, in"
        " the place of one that was recorded against another.",
    )
    identify_commitment = mutation(
        commitments.identify,
        results.CommitmentIdentified,
        Role.EDITOR,
        "Says what an unidentified commitment is. From then on it can be assessed: record who promised it and when.",
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
        amounts.state_amount, results.AmountStated, Role.EDITOR, "Records what a source says of the size of a fund."
    )
    allocate = mutation(
        allocations.allocate,
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
