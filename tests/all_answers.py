"""Every question that the API can be asked, so that two databases can be held against each other."""

from typing import Any

from tests.server import Api

CITATIONS = "citations { id paragraph figures note document { slug } subject { id } }"
UPDATE = """id status effectiveOn precision recordedAt voice side note correctionReason correctedBy { id }
  citation { id note }"""
MONEY = "{ amount currency bound }"
DAY = '(asOf: "2026-11-28")'
LISTS = {
    "commitments": f"""commitments(filter: {{origin: [STRATEGY, LATER]}}, first: 40, after: $after) {{ nodes {{
      id ref origin identified slug title summary confidence theme {{ slug }} leads {{ slug }}
      statusHistory(includeCorrected: true) {{ {UPDATE} }} agreement{DAY} daysSinceEvidence{DAY}
      confirmation{DAY} governmentAlone{DAY} nothingFoundSince{DAY} others: status(sides: [DELIVERY, OTHERS])
      funds {{ slug }} events {{ slug }} discrepancies {{ slug }} {CITATIONS} }}""",
    "funds": f"""funds(after: $after) {{ nodes {{
      id slug name period note parent {{ slug }} parts {{ slug }} amount {MONEY}
      amounts {{ money {MONEY} kind statedOn precision citation {{ id }} }}
      allocations {{ id money {MONEY} period note recipient {{ slug }} citation {{ id }} }}
      reconciliation {{ basis accountedFor {MONEY} unaccounted {MONEY} unknownSums state }}
      commitments {{ ref }} events {{ slug }} discrepancies {{ slug }} {CITATIONS} }}""",
    "events": f"""events(after: $after) {{ nodes {{
      id slug title kind date precision dateNote series venue place region attendanceAtLeast sectors topics
      hosts {{ slug }} participants {{ name role organisation {{ slug }} }} commitments {{ ref }} funds {{ slug }}
      discrepancies {{ slug }} {CITATIONS} }}""",
    "organisations": f"""organisations(after: $after) {{ nodes {{
      id slug name kind roles leads {{ ref }} hosted {{ slug }} allocations {{ id }} allocated {MONEY} }}""",
    "areas": f"""areas(after: $after) {{ nodes {{
      id slug name kind code parent {{ slug }} parts {{ slug }} organisations {{ slug }} events {{ slug }} {CITATIONS}
      allocated {{ money {MONEY} unknownSums mayOverlap }} shares {{ fund {{ slug }} total {{ money {MONEY} }} }} }}""",
    "terms": f"terms(after: $after) {{ nodes {{ id slug name meaning {CITATIONS} }}",
    "allocations": """allocations(after: $after) { nodes {
      id isIncluded passesOn fund { slug } recipient { slug } }""",
    "documents": """documents(after: $after) { nodes {
      id slug title publishedOn url kind note via publisher { slug } discrepancies { slug }
      citations { totalCount } }""",
    "discrepancies": """discrepancies(after: $after) { nodes {
      id slug kind question state explanation subject { id } claims { says paragraph figures document { slug } } }""",
    "changes": """changes(after: $after) { nodes {
      id revision recordedAt actor action summary cursor subject { id } edits { record field before after } }""",
}
EDITION = "{ dataset { revision updatedAt licence attribution contact } }"
SINGLES = [
    f"{{ strategy {{ id slug title publishedOn statedCommitments publisher {{ slug }} {CITATIONS} }} }}",
    "{ strategy { themes { id slug title position commitments { ref } } } }",
    EDITION,
    "{ coverage { stated identified unidentified withStatus withFunds withEvents inSeedDocuments } }",
    "{ coverage { gapCounts { kind count settledBy } byTheme { theme { slug } identified withStatus } } }",
    "{ coverage { gaps { kind note question subject { id } askWhom { slug } } } }",
    '{ progressSeries(from: "2018-01-01", to: "2026-09-30", every: QUARTER) { asOf total counts { status count } } }',
]
PAGE_QUERY = "query ($after: String) {{ {} pageInfo {{ hasNextPage endCursor }} }} }}"


def all_answers(api: Api) -> dict[str, Any]:
    """All answers, by the question."""
    return {query: api.ask(query) for query in SINGLES} | {name: all_nodes(api, name) for name in LISTS}


def all_nodes(api: Api, name: str) -> list[Any]:
    """Every item of a list, on all its pages."""
    nodes: list[Any] = []
    after = None
    while True:
        page = api.ask(PAGE_QUERY.format(LISTS[name]), after=after)[name]
        nodes += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return nodes
        after = page["pageInfo"]["endCursor"]
