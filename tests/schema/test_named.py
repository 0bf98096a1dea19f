"""Whatever has a page says what readers call it and where its page is, by one fragment for all kinds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from strawberry.relay.utils import from_base64

from tests.engines import seed_sqlite
from tests.server import Api, serving

NAMED = "fragment N on Named { __typename id label pageUrl }"
# Of each kind one, by every field that leads to rows of several kinds, and by lists.
ASK = f"""query ($day: Date, $revision: Int) {{ record(asOf: $day, revision: $revision) {{
  strategy {{ ...N themes {{ ...N }} citations {{ subject {{ ...N }} }} }}
  commitments(first: 40, filter: {{origin: [STRATEGY, LATER]}}) {{ nodes {{ ...N statusHistory {{ ...N }} }} }}
  funds(first: 10) {{ nodes {{ ...N allocations {{ ...N citation {{ subject {{ ...N }} }} }} }} }}
  events(first: 3) {{ nodes {{ ...N citations {{ subject {{ ...N }} }} }} }}
  organisations(first: 3) {{ nodes {{ ...N }} }} areas(first: 3) {{ nodes {{ ...N }} }}
  people(first: 3) {{ nodes {{ ...N }} }} terms(first: 3) {{ nodes {{ ...N }} }}
  documents(first: 3) {{ nodes {{ ...N }} }} discrepancies(first: 3) {{ nodes {{ ...N subject {{ ...N }} }} }}
  changes(direction: DESC, first: 3) {{ nodes {{ ...N subject {{ ...N }} }} }}
  coverage {{ gaps(most: 3) {{ subject {{ ...N }} }} }}
}} }} {NAMED}"""
KINDS = {
    *("Strategy", "Theme", "Commitment", "StatusUpdate", "Fund", "Allocation", "Event", "Organisation", "Area"),
    *("Person", "Term", "Document", "Discrepancy", "Change"),
}


def named(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the fragment in an answer; one that has no name has but an empty selection."""
    if isinstance(value, dict):
        if "pageUrl" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from named(each)


def one_of_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["__typename"]: row for row in rows}.values())


@pytest.mark.parametrize(("day", "revision"), [(None, None), ("2019-06-30", None), ("2019-06-30", 1)])
def test_a_page_is_where_the_api_says_and_shows_the_same_moment(
    api_readonly: Api, day: str | None, revision: int | None
) -> None:
    rows = list(named(api_readonly.ask(ASK, day=day, revision=revision)))
    examples = one_of_each(rows)
    # What a later edition brought was not there at first.
    assert {row["__typename"] for row in examples} == KINDS - ({"Area", "Person", "Term"} if revision == 1 else set())
    assert all(row["label"] for row in rows)
    for row in examples:
        path, _, fragment = row["pageUrl"].partition("#")
        stated = {"asOf": day, "revision": revision and str(revision)}
        query = "&".join(f"{name}={value}" for name, value in stated.items() if value)
        assert path.partition("?")[2] == query, row
        page = api_readonly.http.get(path)
        assert page.status_code == 200, row
        assert not fragment or f'id="{fragment}"' in page.text, row


def test_a_row_has_the_name_that_readers_know(api_readonly: Api) -> None:
    rows = {row["id"]: row for row in named(api_readonly.ask(ASK))}
    labels = {f"{row['__typename']} {from_base64(row['id'])[1]}": row["label"] for row in rows.values()}
    assert labels["Commitment SVS-19"] == "SVS-19 Hold engagement events across the country"
    unidentified = [label for name, label in labels.items() if label == name.removeprefix("Commitment ")]
    assert unidentified
    assert all(re.fullmatch(r"SVS-\d\d", label) for label in unidentified)
    statuses = [label for name, label in labels.items() if name.startswith("StatusUpdate")]
    assert all(re.fullmatch(r"[A-Z]{3}-\d\d: [a-z ]+, .+, .*\d{4}", label) for label in statuses), statuses
    allocation = labels["Allocation wales-early-action-together/welsh-police-forces"]
    assert allocation == "Early Action Together, Wales: The four police forces of Wales"


def test_the_address_is_whole_where_the_operator_has_set_it(tmp_path: Path) -> None:
    with serving(seed_sqlite(tmp_path), public_url="https://example.org/tracker") as api:
        page = api.ask('{ commitment(ref: "SVS-19") { pageUrl } }')["commitment"]["pageUrl"]
    assert page == "https://example.org/tracker/commitments/SVS-19"
