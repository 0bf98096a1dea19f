"""All tables, in the order in which they are listed."""

from api.exports import citations, commitments, discrepancies, events, funds, history, links, organisations, strategy

TABLES = (
    commitments.COMMITMENTS,
    commitments.STATUSES,
    funds.FUNDS,
    funds.AMOUNTS,
    funds.ALLOCATIONS,
    events.EVENTS,
    citations.CITATIONS,
    discrepancies.DISCREPANCIES,
    discrepancies.CLAIMS,
    organisations.ORGANISATIONS,
    citations.DOCUMENTS,
    links.PARTICIPANTS,
    strategy.STRATEGIES,
    strategy.THEMES,
    strategy.DEFINITIONS,
    history.CHANGES,
    history.VERSIONS,
    links.LEADS,
    links.HOSTS,
    links.COMMITMENT_FUNDS,
    links.COMMITMENT_EVENTS,
    links.EVENT_FUNDS,
)
BY_NAME = {table.name: table for table in TABLES}
