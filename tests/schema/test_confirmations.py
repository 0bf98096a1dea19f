"""The government's word held against what others say: counts, lists and filters that are one answer."""

from typing import Any

import pytest

from tests.server import Api

COUNTS = """query ($day: Date, $revision: Int, $filter: CommitmentFilter) { record(asOf: $day, revision: $revision) {
  confirmations(filter: $filter) { government side answer confirmation governmentAlone count
    commitments(most: 100) { ref } } } }"""
LIST = """query ($day: Date, $revision: Int, $filter: CommitmentFilter) { record(asOf: $day, revision: $revision) {
  commitments(filter: $filter, first: 100) { totalCount nodes { ref } } } }"""
ALL = {"origin": ["STRATEGY", "LATER"]}


def counts(api: Api, **variables: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = api.ask(COUNTS, filter=ALL, **variables)["record"]["confirmations"]
    return entries


def filter_of(entry: dict[str, Any]) -> dict[str, Any]:
    """The filter of the list that has the commitments of an entry."""
    words = {
        "governmentStatus": [entry["government"] or "NOT_ASSESSED"],
        "confirmation": [entry["confirmation"]],
        "governmentAlone": entry["governmentAlone"],
    }
    if entry["side"]:
        words["othersStatus" if entry["side"] == "OTHERS" else "deliveryStatus"] = [entry["answer"]]
    if entry["confirmation"] == "NO_WORD" and entry["side"] != "OTHERS":
        words["othersStatus"] = ["NOT_ASSESSED"]
        words.setdefault("deliveryStatus", ["NOT_ASSESSED"])
    return ALL | words


@pytest.mark.parametrize("day", ["2018-04-09", "2019-06-30", "2026-11-29"])
def test_each_count_is_that_of_the_list_with_the_same_filters(api_readonly: Api, day: str) -> None:
    entries = counts(api_readonly, day=day)
    assert sum(entry["count"] for entry in entries) == 77
    for entry in entries:
        listed = api_readonly.ask(LIST, filter=filter_of(entry), day=day)["record"]["commitments"]
        assert listed["totalCount"] == entry["count"] == len(entry["commitments"])
        assert listed["nodes"] == entry["commitments"]


def test_what_is_not_confirmed_since_is_told_from_what_is_contradicted(api_readonly: Api) -> None:
    query = """{ commitments(filter: {origin: [STRATEGY, LATER]}, first: 100) {
      nodes { ref confirmation agreement } } }"""
    words = {row["ref"]: row for row in api_readonly.ask(query)["commitments"]["nodes"]}
    differ = {ref: row["confirmation"] for ref, row in words.items() if row["agreement"] == "DISAGREE"}
    # Of what `agreement` says that it differs, most is only older.
    assert differ["SVS-15"] == "CONTRADICTED"
    for ref in ("SVS-10", "SVS-18", "ANN-03"):
        assert differ[ref] == "NOT_CONFIRMED_SINCE"
    # Who was to do it is nobody else.
    assert words["SVS-13"]["confirmation"] == words["SVS-26"]["confirmation"] == "DELIVERY_ONLY"
    # The government has said so since 2018, and an inspectorate since 2020; to say it again takes nothing back.
    assert words["SVS-01"]["confirmation"] == "CONFIRMED"


def test_the_counts_are_those_of_a_revision(api_readonly: Api) -> None:
    [before, now] = (counts(api_readonly, day="2026-11-29", revision=revision) for revision in (1, 3))
    assert sum(entry["count"] for entry in before) == sum(entry["count"] for entry in now) == 77
    assert before != now


@pytest.mark.parametrize("most", [-1, 101])
def test_a_list_of_an_impossible_length_is_refused(api_readonly: Api, most: int) -> None:
    query = "query ($most: Int!) { confirmations { commitments(most: $most) { ref } } }"
    assert api_readonly.codes(query, most=most) == ["BAD_USER_INPUT"]


def test_few_are_listed_and_all_are_counted(api_readonly: Api) -> None:
    entries = api_readonly.ask("{ confirmations { count commitments(most: 1) { ref } } }")["confirmations"]
    assert {len(entry["commitments"]) for entry in entries} == {1}
    assert max(entry["count"] for entry in entries) > 1
