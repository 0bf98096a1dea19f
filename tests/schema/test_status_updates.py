"""The list of all status updates: what was recorded last first, and each filter against plain Python."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.inputs import submit_valid
from tests.server import Api
from tests.writable import WritableApi

Row = dict[str, Any]
PAGE = """query ($filter: StatusUpdateFilter, $after: String, $first: Int, $day: Date) { record(asOf: $day) {
  statusUpdates(filter: $filter, after: $after, first: $first) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id recordedAt effectiveOn voice correctedBy { id } citation { document { publisher { slug } } }
      commitment { ref theme { slug } funds { slug } leads { slug } } } } } }"""
CASES: list[tuple[Row, Callable[[Row], bool]]] = [
    ({}, lambda _: True),
    ({"voice": ["GOVERNMENT", "MEDIA"]}, lambda row: row["voice"] in ("GOVERNMENT", "MEDIA")),
    ({"commitment": ["SVS-19", "svs-21"]}, lambda row: row["commitment"]["ref"] in ("SVS-19", "SVS-21")),
    ({"theme": ["communities"]}, lambda row: (row["commitment"]["theme"] or {}).get("slug") == "communities"),
    (
        {"fund": ["police-surge", "youth-fund-round-1"]},
        lambda row: bool(
            {fund["slug"] for fund in row["commitment"]["funds"]} & {"police-surge", "youth-fund-round-1"}
        ),
    ),
    (
        {"organisation": ["national-crime-agency"]},
        lambda row: "national-crime-agency" in organisations(row),
    ),
    ({"organisation": ["home-office"], "voice": ["TRACKER"]}, lambda row: tracker_of(row, "home-office")),
]


def organisations(row: Row) -> set[str]:
    publisher = row["citation"] and row["citation"]["document"]["publisher"]
    return {lead["slug"] for lead in row["commitment"]["leads"]} | ({publisher["slug"]} if publisher else set())


def tracker_of(row: Row, slug: str) -> bool:
    return row["voice"] == "TRACKER" and slug in organisations(row)


def listed(api: Api, filter: Row | None = None, first: int = 100, day: str | None = None) -> list[Row]:
    rows: list[Row] = []
    after = None
    while True:
        page = api.ask(PAGE, filter=filter or {}, after=after, first=first, day=day)["record"]["statusUpdates"]
        rows += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(rows)
            return rows


@pytest.mark.parametrize(("filter", "holds"), CASES)
def test_a_filter_lists_what_it_says(api_readonly: Api, filter: Row, holds: Callable[[Row], bool]) -> None:
    every = listed(api_readonly)
    expected = [row["id"] for row in every if holds(row)]
    assert expected
    assert [row["id"] for row in listed(api_readonly, filter)] == expected


def test_pages_of_any_length_are_the_whole_list(api_readonly: Api) -> None:
    every = [row["id"] for row in listed(api_readonly)]
    assert len(set(every)) == len(every) > 100
    assert [row["id"] for row in listed(api_readonly, first=7)] == every


def test_what_was_recorded_last_is_first_and_nothing_is_of_a_later_day(api_readonly: Api) -> None:
    rows = listed(api_readonly, day="2019-06-30")
    places = [(row["recordedAt"], row["effectiveOn"]) for row in rows]
    assert places == sorted(places, reverse=True)
    assert 0 < len(rows) < len(listed(api_readonly))
    assert {row["effectiveOn"] <= "2019-06-30" for row in rows} == {True}


def test_a_correction_takes_the_place_of_what_it_corrects(api_writable: WritableApi) -> None:
    editor, public = api_writable.editor, api_writable.public
    first = submit_valid(editor, "recordStatus", "statusUpdate { id }", commitment="SVS-11")["statusUpdate"]["id"]
    assert listed(public)[0]["id"] == first
    api_writable.clock.now += dt.timedelta(hours=1)
    second = submit_valid(editor, "correctStatus", "statusUpdate { id }", statusUpdate=first)["statusUpdate"]["id"]
    ids = [row["id"] for row in listed(public)]
    assert ids[0] == second
    assert first not in ids


@pytest.mark.parametrize(
    "after", ["nothing", "WyJzdGF0dXNVcGRhdGVzIiwiMjAyNi0xMS0yMlQxMjowMDowMCIsIjIwMTktMDEtMDEiLCJ4Il0="]
)
def test_a_cursor_of_no_instant_is_refused(api_readonly: Api, after: str) -> None:
    assert api_readonly.codes(
        "query ($after: String) { statusUpdates(after: $after) { totalCount } }", after=after
    ) == ["INVALID_CURSOR"]
