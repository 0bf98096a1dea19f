"""All tables, in the order in which they are listed."""

from api.exports import (
    areas,
    citations,
    commitments,
    discrepancies,
    events,
    funds,
    history,
    links,
    organisations,
    people,
    strategy,
)

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
    areas.AREAS,
    people.PEOPLE,
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
    links.AREA_ORGANISATIONS,
)
BY_NAME = {table.name: table for table in TABLES}
