"""Counts that must add up, on any day."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from db.vocabulary import Status
from tests.server import Api

COUNTS = """fragment Counts on Progress {
  asOf total counts { status count } groups { group count }
  byTheme { theme { slug } total counts { status count } groups { group count } }
}"""


def standing(api: Api, day: str) -> dict[str, str]:
    """The status of each commitment, asked one by one."""
    nodes = api.ask("query ($day: Date!) { commitments { nodes { ref status(asOf: $day) } } }", day=day)
    return {node["ref"]: node["status"] for node in nodes["commitments"]["nodes"]}


@pytest.mark.parametrize("day", ["2017-01-01", "2018-04-08", "2018-10-08", "2019-12-31", "2026-11-22", "2026-12-02"])
def test_the_statuses_sum_to_sixty_one_on_any_day(api_readonly: Api, day: str) -> None:
    actual = api_readonly.ask("query ($day: Date!) { progress(asOf: $day) { ...Counts } } " + COUNTS, day=day)[
        "progress"
    ]
    assert actual["asOf"] == day
    assert [entry["status"] for entry in actual["counts"]] == list(Status)
    assert {entry["status"]: entry["count"] for entry in actual["counts"] if entry["count"]} == Counter(
        standing(api_readonly, day).values()
    )
    for part in (actual, *actual["byTheme"]):
        assert part["total"] == sum(entry["count"] for entry in part["counts"])
        assert part["total"] == sum(entry["count"] for entry in part["groups"])
    assert actual["total"] == 61 == sum(theme["total"] for theme in actual["byTheme"])
    assert [theme["theme"] for theme in actual["byTheme"]][-1] is None  # not identified yet
    assert actual["byTheme"][-1]["total"] == 27


def test_a_theme_counts_its_own(api_readonly: Api) -> None:
    themes = api_readonly.ask(
        "{ strategy { themes { slug commitments { ref } progress { total byTheme { theme { slug } total } } } } }"
    )["strategy"]["themes"]
    for theme in themes:
        number = len(theme["commitments"])
        assert theme["progress"] == {"total": number, "byTheme": [{"theme": {"slug": theme["slug"]}, "total": number}]}
    assert sum(len(theme["commitments"]) for theme in themes) == 34


@pytest.mark.parametrize(
    ("every", "start", "end", "days"),
    [
        ("MONTH", "2018-04-09", "2018-07-31", ["2018-04-30", "2018-05-31", "2018-06-30", "2018-07-31"]),
        ("MONTH", "2020-02-01", "2020-02-28", []),  # a leap year: the month does not end within
        ("QUARTER", "2018-01-01", "2018-12-30", ["2018-03-31", "2018-06-30", "2018-09-30"]),
        ("YEAR", "2017-12-31", "2020-01-01", ["2017-12-31", "2018-12-31", "2019-12-31"]),
        ("YEAR", "0001-01-01", "0002-12-31", ["0001-12-31", "0002-12-31"]),
    ],
)
def test_a_series_has_the_last_day_of_each_period(
    api_readonly: Api, every: str, start: str, end: str, days: list[str]
) -> None:
    query = """query ($from: Date!, $to: Date!, $every: Interval!) {
      progressSeries(from: $from, to: $to, every: $every) { asOf }
    }"""
    actual = api_readonly.ask(query, **{"from": start, "to": end, "every": every})["progressSeries"]
    assert [point["asOf"] for point in actual] == days


@pytest.mark.parametrize(
    "filter", ["{}", "{origin: [STRATEGY, LATER]}", '{theme: ["communities"]}', "{identified: false}"]
)
def test_each_point_of_a_series_is_the_progress_of_its_day(api_readonly: Api, filter: str) -> None:
    series: list[Any] = api_readonly.ask(
        f'{{ progressSeries(from: "2017-06-01", to: "2021-12-31", every: QUARTER, filter: {filter}) {{ ...Counts }} }}'
        + COUNTS
    )["progressSeries"]
    assert len(series) == 19
    for point in series:
        query = f"query ($day: Date!) {{ progress(asOf: $day, filter: {filter}) {{ ...Counts }} }}" + COUNTS
        assert api_readonly.ask(query, day=point["asOf"])["progress"] == point


def test_changes_between_two_days_are_those_whose_status_differs(api_readonly: Api) -> None:
    start, end = "2018-06-30", "2019-06-30"
    before, after = standing(api_readonly, start), standing(api_readonly, end)
    actual = api_readonly.ask(
        """query ($from: Date!, $to: Date!) { statusChanges(from: $from, to: $to) {
          commitment { ref } before after updates { effectiveOn status }
        } }""",
        **{"from": start, "to": end},
    )["statusChanges"]
    assert {change["commitment"]["ref"]: (change["before"], change["after"]) for change in actual} == {
        ref: (before[ref], after[ref]) for ref in before if before[ref] != after[ref]
    }
    for change in actual:
        days = [update["effectiveOn"] for update in change["updates"]]
        assert days == sorted(days)
        assert all(start < day <= end for day in days)
        assert change["updates"][-1]["status"] == change["after"]


def test_nothing_changes_within_a_day(api_readonly: Api) -> None:
    assert api_readonly.ask('{ statusChanges(from: "2018-10-08", to: "2018-10-08") { before } }')["statusChanges"] == []


def test_days_since_evidence_run_to_the_day_asked_for(api_readonly: Api) -> None:
    answer = api_readonly.ask(
        '{ commitment(ref: "SVS-19") { a: daysSinceEvidence(asOf: "2018-10-10") b: daysSinceEvidence'
        ' none: daysSinceEvidence(asOf: "2018-04-08") } }'
    )["commitment"]
    today = (dt.date(2026, 12, 1) - dt.date(2019, 7, 8)).days
    assert answer == {"a": 2, "b": today, "none": None}
