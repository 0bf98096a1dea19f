"""The mutations that put right what is recorded, and their inputs."""

from enum import StrEnum

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
    sources,
)
from db.writing.corrections import Correction
from db.writing.inputs import Input
from schema import enums, inputs, results
from schema.tasks import by_id, mutation

REASON = "Why it is corrected. The log keeps it."
CLEAR = "Fields to be emptied. A field that is left out or null stays as it was."
AS_BEFORE = " As before if left out."
PRECISION = "How much of the date the source gives. As before if left out; DAY with a new date."
WHOLE_LIST = " The whole list takes the place of the one that is recorded. As before if left out."


def publish(model: type[Correction], noun: str, like: type[Input], **fields: str) -> None:
    """Publishes the input of a correction. A field has the description of its namesake in `like` unless it is given."""
    description = f"What was wrong in the record of {noun}. What is left out stays as it was."
    own = {field: fields.pop(field, None) for field in model.model_fields}
    assert not fields
    of_others = {field.python_name: field.description or "" for field in like.__strawberry_definition__.fields}  # type: ignore[attr-defined]
    for field, text in own.items():
        if text is None:
            own[field] = {"reason": REASON, "clear": CLEAR}.get(field) or of_others[field] + AS_BEFORE
    inputs.publish(model, description, **{field: text or "" for field, text in own.items()})


def publish_fields(words: type[StrEnum], noun: str, **fields: str) -> None:
    """Publishes the fields of a row that can be emptied."""
    enums.publish(words, f"The fields of {noun} that can be empty.", **fields)


class CorrectAmountInput(amounts.CorrectAmountInput):
    amount_statement: strawberry.ID


class CorrectAllocationInput(allocations.CorrectAllocationInput):
    allocation: strawberry.ID


class CorrectCitationInput(citations.CorrectCitationInput):
    citation: strawberry.ID


publish(
    commitments.CorrectCommitmentInput,
    "an identified commitment",
    commitments.IdentifyCommitmentInput,
    commitment="The ref of the commitment.",
    leads="Who was to do it, the first one first." + WHOLE_LIST,
    citations="The sources that say what it is; one at least." + WHOLE_LIST,
)
publish_fields(
    funds.FundField, "a fund", PARENT="The fund that it is a part of.", PERIOD="The years.", NOTE="The note."
)
publish(
    funds.CorrectFundInput,
    "a fund",
    funds.AddFundInput,
    fund="The slug of the fund.",
)
publish_fields(amounts.AmountField, "a statement of the size of a fund", STATED_ON="The date, with its precision.")
publish(
    CorrectAmountInput,
    "a statement of the size of a fund",
    amounts.StateAmountInput,
    amount_statement="The id of the statement. Its source is corrected by `correctCitation`.",
    precision=PRECISION,
)
publish_fields(
    allocations.AllocationField, "an allocation",
    AMOUNT="The sum, with its bound.", PERIOD="The years.", NOTE="The note.",
)  # fmt: skip
publish(
    CorrectAllocationInput,
    "an allocation. Another recipient is another allocation: withdraw this one, and allocate anew",
    allocations.AllocateInput,
    allocation="The id of the allocation. Its source is corrected by `correctCitation`.",
    amount="Pounds." + AS_BEFORE,
)
publish_fields(
    events.EventField, "an event",
    DATE="The date, with its precision.", DATE_NOTE="How the date was found.", VENUE="The building.",
    PLACE="The town or area.", REGION="The region.", AREA="The area.", SERIES="The series.",
    ATTENDANCE_AT_LEAST="The number of people.",
)  # fmt: skip
publish(
    events.CorrectEventInput,
    "an event",
    events.AddEventInput,
    event="The slug of the event.",
    date="The day, or any day of the month or year." + AS_BEFORE,
    precision=PRECISION,
    hosts="Who held it, the first one first." + WHOLE_LIST,
    participants="Whom sources put there." + WHOLE_LIST,
    sectors="The sectors that a source says were there." + WHOLE_LIST,
    topics="What it was about." + WHOLE_LIST,
    citations="The sources that tell of it; one at least." + WHOLE_LIST,
)
publish_fields(
    documents.DocumentField, "a document",
    PUBLISHER="The publisher.", PUBLISHED_ON="The day of publication.", URL="The address.",
    VIA="The site where a copy was read.", NOTE="The note.", ORIGINAL_TITLE="The title in the publisher's words.",
    OFFICIAL_URL="The address at the publisher.", ARCHIVED_URL="The address in an archive.",
    READ_PART="What was read of it.",
)  # fmt: skip
publish(
    documents.CorrectDocumentInput,
    "a document",
    sources.AddDocumentInput,
    document="The slug of the document.",
)
publish(
    documents.CorrectOrganisationInput,
    "an organisation",
    sources.OrganisationInput,
    organisation="The slug of the organisation.",
    name="The name." + AS_BEFORE,
    kind="What kind of body it is." + AS_BEFORE,
    areas="Slugs of the areas that it stands in." + WHOLE_LIST,
)
publish(
    people.CorrectPersonInput,
    "a person",
    people.PersonInput,
    person="The slug of the person.",
    name="The name." + AS_BEFORE,
)
publish_fields(
    citations.CitationField, "a citation", PARAGRAPH="The paragraph.", LOCATOR="The place.", NOTE="The note."
)
publish(
    CorrectCitationInput,
    "a citation. With another document, paragraph and figures are those that are given",
    sources.CitationInput,
    citation="The id of the citation.",
    figures="Words to be found in that paragraph, letter for letter. Only of a SEED." + WHOLE_LIST,
)
publish(
    discrepancies.CorrectDiscrepancyInput,
    "a discrepancy. A settlement is corrected by `settleDiscrepancy`",
    discrepancies.OpenDiscrepancyInput,
    discrepancy="Its slug.",
    claims="What each source says; two at least." + WHOLE_LIST,
)
inputs.publish(
    discrepancies.ReopenDiscrepancyInput,
    "A discrepancy that is not settled after all.",
    discrepancy="Its slug.",
    reason="Why it is open again. The log keeps it.",
)


@strawberry.type
class Corrections:
    correct_commitment = mutation(
        commitments.correct_commitment,
        results.CommitmentCorrected,
        Role.EDITOR,
        "Puts right what is recorded of an identified commitment. If it is another commitment altogether, withdraw the"
        " identification.",
    )
    correct_fund = mutation(
        funds.correct_fund, results.FundCorrected, Role.EDITOR, "Puts right what is recorded of a fund."
    )
    correct_amount = mutation(
        by_id(amounts.correct_amount, models.AmountStatement, CorrectAmountInput, "amount_statement"),
        results.AmountCorrected,
        Role.EDITOR,
        "Puts right a statement of the size of a fund.",
    )
    correct_allocation = mutation(
        by_id(allocations.correct_allocation, models.Allocation, CorrectAllocationInput, "allocation"),
        results.AllocationCorrected,
        Role.EDITOR,
        "Puts right what a recipient got from a fund.",
    )
    correct_event = mutation(
        events.correct_event, results.EventCorrected, Role.EDITOR, "Puts right what is recorded of an event."
    )
    correct_document = mutation(
        documents.correct_document,
        results.DocumentCorrected,
        Role.EDITOR,
        "Puts right what is recorded of a document.",
    )
    correct_organisation = mutation(
        documents.correct_organisation,
        results.OrganisationCorrected,
        Role.EDITOR,
        "Puts right the name, the kind or the areas of an organisation.",
    )
    correct_person = mutation(
        people.correct_person, results.PersonCorrected, Role.EDITOR, "Puts right the name of a person."
    )
    correct_citation = mutation(
        by_id(citations.correct_citation, models.Citation, CorrectCitationInput, "citation"),
        results.CitationCorrected,
        Role.EDITOR,
        "Puts right where a statement comes from.",
    )
    correct_discrepancy = mutation(
        discrepancies.correct_discrepancy,
        results.DiscrepancyCorrected,
        Role.EDITOR,
        "Puts right the question, the kind or the claims of a discrepancy.",
    )
    reopen_discrepancy = mutation(
        discrepancies.reopen_discrepancy,
        results.DiscrepancyReopened,
        Role.EDITOR,
        "Opens a settled discrepancy again. Its explanation stays in the past.",
    )
