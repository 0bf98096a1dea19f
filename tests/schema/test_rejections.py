"""What no mutation takes: each fault has its code and its place, and nothing is written."""

from typing import Any

import pytest

from schema.node import global_id
from tests.inputs import (
    ABSENT,
    NEW_DOCUMENT,
    RECORD,
    SEED,
    VALID_INPUTS,
    assert_unchanged,
    attempt,
    input_with,
    mutation,
    submit,
)
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

SOURCE = "citation.newDocument"
NO_DATE = {"newDocument": {"slug": "undated", "title": "Undated"}}
NEW = {"newDocument": NEW_DOCUMENT}
OF_SEED = {"effectiveOn": "2019-05-09", "citation": {"document": SEED, "paragraph": 22}}
SEARCH = {"status": "NO_EVIDENCE", "voice": "TRACKER", "citation": ABSENT, "effectiveOn": "2026-11-30"}
CASES: list[tuple[str, str, dict[str, Any], str]] = [
    ("recordStatus", "a commitment that is not here", {"commitment": "SVS-99"}, "NOT_FOUND commitment"),
    ("recordStatus", "a commitment that is not identified", {"commitment": "SVS-35"}, "INVALID commitment"),
    ("recordStatus", "NOT_ASSESSED", {"status": "NOT_ASSESSED"}, "INVALID status"),
    ("recordStatus", "NO_EVIDENCE in another voice", {"status": "NO_EVIDENCE", "citation": None}, "INVALID voice"),
    ("recordStatus", "NO_EVIDENCE with a source", {"status": "NO_EVIDENCE", "voice": "TRACKER"}, "INVALID citation"),
    ("recordStatus", "a search of a month", {**SEARCH, "effectiveOn": "2018-01-01", "precision": "MONTH"},
        "INVALID precision"),
    ("recordStatus", "the tracker as a witness", {"voice": "TRACKER"}, "INVALID voice"),
    ("recordStatus", "no source", {"citation": ABSENT}, "INVALID citation"),
    ("recordStatus", "null for a source", {"citation": None}, "INVALID citation"),
    ("recordStatus", "a day to come", {"effectiveOn": "2026-12-02", "citation": NO_DATE}, "INVALID effectiveOn"),
    ("recordStatus", "a month that is not over", {"effectiveOn": "2026-12-01", "precision": "MONTH",
        "citation": NO_DATE}, "INVALID effectiveOn"),
    ("recordStatus", "a year that is not over", {"effectiveOn": "2026-01-01", "precision": "YEAR",
        "citation": NO_DATE}, "INVALID effectiveOn"),
    ("recordStatus", "a source of the day before", {"effectiveOn": "2019-05-16"}, "INVALID effectiveOn"),
    ("recordStatus", "a source of the month before", {"effectiveOn": "2019-06-30", "precision": "MONTH"},
        "INVALID effectiveOn"),
    ("recordStatus", "a document that is not here", {"citation.document": "nowhere"}, "NOT_FOUND citation.document"),
    ("recordStatus", "a document twice", {SOURCE: NEW_DOCUMENT}, "INVALID citation.document"),
    ("recordStatus", "no document", {"citation": {"note": "Somewhere."}}, "INVALID citation.document"),
    ("recordStatus", "a paragraph of no document", {"citation": {"paragraph": 1}}, "INVALID citation.document"),
    ("recordStatus", "a paragraph of a record", {"citation.paragraph": 1}, "INVALID citation.paragraph"),
    ("recordStatus", "figures of a record", {"citation.figures": ["£2m"]}, "INVALID citation.figures"),
    ("recordStatus", "a paragraph of a new document", {"citation": {**NEW, "paragraph": 1}},
        "INVALID citation.paragraph"),
    ("recordStatus", "a paragraph behind the last", OF_SEED, "INVALID citation.paragraph"),
    ("recordStatus", "the paragraph 0", {**OF_SEED, "citation.paragraph": 0}, "INVALID citation.paragraph"),
    ("recordStatus", "a new document to come", {"citation": NEW, f"{SOURCE}.publishedOn": "2026-12-02"},
        f"INVALID {SOURCE}.publishedOn"),
    ("recordStatus", "a new document by the slug of another", {"citation": NEW, f"{SOURCE}.slug": RECORD},
        f"CONFLICT {SOURCE}.slug"),
    ("recordStatus", "a new document at the address of another", {"citation": NEW, f"{SOURCE}.url":
        "https://www.gov.uk/government/news/home-office-hosts-first-serious-violence-event-in-london"},
        f"DUPLICATE {SOURCE}.url"),
    ("recordStatus", "an unknown publisher", {"citation": NEW, f"{SOURCE}.publisher": {"slug": "nobody"}},
        f"NOT_FOUND {SOURCE}.publisher.slug"),
    ("recordStatus", "an unknown publisher of no kind", {"citation": NEW, f"{SOURCE}.publisher.kind": ABSENT},
        f"NOT_FOUND {SOURCE}.publisher.slug"),
    ("recordStatus", "an unknown publisher of a faulty name", {"citation": NEW, f"{SOURCE}.publisher.name": "<b>"},
        f"INVALID {SOURCE}.publisher.name"),
    ("recordStatus", "a known slug with another name", {"citation": NEW, f"{SOURCE}.via":
        {"slug": "home-office", "name": "Office"}}, f"CONFLICT {SOURCE}.via.name"),
    ("recordStatus", "a known slug of another kind", {"citation": NEW, f"{SOURCE}.via":
        {"slug": "home-office", "kind": "MEDIA"}}, f"CONFLICT {SOURCE}.via.kind"),
    ("recordStatus", "a known name with another slug", {"citation": NEW, f"{SOURCE}.via":
        {"slug": "office", "name": "Home Office", "kind": "OTHER"}}, f"CONFLICT {SOURCE}.via.slug"),
    ("correctStatus", "an update that is not here", {"statusUpdate": global_id("StatusUpdate", "0" * 20)},
        "NOT_FOUND statusUpdate"),
    ("correctStatus", "the id of something else", {"statusUpdate": global_id("Commitment", "SVS-21")},
        "NOT_FOUND statusUpdate"),
    ("correctStatus", "no id at all", {"statusUpdate": "SVS-21"}, "NOT_FOUND statusUpdate"),
    ("correctStatus", "an empty id", {"statusUpdate": ""}, "NOT_FOUND statusUpdate"),
    ("correctStatus", "a day to come", {"effectiveOn": "2027-01-01"}, "INVALID effectiveOn"),
    ("correctStatus", "a source of the month before", {"effectiveOn": "2019-07-31"}, "INVALID effectiveOn"),
    ("correctStatus", "NOT_ASSESSED", {"status": "NOT_ASSESSED"}, "INVALID status"),
    ("identifyCommitment", "a commitment that is not here", {"commitment": "SVS-62"}, "NOT_FOUND commitment"),
    ("identifyCommitment", "one that is identified", {"commitment": "SVS-19"}, "CONFLICT commitment"),
    ("identifyCommitment", "a theme that is not here", {"theme": "ferries"}, "NOT_FOUND theme"),
    ("identifyCommitment", "a slug that is no slug", {"slug": "Mend the Quay"}, "INVALID slug"),
    ("identifyCommitment", "the slug of another", {"slug": "mentor-uk-unplugged"}, "CONFLICT slug"),
    ("identifyCommitment", "no source", {"citations": []}, "INVALID citations"),
    ("identifyCommitment", "the same source twice", {"citations": [{"document": RECORD}] * 2}, "INVALID citations.1"),
    ("identifyCommitment", "an unknown lead", {"leads.1": {"slug": "nobody"}}, "NOT_FOUND leads.1.slug"),
    ("identifyCommitment", "the same lead twice", {"leads.1": {"slug": "home-office"}}, "INVALID leads.1.slug"),
    ("identifyCommitment", "fifty-one leads", {"leads": [{"slug": f"l-{n}"} for n in range(51)]}, "INVALID leads"),
    ("addDocument", "a document to come", {"publishedOn": "2026-12-02"}, "INVALID publishedOn"),
    ("addEvent", "a commitment that is not here", {"commitments.0": "SVS-0"}, "NOT_FOUND commitments.0"),
    ("addEvent", "the same commitment twice", {"commitments": ["SVS-21"] * 2}, "INVALID commitments.1"),
    ("addEvent", "a fund that is not here", {"funds": ["knifefree-campaign", "x"]}, "NOT_FOUND funds.1"),
    ("addEvent", "an unknown host", {"hosts.0.slug": "nobody"}, "NOT_FOUND hosts.0.slug"),
    ("addEvent", "an unknown body of somebody", {"participants.0.organisation.slug": "nobody"},
        "NOT_FOUND participants.0.organisation.slug"),
    ("addEvent", "a day to come", {"date": "2026-12-02", "precision": "DAY"}, "INVALID date"),
    ("addEvent", "a month that is not over", {"date": "2026-12-01"}, "INVALID date"),
    ("addEvent", "no date and no reason", {"date": None, "precision": None, "dateNote": None}, "INVALID dateNote"),
    ("addEvent", "the precision of no date", {"date": ABSENT}, "INVALID precision"),
    ("addEvent", "nobody there", {"attendanceAtLeast": 0}, "INVALID attendanceAtLeast"),
    ("addEvent", "fifty-one topics", {"topics": [f"t {n}" for n in range(51)]}, "INVALID topics"),
    ("addEvent", "a topic twice", {"topics": ["quays", "quays"]}, "INVALID topics"),
    ("addEvent", "no source", {"citations": []}, "INVALID citations"),
    ("addEvent", "the slug of another", {"slug": "sceptre-2018-09"}, "CONFLICT slug"),
    ("addFund", "a whole that is not here", {"parent": "nothing"}, "NOT_FOUND parent"),
    ("addFund", "a commitment that is not here", {"commitments.0": "svs-21"}, "NOT_FOUND commitments.0"),
    ("addFund", "the slug of another", {"slug": "police-surge"}, "CONFLICT slug"),
    ("addFund", "no source", {"citations": []}, "INVALID citations"),
    ("stateAmount", "a fund that is not here", {"fund": "nothing"}, "NOT_FOUND fund"),
    ("stateAmount", "nothing", {"amount": "0"}, "INVALID amount"),
    ("stateAmount", "less than nothing", {"amount": "-0.01"}, "INVALID amount"),
    ("stateAmount", "half a penny", {"amount": "1.005"}, "INVALID amount"),
    ("stateAmount", "too much", {"amount": "1000000000000"}, "INVALID amount"),
    ("stateAmount", "the precision of no date", {"statedOn": None}, "INVALID precision"),
    ("stateAmount", "a day to come", {"statedOn": "2026-12-02", "precision": "DAY", "citation": NO_DATE},
        "INVALID statedOn"),
    ("stateAmount", "a month that is not over", {"statedOn": "2026-12-01", "citation": NO_DATE}, "INVALID statedOn"),
    ("stateAmount", "a source of the day before", {"statedOn": "2019-05-10", "precision": "DAY"}, "INVALID statedOn"),
    ("allocate", "a fund that is not here", {"fund": "nothing"}, "NOT_FOUND fund"),
    ("allocate", "an unknown recipient", {"recipient.name": ABSENT}, "NOT_FOUND recipient.slug"),
    ("allocate", "a known name in other letters", {"recipient": {"slug": "ho", "name": "HOME office", "kind": "OTHER"}},
        "CONFLICT recipient.slug"),
    ("allocate", "a sum without a bound", {"bound": ABSENT}, "INVALID bound"),
    ("allocate", "a bound without a sum", {"amount": ABSENT}, "INVALID bound"),
    ("allocate", "half a penny", {"amount": "0.005"}, "INVALID amount"),
    ("link", "a commitment that is not here", {"commitment": "SVS-99"}, "NOT_FOUND commitment"),
    ("link", "a fund that is not here", {"fund": "nothing"}, "NOT_FOUND fund"),
    ("link", "an event that is not here", {"fund": None, "event": "nothing"}, "NOT_FOUND event"),
    ("link", "three ends", {"event": "sceptre-2018-09"}, "INVALID"),
    ("link", "one end", {"fund": ABSENT}, "INVALID"),
    ("link", "no end", {"fund": ABSENT, "commitment": ABSENT}, "INVALID"),
    ("unlink", "two that are not linked", {"commitment": "SVS-21"}, "NOT_FOUND"),
    ("unlink", "three ends", {"event": "sceptre-2018-09"}, "INVALID"),
    ("openDiscrepancy", "one claim", {"claims.1": ABSENT}, "INVALID claims"),
    ("openDiscrepancy", "no claim", {"claims": []}, "INVALID claims"),
    ("openDiscrepancy", "two subjects", {"commitment": "SVS-21"}, "INVALID fund"),
    ("openDiscrepancy", "a subject that is not here", {"fund": "nothing"}, "NOT_FOUND fund"),
    ("openDiscrepancy", "a claim of no document", {"claims.1.document": None}, "INVALID claims.1.document"),
    ("openDiscrepancy", "a claim of two documents", {"claims.1.newDocument": NEW_DOCUMENT},
        "INVALID claims.1.document"),
    ("openDiscrepancy", "a paragraph of a record", {"claims.1.paragraph": 1}, "INVALID claims.1.paragraph"),
    ("openDiscrepancy", "the slug of another", {"slug": "kent-surge"}, "CONFLICT slug"),
    ("settleDiscrepancy", "one that is not here", {"discrepancy": "nothing"}, "NOT_FOUND discrepancy"),
    ("settleDiscrepancy", "opening it again", {"state": "OPEN"}, "INVALID state"),
    ("settleDiscrepancy", "another state than it is in", {"foundIn": "RESOLVED"}, "CONFLICT foundIn"),
]  # fmt: skip


@pytest.mark.parametrize("name", VALID_INPUTS)
def test_every_fault_has_its_place_and_nothing_is_written(api_shared: WritableApi, name: str) -> None:
    cases = [(fault, changes, [place]) for other, fault, changes, place in CASES if other == name]
    with assert_unchanged(api_shared.database):
        actual = {fault: attempt(api_shared.editor, name, input_with(name, changes)) for fault, changes, _ in cases}
    assert actual == {fault: places for fault, _, places in cases}


def test_all_problems_are_returned_at_once(api_shared: WritableApi) -> None:
    faults = {
        "commitment": "SVS-99",
        "effectiveOn": "2026-12-02",
        "voice": "TRACKER",
        "note": "<script>alert(1)</script>",
        "citation.document": "nowhere",
    }
    with assert_unchanged(api_shared.database):
        answer = submit(api_shared.editor, "recordStatus", input_with("recordStatus", faults))
    wrong = [
        ("INVALID", ["note"], "holds markup; plain text is taken and shown as it stands"),
        ("NOT_FOUND", ["commitment"], "There is no commitment 'SVS-99'."),
        ("NOT_FOUND", ["citation", "document"], "There is no document 'nowhere'."),
        ("INVALID", ["voice"], "The tracker witnesses nothing: its word is NO_EVIDENCE or UNTESTABLE."),
        ("INVALID", ["effectiveOn"], "2026-12-02 is still to come; what is recorded has happened."),
    ]
    assert answer == {
        "__typename": "Rejected",
        "problems": [
            {"code": code, "path": path, "message": message, "existing": None} for code, path, message in wrong
        ],
    }


def test_a_megabyte_of_text_is_not_even_read(api_shared: WritableApi) -> None:
    values = input_with("addDocument", {"note": "x" * 1_000_000})
    with assert_unchanged(api_shared.database):
        response = api_shared.editor.send(mutation("addDocument"), {"input": values})
    assert response.status_code == 413
    assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "BODY_TOO_LARGE"}]


TWINS = [{"slug": f"twin-{n}", "title": "Twin", "url": "https://quay.example/twin"} for n in range(2)]
HOMONYMS = [{"slug": f"twin-{n}", "name": "Twin", "kind": "OTHER"} for n in range(2)]
TWO_NAMES = [{"name": "A", "organisation": {"slug": "twin", "name": f"Twin {n}", "kind": "OTHER"}} for n in range(2)]
TWO_TITLES = [{"newDocument": {"slug": "twin", "title": f"Twin {n}"}, "says": f"£{n}m"} for n in range(2)]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("addFund", {"citations": [{"newDocument": twin} for twin in TWINS]}),
        ("identifyCommitment", {"leads": HOMONYMS}),
        ("addEvent", {"participants": TWO_NAMES}),
        ("openDiscrepancy", {"claims": TWO_TITLES}),
    ],
    ids=["documents of one address", "bodies of one name", "a body of two names", "a document of two titles"],
)
def test_new_rows_in_one_input_must_agree(api_shared: WritableApi, name: str, changes: dict[str, Any]) -> None:
    with assert_unchanged(api_shared.database):
        answer = attempt(api_shared.editor, name, input_with(name, changes))
        assert {place.split()[0] for place in answer} <= {"INVALID", "CONFLICT", "DUPLICATE"}
