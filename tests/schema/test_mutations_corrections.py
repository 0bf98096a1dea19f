"""Corrections: what was wrong stays, marked as such, and can be asked about as it was known."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from db import natural_keys
from db.vocabulary import DatePrecision, Status, Voice
from schema.node import global_id
from tests.desk import Desk
from tests.engines import Engine
from tests.inputs import (
    ABSENT,
    OLDER_SEED,
    RECORD,
    SEED,
    STATED,
    altered,
    cited,
    edits,
    made,
    opened,
    problems,
    said,
    sent,
)

NOTE = "The government says it will amend the law to make serious violence an explicit priority."
# Nothing but the note is new.
RENOTED = {"statusUpdate": global_id("StatusUpdate", STATED), "reason": "A word was missing.", "note": "It will amend."}
UNCHANGED = {"statusUpdate": global_id("StatusUpdate", STATED), "reason": "To be sure."}
SAME = {"status": "ANNOUNCED", "effectiveOn": "2019-07-16", "precision": "DAY", "voice": "GOVERNMENT", "note": NOTE}
HISTORY = """query ($known: DateTime) { commitment(ref: "SVS-21") { status(knownAt: $known)
  statusHistory(knownAt: $known) { note }
  all: statusHistory(knownAt: $known, includeCorrected: true) { note correctionReason correctedBy { note } } } }"""


def corrected(key: str, day: str, precision: DatePrecision, voice: Voice, status: Status, document: str | None) -> str:
    """The key of what takes the place of an update on SVS-21."""
    on = dt.date.fromisoformat(day)
    return natural_keys.status_update("SVS-21", on, precision, voice, status, document, None, corrects=key)


def test_a_correction_takes_the_place_of_a_statement_which_stays(at_desk: Desk) -> None:
    shown = """statusUpdate { id status effectiveOn precision voice note citation { note document { slug } }
      commitment { status } }"""
    answer = made(at_desk.editor, "correctStatus", shown)
    key = corrected(
        STATED, "2019-06-30", DatePrecision.MONTH, Voice.CIVIL_SOCIETY, Status.NOT_STARTED, "harbour-minutes"
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
    assert said(answer["change"]) == (
        "CORRECTED",
        "Ed Itor",
        global_id("Commitment", "SVS-21"),
        "SVS-21: Not started on 2019-06 (Civil society), by harbour-minutes,"
        " in place of Announced on 2019-07-16 (Government): It was said before.",
    )
    written = edits(answer["change"])
    assert written[f"StatusUpdate {STATED}"] == {"corrected_by": key, "correction_reason": "It was said before."}
    assert [record.split()[0] for record in written] == [
        "StatusUpdate",
        "Organisation",
        "Organisation",
        "Document",
        "Citation",
        "StatusUpdate",
    ]
    assert at_desk.public.ask(HISTORY)["commitment"] == {
        "status": "NOT_STARTED",
        "statusHistory": [{"note": "The board waits."}],
        "all": [
            {"note": "The board waits.", "correctionReason": None, "correctedBy": None},
            {"note": NOTE, "correctionReason": "It was said before.", "correctedBy": {"note": "The board waits."}},
        ],
    }


def test_what_was_known_before_each_correction_can_still_be_asked(at_desk: Desk) -> None:
    notes = [NOTE, "The board waits.", "It waits still.", "It waits no more."]
    found = global_id("StatusUpdate", STATED)
    for note in notes[1:]:
        at_desk.clock.now += dt.timedelta(hours=1)
        # A correction of a correction, each time.
        given = {"statusUpdate": found, "note": note, "status": "ANNOUNCED"}
        found = made(at_desk.editor, "correctStatus", "statusUpdate { id }", **given)["statusUpdate"]["id"]
    for hour, note in enumerate(notes):
        known = f"2026-12-01T1{2 + hour}:30:00Z"
        seen = at_desk.public.ask(HISTORY, known=known)["commitment"]
        assert seen["statusHistory"] == [{"note": note}]
        assert {update["note"] for update in seen["all"]} == set(notes[: hour + 1])
    assert at_desk.public.ask(HISTORY)["commitment"]["statusHistory"] == [{"note": notes[-1]}]


def test_correcting_only_the_note_keeps_day_voice_status_and_source(at_desk: Desk) -> None:
    shown = "statusUpdate { status effectiveOn precision voice note citation { document { slug } } }"
    answer = sent(at_desk.editor, "correctStatus", RENOTED, shown)
    assert answer["statusUpdate"] == {
        "status": "ANNOUNCED",
        "effectiveOn": "2019-07-16",
        "precision": "DAY",
        "voice": "GOVERNMENT",
        "note": "It will amend.",
        "citation": {"document": {"slug": "home-office-blog-2019-07-16"}},
    }
    key = corrected(
        STATED, "2019-07-16", DatePrecision.DAY, Voice.GOVERNMENT, Status.ANNOUNCED, "home-office-blog-2019-07-16"
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
        **cited("status_update", key, "home-office-blog-2019-07-16"),
        f"StatusUpdate {STATED}": {"corrected_by": key, "correction_reason": "A word was missing."},
    }


def test_a_statement_is_corrected_into_a_search_and_a_search_into_a_statement(at_desk: Desk) -> None:
    shown = "statusUpdate { id status citation { id } commitment { status agreement } }"
    search = {"status": "NO_EVIDENCE", "voice": "TRACKER", "citation": None, "precision": "DAY"}
    first = made(at_desk.editor, "correctStatus", shown, **search)["statusUpdate"]
    assert (first["citation"], first["commitment"]) == (None, {"status": "NO_EVIDENCE", "agreement": "NEITHER"})
    # And the other way, which needs a source and a voice.
    back = altered("correctStatus", {"statusUpdate": first["id"], "citation": ABSENT})
    assert problems(sent(at_desk.editor, "correctStatus", back)) == ["INVALID citation"]
    second = made(at_desk.editor, "correctStatus", shown, statusUpdate=first["id"])["statusUpdate"]
    assert second["commitment"] == {"status": "NOT_STARTED", "agreement": "OTHERS_ONLY"}


def test_a_correction_to_an_earlier_day_takes_the_place_of_a_search(at_desk: Desk) -> None:
    given: dict[str, Any] = {"commitment": "SVS-06", "voice": "MEDIA", "citation": {"document": RECORD}}
    late = {"effectiveOn": "2026-11-30", "citation": {"newDocument": {"slug": "late", "title": "Late"}}}
    update = made(at_desk.contributor, "recordStatus", "statusUpdate { id }", **(given | late))["statusUpdate"]["id"]
    earlier = {"statusUpdate": update, "reason": "Misread.", "effectiveOn": "2026-11-01"}
    answer = sent(at_desk.editor, "correctStatus", earlier, "statusUpdate { precision }")
    assert answer["statusUpdate"] == {"precision": "DAY"}
    replaced = [row for row in edits(answer["change"]).values() if "correction_reason" in row]
    assert [row["correction_reason"] for row in replaced] == ["Misread.", "A source was found."]
    query = '{ commitment(ref: "SVS-06") { statusHistory { effectiveOn } } }'
    assert at_desk.public.ask(query)["commitment"]["statusHistory"] == [{"effectiveOn": "2026-11-01"}]


def test_a_new_source_alone_is_a_correction(at_desk: Desk) -> None:
    given = {
        "statusUpdate": global_id("StatusUpdate", STATED),
        "reason": "Found the text.",
        "effectiveOn": "2018-10-08",
    }
    given_source = {**given, "citation": {"document": OLDER_SEED, "paragraph": 15}}
    answer = sent(at_desk.editor, "correctStatus", given_source, "statusUpdate { citation { paragraph } note }")
    assert answer["statusUpdate"] == {"citation": {"paragraph": 15}, "note": NOTE}


@pytest.fixture(scope="module")
def room(engine: Engine, _seeded: str) -> Iterator[Desk]:
    """One desk for what writes nothing."""
    with opened(engine.copy(_seeded)) as shared:
        yield shared


def test_a_correction_that_corrects_nothing_is_refused(room: Desk) -> None:
    for given in (UNCHANGED, UNCHANGED | SAME, UNCHANGED | dict.fromkeys(SAME)):
        assert problems(sent(room.editor, "correctStatus", given)) == ["INVALID"]


def test_a_correction_does_not_say_again_what_stands_already(room: Desk) -> None:
    query = '{ commitment(ref: "SVS-19") { statusHistory { id note } } }'
    first, second, _ = room.public.ask(query)["commitment"]["statusHistory"]
    given = {"statusUpdate": first["id"], "reason": "Misread.", "effectiveOn": "2019-05-09", "note": second["note"]}
    answer = sent(room.editor, "correctStatus", {**given, "citation": {"document": SEED, "paragraph": 1}})
    assert problems(answer) == ["DUPLICATE"]
    assert answer["problems"][0]["existing"]["id"] == second["id"]


def test_a_fault_in_a_correction_is_told_alone(room: Desk) -> None:
    faulty = UNCHANGED | {"note": "<b>It will amend.</b>"}
    assert problems(sent(room.editor, "correctStatus", faulty)) == ["INVALID note"]


def test_a_form_that_sends_all_back_as_it_was_corrects_nothing(room: Desk) -> None:
    given = UNCHANGED | SAME | {"citation": {"document": "home-office-blog-2019-07-16"}}
    assert problems(sent(room.editor, "correctStatus", given)) == ["INVALID"]
