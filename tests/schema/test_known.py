"""What was answered at an instant is answered again as known at that instant: in filters, orders, counts and sums."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engines import Engine
from tests.inputs import submit_valid
from tests.server import Api
from tests.writable import WritableApi, serving_copy

FIRST = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
KNOWN = f'knownAt: "{FIRST.isoformat()}"'
PERIOD = 'from: "2018-01-01", to: "2020-12-31"'
GROUPS = "filter: {statusGroup: [OPEN, DELIVERED]}"
CHANGES = [
    "correctStatus", "identifyCommitment", "recordStatus", "stateAmount", "allocate", "settleDiscrepancy", "unlink",
]  # fmt: skip
# Each is answered otherwise after the changes. These take `knownAt` themselves.
COUNTS = [
    "progress(filter: {status: [ANNOUNCED, NOT_STARTED]}) { total counts { status count } }",
    f"progressSeries({PERIOD}, every: QUARTER, {GROUPS}) {{ total counts {{ count }} }}",
    f"statusChanges({PERIOD}, {GROUPS}) {{ commitment {{ ref }} before after updates {{ note }} }}",
    'coverage(asOf: "2026-12-01") { identified withStatus gapCounts { kind count } gaps { note } }',
]
LISTS = [
    "commitments(filter: {status: [NOT_STARTED]}) { totalCount nodes { ref status } }",
    "commitments(filter: {status: [ANNOUNCED]}) { totalCount nodes { ref } }",
    "commitments(filter: {agreement: [DISAGREE]}) { totalCount nodes { ref agreement } }",
    "commitments(orderBy: {by: STATUS, direction: DESC}) { nodes { ref status } pageInfo { endCursor } }",
    "commitments(orderBy: {by: LAST_EVIDENCE, direction: DESC}) { nodes { ref daysSinceEvidence } }",
    'commitments(filter: {fund: ["youth-fund-round-1"]}) { totalCount nodes { ref } }',
    'commitments(filter: {search: "mend the quay"}) { totalCount }',
    "funds(filter: {state: [NOTHING_STATED]}) { totalCount nodes { slug } }",
    "funds(orderBy: {by: AMOUNT, direction: DESC}) { nodes { slug amount { amount } reconciliation { state } } }",
    'organisations(filter: {search: "all city media"}) { totalCount }',
    "discrepancies(filter: {state: [OPEN]}) { totalCount nodes { slug } }",
]


@dataclass
class ChangedApi:
    """The application after several changes, and what it answered before them."""

    api: WritableApi
    answers: dict[str, Any]


@pytest.fixture(scope="module")
def api_changed(engine: Engine, seeded_template: str) -> Iterator[ChangedApi]:
    with serving_copy(engine.copy(seeded_template)) as api:
        api.clock.now = FIRST
        answers = {field: api.public.ask(f"{{ {field} }}") for field in [*COUNTS, *LISTS]}
        for hours, name in enumerate(CHANGES, 1):
            api.clock.now = FIRST + dt.timedelta(hours=hours)
            submit_valid(api.editor, name)
        yield ChangedApi(api, answers)


@pytest.mark.parametrize("field", [*COUNTS, *LISTS])
def test_a_record_answers_as_the_service_did_at_the_instant(api_changed: ChangedApi, field: str) -> None:
    before = api_changed.answers[field]
    assert api_changed.api.public.ask(f"{{ record({KNOWN}) {{ {field} }} }}") == {"record": before}
    assert api_changed.api.public.ask(f"{{ {field} }}") != before


@pytest.mark.parametrize("field", COUNTS)
def test_a_count_is_of_what_its_filter_chose_at_the_instant(api_changed: ChangedApi, field: str) -> None:
    known = field.replace("(", f"({KNOWN}, ", 1)
    assert api_changed.api.public.ask(f"{{ {known} }}") == api_changed.answers[field]


def test_a_reconciliation_is_of_what_was_known_at_the_instant(api_changed: ChangedApi) -> None:
    query = (
        "query ($at: DateTime) { funds { nodes { slug reconciliation(knownAt: $at) { state stated { amount } } } } }"
    )
    then, now = (api_changed.api.public.ask(query, at=at)["funds"]["nodes"] for at in (FIRST.isoformat(), None))
    changed = {before["slug"] for before, after in zip(then, now, strict=True) if before != after}
    assert changed == {"anti-knife-crime-community-fund", "knifefree-campaign"}


@pytest.mark.parametrize(
    ("at", "total"), [("0001-01-01T00:00:00Z", 0), ("0001-01-01T00:00:00.000001Z", 0), ("2026-12-02T23:59:59Z", 61)]
)
def test_the_first_and_last_instants_are_answered(api_readonly: Api, at: str, total: int) -> None:
    answer = api_readonly.ask(
        f'{{ progress(knownAt: "{at}") {{ total }} confirmations(knownAt: "{at}") {{ number: count }} }}'
    )
    assert answer["progress"]["total"] == sum(each["number"] for each in answer["confirmations"]) == total
