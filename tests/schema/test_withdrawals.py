"""Withdrawals: what goes with a row, what keeps it, and what comes back in force."""

import datetime as dt
from typing import Any

import pytest

from db.vocabulary import Role, Voice
from schema.node import global_id
from tests.corrections import VALID_AFTER
from tests.inputs import EVERY_INPUT, RECORD, VALID_INPUTS, attempt, edits, input_with, problems, submit, submit_valid
from tests.server import Api
from tests.writable import WritableApi

REASON = "It does not belong here."
COMMITMENT = """query ($ref: String!) { commitment(ref: $ref) {
  identified title slug status theme { slug } leads { slug } citations { id } events { slug } funds { slug }
  statusHistory(includeCorrected: true) { id } } }"""


def withdraw(api: Api, kind: str, key: str, selection: str = "") -> Any:
    answer = submit(api, f"withdraw{kind}", {key_field(kind): key, "reason": REASON}, selection)
    assert answer["__typename"] != "Rejected", answer
    return answer["change"]


def key_field(kind: str) -> str:
    return next(iter((EVERY_INPUT | VALID_AFTER)[f"withdraw{kind}"]))


def history(api: Api, ref: str) -> list[tuple[str, str | None]]:
    """The status of each update on the commitment, and that of the one that took its place."""
    query = """query ($ref: String!) { commitment(ref: $ref) {
      statusHistory(includeCorrected: true) { status correctedBy { status } } } }"""
    updates = api.ask(query, ref=ref)["commitment"]["statusHistory"]
    return [(update["status"], update["correctedBy"] and update["correctedBy"]["status"]) for update in updates]


def test_a_commitment_is_unidentified_again_and_can_be_identified_anew(api_writable: WritableApi) -> None:
    ref, query = "SVS-20", "{ coverage { identified } }"
    identified = api_writable.public.ask(query)["coverage"]["identified"]
    before = api_writable.public.ask(COMMITMENT, ref=ref)["commitment"]
    theme = global_id("Theme", before["theme"]["slug"])
    answer = submit_valid(api_writable.editor, "withdrawIdentification", commitment=ref)
    reason = EVERY_INPUT["withdrawIdentification"]["reason"]
    summary = f"The identification of {ref} as {before['title']!r} is withdrawn: {reason}"
    assert answer["change"]["summary"] == summary
    after = api_writable.public.ask(COMMITMENT, ref=ref)["commitment"]
    assert (after["identified"], after["title"], after["slug"], after["status"]) == (False, None, None, "NOT_ASSESSED")
    assert [after[name] for name in ("leads", "citations", "events", "funds", "statusHistory")] == [[]] * 5
    assert api_writable.public.ask(query)["coverage"]["identified"] == identified - 1
    # Those who follow the theme, the fund or an event see it, too.
    followed = [theme, *(global_id("Fund", fund["slug"]) for fund in before["funds"])]
    followed += [global_id("Event", event["slug"]) for event in before["events"]]
    for id in followed:
        latest = "query ($id: ID) { changes(subject: $id, direction: DESC, first: 1) { nodes { action } } }"
        assert api_writable.public.ask(latest, id=id)["changes"]["nodes"] == [{"action": "WITHDRAWN"}]
    # As it was known before.
    known = (api_writable.clock.now - dt.timedelta(minutes=1)).isoformat()
    record = 'query ($at: DateTime) { record(knownAt: $at) { commitment(ref: "SVS-20") { title status } } }'
    assert api_writable.public.ask(record, at=known)["record"]["commitment"] == {
        "title": before["title"],
        "status": before["status"],
    }
    # Its slug is given to no other commitment, and it can have it back.
    other = input_with("identifyCommitment", {"commitment": "SVS-60", "slug": before["slug"]})
    assert problems(submit(api_writable.editor, "identifyCommitment", other)) == ["CONFLICT slug"]
    submit_valid(api_writable.editor, "identifyCommitment", commitment=ref, slug=before["slug"])


def test_a_status_of_another_commitment_moves_there(api_writable: WritableApi) -> None:
    promise = ("ANNOUNCED", None)
    # The search on SVS-06 was corrected by a statement, which was about another commitment.
    query = '{ commitment(ref: "SVS-06") { statusHistory(voices: [TRACKER]) { id } } }'
    [search] = api_writable.public.ask(query)["commitment"]["statusHistory"]
    found = {"voice": "MEDIA", "status": "IN_PROGRESS", "effectiveOn": "2019-05-15", "reason": "There was a source."}
    values: dict[str, Any] = {"statusUpdate": search["id"], **found, "citation": {"document": RECORD}}
    update = submit(api_writable.editor, "correctStatus", values, "statusUpdate { id }")["statusUpdate"]["id"]
    assert history(api_writable.public, "SVS-06") == [
        promise, ("IN_PROGRESS", None), ("NO_EVIDENCE", "IN_PROGRESS")
    ]  # fmt: skip
    moved = {"statusUpdate": update, "reason": "The article is about the other.", "commitment": "SVS-24"}
    answer = submit(api_writable.editor, "correctStatus", moved, "statusUpdate { commitment { ref } status }")
    assert answer["statusUpdate"] == {"commitment": {"ref": "SVS-24"}, "status": "IN_PROGRESS"}
    assert answer["change"]["subject"]["id"] == global_id("Commitment", "SVS-24")
    # What was wrong stays struck through where it stood, and the search counts again.
    assert history(api_writable.public, "SVS-06") == [
        promise, ("IN_PROGRESS", "IN_PROGRESS"), ("NO_EVIDENCE", None)
    ]  # fmt: skip
    for ref in ("SVS-06", "SVS-24"):
        latest = "query ($id: ID) { changes(subject: $id, direction: DESC, first: 1) { nodes { revision } } }"
        nodes = api_writable.public.ask(latest, id=global_id("Commitment", ref))["changes"]["nodes"]
        assert nodes == [{"revision": answer["change"]["revision"]}]
    assert problems(submit(api_writable.editor, "correctStatus", moved)) == ["DUPLICATE statusUpdate"]


def test_what_a_withdrawn_status_had_corrected_is_in_force_again(api_writable: WritableApi) -> None:
    promise = ("ANNOUNCED", None)
    values: dict[str, Any] = {"commitment": "SVS-06", "voice": "MEDIA", "status": "IN_PROGRESS"}
    wrong = submit_valid(api_writable.editor, "recordStatus", "statusUpdate { id }", **values)["statusUpdate"]["id"]
    correction = {"statusUpdate": wrong, "reason": "Misread.", "status": "DELIVERED"}
    right = submit(api_writable.editor, "correctStatus", correction, "statusUpdate { id }")["statusUpdate"]["id"]
    # The one that was corrected cannot be withdrawn: the other has taken its place.
    assert problems(submit(api_writable.editor, "withdrawStatus", {"statusUpdate": wrong, "reason": REASON})) == [
        "CONFLICT statusUpdate"
    ]
    withdraw(api_writable.editor, "Status", right)
    assert history(api_writable.public, "SVS-06") == [promise, ("IN_PROGRESS", None), ("NO_EVIDENCE", None)]
    change = withdraw(api_writable.editor, "Status", wrong)
    assert history(api_writable.public, "SVS-06") == [promise, ("NO_EVIDENCE", None)]
    assert change["summary"] == f"SVS-06: In progress on 2019-05-15 (Media) is withdrawn: {REASON}"
    # And it can be recorded again.
    submit_valid(api_writable.editor, "recordStatus", **values)


def test_a_status_is_withdrawn_in_a_voice_of_the_token(api_shared: WritableApi) -> None:
    quiet = api_shared.client(api_shared.token(Role.EDITOR, Voice.MEDIA))
    assert attempt(quiet, "withdrawStatus", EVERY_INPUT["withdrawStatus"]) == ["NOT_ALLOWED statusUpdate"]
    quiet.http.close()


@pytest.mark.parametrize(
    ("kind", "name", "models"),
    [
        ("Fund", "addFund", {"Fund", "CommitmentFund", "Citation"}),
        ("Event", "addEvent",
            {"Event", "EventHost", "Participant", "CommitmentEvent", "EventFund", "Citation"}),
        ("Discrepancy", "openDiscrepancy", {"Discrepancy", "Claim"}),
        ("Document", "addDocument", {"Document"}),
    ],
)  # fmt: skip
def test_all_that_belongs_to_a_row_goes_with_it_and_its_name_is_for_good(
    api_writable: WritableApi, kind: str, name: str, models: set[str]
) -> None:
    added = submit_valid(api_writable.editor, name)["change"]
    slug = VALID_INPUTS[name]["slug"]
    change = withdraw(api_writable.editor, kind, slug)
    # What was written comes to nothing, but for the organisations and people that others may name.
    expected = {(edit["record"], edit["field"], edit["after"]) for edit in added["edits"]}
    gone = {(edit["record"], edit["field"], edit["before"]) for edit in change["edits"]}
    assert gone == {edit for edit in expected if not edit[0].startswith(("Organisation ", "Person "))}
    assert {edit["record"].split()[0] for edit in change["edits"]} == models
    assert {edit["after"] for edit in change["edits"]} == {None}
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert api_writable.public.ask(query, id=global_id(kind, slug)) == {"node": None}
    again = submit(api_writable.editor, name, VALID_INPUTS[name])
    assert [(problem["code"], problem["path"], problem["message"]) for problem in again["problems"]] == [
        ("CONFLICT", ["slug"],
            f"The name {slug!r} belongs to a {kind.lower()} that was withdrawn on 2026-12-01: choose another."),
    ]  # fmt: skip


def test_a_fund_goes_with_its_sums_and_their_sources(api_writable: WritableApi) -> None:
    fund = "kent-county-lines-support"
    change = withdraw(api_writable.editor, "Fund", fund)
    kinds = [record.split()[0] for record in edits(change)]
    assert kinds == ["CommitmentFund", "Citation", "AmountStatement", "Citation", "Allocation", "Fund"]
    query = '{ organisation(slug: "st-giles-trust") { allocations { fund { slug } } } }'
    assert api_writable.public.ask(query) == {"organisation": {"allocations": []}}


def test_a_recipient_is_changed_by_another_allocation(api_writable: WritableApi) -> None:
    allocation = submit_valid(api_writable.editor, "allocate", "allocation { id }")["allocation"]["id"]
    withdraw(api_writable.editor, "Allocation", allocation)
    again = submit_valid(api_writable.editor, "allocate", "allocation { id }")["allocation"]["id"]
    assert again == allocation


def test_what_others_name_stays_until_they_are_gone(api_writable: WritableApi) -> None:
    editor = api_writable.editor
    submit_valid(editor, "addDocument")
    cited: dict[str, Any] = {"citations": [{"document": "quay-letter"}]}
    fund = submit_valid(editor, "addFund", **cited)["change"]["subject"]["id"]
    answer = submit(editor, "withdrawDocument", VALID_AFTER["withdrawDocument"])
    assert problems(answer) == ["CONFLICT document"]
    assert answer["problems"][0]["message"].startswith("It cannot be withdrawn while others name it: Citation ")
    assert problems(submit(editor, "withdrawOrganisation", VALID_AFTER["withdrawOrganisation"])) == [
        "CONFLICT organisation"
    ]
    assert fund == global_id("Fund", "quay-money")
    withdraw(editor, "Fund", "quay-money")
    for name in ("withdrawDocument", "withdrawOrganisation"):
        assert submit(editor, name, VALID_AFTER[name])["__typename"] == "Withdrawn"
        assert problems(submit(editor, name, VALID_AFTER[name])) == [f"NOT_FOUND {key_field(name[8:])}"]
    publisher = {"slug": "quay-again", "publisher": VALID_INPUTS["addDocument"]["publisher"]}
    assert problems(submit(editor, "addDocument", VALID_INPUTS["addDocument"] | publisher)) == [
        "CONFLICT publisher.slug"
    ]


def test_a_person_stays_while_an_event_names_them(api_writable: WritableApi) -> None:
    editor, withdrawal = api_writable.editor, VALID_AFTER["withdrawPerson"]
    event = submit_valid(editor, "addEvent", "event { participants { name person { slug name } } }")["event"]
    assert event["participants"] == [
        {"name": "Pat Pilot", "person": {"slug": "pat-pilot", "name": "Pat Pilot"}},
        {"name": "Ann Onymous", "person": None},
    ]
    assert problems(submit(editor, "withdrawPerson", withdrawal)) == ["CONFLICT person"]
    withdraw(editor, "Event", "quay-opens")
    assert submit(editor, "withdrawPerson", withdrawal)["__typename"] == "Withdrawn"
    assert problems(submit(editor, "withdrawPerson", withdrawal)) == ["NOT_FOUND person"]


def test_a_seed_document_is_never_withdrawn(api_shared: WritableApi) -> None:
    values = {"document": "london-event-2018", "reason": REASON}
    assert attempt(api_shared.editor, "withdrawDocument", values) == ["CONFLICT document"]


def test_one_of_several_sources_is_withdrawn_and_the_last_stays(api_writable: WritableApi) -> None:
    two = [{"document": RECORD}, {"document": "itv-2019-12-29"}]
    answer = submit_valid(api_writable.editor, "addEvent", "event { citations { id } }", citations=two)
    first, second = (citation["id"] for citation in answer["event"]["citations"])
    withdraw(api_writable.editor, "Citation", first)
    values = {"citation": second, "reason": REASON}
    assert attempt(api_writable.editor, "withdrawCitation", values) == ["CONFLICT citation"]
