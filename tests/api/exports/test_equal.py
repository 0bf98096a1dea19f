"""A download holds the answers of the API, row by row, at any moment, in every format."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.exports.files import FILES
from api.exports.registry import TABLES
from db.formatting import instant_text
from tests.api.exports import reading
from tests.api.exports.expected import EXPECTED, UNTOLD, Answers, sorted_rows
from tests.engines import Engine
from tests.inputs import VALID_INPUTS, submit_valid
from tests.writable import WritableApi, serving_copy

pytestmark = pytest.mark.postgresql_in_full

CORRECTION_TIME = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)
BEFORE, AFTER = CORRECTION_TIME - dt.timedelta(minutes=1), CORRECTION_TIME + dt.timedelta(minutes=1)
# A day, an instant, or both. The corrected statement is of 16 July 2019, and what took its place of June.
MOMENTS: list[tuple[str | None, dt.datetime | None]] = [
    (None, None),
    ("2018-10-08", None),
    ("2019-07-15", BEFORE),
    ("2019-07-15", AFTER),
]
OTHERS: list[tuple[str | None, dt.datetime | None]] = [
    ("1066-10-14", BEFORE),
    ("2019-05-20", None),
    ("2026-12-01", BEFORE),
    ("2026-12-01", CORRECTION_TIME),
]


@pytest.fixture(scope="module")
def api_after_a_day(engine: Engine, seeded_template: str) -> Iterator[WritableApi]:
    """After an editor's day with one of each kind of change, among them a correction, and one of a correction."""
    with serving_copy(engine.copy(seeded_template)) as api:
        for name in VALID_INPUTS:
            if name == "correctStatus":
                api.clock.now = CORRECTION_TIME
                first = submit_valid(api.editor, name, "statusUpdate { id }", status="STALLED")["statusUpdate"]["id"]
                api.clock.now += dt.timedelta(hours=1)
                # Of a later day than what it corrects.
                source = {"newDocument": {"slug": "board-letter", "title": "A letter", "publishedOn": "2019-08-05"}}
                submit_valid(
                    api.editor, name, statusUpdate=first, effectiveOn="2019-08-03", precision="DAY",
                    citation=source, reason="Of August, not of June.",
                )  # fmt: skip
            else:
                submit_valid(api.editor, name)
        yield api


def parameters(as_of: str | None, known_at: dt.datetime | None) -> dict[str, str]:
    values = {"asOf": as_of, "knownAt": instant_text(known_at) if known_at else None}
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_each_table_is_what_the_api_answers(
    api_after_a_day: WritableApi, moment: tuple[str | None, dt.datetime | None]
) -> None:
    params = parameters(*moment)
    answers = Answers(api_after_a_day.public, params.get("asOf"), params.get("knownAt"))
    for table in TABLES:
        if table.name not in EXPECTED:
            continue
        rows = reading.from_json(api_after_a_day.public.http.get(f"/data/{table.name}.json", params=params).content)
        assert all(tuple(row) == table.names for row in rows)
        # A test of their own looks at the ids.
        untold = {UNTOLD.get(table.name), "id"}
        known_values = [{name: value for name, value in row.items() if name not in untold} for row in rows]
        assert sorted_rows(known_values) == sorted_rows(EXPECTED[table.name](answers)), table.name


def test_every_format_says_the_same(api_after_a_day: WritableApi, tmp_path: Path) -> None:
    params = parameters("2026-12-01", CORRECTION_TIME)

    def content(name: str) -> bytes:
        response = api_after_a_day.public.http.get(f"/data/{name}", params=params)
        assert response.status_code == 200
        return response.content

    (tmp_path / "sixty-one.db").write_bytes(content("sixty-one.db"))
    wholes = (
        reading.from_zip(content("sixty-one.zip")),
        reading.from_xlsx(content("sixty-one.xlsx")),
        reading.from_sqlite(tmp_path / "sixty-one.db"),
    )
    for table in TABLES:
        rows = reading.from_json(content(f"{table.name}.json"))
        assert reading.from_csv(table, content(f"{table.name}.csv")) == rows
        for whole in wholes:
            assert whole[table.name] == rows, table.name


def rows(api: WritableApi, table: str, **params: str) -> list[dict[str, Any]]:
    return reading.from_json(api.public.http.get(f"/data/{table}.json", params=params).content)


@pytest.mark.parametrize("moment", [*MOMENTS, *OTHERS], ids=str)
def test_a_status_is_the_last_update_that_stands(
    api_after_a_day: WritableApi, moment: tuple[str | None, dt.datetime | None]
) -> None:
    params = parameters(*moment)
    updates = [row for row in rows(api_after_a_day, "statuses", **params) if row["correctionReason"] is None]
    # Oldest first, so the last one stays. A search that found nothing takes the place of no evidence.
    searches, evidence = (
        {row["commitment"]: row["key"] for row in updates if (row["status"] == "NO_EVIDENCE") is is_search}
        for is_search in (True, False)
    )
    standing = searches | evidence
    result = rows(api_after_a_day, "commitments", **params)
    assert {row["ref"]: row["statusUpdate"] for row in result if row["statusUpdate"]} == standing


def test_a_correction_is_seen_from_the_instant_at_which_it_was_made(api_after_a_day: WritableApi) -> None:
    def list_statuses(known_at: dt.datetime, as_of: str = "2026-12-01") -> list[tuple[str, str | None, bool]]:
        result = rows(api_after_a_day, "statuses", asOf=as_of, knownAt=instant_text(known_at))
        updates = [row for row in result if row["commitment"] == "SVS-21"]
        return [(row["status"], row["correctionReason"], row["correctedBy"] is not None) for row in updates]

    first = "It was said before."
    # Of the Strategy itself, which nobody corrects.
    announced = ("ANNOUNCED", None, False)
    assert list_statuses(BEFORE) == [announced, announced]
    assert list_statuses(CORRECTION_TIME) == [announced, ("STALLED", None, False), ("ANNOUNCED", first, True)]
    later = CORRECTION_TIME + dt.timedelta(hours=1)
    assert [reason for _, reason, _ in list_statuses(later)] == [None, "Of August, not of June.", first, None]
    # On a day before that of the last word, there is nothing that a row could point to.
    assert list_statuses(later, "2019-07-31") == [
        announced,
        ("STALLED", "Of August, not of June.", False),
        ("ANNOUNCED", first, True),
    ]


VERSION = "record values { field value } since { revision } until { revision }"


def test_what_is_no_longer_in_force_is_a_row_of_versions(api_after_a_day: WritableApi) -> None:
    """With its values, and the change that says who made it and why; and as the API tells it."""
    changes = {row["revision"]: row for row in rows(api_after_a_day, "changes")}
    found = rows(api_after_a_day, "versions")
    by_record = {(row["record"], row["since"]): row for row in found}
    assert len(by_record) == len(found)
    assert all(row["since"] < row["until"] and row["until"] in changes for row in found)

    [unlinked] = [row for row in found if row["record"] == "CommitmentFund SVS-10/youth-fund-round-1"]
    change = changes[unlinked["until"]]
    assert (change["action"], change["reason"]) == ("UNLINKED", VALID_INPUTS["unlink"]["reason"])
    [unidentified] = [row for row in found if row["record"] == "Commitment SVS-35"]
    assert (changes[unidentified["until"]]["action"], unidentified["since"]) == ("IDENTIFIED", 1)
    assert json.loads(unidentified["values"])["title"] is None

    for kind, field in (("commitments", "ref"), ("discrepancies", "slug"), ("funds", "slug")):
        query = (
            f"{{ {kind} {{ nodes {{ __typename {field} versions {{ {VERSION} }} withdrawals {{ {VERSION} }} }} }} }}"
        )
        for node in api_after_a_day.public.ask(query)[kind]["nodes"]:
            for version in node["versions"] + node["withdrawals"]:
                if version["until"]:
                    row = by_record[version["record"], version["since"]["revision"]]
                    assert row["until"] == version["until"]["revision"]
                    values = {value["field"]: value["value"] for value in version["values"]}
                    assert json.loads(row["values"]) == values


def test_the_versions_of_a_revision_are_those_that_had_ended_by_then(api_after_a_day: WritableApi) -> None:
    found = rows(api_after_a_day, "versions")
    last = max(row["until"] for row in found)
    assert rows(api_after_a_day, "versions", revision="1") == []
    for revision in range(2, last + 1):
        then = rows(api_after_a_day, "versions", revision=str(revision))
        assert then == [row for row in found if row["until"] <= revision]


def test_the_commitments_of_the_strategy_come_first_each_origin_in_the_order_of_the_api(
    api_after_a_day: WritableApi,
) -> None:
    commitments = Answers(api_after_a_day.public, None, None).commitments
    order = [row["ref"] for origin in ("STRATEGY", "LATER") for row in commitments if row["origin"] == origin]
    assert [row["ref"] for row in rows(api_after_a_day, "commitments")] == order


def test_keys_of_amounts_lead_to_their_rows(api_after_a_day: WritableApi) -> None:
    keys = {row["amount"] for row in rows(api_after_a_day, "citations") if row["subjectType"] == "AmountStatement"}
    assert keys == {row["key"] for row in rows(api_after_a_day, "amounts")}


def test_a_table_has_every_column_described_and_keys_that_exist() -> None:
    by_name = {table.name: table for table in TABLES}
    # The API tells the versions of one row at a time.
    assert set(by_name) == {*EXPECTED, "versions"}
    for table in TABLES:
        assert set(table.key) <= set(table.names)
        assert table.title
        assert table.description
        assert all(column.description for column in table.columns)
        for _, other in table.references:
            assert len(by_name[other].key) == 1
    assert len(FILES) == 2 * len(TABLES) + 4
