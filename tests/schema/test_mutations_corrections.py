"""Corrections: what was wrong stays, marked as such, and can be asked about as it was known."""

import datetime as dt
from typing import Any

from db import natural_keys
from db.vocabulary import DatePrecision, Status, Voice
from schema.node import global_id
from tests.inputs import (
    ABSENT,
    EXISTING_UPDATE,
    OLDER_SEED,
    RECORD,
    SEED,
    change_heading,
    citation_record,
    edits,
    input_with,
    problems,
    submit,
    submit_valid,
)
from tests.writable import WritableApi

NOTE = "The government says it will amend the law to make serious violence an explicit priority."
# What the other statement in force on SVS-21 says.
PROMISE = {"note": "The foreword sets partnerships a new challenge, and promises measures to help them."}
# Nothing but the note is new.
NEW_NOTE = {
    "statusUpdate": global_id("StatusUpdate", EXISTING_UPDATE),
    "reason": "A word was missing.",
    "note": "It will amend.",
}
NO_CHANGE = {"statusUpdate": global_id("StatusUpdate", EXISTING_UPDATE), "reason": "To be sure."}
SAME = {"status": "ANNOUNCED", "effectiveOn": "2019-07-16", "precision": "DAY", "voice": "GOVERNMENT", "note": NOTE}
HISTORY = """query ($known: DateTime) { commitment(ref: "SVS-21") { status(knownAt: $known)
  statusHistory(knownAt: $known) { note }
  all: statusHistory(knownAt: $known, includeCorrected: true) { note correctionReason correctedBy { note } } } }"""


def insert_correction(
    key: str, day: str, precision: DatePrecision, voice: Voice, status: Status, document: str | None
) -> str:
    """The key of what takes the place of an update on SVS-21."""
    on = dt.date.fromisoformat(day)
    return natural_keys.status_update("SVS-21", on, precision, voice, status, document, None, corrects=key)


def test_a_correction_takes_the_place_of_a_statement_which_stays(api_writable: WritableApi) -> None:
    selection = """statusUpdate { id status effectiveOn precision voice note citation { note document { slug } }
      commitment { status } }"""
    answer = submit_valid(api_writable.editor, "correctStatus", selection)
    key = insert_correction(
        EXISTING_UPDATE, "2019-06-30", DatePrecision.MONTH, Voice.CIVIL_SOCIETY, Status.NOT_STARTED, "harbour-minutes"
    )
    assert answer["statusUpdate"] == {
        "id": global_id("StatusUpdate", key),
        "status": "NOT_STARTED",
        "effectiveOn": "2019-06-30",
        "precision": "MONTH",
        "voice": "CIVIL_SOCIETY",
        "note": "The board waits.",
        "citation": {"note": "On its second page.", "document": {"slug": "harbour-minutes"}},
        "commitment": {"status": "NOT_STARTED"},
    }
    assert change_heading(answer["change"]) == (
        "CORRECTED",
        "Ed Itor",
        global_id("Commitment", "SVS-21"),
        "SVS-21: Not started on 2019-06 (Civil society), by harbour-minutes,"
        " in place of Announced on 2019-07-16 (Government): It was said before.",
    )
    records = edits(answer["change"])
    assert records[f"StatusUpdate {EXISTING_UPDATE}"] == {
        "corrected_by": key,
        "correction_reason": "It was said before.",
    }
    assert [record.split()[0] for record in records] == [
        "StatusUpdate",
        "Organisation",
        "Organisation",
        "Document",
        "Citation",
        "StatusUpdate",
    ]
    assert api_writable.public.ask(HISTORY)["commitment"] == {
        "status": "NOT_STARTED",
        "statusHistory": [PROMISE, {"note": "The board waits."}],
        "all": [
            {**PROMISE, "correctionReason": None, "correctedBy": None},
            {"note": "The board waits.", "correctionReason": None, "correctedBy": None},
            {"note": NOTE, "correctionReason": "It was said before.", "correctedBy": {"note": "The board waits."}},
        ],
    }


def test_the_status_known_before_each_correction_can_still_be_asked(api_writable: WritableApi) -> None:
    notes = [NOTE, "The board waits.", "It waits still.", "It waits no more."]
    actual = global_id("StatusUpdate", EXISTING_UPDATE)
    for note in notes[1:]:
        api_writable.clock.now += dt.timedelta(hours=1)
        # A correction of a correction, each time.
        values = {"statusUpdate": actual, "note": note, "status": "ANNOUNCED"}
        actual = submit_valid(api_writable.editor, "correctStatus", "statusUpdate { id }", **values)["statusUpdate"][
            "id"
        ]
    for hour, note in enumerate(notes):
        known_at = f"2026-12-01T1{2 + hour}:30:00Z"
        commitment = api_writable.public.ask(HISTORY, known=known_at)["commitment"]
        assert commitment["statusHistory"] == [PROMISE, {"note": note}]
        assert {update["note"] for update in commitment["all"]} == {PROMISE["note"], *notes[: hour + 1]}
    assert api_writable.public.ask(HISTORY)["commitment"]["statusHistory"] == [PROMISE, {"note": notes[-1]}]


def test_correcting_only_the_note_keeps_day_voice_status_and_source(api_writable: WritableApi) -> None:
    selection = "statusUpdate { status effectiveOn precision voice note citation { document { slug } } }"
    answer = submit(api_writable.editor, "correctStatus", NEW_NOTE, selection)
    assert answer["statusUpdate"] == {
        "status": "ANNOUNCED",
        "effectiveOn": "2019-07-16",
        "precision": "DAY",
        "voice": "GOVERNMENT",
        "note": "It will amend.",
        "citation": {"document": {"slug": "home-office-blog-2019-07-16"}},
    }
    key = insert_correction(
        EXISTING_UPDATE,
        "2019-07-16",
        DatePrecision.DAY,
        Voice.GOVERNMENT,
        Status.ANNOUNCED,
        "home-office-blog-2019-07-16",
    )
    assert edits(answer["change"]) == {
        f"StatusUpdate {key}": {
            "commitment": "SVS-21",
            "status": "ANNOUNCED",
            "effective_on": "2019-07-16",
            "precision": "DAY",
            "recorded_at": "2026-12-01T12:00:00Z",
            "voice": "GOVERNMENT",
            "note": "It will amend.",
        },
        **citation_record("status_update", key, "home-office-blog-2019-07-16"),
        f"StatusUpdate {EXISTING_UPDATE}": {"corrected_by": key, "correction_reason": "A word was missing."},
    }


def test_a_statement_is_corrected_into_a_search_and_a_search_into_a_statement(api_writable: WritableApi) -> None:
    selection = "statusUpdate { id status citation { id } commitment { status agreement } }"
    search = {"status": "NO_EVIDENCE", "voice": "TRACKER", "citation": None, "precision": "DAY"}
    first = submit_valid(api_writable.editor, "correctStatus", selection, **search)["statusUpdate"]
    # What is left is the promise, which the search hides no more than it hid the statement.
    assert (first["citation"], first["commitment"]) == (None, {"status": "ANNOUNCED", "agreement": "GOVERNMENT_ONLY"})
    # And the other way, which needs a source and a voice.
    back = input_with("correctStatus", {"statusUpdate": first["id"], "citation": ABSENT})
    assert problems(submit(api_writable.editor, "correctStatus", back)) == ["INVALID citation"]
    second = submit_valid(api_writable.editor, "correctStatus", selection, statusUpdate=first["id"])["statusUpdate"]
    assert second["commitment"] == {"status": "NOT_STARTED", "agreement": "DISAGREE"}


def test_a_correction_to_an_earlier_day_leaves_a_search_in_force(api_writable: WritableApi) -> None:
    values: dict[str, Any] = {"commitment": "SVS-06", "voice": "MEDIA", "citation": {"document": RECORD}}
    late = {"effectiveOn": "2026-11-30", "citation": {"newDocument": {"slug": "late", "title": "Late"}}}
    update = submit_valid(api_writable.contributor, "recordStatus", "statusUpdate { id }", **(values | late))[
        "statusUpdate"
    ]["id"]
    earlier = {"statusUpdate": update, "reason": "Misread.", "effectiveOn": "2026-11-01"}
    answer = submit(api_writable.editor, "correctStatus", earlier, "statusUpdate { precision }")
    assert answer["statusUpdate"] == {"precision": "DAY"}
    corrections = [row for row in edits(answer["change"]).values() if "correction_reason" in row]
    assert [row["correction_reason"] for row in corrections] == ["Misread."]
    query = '{ commitment(ref: "SVS-06") { statusUpdate { effectiveOn } nothingFoundSince } }'
    assert api_writable.public.ask(query)["commitment"] == {
        "statusUpdate": {"effectiveOn": "2026-11-01"},
        "nothingFoundSince": "2026-11-22",
    }


def test_a_new_source_alone_is_a_correction(api_writable: WritableApi) -> None:
    values = {
        "statusUpdate": global_id("StatusUpdate", EXISTING_UPDATE),
        "reason": "Found the text.",
        "effectiveOn": "2018-10-08",
    }
    given_source = {**values, "citation": {"document": OLDER_SEED, "paragraph": 15}}
    answer = submit(api_writable.editor, "correctStatus", given_source, "statusUpdate { citation { paragraph } note }")
    assert answer["statusUpdate"] == {"citation": {"paragraph": 15}, "note": NOTE}


def test_a_correction_that_corrects_nothing_is_refused(api_shared: WritableApi) -> None:
    for values in (NO_CHANGE, NO_CHANGE | SAME, NO_CHANGE | dict.fromkeys(SAME)):
        assert problems(submit(api_shared.editor, "correctStatus", values)) == ["INVALID"]


def test_a_correction_does_not_say_again_what_stands_already(api_shared: WritableApi) -> None:
    query = '{ commitment(ref: "SVS-19") { statusHistory { id note } } }'
    *_, first, second, _ = api_shared.public.ask(query)["commitment"]["statusHistory"]
    values = {"statusUpdate": first["id"], "reason": "Misread.", "effectiveOn": "2019-05-09", "note": second["note"]}
    answer = submit(api_shared.editor, "correctStatus", {**values, "citation": {"document": SEED, "paragraph": 1}})
    assert problems(answer) == ["DUPLICATE"]
    assert answer["problems"][0]["existing"]["id"] == second["id"]


def test_a_fault_in_a_correction_is_the_only_problem(api_shared: WritableApi) -> None:
    faulty = NO_CHANGE | {"note": "<b>It will amend.</b>"}
    assert problems(submit(api_shared.editor, "correctStatus", faulty)) == ["INVALID note"]


def test_a_form_that_sends_all_back_as_it_was_corrects_nothing(api_shared: WritableApi) -> None:
    values = NO_CHANGE | SAME | {"citation": {"document": "home-office-blog-2019-07-16"}}
    assert problems(submit(api_shared.editor, "correctStatus", values)) == ["INVALID"]
