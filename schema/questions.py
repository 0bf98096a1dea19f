"""The question that would settle a gap, in words to send."""

from db.coverage import Gap
from db.models import Fund
from db.vocabulary import GapKind

# What closes a gap of each kind.
SETTLED_BY = {
    GapKind.UNIDENTIFIED: "The full published text of the Strategy, held against the rows that are identified.",
    GapKind.NO_STATUS: "Any dated source on where it stands: an answer in Parliament, a report, a page of its lead.",
    GapKind.LOW_CONFIDENCE: "A passage of the Strategy, or of a minister, that counts it as one of its own.",
    GapKind.UNKNOWN_SUM: "A list of recipients with sums, or an answer to a request for information.",
    GapKind.UNRECONCILED: "The full list of parts and recipients, with final sums. Funds of which no breakdown is known"
    " at all are not listed here.",
    GapKind.NO_DATE: "A dated invitation, page or report of the event.",
    GapKind.OPEN_DISCREPANCY: "A statement by one of the sources on which of the two is right.",
}


def draft(gap: Gap, name: str, other: str | None, strategy: str) -> str:
    """`name` is what the subject is called; of an allocation, `name` is the fund and `other` the recipient."""
    match gap.kind:
        case GapKind.UNIDENTIFIED:
            return f"Please send me the list of the commitments of the {strategy}, as you count them."
        case GapKind.NO_STATUS:
            return (
                f"The {strategy} promised this: {_sentence(name)} What has been done about it, and when? Please send me"
                " what is on record, such as a report or an evaluation."
            )
        case GapKind.LOW_CONFIDENCE:
            return (
                f"Is this one of the commitments of the {strategy}: {_sentence(name)} Please point me to the passage"
                " that says so."
            )
        case GapKind.UNKNOWN_SUM if gap.model is Fund:
            return f"How much money was set aside for this: {name}{f', {other}' if other else ''}? In which years?"
        case GapKind.UNKNOWN_SUM:
            return f"How much did {other} receive from this fund: {name}? In which years, and for what?"
        case GapKind.UNRECONCILED:
            return f"Please send me the list of all who received money from this fund, with the final sums: {name}."
        case GapKind.NO_DATE:
            return f"On which day was this: {name}? Please send me the invitation or the programme."
        case GapKind.OPEN_DISCREPANCY:
            return (
                f"Published sources differ on this: {_sentence(name)} Which of them is right, and which document shows"
                " it?"
            )


def _sentence(text: str) -> str:
    return text if text.endswith(("?", ".", "!")) else f"{text}."
