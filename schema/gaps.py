"""Gaps in words."""

import datetime as dt

from db import coverage, models
from db.vocabulary import GapKind, ReconciliationState

UNRECONCILED = {
    ReconciliationState.SHORTFALL: "Less is on record than was stated: a part or a recipient may not have been found.",
    ReconciliationState.EXCESS: "More is on record than was stated.",
    ReconciliationState.INCOMPLETE: "Some of its sums are unknown or only bounds, so it cannot be said to add up.",
}


def describe(gap: coverage.Gap) -> str:
    match gap.kind:
        case GapKind.UNIDENTIFIED:
            return "No source read tells what this commitment is; the full text of the Strategy might."
        case GapKind.NO_STATUS if gap.detail:
            return f"A search on {dt.date.fromisoformat(gap.detail):%-d %B %Y} found nothing on where it stands."
        case GapKind.NO_STATUS:
            return "No search for its status is recorded."
        case GapKind.LOW_CONFIDENCE:
            return "It is not sure that this is one of the Strategy's own."
        case GapKind.UNKNOWN_SUM if gap.model is models.Fund:
            return "No source read states its size."
        case GapKind.UNKNOWN_SUM:
            return " ".join(["No source read gives the sum for this recipient.", *([gap.detail] if gap.detail else [])])
        case GapKind.UNRECONCILED:
            return UNRECONCILED[ReconciliationState(gap.detail or "")]
        case GapKind.NO_DATE:
            return gap.detail or "No source read dates it."
        case GapKind.OPEN_DISCREPANCY:
            return f"Sources differ and nothing settles it: {gap.detail}"
