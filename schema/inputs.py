"""The inputs of mutations, with a description of each field."""

import strawberry
from strawberry.types import get_object_definition

from db.writing import (
    allocations,
    amounts,
    commitments,
    discrepancies,
    events,
    funds,
    links,
    people,
    sources,
    statuses,
)
from db.writing.inputs import Input
from schema import input_values


def publish(model: type[Input], description: str, **fields: str) -> None:
    """Makes a GraphQL input of a model of `db.writing`, with a description of each of its fields."""
    strawberry.pydantic.input(model, description=description)
    definition = get_object_definition(model, strict=True)
    definition.from_input = input_values.read
    for field in definition.fields:
        field.description = fields.pop(field.python_name)
    assert not fields, f"{model.__name__} has no {', '.join(fields)}"


# Inner ones first: a type is looked up when another one that holds it is published.
publish(
    sources.OrganisationInput,
    "An organisation: one that is here, or a new one.",
    slug="The slug. If it is new, name and kind are needed, and the organisation is added.",
    name="The name of a new organisation.",
    kind="What kind of body a new organisation is.",
)
publish(
    sources.AddDocumentInput,
    "A document that is not here yet. It is added as a RECORD.",
    slug="A readable name, for good: published ids are made of it.",
    title="What it is, in your own words.",
    original_title="Its title in the publisher's words, to find it by.",
    publisher="Who first issued the text.",
    published_on="The day of publication, where it is known.",
    url="Where it was published or read: http or https.",
    official_url="Where its publisher has it, where `url` is a copy elsewhere.",
    archived_url="Where an archive of the web has it.",
    via="The site where a copy was read, when that is not the publisher's own.",
    read_part="What was read of it, where that is not the whole.",
    note="What a reader must know, such as what could not be read.",
)
publish(
    sources.CitationInput,
    "Where a statement comes from.",
    document="The slug of a document that is here already.",
    new_document="A document that is not here yet, to be added. Give this or `document`, not both.",
    paragraph="The paragraph, from 1. Only of a SEED document: those of others are not numbered.",
    locator="The place in a document without numbered paragraphs: a page, a column, an answer.",
    figures="Words to be found in that paragraph, letter for letter. Only of a SEED.",
    note="What it gives, or any doubt about it.",
)
publish(
    statuses.RecordStatusInput,
    "A statement of where a commitment stood.",
    commitment="The ref of the commitment, such as SVS-19.",
    status="Where it stood. `statusDefinitions` says what each takes.",
    effective_on="When it was true: the day, or any day of the month or year.",
    precision="How much of the date the source gives. A period counts from its end.",
    voice="Whose word it is: that of the speaker in the source, not that of its publisher. A minister's answer is"
    " GOVERNMENT, although Parliament publishes it.",
    note="What the source says, in your own words, with any doubt about it.",
    citation="The source. Left out only with NO_EVIDENCE in the voice TRACKER, whose note says where it looked.",
)
publish(
    commitments.IdentifyCommitmentInput,
    "What one of the unidentified commitments is.",
    commitment="The ref of the commitment, such as SVS-33.",
    slug="A readable name, for good.",
    theme="The slug of its theme.",
    title="What was promised, in a few words of your own.",
    summary="What was promised, in your own words.",
    confidence="How sure it is that this is one of the Strategy's commitments.",
    leads="Who was to do it, the first one first.",
    citations="The sources that say so; one at least.",
)
publish(
    people.PersonInput,
    "A person: one who is here, or a new one.",
    slug="The slug. If it is new, the name is needed, and the person is added.",
    name="The name of a new person.",
)
publish(
    events.ParticipantInput,
    "A person or a body that a source names at an event.",
    name="The person, or the body where no person is named.",
    role="In what role, as the source gives it.",
    person="The person, to be found by; left out for a body.",
    organisation="The body that they came from.",
)
publish(
    events.AddEventInput,
    "An event that is not here yet.",
    slug="A readable name, for good.",
    title="What it was.",
    kind="What kind of event it was.",
    date="The day, or any day of the month or year; left out where no source gives it.",
    precision="How much of the date is known; DAY if left out with a date.",
    date_note="How the date was found. Needed where there is none.",
    venue="The building.",
    place="The town or area.",
    region="The region of England or Wales.",
    area="The slug of the area that the place is in, where that is known for sure.",
    series="The series that it belongs to, such as engagement-events.",
    attendance_at_least="The least number of people that a source reports.",
    hosts="Who held it, the first one first.",
    participants="Whom sources put there.",
    sectors="The sectors that a source says were there.",
    topics="What it was about.",
    commitments="Refs of the commitments that it bears on.",
    funds="Slugs of the funds tied to it.",
    citations="The sources that tell of it; one at least.",
)
publish(
    funds.AddFundInput,
    "A fund that is not here yet.",
    slug="A readable name, for good.",
    name="The fund's name.",
    parent="The slug of the fund that it is a tranche or round of.",
    period="The years that it is for, such as 2018/19 to 2019/20.",
    note="What a reader of its figures must know.",
    commitments="Refs of the commitments that it serves.",
    citations="The sources that tell of it; one at least.",
)
publish(
    amounts.StateAmountInput,
    "A statement of the size of a fund.",
    fund="The slug of the fund.",
    kind="What the statement does. INCREASED gives the new total.",
    amount="Pounds, with pence or without: 1300000 or 1300000.50.",
    bound="The source's own qualifier; EXACT for a plain figure.",
    stated_on="When it was said, where the source tells: the day, or any day of the month or year.",
    precision="How much of the date the source gives; DAY if left out with a date.",
    citation="The source.",
)
publish(
    allocations.AllocateInput,
    "What a recipient got from a fund.",
    fund="The slug of the fund.",
    recipient="Who received it.",
    amount="Pounds; left out where the source names no sum.",
    bound="The source's own qualifier; given only with a sum.",
    passes_on="Whether the recipient passes it on to others.",
    period="The years that it is for.",
    note="Any doubt about it, such as who inferred the recipient.",
    citation="The source.",
)
for model, description, reason in (
    (links.LinkInput, "Two that belong together, of a commitment, a fund and an event.", "Why they belong together."),
    (links.UnlinkInput, "Two that do not belong together after all.", "Why they do not belong together."),
):
    publish(
        model,
        description,
        commitment="The ref of the commitment. Name two of the three.",
        fund="The slug of the fund.",
        event="The slug of the event.",
        reason=f"{reason} The log keeps it.",
    )
publish(
    sources.ClaimInput,
    "What one source says on the question.",
    document="The slug of a document that is here already.",
    new_document="A document that is not here yet, to be added. Give this or `document`, not both.",
    paragraph="The paragraph, from 1. Only of a SEED document.",
    locator="The place in a document without numbered paragraphs.",
    says="What it says, in your own words, or the bare figure.",
    figures="Words to be found in that paragraph, letter for letter. Only of a SEED.",
)
publish(
    discrepancies.OpenDiscrepancyInput,
    "Sources that do not agree.",
    slug="A readable name, for good.",
    question="The question that the sources answer differently.",
    kind="What they disagree about.",
    commitment="The ref of the commitment that it is about. With none of the three: the Strategy.",
    fund="The slug of the fund that it is about.",
    event="The slug of the event that it is about.",
    claims="What each source says; two at least.",
)
publish(
    discrepancies.SettleDiscrepancyInput,
    "What came of a discrepancy.",
    discrepancy="Its slug.",
    state="EXPLAINED or RESOLVED.",
    explanation="Why both can stand, or which is right and how that is known.",
    found_in="The state that you saw it in. If somebody else has settled it since: CONFLICT.",
)


class CorrectStatusInput(statuses.CorrectStatusInput):
    # Here, because a global id belongs to the schema.
    status_update: strawberry.ID


publish(
    CorrectStatusInput,
    "What takes the place of a statement. What is left out stays as it was.",
    reason="Why the statement is corrected. The log keeps it.",
    commitment="The ref of the commitment that it is about, where it was recorded against another. As before if left"
    " out.",
    status="Where it stood. As before if left out.",
    effective_on="When it was true. As before if left out.",
    precision="How much of the date the source gives. As before if left out; DAY with a new date.",
    voice="Whose word it is. As before if left out.",
    note="What the source says. As before if left out.",
    citation="The source. As before if left out.",
    status_update="The id of the status update to be corrected.",
)
