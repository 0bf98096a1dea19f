"""What is asked at every size: fields by GraphQL, pages and files by their paths."""

from tests.bench.queries import QUESTIONS

PAST = 'asOf: "2019-06-01"'
FIELDS = QUESTIONS | {
    "totalCount": "{ commitments { totalCount } }",
    "status at a day": f"{{ commitments(first: 50, filter: {{{PAST}, status: DELIVERED}}) {{ nodes {{ ref }} }} }}",
    "rare status at a day": f"{{ commitments(first: 50, filter: {{{PAST}, status: STALLED}}) {{ nodes {{ ref }} }} }}",
    "count at a day": f"{{ commitments(filter: {{{PAST}, status: DELIVERED}}) {{ totalCount }} }}",
    "agreement": "{ commitments(filter: {agreement: DISAGREE}, first: 50) { nodes { ref } } }",
    "by status": "{ commitments(orderBy: {by: STATUS}, first: 50) { nodes { ref } } }",
    "by last evidence": "{ commitments(orderBy: {by: LAST_EVIDENCE}, first: 50) { nodes { ref } } }",
    "by title": "{ commitments(orderBy: {by: TITLE}, first: 50) { nodes { ref } } }",
    "progress": "{ progress { counts { status count } } }",
    "series of 102 points": """{ progressSeries(from: "2018-04-01", to: "2026-09-30", every: MONTH) { asOf total } }""",
    "coverage": "{ coverage { identified withStatus withFunds withEvents inSeedDocuments } }",
    "coverage by theme": "{ coverage { byTheme { theme { slug } identified withStatus } } }",
    "counts of gaps": "{ coverage { gapCounts { kind count } } }",
    "gaps": "{ coverage { gaps(most: 100) { kind note } } }",
    "funds": "{ funds(first: 14) { nodes { slug reconciliation { state accountedFor { amount } } } } }",
    "funds by amount": "{ funds(first: 4, orderBy: {by: AMOUNT, direction: DESC}) { nodes { slug } } }",
    "events": "{ events(first: 50) { nodes { title date } } }",
    "discrepancies": "{ discrepancies(first: 10, filter: {state: OPEN}) { nodes { slug question } } }",
    "changes": "{ changes(first: 4) { nodes { revision summary } } }",
    "search": '{ commitments(filter: {search: "knife"}, first: 5) { nodes { ref } } }',
}
# These look at every row, because none or few have the word.
SEARCHES = {
    "search without a hit": '{ commitments(filter: {search: "zzyzx"}, first: 5) { nodes { ref } } }',
    "count of a search": '{ commitments(filter: {search: "knife"}) { totalCount } }',
}
PAGES = (
    "/",
    "/commitments",
    "/commitments?status=DELIVERED",
    "/commitments/SVS-19",
    "/themes",
    "/themes/communities",
    "/funds",
    "/events",
    "/sources",
    "/sources/north-east-event-2019",
    "/organisations",
    "/organisations/home-office",
    "/organisations/west-midlands-police",
    "/claims",
    "/people",
    "/areas",
    "/areas/london",
    "/gaps",
    "/changes",
    "/feed.atom",
)
CALENDAR = "/events.ics"
FILES = (CALENDAR, "/data/commitments.csv")
