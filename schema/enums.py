"""The enumerations of the schema, with the meaning of each value."""

from enum import StrEnum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from db import vocabulary as v


def publish(words: type[StrEnum], description: str, **meanings: str) -> None:
    """Makes a GraphQL enumeration; every value needs its meaning."""
    strawberry.enum(words, description=description)
    definition: StrawberryEnumDefinition = words.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = meanings.pop(value.name)
    if meanings:
        raise TypeError(f"{words.__name__} has no {', '.join(meanings)}")


publish(
    v.CommitmentOrigin,
    "Where a commitment comes from.",
    STRATEGY="One of the Strategy's 61.",
    LATER="Announced after the Strategy, to the same end.",
)
publish(
    v.Confidence,
    "How sure the tracker is that a commitment is one of the Strategy's own (for a later one: that it was announced).",
    HIGH="A primary source, or several others, say so.",
    MEDIUM="Secondary sources say so, or the boundary of the commitment is not clear.",
    LOW="One weak source says so, or it is inferred.",
)
publish(
    v.CommitmentGroup,
    "What commitments are counted by.",
    LEAD="The bodies that lead them. One with two leads is counted for each.",
    FUND="The funds tied to them. One with two funds is counted for each.",
    RECIPIENT="The bodies that received from a fund tied to them. One is counted for each such body.",
    VOICE="Whose word the update is that gives the status.",
    YEAR="The year of that update.",
)
publish(
    v.MoneyGroup,
    "What money is added up by. A sum has no voice: its source is a citation.",
    RECIPIENT="Who received it.",
    FUND="The fund: the widest from which anything was allocated, its parts included.",
    LEAD="The bodies that lead a commitment to which the fund, or one around it, is tied: a sum is in each.",
    YEAR="The years that it is for, as sources give them: of the sum, else of its fund, else of a fund around it.",
)
publish(
    v.Status,
    "The status of a commitment. `statusDefinitions` gives each with its label, group and the evidence that it takes.",
    NOT_ASSESSED="Nothing is recorded. This does not say that nothing was done.",
    NO_EVIDENCE="The tracker searched and found nothing. This does not say that nothing was done.",
    UNTESTABLE="Worded so that no evidence could show whether it was met.",
    NOT_STARTED="A source says that work had not begun.",
    ANNOUNCED="Promised, planned or funded, and not yet reported to be under way.",
    IN_PROGRESS="Reported to be under way; for continuing work, reported to be running.",
    STALLED="Begun, and a source says that it stopped moving or leaves its future open.",
    PARTIALLY_DELIVERED="A part is reported done, and a part is not.",
    DELIVERED="Reported done, as the commitment is worded here. This does not say that it worked.",
    DISCONTINUED="Ran, and was then ended.",
    SUPERSEDED="Taken over by something else.",
    ABANDONED="Given up before it was done.",
)
publish(
    v.StatusGroup,
    "Statuses in four groups, for a first look.",
    UNKNOWN="Nothing can be said: NOT_ASSESSED, NO_EVIDENCE, UNTESTABLE.",
    OPEN="Open when last reported: NOT_STARTED, ANNOUNCED, IN_PROGRESS, STALLED.",
    DELIVERED="Reported done, in part or whole: PARTIALLY_DELIVERED, DELIVERED. For the whole alone, use the status.",
    ENDED="Ended without, or after, delivery: DISCONTINUED, SUPERSEDED, ABANDONED.",
)
publish(
    v.Voice,
    "Whose word a status update is: that of the speaker in the source. Voices are never merged.",
    GOVERNMENT="Ministers, departments and their agencies.",
    PARLIAMENT="Either House and its committees, not ministers answering them.",
    INSPECTORATE="An independent inspectorate or auditor.",
    DELIVERY_BODY="A body that carries the work out: a force, a commissioner, a council, a partnership.",
    CIVIL_SOCIETY="Charities, researchers, campaigners and professional bodies.",
    MEDIA="Newspapers, broadcasters and the trade press.",
    TRACKER="This tracker: it searched. Its word is no evidence and takes no side.",
)
publish(
    v.Side,
    "On which side of a commitment a status update is. The tracker's own takes none.",
    GOVERNMENT="The government, by its own word.",
    DELIVERY="Those who carry it out: the voice DELIVERY_BODY, and any voice but the government's in a document that a"
    " lead of the commitment published.",
    OTHERS="Everybody else.",
)
publish(
    v.Confirmation,
    "What the others say of the government's word. Its word is its latest status, from the day on which it first said"
    " so without another in between. A word says as much that is the same status, or one further along NOT_STARTED,"
    " ANNOUNCED, IN_PROGRESS, PARTIALLY_DELIVERED, DELIVERED. Of the other sides, the latest words at or after that day"
    " count.",
    NO_WORD="There is no word of the government.",
    NOBODY_ELSE="Nobody else has spoken, of whatever day.",
    NOT_CONFIRMED_SINCE="The other sides spoke only before.",
    DELIVERY_ONLY="Only those who carry it out have spoken since, and they say as much.",
    DELIVERY_DIFFERS="Only those who carry it out have spoken since, and they say otherwise.",
    CONFIRMED="Others have spoken since and say as much, and nobody says otherwise.",
    CONTRADICTED="Others have spoken since, and they or those who carry it out say otherwise.",
)
publish(
    v.Agreement,
    "The government's word beside everyone else's. The tracker's own voice takes no side.",
    AGREE="Both speak, and their latest statuses are the same.",
    DISAGREE="Both speak, and their latest statuses differ, be it only because one spoke later.",
    GOVERNMENT_ONLY="Only the government speaks.",
    OTHERS_ONLY="Only others speak.",
    NEITHER="Neither speaks.",
)
publish(
    v.DatePrecision,
    "How much of a date the source gives.",
    DAY="The full day.",
    MONTH="The month: the date shown is its last day.",
    YEAR="The year: the date shown is its last day.",
)
publish(
    v.Bound,
    "How a source qualifies a sum; and how far a computed sum can be trusted.",
    EXACT="The source gives it without qualification, even where it is plainly rounded.",
    ABOUT="About, around, some.",
    AT_LEAST="At least, over; a sum with unknown or open parts.",
    UP_TO="Up to, no more than.",
)
publish(
    v.AmountKind,
    "What a statement of a fund's size does.",
    ANNOUNCED="Says it for the first time.",
    INCREASED="Raises it: the amount is the new total.",
    RESTATED="Repeats it.",
    ALLOCATED="Says that it was given out.",
)
publish(
    v.ReconciliationBasis,
    "The breakdown that a stated sum is compared with.",
    PARTS="The tranches or rounds of the fund.",
    ALLOCATIONS="The recipients of the fund.",
    NONE="No breakdown is known.",
)
publish(
    v.ReconciliationState,
    "Whether the money adds up.",
    BALANCED="Every named sum is known, and they make up what was stated. By PARTS that says nothing of recipients.",
    SHORTFALL="Every named sum is known, and they make up less than was stated. Money need not be missing: a part or"
    " a recipient may not have been found, or its list read only in part.",
    EXCESS="The known sums are more than was stated.",
    INCOMPLETE="It cannot be said: a sum is unknown or only a bound, or no breakdown is known.",
    NOTHING_STATED="No source read states a size to compare with.",
)
publish(
    v.EventKind,
    "What kind of event it was.",
    ENGAGEMENT="One of the Home Office's regional engagement events.",
    MEETING="A meeting, such as of a taskforce.",
    SUMMIT="A summit.",
    LAUNCH="Something was launched or opened.",
    CONSULTATION="A public consultation opened or closed.",
    LEGISLATION="A step in the making of law.",
    PUBLICATION="A report, guidance or review was published.",
    ANNOUNCEMENT="Money or policy was announced, or its end.",
    OTHER="Anything else, such as a week of action.",
)
publish(
    v.OrganisationKind,
    "What kind of body it is.",
    GOVERNMENT_DEPARTMENT="A department of the UK government, or a part of one.",
    AGENCY="A public agency or another arm's-length body.",
    POLICE_FORCE="A police force, or forces together.",
    POLICE_AND_CRIME_COMMISSIONER="A police and crime commissioner, or a mayor's office in that part.",
    LOCAL_GOVERNMENT="A council or another local authority.",
    HEALTH="A health body.",
    CHARITY="A charity or another voluntary body.",
    INSPECTORATE="An independent inspectorate.",
    PARLIAMENT="A House of Parliament, a committee or a member.",
    PARTNERSHIP="Several bodies working as one.",
    MEDIA="A newspaper, broadcaster or publisher of news.",
    OTHER="Anything else, such as a company.",
)
publish(
    v.OrganisationRole,
    "What a body does in this record. It may do several of these, or none: one may be named as the place of a copy"
    " only.",
    LEAD="It leads a commitment, alone or with others.",
    RECIPIENT="Money was given or promised to it.",
    HOST="It held an event.",
    PARTICIPANT="Somebody of it was at an event, or was expected there.",
    PUBLISHER="It first issued a document.",
    CARRIER="It carries a copy of a document that somebody else issued.",
)
publish(
    v.AreaKind,
    "What kind of area it is. Each is within one of a later kind.",
    POLICE_FORCE_AREA="The area of one police force.",
    REGION="A region of England.",
    NATION="A nation of the United Kingdom.",
)
publish(
    v.SearchKind,
    "The kinds of objects that a search finds. Each says where it looks.",
    COMMITMENT="Commitments: title, summary and ref.",
    ALLOCATION="Allocations: the name of the recipient, and the note; that of the fund counts, too.",
    FUND="Funds: name and note.",
    EVENT="Events: title, venue, place and region; hosts; the names, roles and bodies of those who were there.",
    PERSON="People: name, and the roles and bodies for which sources name them.",
    ORGANISATION="Organisations: name.",
    AREA="Areas: name.",
    STATUS_UPDATE="Status updates: the note; title and summary of the commitment count, too.",
    DOCUMENT="Sources: title, original title and note; the names of the publisher and of the site of a copy.",
    DISCREPANCY="Disagreements: question and explanation.",
    THEME="Themes: title.",
)
publish(
    v.DocumentKind,
    "What part a document plays in the tracker.",
    SEED="One of the documents that the tracker was created from. Its paragraphs are numbered and verified.",
    RECORD="Other public record.",
)
publish(
    v.DiscrepancyKind,
    "What sources disagree about.",
    AMOUNT="A sum of money.",
    COUNT="How many.",
    DATE="When.",
    STATUS="Whether something was done.",
    SCOPE="What is covered.",
    ATTRIBUTION="Who did, gave or received.",
)
publish(
    v.DiscrepancyState,
    "What came of a discrepancy.",
    OPEN="Nothing read settles it.",
    EXPLAINED="The sources can both stand.",
    RESOLVED="One of them is shown to be right.",
)
publish(
    v.GapKind,
    "What is not known.",
    UNIDENTIFIED="No source read tells what the commitment is.",
    NO_STATUS="No source read says where an identified commitment stands.",
    LOW_CONFIDENCE="It is not sure that the commitment is one of the Strategy's.",
    UNKNOWN_SUM="A fund has no stated size, or a recipient is named without a sum.",
    UNRECONCILED="A fund does not add up, or cannot be shown to.",
    NO_DATE="No source read dates the event.",
    OPEN_DISCREPANCY="Sources disagree, and nothing settles it.",
)
publish(
    v.Interval,
    "How far apart the points of a series are.",
    MONTH="The last day of each month.",
    QUARTER="The last day of March, June, September and December.",
    YEAR="The last day of each year.",
)
publish(
    v.Role,
    "What a token may do.",
    CONTRIBUTOR="Record statuses in its own voices, and add documents.",
    EDITOR="Everything: also identify, link, add events and funds, settle discrepancies, correct and withdraw.",
)
publish(
    v.ChangeAction,
    "What a change did.",
    IMPORTED="Reviewed files were loaded.",
    RECORDED="A status was recorded.",
    CORRECTED="Something that was wrong was put right.",
    IDENTIFIED="A commitment was identified.",
    ADDED="A document, an event or a fund was added.",
    STATED="A statement of the size of a fund was recorded.",
    ALLOCATED="What a recipient got was recorded.",
    LINKED="Two were linked.",
    UNLINKED="Two are no longer linked.",
    OPENED="A discrepancy was put on record.",
    SETTLED="A discrepancy was settled.",
    REOPENED="A discrepancy was opened again.",
    WITHDRAWN="Something was withdrawn. It stays in the past of the record.",
    CHANGED="A row was changed in the database itself, by SQL.",
)
publish(
    v.ProblemCode,
    "What kind of problem it is.",
    INVALID="The value is not possible, or breaks a rule of evidence.",
    NOT_FOUND="It names something that does not exist.",
    NOT_ALLOWED="The token does not allow it: its role, or its voices.",
    CONFLICT="It contradicts what is recorded, perhaps by a change made in the meantime.",
    DUPLICATE="It is recorded already, as `existing`.",
)
publish(
    v.RowKind,
    "The kinds of rows that have names of their own.",
    STRATEGY="The Strategy, by its slug.",
    THEME="A theme, by its slug.",
    COMMITMENT="A commitment, by its ref.",
    STATUS_UPDATE="A status update, by its key: the last part of its name in the log.",
    FUND="A fund, by its slug.",
    AMOUNT_STATEMENT="A statement of a fund's size, by its key.",
    ALLOCATION="An allocation, by the slugs of its fund and its recipient: fund/recipient.",
    EVENT="An event, by its slug.",
    ORGANISATION="An organisation, by its slug.",
    AREA="An area, by its slug.",
    PERSON="A person, by their slug.",
    TERM="A term, by its slug.",
    DOCUMENT="A document, by its slug.",
    CITATION="A citation, by its key.",
    DISCREPANCY="A discrepancy, by its slug.",
)
