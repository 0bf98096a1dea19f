"""The questions in the words of PostGraphile, whose schema follows the tables."""

from typing import Any

import orjson

FIELDS = """
ref
title
theme: themeByThemeId { title }
leads: commitmentLeadsByCommitmentId(orderBy: POSITION_ASC) { nodes { to: organisationByOrganisationId { name } } }
status
statusHistory: statusUpdatesByCommitmentId(
  condition: {correctedById: null}, orderBy: [EFFECTIVE_ON_ASC, RECORDED_AT_ASC, KEY_ASC]
) {
  nodes {
    status effectiveOn voice note
    citation: citationByStatusUpdateId { paragraph document: documentByDocumentId { title url } }
  }
}
funds: commitmentFundsByCommitmentId { nodes { to: fundByFundId { name slug amount: size } } }
events: commitmentEventsByCommitmentId { nodes { to: eventByEventId { title date: heldOn } } }
citations: citationsByCommitmentId { nodes { paragraph note document: documentByDocumentId { title url } } }
"""

COMMITMENTS = 'commitments: allCommitments(first: 61, condition: {origin: "STRATEGY"}, orderBy: REF_ASC)'

QUESTIONS = {
    "dashboard": f"{{ {COMMITMENTS} {{ nodes {{ {FIELDS} }} }} }}",
    "one commitment": f'{{ commitment: commitmentByRef(ref: "SVS-19") {{ {FIELDS} }} }}',
    "refs, titles, status": f"{{ {COMMITMENTS} {{ nodes {{ ref title status }} }} }}",
    "__typename": "{ __typename }",
}


def plain(value: Any) -> Any:
    """An answer, ours or theirs, without what differs in form: rows of links, sums in objects, the order of lists."""
    if isinstance(value, list):
        return sorted(map(plain, value), key=orjson.dumps)
    if not isinstance(value, dict):
        return value
    for wrapper in ("nodes", "to", "amount"):
        if [*value] == [wrapper]:
            return plain(value[wrapper])
    return {name: plain(part) for name, part in value.items()}
