"""What the mutations take, as the schema publishes it."""

import strawberry
from pydantic import BaseModel, Field

from db.writing import commitments, corrections, discrepancies, events, funds, links, sources, statuses


def publish(model: type[BaseModel], description: str) -> None:
    strawberry.pydantic.input(model, description=description)


# Inner ones first: a type is looked up when another one that holds it is published.
publish(sources.OrganisationInput, "An organisation: one that is here, or a new one.")
publish(sources.AddDocumentInput, "A document that is not here yet. It is added as a RECORD.")
publish(sources.CitationInput, "Where a statement comes from.")
publish(statuses.RecordStatusInput, "A statement of where a commitment stood.")
publish(commitments.IdentifyCommitmentInput, "What one of the unidentified commitments is.")
publish(events.ParticipantInput, "Somebody whom a source puts at an event.")
publish(events.AddEventInput, "An event that is not here yet.")
publish(funds.AddFundInput, "A fund that is not here yet.")
publish(funds.StateAmountInput, "A statement of the size of a fund.")
publish(funds.AllocateInput, "What a recipient got from a fund.")
publish(links.LinkInput, "Two that belong together, of a commitment, a fund and an event.")
publish(links.UnlinkInput, "Two that do not belong together after all.")
publish(discrepancies.ClaimInput, "What one source says on the question.")
publish(discrepancies.OpenDiscrepancyInput, "Sources that do not agree.")
publish(discrepancies.SettleDiscrepancyInput, "What came of a discrepancy.")


@strawberry.pydantic.input(description="What takes the place of a statement. What is left out stays as it was.")
class CorrectStatusInput(corrections.CorrectStatusInput):
    # Here, because a global id is a matter of the schema.
    status_update: strawberry.ID = Field(description="The id of the status update to be corrected.")
