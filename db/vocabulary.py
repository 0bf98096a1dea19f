"""The enumerations of the data: stored as text under a CHECK, and published by the schema."""

from enum import StrEnum

# The only currency of the record, by ISO 4217.
GBP = "GBP"
# The actor in the log of changes for what was loaded from files.
IMPORT_ACTOR = "import"


class CommitmentOrigin(StrEnum):
    STRATEGY = "STRATEGY"
    LATER = "LATER"


class Confidence(StrEnum):
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class CommitmentGroup(StrEnum):
    """What commitments are counted by."""

    LEAD = "LEAD"
    FUND = "FUND"
    RECIPIENT = "RECIPIENT"
    VOICE = "VOICE"
    YEAR = "YEAR"


class MoneyGroup(StrEnum):
    """What money is added up by."""

    RECIPIENT = "RECIPIENT"
    FUND = "FUND"
    LEAD = "LEAD"
    YEAR = "YEAR"


class Status(StrEnum):
    """In the order in which they are listed everywhere: unknown first, ended last."""

    NOT_ASSESSED = "NOT_ASSESSED"
    NO_EVIDENCE = "NO_EVIDENCE"
    UNTESTABLE = "UNTESTABLE"
    NOT_STARTED = "NOT_STARTED"
    ANNOUNCED = "ANNOUNCED"
    IN_PROGRESS = "IN_PROGRESS"
    STALLED = "STALLED"
    PARTIALLY_DELIVERED = "PARTIALLY_DELIVERED"
    DELIVERED = "DELIVERED"
    DISCONTINUED = "DISCONTINUED"
    SUPERSEDED = "SUPERSEDED"
    ABANDONED = "ABANDONED"


class StatusGroup(StrEnum):
    UNKNOWN = "UNKNOWN"
    OPEN = "OPEN"
    DELIVERED = "DELIVERED"
    ENDED = "ENDED"


_GROUPS = {
    StatusGroup.UNKNOWN: (Status.NOT_ASSESSED, Status.NO_EVIDENCE, Status.UNTESTABLE),
    StatusGroup.OPEN: (Status.NOT_STARTED, Status.ANNOUNCED, Status.IN_PROGRESS, Status.STALLED),
    StatusGroup.DELIVERED: (Status.PARTIALLY_DELIVERED, Status.DELIVERED),
    StatusGroup.ENDED: (Status.DISCONTINUED, Status.SUPERSEDED, Status.ABANDONED),
}
GROUP_OF = {status: group for group, statuses in _GROUPS.items() for status in statuses}


class Voice(StrEnum):
    GOVERNMENT = "GOVERNMENT"
    PARLIAMENT = "PARLIAMENT"
    INSPECTORATE = "INSPECTORATE"
    DELIVERY_BODY = "DELIVERY_BODY"
    CIVIL_SOCIETY = "CIVIL_SOCIETY"
    MEDIA = "MEDIA"
    TRACKER = "TRACKER"


class Side(StrEnum):
    GOVERNMENT = "GOVERNMENT"
    DELIVERY = "DELIVERY"
    OTHERS = "OTHERS"


class Confirmation(StrEnum):
    """In the order in which they are listed: from no word to check, to one that is contested."""

    NO_WORD = "NO_WORD"
    NOBODY_ELSE = "NOBODY_ELSE"
    NOT_CONFIRMED_SINCE = "NOT_CONFIRMED_SINCE"
    DELIVERY_ONLY = "DELIVERY_ONLY"
    DELIVERY_DIFFERS = "DELIVERY_DIFFERS"
    CONFIRMED = "CONFIRMED"
    CONTRADICTED = "CONTRADICTED"


class Agreement(StrEnum):
    AGREE = "AGREE"
    DISAGREE = "DISAGREE"
    GOVERNMENT_ONLY = "GOVERNMENT_ONLY"
    OTHERS_ONLY = "OTHERS_ONLY"
    NEITHER = "NEITHER"


class DatePrecision(StrEnum):
    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


class Bound(StrEnum):
    EXACT = "EXACT"
    ABOUT = "ABOUT"
    AT_LEAST = "AT_LEAST"
    UP_TO = "UP_TO"


class AmountKind(StrEnum):
    ANNOUNCED = "ANNOUNCED"
    INCREASED = "INCREASED"
    RESTATED = "RESTATED"
    ALLOCATED = "ALLOCATED"


class ReconciliationBasis(StrEnum):
    PARTS = "PARTS"
    ALLOCATIONS = "ALLOCATIONS"
    NONE = "NONE"


class ReconciliationState(StrEnum):
    BALANCED = "BALANCED"
    SHORTFALL = "SHORTFALL"
    EXCESS = "EXCESS"
    INCOMPLETE = "INCOMPLETE"
    NOTHING_STATED = "NOTHING_STATED"


class EventKind(StrEnum):
    ENGAGEMENT = "ENGAGEMENT"
    MEETING = "MEETING"
    SUMMIT = "SUMMIT"
    LAUNCH = "LAUNCH"
    CONSULTATION = "CONSULTATION"
    LEGISLATION = "LEGISLATION"
    PUBLICATION = "PUBLICATION"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    OTHER = "OTHER"


class OrganisationKind(StrEnum):
    GOVERNMENT_DEPARTMENT = "GOVERNMENT_DEPARTMENT"
    AGENCY = "AGENCY"
    POLICE_FORCE = "POLICE_FORCE"
    POLICE_AND_CRIME_COMMISSIONER = "POLICE_AND_CRIME_COMMISSIONER"
    LOCAL_GOVERNMENT = "LOCAL_GOVERNMENT"
    HEALTH = "HEALTH"
    CHARITY = "CHARITY"
    INSPECTORATE = "INSPECTORATE"
    PARLIAMENT = "PARLIAMENT"
    PARTNERSHIP = "PARTNERSHIP"
    MEDIA = "MEDIA"
    OTHER = "OTHER"


class OrganisationRole(StrEnum):
    LEAD = "LEAD"
    RECIPIENT = "RECIPIENT"
    HOST = "HOST"
    PARTICIPANT = "PARTICIPANT"
    PUBLISHER = "PUBLISHER"
    CARRIER = "CARRIER"


class AreaKind(StrEnum):
    POLICE_FORCE_AREA = "POLICE_FORCE_AREA"
    REGION = "REGION"
    NATION = "NATION"


class SearchKind(StrEnum):
    COMMITMENT = "COMMITMENT"
    ALLOCATION = "ALLOCATION"
    FUND = "FUND"
    EVENT = "EVENT"
    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    AREA = "AREA"
    STATUS_UPDATE = "STATUS_UPDATE"
    DOCUMENT = "DOCUMENT"
    DISCREPANCY = "DISCREPANCY"
    THEME = "THEME"


class DocumentKind(StrEnum):
    SEED = "SEED"
    RECORD = "RECORD"


class DiscrepancyKind(StrEnum):
    AMOUNT = "AMOUNT"
    COUNT = "COUNT"
    DATE = "DATE"
    STATUS = "STATUS"
    SCOPE = "SCOPE"
    ATTRIBUTION = "ATTRIBUTION"


class DiscrepancyState(StrEnum):
    OPEN = "OPEN"
    EXPLAINED = "EXPLAINED"
    RESOLVED = "RESOLVED"


class GapKind(StrEnum):
    UNIDENTIFIED = "UNIDENTIFIED"
    NO_STATUS = "NO_STATUS"
    LOW_CONFIDENCE = "LOW_CONFIDENCE"
    UNKNOWN_SUM = "UNKNOWN_SUM"
    UNRECONCILED = "UNRECONCILED"
    NO_DATE = "NO_DATE"
    OPEN_DISCREPANCY = "OPEN_DISCREPANCY"


class Interval(StrEnum):
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class Role(StrEnum):
    CONTRIBUTOR = "CONTRIBUTOR"
    EDITOR = "EDITOR"


class ChangeAction(StrEnum):
    IMPORTED = "IMPORTED"
    RECORDED = "RECORDED"
    CORRECTED = "CORRECTED"
    IDENTIFIED = "IDENTIFIED"
    ADDED = "ADDED"
    STATED = "STATED"
    ALLOCATED = "ALLOCATED"
    LINKED = "LINKED"
    UNLINKED = "UNLINKED"
    OPENED = "OPENED"
    SETTLED = "SETTLED"
    REOPENED = "REOPENED"
    WITHDRAWN = "WITHDRAWN"
    CHANGED = "CHANGED"


class ProblemCode(StrEnum):
    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    NOT_ALLOWED = "NOT_ALLOWED"
    CONFLICT = "CONFLICT"
    DUPLICATE = "DUPLICATE"


class RowKind(StrEnum):
    """The kinds of rows that have names of their own, each with the name of its model."""

    STRATEGY = "Strategy"
    THEME = "Theme"
    COMMITMENT = "Commitment"
    STATUS_UPDATE = "StatusUpdate"
    FUND = "Fund"
    AMOUNT_STATEMENT = "AmountStatement"
    ALLOCATION = "Allocation"
    EVENT = "Event"
    ORGANISATION = "Organisation"
    AREA = "Area"
    PERSON = "Person"
    TERM = "Term"
    DOCUMENT = "Document"
    CITATION = "Citation"
    DISCREPANCY = "Discrepancy"
