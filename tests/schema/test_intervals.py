"""Intervals of statuses: together they are what `status` says of every day, on both clocks."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from tests.inputs import submit_valid
from tests.server import Api
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

DAYS = [dt.date(2018, 1, 1) + dt.timedelta(days=61 * number) for number in range(52)]


def status_on(intervals: list[dict[str, Any]], day: str) -> str:
    """The status on a day by the intervals, of which at most one has it."""
    [status] = [
        one["status"] for one in intervals if one["from"] <= day and (one["until"] is None or day < one["until"])
    ] or ["NOT_ASSESSED"]
    return str(status)


@pytest.mark.parametrize("narrow", ["", "voices: [GOVERNMENT, MEDIA]", "sides: [DELIVERY, OTHERS]"])
def test_intervals_are_what_the_status_is_on_each_day(api_readonly: Api, narrow: str) -> None:
    argument = f"({narrow})" if narrow else ""
    query = f"{{ commitments(filter: {{origin: [STRATEGY, LATER]}}) {{ nodes {{ ref intervals{argument}"
    nodes = api_readonly.ask(query + " { status from until } } } }")["commitments"]["nodes"]
    intervals = {one["ref"]: one["intervals"] for one in nodes}
    begins = {one["from"] for each in intervals.values() for one in each}
    before = {(dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat() for day in begins}
    days = sorted({*begins, *before, *map(dt.date.isoformat, DAYS)})
    for start in range(0, len(days), 50):
        part = days[start : start + 50]
        fields = " ".join(f'd{number}: status(asOf: "{day}" {narrow})' for number, day in enumerate(part))
        query = f"{{ commitments(filter: {{origin: [STRATEGY, LATER]}}) {{ nodes {{ ref {fields} }} }} }}"
        for node in api_readonly.ask(query)["commitments"]["nodes"]:
            actual = [status_on(intervals[node["ref"]], day) for day in part]
            assert (node["ref"], actual) == (node["ref"], [node[f"d{number}"] for number in range(len(part))])
    assert any(len(each) > 2 for each in intervals.values())
    for each in intervals.values():
        assert all(one["status"] != other["status"] for one, other in pairwise(each))


def test_an_interval_has_the_update_that_began_it_and_ends_with_the_day_asked(api_readonly: Api) -> None:
    query = """query ($day: Date) { commitments { nodes {
      intervals(asOf: $day) { status from until update { status effectiveOn commitment { ref } } } ref } } }"""
    for day in ("2019-06-30", None):
        for node in api_readonly.ask(query, day=day)["commitments"]["nodes"]:
            for one in node["intervals"]:
                assert one["from"] <= (day or "9999")
                assert one["update"] == {
                    "status": one["status"], "effectiveOn": one["from"], "commitment": {"ref": node["ref"]},
                }  # fmt: skip
            assert [one["until"] for one in node["intervals"]][-1:] in ([], [None])


def test_intervals_are_as_known_at_an_instant(api_writable: WritableApi) -> None:
    query = """query ($at: DateTime) {
      commitment(ref: "SVS-05") { intervals(knownAt: $at) { status from until } }
      record(knownAt: $at) { commitment(ref: "SVS-05") { intervals { status from until } } } }"""
    before = api_writable.clock()
    old = api_writable.public.ask(query, at=None)["commitment"]["intervals"]
    api_writable.clock.now = before + dt.timedelta(days=1)
    submit_valid(api_writable.editor, "recordStatus", status="STALLED")
    new = api_writable.public.ask(query, at=None)["commitment"]["intervals"]
    assert new != old
    then = api_writable.public.ask(query, at=before.isoformat())
    assert then["commitment"]["intervals"] == then["record"]["commitment"]["intervals"] == old
