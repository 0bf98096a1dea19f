"""All tables, in the order in which they are listed."""

from api.exports import (
    citations,
    commitments,
    discrepancies,
    documents,
    events,
    funds,
    links,
    organisations,
    statuses,
    strategy,
)

TABLES = (
    commitments.TABLE,
    statuses.TABLE,
    funds.FUNDS,
    funds.AMOUNTS,
    funds.ALLOCATIONS,
    events.TABLE,
    citations.TABLE,
    discrepancies.TABLE,
    discrepancies.CLAIMS,
    organisations.TABLE,
    documents.TABLE,
    links.PARTICIPANTS,
    strategy.STRATEGIES,
    strategy.THEMES,
    strategy.DEFINITIONS,
    links.LEADS,
    links.HOSTS,
    links.COMMITMENT_FUNDS,
    links.COMMITMENT_EVENTS,
    links.EVENT_FUNDS,
)
BY_NAME = {table.name: table for table in TABLES}
