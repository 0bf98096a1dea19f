"""Asks and writes with the client that ariadne-codegen made. Its environment is not that of the service."""

import datetime as dt
import os
from pathlib import Path

import httpx
from sixty_one import (  # type: ignore[import-not-found]
    AddDocumentInput,
    CitationInput,
    Client,
    CommitmentFilter,
    CommitmentOrder,
    GraphQLClientGraphQLMultiError,
    RecordStatusInput,
    SettleDiscrepancyInput,
)

URL, TOKEN = f"{os.environ['SIXTYONE_URL'].rstrip('/')}/graphql", os.environ["SIXTYONE_TOKEN"]
KNOWN = "Q29tbWl0bWVudDpTVlMtMDE="  # Commitment:SVS-01
COUNT = (Path(__file__).parent / "queries.graphql").read_text()
client = Client(url=URL, http_client=httpx.Client(headers={"authorization": f"Bearer {TOKEN}"}))

# Nothing that has a default is required.
assert CommitmentOrder().model_dump() == {"by": "REF", "direction": "ASC"}
citation = CitationInput(newDocument=AddDocumentInput(slug="a-page", title="A page"))
statement = {"commitment": "SVS-19", "status": "IN_PROGRESS", "voice": "PARLIAMENT", "note": "It goes on."}
recorded = client.record_status(RecordStatusInput(**statement, effectiveOn=dt.date(2025, 1, 31), citation=citation))
update = recorded.record_status.status_update
assert (update.effective_on, update.precision) == (dt.date(2025, 1, 31), "DAY"), update
settled = client.settle_discrepancy(
    SettleDiscrepancyInput(discrepancy="events-frequency", state="EXPLAINED", explanation="Some were not reported.")
)
assert settled.settle_discrepancy.discrepancy.state == "EXPLAINED", settled

# A client that writes every field gets what one gets that writes none.
usual = client.count_commitments()
nothing = CommitmentFilter().model_dump(by_alias=True)
assert {name for name, value in nothing.items() if value is not None} == {"origin"}, nothing
for variables in (
    {"filter": {**nothing, "origin": None}, "orderBy": {"by": None, "direction": None}, "after": None},
    {"filter": {"status": [], "origin": [], "search": ""}, "orderBy": None, "after": ""},
):
    response = client.execute(query=COUNT, operation_name="CountCommitments", variables=variables)
    assert client.get_data(response)["commitments"]["totalCount"] == usual.commitments.total_count == 61, variables

# An id that is none and a cursor that is none blank themselves.
answer = None
try:
    client.find_nodes(ids=["garbage", KNOWN], after="zzz")
except GraphQLClientGraphQLMultiError as error:
    answer = error
assert answer
assert answer.data["nodes"] == [None, {"__typename": "Commitment", "id": KNOWN}], answer.data
assert answer.data["strategy"]["title"], answer.data
assert answer.data["commitments"] is None, answer.data
refusals = [(error.extensions["code"], error.path) for error in answer.errors]
assert sorted(refusals) == [("INVALID_CURSOR", ["commitments"]), ("INVALID_ID", ["nodes", 0])], refusals
