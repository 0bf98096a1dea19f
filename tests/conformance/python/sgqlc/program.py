"""Asks and writes with what sgqlc-codegen made of the schema and of two operations."""

import datetime as dt
import decimal
import os
from typing import Any

import httpx
from operations import Operations  # type: ignore[import-not-found]
from sgqlc.endpoint.httpx import HTTPXEndpoint  # type: ignore[import-not-found]
from sgqlc.operation import Operation  # type: ignore[import-not-found]
from sixty_one import CommitmentFilter, RecordStatusInput, sixty_one  # type: ignore[import-not-found]

URL, TOKEN = f"{os.environ['SIXTYONE_URL'].rstrip('/')}/graphql", os.environ["SIXTYONE_TOKEN"]
ask = HTTPXEndpoint(URL, {"authorization": f"Bearer {TOKEN}"}, client=httpx.Client())


def result(operation: Any, **variables: Any) -> Any:
    """The answer as objects of the types of the schema."""
    answer = ask(operation, variables)
    assert "errors" not in answer, answer
    return operation + answer


# Pages by cursor, of a query that stands in a file.
refs, after = [], None
while True:
    chosen = CommitmentFilter(theme=["county-lines"])
    page = result(Operations.query.find_commitments, filter=chosen.__to_json_value__(), after=after).commitments
    refs += [commitment.ref for commitment in page.nodes]
    for commitment in page.nodes:
        if commitment.status_update:
            assert type(commitment.status_update.effective_on) is dt.date, commitment
            assert commitment.status_update.recorded_at.tzinfo, commitment
    after = page.page_info.end_cursor
    if not page.page_info.has_next_page:
        break
assert len(set(refs)) == len(refs) == page.total_count > 5, refs

# Sums and days, of a query that is put together here.
question = Operation(sixty_one.query_type)
fund = question.fund(slug="serious-violence-fund")
fund.amount.amount()
fund.amounts.stated_on()
question.commitment(ref="SVS-19").status(as_of=dt.date(2018, 12, 31))
answer = result(question)
assert answer.fund.amount.amount == decimal.Decimal("100000000.00"), answer
assert {type(amount.stated_on) for amount in answer.fund.amounts} == {dt.date}, answer
assert answer.commitment.status == "IN_PROGRESS", answer


def record(**values: Any) -> Any:
    statement = {"commitment": "SVS-19", "status": "IN_PROGRESS", "voice": "PARLIAMENT", "note": "It goes on."}
    values = RecordStatusInput(**statement, **values).__to_json_value__()
    return result(Operations.mutation.record_status, input=values).record_status


# A refusal is an answer with every problem.
refused = record(effective_on=dt.date(3000, 1, 1), citation={"document": "no-such-page"})
assert refused.__typename__ == "Rejected", refused
problems = {(problem.code, *problem.path) for problem in refused.problems}
assert problems == {("INVALID", "effectiveOn"), ("NOT_FOUND", "citation", "document")}, problems
page = {"newDocument": {"slug": "a-page-for-sgqlc", "title": "A page"}}
recorded = record(effective_on=dt.date(2025, 1, 31), citation=page)
assert recorded.status_update.effective_on == dt.date(2025, 1, 31), recorded

# An error stands beside what was answered.
partial = ask('{ dataset { licence } commitment(ref: "SVS-99") { title } }')
assert [error["extensions"]["code"] for error in partial["errors"]] == ["NOT_FOUND"], partial
assert partial["data"]["dataset"]["licence"], partial
assert partial["data"]["commitment"] is None, partial
