"""Corrections of rows: a form that is sent back, fields that are emptied, lists that are given whole."""

from typing import Any

import pytest

from schema.node import global_id
from tests.corrections import CORRECTIONS
from tests.inputs import EVERY_INPUT, RECORD, SEED, edits, problems, submit, submit_valid
from tests.writable import WritableApi

FUND, EVENT = "community-fund-2019-20", "engagement-london-2018"
# What an input names its row by, and why: all that a correction needs.
NAMES = {
    name: {field: values[field] for field in (next(iter(values)), "reason")}
    for name, values in CORRECTIONS.items()
    if name.startswith("correct")
}


@pytest.mark.parametrize("name", NAMES)
def test_a_correction_of_nothing_is_refused(api_shared: WritableApi, name: str) -> None:
    nulls = {field: None for field in EVERY_INPUT[name] if field not in NAMES[name]}
    for values in (NAMES[name], NAMES[name] | nulls):
        assert problems(submit(api_shared.editor, name, values)) == ["INVALID"]


@pytest.mark.parametrize("name", CORRECTIONS)
def test_the_log_keeps_the_reason(api_shared: WritableApi, name: str) -> None:
    reason = f"For the sake of {name}."
    change = submit_valid(api_shared.editor, name, "change { reason }", reason=reason)["change"]
    action = "CORRECTED" if name.startswith("correct") else "REOPENED" if name.startswith("reopen") else "WITHDRAWN"
    assert (change["reason"], change["action"], change["summary"].endswith(f": {reason}")) == (reason, action, True)


def test_links_and_corrections_of_statuses_keep_theirs(api_writable: WritableApi) -> None:
    for name in ("link", "unlink", "correctStatus"):
        answer = submit_valid(api_writable.editor, name, "change { reason }")
        assert answer["change"]["reason"] == EVERY_INPUT[name]["reason"]
    assert submit_valid(api_writable.editor, "addFund", "change { reason }")["change"]["reason"] is None


def test_one_field_alone_is_corrected_and_others_stay(api_writable: WritableApi) -> None:
    values = {"fund": FUND, "reason": "Misread.", "name": "Another name", "note": None}
    answer = submit(api_writable.editor, "correctFund", values, "fund { slug name period parent { slug } }")
    parent = {"slug": "anti-knife-crime-community-fund"}
    assert answer["fund"] == {"slug": FUND, "name": "Another name", "period": "2019/20", "parent": parent}
    assert edits(answer["change"]) == {
        f"Fund {FUND}": {"name": ("Anti-Knife Crime Community Fund 2019/20", "Another name")}
    }
    assert answer["change"]["summary"] == f"The fund {FUND} is corrected (name): Misread."


def test_a_field_is_emptied_by_its_name(api_writable: WritableApi) -> None:
    values = {"fund": FUND, "reason": "Not a part.", "clear": ["PARENT", "PERIOD"]}
    answer = submit(api_writable.editor, "correctFund", values, "fund { period parent { slug } }")
    assert answer["fund"] == {"period": None, "parent": None}
    followed = api_writable.public.ask(
        "query ($id: ID) { changes(subject: $id, direction: DESC, first: 1) { nodes { summary } } }",
        id=global_id("Fund", "anti-knife-crime-community-fund"),
    )
    assert followed["changes"]["nodes"][0]["summary"] == f"The fund {FUND} is corrected (period, parent): Not a part."


def test_a_sum_is_emptied_with_its_bound(api_writable: WritableApi) -> None:
    values = {"allocation": global_id("Allocation", "kent-county-lines-support/st-giles-trust"), "reason": "Not said."}
    selection = "allocation { money { amount } note }"
    answer = submit(api_writable.editor, "correctAllocation", values | {"clear": ["AMOUNT"]}, selection)
    assert answer["allocation"] == {"money": None, "note": "Home Office share only."}


DATES: list[tuple[dict[str, Any], tuple[str | None, str | None]]] = [
    ({"date": "2018-10-09"}, ("2018-10-09", "DAY")),
    ({"date": "2018-10-09", "precision": "MONTH"}, ("2018-10-31", "MONTH")),
    ({"precision": "YEAR"}, ("2018-12-31", "YEAR")),
    ({"clear": ["DATE"]}, (None, None)),
]


@pytest.mark.parametrize(("changes", "expected"), DATES, ids=["a day", "a month", "a precision", "no date"])
def test_a_date_is_corrected_with_its_precision(
    api_shared: WritableApi, changes: dict[str, Any], expected: tuple[str | None, str | None]
) -> None:
    values = {"event": EVENT, "reason": "Misread.", "dateNote": f"By {changes}."}
    answer = submit(api_shared.editor, "correctEvent", values | changes, "event { date precision }")
    assert (answer["event"]["date"], answer["event"]["precision"]) == expected
    # Back again, for the next one.
    submit(api_shared.editor, "correctEvent", {"event": EVENT, "reason": "No.", "date": "2018-10-08"})


def test_of_a_list_only_what_differs_is_written(api_writable: WritableApi) -> None:
    query = f'{{ event(slug: "{EVENT}") {{ participants {{ name role person {{ slug }} organisation {{ slug }} }} }} }}'
    people = api_writable.public.ask(query)["event"]["participants"]
    people[1]["role"] = "Chair"
    kept = [
        {**person, "organisation": person["organisation"] and {"slug": person["organisation"]["slug"]}}
        for person in people[:3]
    ]
    values = {"event": EVENT, "reason": "Misread.", "participants": kept, "sectors": []}
    answer = submit(api_writable.editor, "correctEvent", values, "event { sectors participants { role } }")
    assert answer["event"]["participants"] == [{"role": person["role"]} for person in kept]
    assert answer["event"]["sectors"] == []
    written = edits(answer["change"])
    assert set(written) - {f"Event {EVENT}"} == {f"Participant {EVENT}/{number}" for number in (2, 4, 5)}
    assert written[f"Participant {EVENT}/2"].keys() == {"role"}


def test_a_citation_of_a_list_stays_with_its_id(api_writable: WritableApi) -> None:
    query = '{ commitment(ref: "SVS-26") { citations { id note document { slug } } } }'
    before = api_writable.public.ask(query)["commitment"]["citations"]
    sources = [
        {"document": before[1]["document"]["slug"], "note": "Another note."},
        {"document": before[0]["document"]["slug"], "note": before[0]["note"]},
        {"document": SEED, "paragraph": 2},
    ]
    values = {"commitment": "SVS-26", "reason": "Two of three.", "citations": sources}
    answer = submit(api_writable.editor, "correctCommitment", values, "commitment { citations { id note } }")
    after = {each["id"]: each["note"] for each in answer["commitment"]["citations"]}
    assert len(after) == 3
    assert after[before[0]["id"]] == before[0]["note"]
    assert after[before[1]["id"]] == "Another note."
    assert before[2]["id"] not in after


def test_what_a_corrected_row_said_can_be_said_by_another(api_writable: WritableApi) -> None:
    """A row keeps its key when its values change, so another one with the old values needs a key of its own."""
    amount = submit_valid(api_writable.editor, "stateAmount", "amount { id }")["amount"]["id"]
    values = {"amountStatement": amount, "reason": "Another year.", "statedOn": "2018-04-01", "precision": "MONTH"}
    corrected = submit(api_writable.editor, "correctAmount", values, "amount { id statedOn }")["amount"]
    assert corrected == {"id": amount, "statedOn": "2018-04-30"}
    again = submit_valid(api_writable.editor, "stateAmount", "amount { id statedOn }")["amount"]
    assert (again["id"] != amount, again["statedOn"]) == (True, "2019-04-30")
    assert problems(submit(api_writable.editor, "stateAmount", EVERY_INPUT["stateAmount"])) == ["DUPLICATE"]
    # Two statements of one day by one source cannot be made by a correction either.
    assert problems(submit(api_writable.editor, "correctAmount", values | {"statedOn": "2019-04-01"})) == ["DUPLICATE"]


def test_another_document_takes_paragraph_and_figures_along(api_writable: WritableApi) -> None:
    first = submit_valid(api_writable.editor, "correctCitation", "citation { paragraph figures note }")["citation"]
    assert first == {"paragraph": 4, "figures": ["acid"], "note": "In passing."}
    values = {"citation": EVERY_INPUT["correctCitation"]["citation"], "reason": "Not there.", "document": RECORD}
    answer = submit(api_writable.editor, "correctCitation", values, "citation { paragraph figures note }")
    assert answer["citation"] == {"paragraph": None, "figures": [], "note": "In passing."}


def test_a_discrepancy_is_open_again_and_can_be_settled_anew(api_writable: WritableApi) -> None:
    slug = EVERY_INPUT["reopenDiscrepancy"]["discrepancy"]
    reopened = submit_valid(api_writable.editor, "reopenDiscrepancy", "discrepancy { state explanation }")
    assert reopened["discrepancy"] == {"state": "OPEN", "explanation": None}
    gaps = api_writable.public.ask("{ coverage { gaps { kind subject { id } } } }")["coverage"]["gaps"]
    assert {"kind": "OPEN_DISCREPANCY", "subject": {"id": global_id("Discrepancy", slug)}} in gaps
    submit_valid(api_writable.editor, "settleDiscrepancy", discrepancy=slug)
