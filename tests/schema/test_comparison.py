"""What changed between two days, held against what is asked of each commitment, fund and event alone."""

from typing import Any

import pytest

from tests.schema.test_progress import standing
from tests.server import Api

PERIODS = [("2018-06-30", "2019-06-30"), ("2018-04-08", "2026-12-01"), ("2018-10-08", "2018-10-08")]
QUERY = """query ($from: Date!, $to: Date!, $first: Int, $after: String) { comparison(from: $from, to: $to) {
  from to
  statusChanges(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      commitment { ref } before after beforeUpdate { id status } afterUpdate { id status }
      updates { id effectiveOn }
    }
  }
  amounts { totalCount nodes { id statedOn fund { slug } } }
  events { totalCount nodes { slug date } }
} }"""


def compare(api: Api, start: str, end: str, **paging: Any) -> dict[str, Any]:
    result: dict[str, Any] = api.ask(QUERY, **{"from": start, "to": end, **paging})["comparison"]
    return result


@pytest.mark.parametrize(("start", "end"), PERIODS)
def test_a_comparison_has_each_commitment_whose_status_differs(api_readonly: Api, start: str, end: str) -> None:
    before, after = standing(api_readonly, start), standing(api_readonly, end)
    result = compare(api_readonly, start, end)
    assert (result["from"], result["to"]) == (start, end)
    changes = result["statusChanges"]["nodes"]
    assert {one["commitment"]["ref"]: (one["before"], one["after"]) for one in changes} == {
        ref: (before[ref], after[ref]) for ref in before if before[ref] != after[ref]
    }
    assert result["statusChanges"]["totalCount"] == len(changes)
    for one in changes:
        assert (one["beforeUpdate"] or {"status": "NOT_ASSESSED"})["status"] == one["before"]
        assert one["afterUpdate"]["status"] == one["after"]
        assert one["afterUpdate"]["id"] in [update["id"] for update in one["updates"]]
        assert all(start < update["effectiveOn"] <= end for update in one["updates"])


@pytest.mark.parametrize(("start", "end"), PERIODS)
def test_a_comparison_has_the_money_stated_and_the_events_in_between(api_readonly: Api, start: str, end: str) -> None:
    funds = api_readonly.ask("{ funds(first: 100) { nodes { slug amounts { id statedOn } } } }")["funds"]["nodes"]
    events = api_readonly.ask("{ events(first: 100) { nodes { slug date } } }")["events"]["nodes"]
    result = compare(api_readonly, start, end)
    amounts = [
        {**amount, "fund": {"slug": fund["slug"]}}
        for fund in funds
        for amount in fund["amounts"]
        if amount["statedOn"] and start < amount["statedOn"] <= end
    ]
    assert sorted(result["amounts"]["nodes"], key=str) == sorted(amounts, key=str)
    days = [amount["statedOn"] for amount in result["amounts"]["nodes"]]
    assert days == sorted(days)
    assert result["events"]["nodes"] == [event for event in events if event["date"] and start < event["date"] <= end]
    assert result["amounts"]["totalCount"] == len(amounts)
    assert result["events"]["totalCount"] == len(result["events"]["nodes"])


def test_the_pages_of_a_comparison_are_the_whole_list(api_readonly: Api) -> None:
    start, end = PERIODS[1]
    whole = compare(api_readonly, start, end)["statusChanges"]["nodes"]
    pages: list[Any] = []
    after = None
    while True:
        page = compare(api_readonly, start, end, first=7, after=after)["statusChanges"]
        pages += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert pages == whole
    assert len(whole) > 14
    assert api_readonly.codes(QUERY, **{"from": start, "to": end, "after": "nothing"}) == ["INVALID_CURSOR"]


def test_a_comparison_takes_a_filter_and_its_days_in_order(api_readonly: Api) -> None:
    query = """{ comparison(from: "2018-06-30", to: "2019-06-30") {
      own: statusChanges { nodes { commitment { origin } } }
      all: statusChanges(filter: {origin: [STRATEGY, LATER]}) { nodes { commitment { origin } } }
    } }"""
    result = api_readonly.ask(query)["comparison"]
    assert {one["commitment"]["origin"] for one in result["own"]["nodes"]} == {"STRATEGY"}
    later = [one for one in result["all"]["nodes"] if one["commitment"]["origin"] == "LATER"]
    assert len(later) == len(result["all"]["nodes"]) - len(result["own"]["nodes"]) > 0
    assert api_readonly.codes('{ comparison(from: "2019-01-02", to: "2019-01-01") { to } }') == ["BAD_USER_INPUT"]


def test_a_comparison_is_of_the_record_that_was_known(api_readonly: Api) -> None:
    query = """query ($at: DateTime) { comparison(from: "2018-06-30", to: "2019-06-30", knownAt: $at) {
      statusChanges { totalCount nodes { before afterUpdate { recordedAt } } } amounts { totalCount }
    } }"""
    first = api_readonly.ask(query, at="2026-11-27T00:00:00Z")["comparison"]
    now = api_readonly.ask(query)["comparison"]
    assert 0 < first["statusChanges"]["totalCount"] < now["statusChanges"]["totalCount"]
    for one in first["statusChanges"]["nodes"]:
        assert one["afterUpdate"]["recordedAt"] < "2026-11-27"
