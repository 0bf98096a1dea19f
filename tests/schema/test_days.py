"""Money and coverage on a day: what was stated by then, held against plain Python."""

from decimal import Decimal
from typing import Any

import pytest

from tests.server import NOW, Api

DAYS = ["2018-04-09", "2018-06-30", "2018-11-12", "2019-10-08", NOW.date().isoformat()]
STATES = ["BALANCED", "SHORTFALL", "EXCESS", "INCOMPLETE", "NOTHING_STATED"]
FUND = """slug amounts { money { amount bound } statedOn } parts { slug } allocations { id }
  amount(asOf: $day) { amount bound } reconciliation(asOf: $day) { state basis stated { amount bound } unknownSums }"""
COVERAGE = "withStatus byTheme { withStatus } gapCounts { kind count } gaps { kind note subject { id } }"


def funds_on(api: Api, day: str) -> dict[str, Any]:
    query = f"query ($day: Date!) {{ funds {{ nodes {{ {FUND} }} }} }}"
    return {fund["slug"]: fund for fund in api.ask(query, day=day)["funds"]["nodes"]}


def stated_by(fund: dict[str, Any], day: str) -> Any:
    """The last statement by a day. One without a date is the earliest, and of no day before today."""
    undated = [] if day < NOW.date().isoformat() else [each for each in fund["amounts"] if each["statedOn"] is None]
    dated = [each for each in fund["amounts"] if each["statedOn"] and each["statedOn"] <= day]
    statements = undated + dated
    return statements[-1]["money"] if statements else None


@pytest.mark.parametrize("day", DAYS)
def test_a_reconciliation_compares_the_size_that_was_stated_by_the_day(api_readonly: Api, day: str) -> None:
    funds = funds_on(api_readonly, day)
    for fund in funds.values():
        assert fund["reconciliation"]["stated"] == fund["amount"] == stated_by(fund, day), fund["slug"]
        unknown = [part for part in fund["parts"] if funds[part["slug"]]["amount"] is None]
        if fund["reconciliation"]["basis"] == "PARTS":
            assert fund["reconciliation"]["unknownSums"] == len(unknown), fund["slug"]
        if fund["amount"] is None:
            assert fund["reconciliation"]["state"] == "NOTHING_STATED"


def test_more_is_stated_on_a_later_day(api_readonly: Api) -> None:
    stated = [sum(fund["amount"] is not None for fund in funds_on(api_readonly, day).values()) for day in DAYS]
    assert stated == sorted(stated)
    assert 0 < stated[0] < stated[3]


@pytest.mark.parametrize("day", DAYS)
def test_funds_are_filtered_and_sorted_by_what_was_stated_by_the_day(api_readonly: Api, day: str) -> None:
    funds = funds_on(api_readonly, day)
    lists = " ".join(
        f"{state.lower()}: funds(filter: {{state: [{state}], asOf: $day}}) {{ totalCount nodes {{ slug }} }}"
        for state in STATES
    )
    answer = api_readonly.ask(f"query ($day: Date) {{ {lists} }}", day=day)
    for state in STATES:
        expected = [slug for slug, fund in funds.items() if fund["reconciliation"]["state"] == state]
        assert [fund["slug"] for fund in answer[state.lower()]["nodes"]] == expected
        assert answer[state.lower()]["totalCount"] == len(expected)
    largest = "funds(filter: {asOf: $day}, orderBy: {by: AMOUNT, direction: DESC}) { nodes { slug } }"
    slugs = [
        fund["slug"] for fund in api_readonly.ask(f"query ($day: Date) {{ {largest} }}", day=day)["funds"]["nodes"]
    ]
    amounts = {slug: Decimal(fund["amount"]["amount"] if fund["amount"] else 0) for slug, fund in funds.items()}
    assert slugs == sorted(funds, key=lambda slug: (amounts[slug], slug), reverse=True)


@pytest.mark.parametrize("day", DAYS)
def test_coverage_counts_statuses_and_sums_of_the_day(api_readonly: Api, day: str) -> None:
    query = f"""query ($day: Date) {{ coverage(asOf: $day) {{ {COVERAGE} }}
      commitments(filter: {{identified: true}}) {{ nodes {{ id daysSinceEvidence(asOf: $day) }} }} }}"""
    answer, funds = api_readonly.ask(query, day=day), funds_on(api_readonly, day)
    coverage, commitments = answer["coverage"], answer["commitments"]["nodes"]
    without = [row["id"] for row in commitments if row["daysSinceEvidence"] is None]
    assert coverage["withStatus"] == sum(theme["withStatus"] for theme in coverage["byTheme"])
    assert coverage["withStatus"] == len(commitments) - len(without)
    gaps: dict[str, list[str]] = {count["kind"]: [] for count in coverage["gapCounts"]}
    for gap in coverage["gaps"]:
        gaps[gap["kind"]].append(gap["subject"]["id"])
    assert {kind: len(ids) for kind, ids in gaps.items()} == {
        count["kind"]: count["count"] for count in coverage["gapCounts"]
    }
    assert gaps["NO_STATUS"] == without
    ids = {fund["slug"]: fund["id"] for fund in api_readonly.ask("{ funds { nodes { slug id } } }")["funds"]["nodes"]}
    unknown = {ids[slug] for slug, fund in funds.items() if fund["amount"] is None}
    assert unknown == set(gaps["UNKNOWN_SUM"]) & set(ids.values())
    unreconciled = {
        ids[slug]
        for slug, fund in funds.items()
        if (fund["parts"] or fund["allocations"])
        and fund["reconciliation"]["state"] not in ("BALANCED", "NOTHING_STATED")
    }
    assert set(gaps["UNRECONCILED"]) == unreconciled


@pytest.mark.parametrize("day", DAYS)
def test_a_record_of_a_day_answers_like_each_field_with_the_day(api_readonly: Api, day: str) -> None:
    sums, order = "slug amount%s { amount } reconciliation%s { state }", "orderBy: {by: AMOUNT, direction: DESC}"
    filter = "state: [INCOMPLETE, SHORTFALL]"
    funds = f"funds(filter: {{{filter}%s}}, {order}) {{ nodes {{ {sums} }} }}"
    parts = f"coverage%s {{ withStatus gapCounts {{ kind count }} }} {funds}"
    arguments = ["(asOf: $day)", ", asOf: $day", "(asOf: $day)", "(asOf: $day)"]
    outer = api_readonly.ask(f"query ($day: Date) {{ record(asOf: $day) {{ {parts % ('', '', '', '')} }} }}", day=day)
    assert outer["record"] == api_readonly.ask(f"query ($day: Date) {{ {parts % tuple(arguments)} }}", day=day)


def test_a_field_without_a_day_answers_for_today(api_readonly: Api) -> None:
    parts = f'coverage%s {{ {COVERAGE} }} fund(slug: "youth-fund-round-1") {{ reconciliation%s {{ state }} }}'
    day = f'(asOf: "{NOW.date()}")'
    assert api_readonly.ask(f"{{ {parts % ('', '')} }}") == api_readonly.ask(f"{{ {parts % (day, day)} }}")
