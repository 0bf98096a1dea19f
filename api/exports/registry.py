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
    statuses_flat,
    strategy,
    terms,
)

TABLES = (
    commitments.COMMITMENTS,
    commitments.STATUSES,
    statuses_flat.STATUSES_FLAT,
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
    areas.AREA_SHARES,
    people.PEOPLE,
    terms.TERMS,
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
# The sheets of a workbook: of each table one, but for the commitments.
SHEETS = (*commitments.SHEETS, *TABLES[1:])
BY_NAME = {table.name: table for table in TABLES}
