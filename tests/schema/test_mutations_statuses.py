"""Where commitments stand: what recording a status writes, and what a search leaves as it was."""

import datetime as dt
from functools import partial
from typing import Any

import pytest

from db import natural_keys
from db.vocabulary import DatePrecision, Status, Voice
from schema.node import global_id
from tests.engines import Engine, PostgreSQL
from tests.inputs import NEW_DOCUMENT, RECORD, SEED, change_heading, citation_record, edits, submit_valid
from tests.server import capture_statements
from tests.writable import WritableApi

UPDATE = natural_keys.status_update(
    "SVS-32", dt.date(2019, 5, 15), DatePrecision.DAY, Voice.PARLIAMENT, Status.DELIVERED, RECORD, None
)
HISTORY = """query ($ref: String!) { commitment(ref: $ref) { status agreement
  nothingFoundSince
  statusHistory(includeCorrected: true) { status effectiveOn voice correctionReason correctedBy { status } } } }"""
# On SVS-06 and SVS-31, after a promise of 9 April 2018.
SEARCH_NOTE = {"status": "NO_EVIDENCE", "effectiveOn": "2026-11-22", "voice": "TRACKER"}
PROMISE = {"status": "ANNOUNCED", "effectiveOn": "2018-04-09"}
STANDS: dict[str, Any] = {"correctionReason": None, "correctedBy": None}


def test_a_status_is_recorded_by_a_document_that_is_here(api_shared: WritableApi) -> None:
    selection = """statusUpdate { id status effectiveOn precision recordedAt voice note correctionReason
      correctedBy { id } commitment { ref status agreement } citation { paragraph note document { slug } } }"""
    answer = submit_valid(api_shared.contributor, "recordStatus", selection, commitment="SVS-32")
    instant = answer["statusUpdate"]["recordedAt"]
    assert instant.startswith("2026-12-01T12:00:00")
    assert answer["statusUpdate"] == {
        "id": global_id("StatusUpdate", UPDATE),
        "status": "DELIVERED",
        "effectiveOn": "2019-05-15",
        "precision": "DAY",
        "recordedAt": instant,
        "voice": "PARLIAMENT",
        "note": "The minister says that it is done.",
        "correctionReason": None,
        "correctedBy": None,
        "commitment": {"ref": "SVS-32", "status": "DELIVERED", "agreement": "DISAGREE"},
        "citation": {"paragraph": None, "note": "In the first answer.", "document": {"slug": RECORD}},
    }
    assert change_heading(answer["change"]) == (
        "RECORDED",
        "Con Tributor",
        global_id("Commitment", "SVS-32"),
        f"SVS-32: Delivered on 2019-05-15 (Parliament), by {RECORD}.",
    )
    assert edits(answer["change"]) == {
        f"StatusUpdate {UPDATE}": {
            "commitment": "SVS-32",
            "status": "DELIVERED",
            "effective_on": "2019-05-15",
            "precision": "DAY",
            "recorded_at": instant,
            "voice": "PARLIAMENT",
            "note": "The minister says that it is done.",
        },
        **citation_record("status_update", UPDATE, RECORD, note="In the first answer.", locator="column 12"),
    }
    # The day before, and at the instant before, it was not so.
    assert api_shared.public.ask(
        """{ commitment(ref: "SVS-32") { status statusUpdate { note } before: status(asOf: "2019-05-14")
          unknown: status(knownAt: "2026-12-01T11:59:59Z") daysSinceEvidence(asOf: "2019-05-20")
          government: status(voices: [GOVERNMENT]) } }"""
    )["commitment"] == {
        "status": "DELIVERED",
        "statusUpdate": {"note": "The minister says that it is done."},
        "before": "IN_PROGRESS",
        "unknown": "IN_PROGRESS",
        "daysSinceEvidence": 5,
        "government": "IN_PROGRESS",
    }


def test_a_status_is_recorded_by_a_document_and_a_publisher_that_come_with_it(api_shared: WritableApi) -> None:
    selection = "statusUpdate { citation { document { slug kind publisher { slug } via } } }"
    values = {"commitment": "SVS-08", "citation": {"newDocument": NEW_DOCUMENT}}
    answer = submit_valid(api_shared.contributor, "recordStatus", selection, **values)
    assert answer["statusUpdate"]["citation"]["document"] == {
        "slug": "harbour-minutes",
        "kind": "RECORD",
        "publisher": {"slug": "harbour-board"},
        "via": "The Daily Tide",
    }
    assert answer["change"]["summary"] == ("SVS-08: Delivered on 2019-05-15 (Parliament), by harbour-minutes.")
    key = natural_keys.status_update(
        "SVS-08", dt.date(2019, 5, 15), DatePrecision.DAY, Voice.PARLIAMENT, Status.DELIVERED, "harbour-minutes", None
    )
    assert list(edits(answer["change"])) == [
        f"StatusUpdate {key}",
        "Organisation harbour-board",
        "Organisation daily-tide",
        "Document harbour-minutes",
        *citation_record("status_update", key, "harbour-minutes"),
    ]
    query = '{ document(slug: "harbour-minutes") { citations { nodes { subject { id } } } } }'
    actual = api_shared.public.ask(query)["document"]["citations"]["nodes"]
    assert actual == [{"subject": {"id": global_id("StatusUpdate", key)}}]


def test_a_document_that_comes_with_a_status_may_be_here_already(api_shared: WritableApi) -> None:
    submit_valid(api_shared.contributor, "addDocument")
    values: dict[str, Any] = {
        "commitment": "SVS-09",
        "citation": {"newDocument": {"slug": "quay-letter", "title": "Letter on the quay"}},
    }
    answer = submit_valid(api_shared.contributor, "recordStatus", **values)
    assert {record.split()[0] for record in edits(answer["change"])} == {"StatusUpdate", "Citation"}


@pytest.mark.parametrize(
    ("ref", "precision", "last"),
    [("SVS-11", "MONTH", "2019-05-31"), ("SVS-25", "YEAR", "2019-12-31")],
    ids=["a month", "a year"],
)
def test_it_counts_from_the_last_day_of(api_shared: WritableApi, ref: str, precision: str, last: str) -> None:
    selection = "statusUpdate { effectiveOn precision }"
    source = {"newDocument": {"slug": "harbour-ledger", "title": "Ledger of the harbour"}}
    values: dict[str, Any] = {"commitment": ref, "precision": precision, "citation": source}
    answer = submit_valid(api_shared.editor, "recordStatus", selection, **values)
    assert answer["statusUpdate"] == {"effectiveOn": last, "precision": precision}
    query = "query ($ref: String!, $day: Date) { commitment(ref: $ref) { status(asOf: $day) } }"
    eve = dt.date.fromisoformat(last) - dt.timedelta(days=1)
    statuses = [api_shared.public.ask(query, ref=ref, day=str(day))["commitment"]["status"] for day in (eve, last)]
    assert statuses == ["IN_PROGRESS", "DELIVERED"]


def identify(api: WritableApi, ref: str) -> str:
    """Identifies a commitment on which nothing is recorded so far."""
    submit_valid(api.editor, "identifyCommitment", commitment=ref, slug=f"quay-of-{ref.lower()}")
    return ref


def test_a_search_that_found_nothing_has_no_source(api_shared: WritableApi) -> None:
    search = {"status": "NO_EVIDENCE", "voice": "TRACKER", "effectiveOn": "2026-12-01", "note": "Hansard was searched."}
    selection = "statusUpdate { status voice citation { id } commitment { status agreement daysSinceEvidence } }"
    ref = identify(api_shared, "SVS-51")
    answer = submit_valid(api_shared.editor, "recordStatus", selection, commitment=ref, citation=None, **search)
    assert answer["statusUpdate"] == {
        "status": "NO_EVIDENCE",
        "voice": "TRACKER",
        "citation": None,
        "commitment": {"status": "NO_EVIDENCE", "agreement": "NEITHER", "daysSinceEvidence": None},
    }
    assert answer["change"]["summary"] == "SVS-51: No evidence on 2026-12-01 (Tracker)."
    assert [record.split()[0] for record in edits(answer["change"])] == ["StatusUpdate"]


def test_a_search_after_evidence_is_recorded_and_hides_none_of_it(api_shared: WritableApi) -> None:
    search = {"status": "NO_EVIDENCE", "voice": "TRACKER", "effectiveOn": "2026-11-30", "note": "Hansard was searched."}
    before = api_shared.public.ask(HISTORY, ref="SVS-21")["commitment"]
    values: dict[str, Any] = {"commitment": "SVS-21", "citation": None, **search}
    submit_valid(api_shared.editor, "recordStatus", **values)
    after = api_shared.public.ask(HISTORY, ref="SVS-21")["commitment"]
    assert before["nothingFoundSince"] is None
    assert after["nothingFoundSince"] == "2026-11-30"
    assert after["status"] == before["status"] == "ANNOUNCED"
    assert len(after["statusHistory"]) == len(before["statusHistory"]) + 1
    # Nowhere is the commitment counted or listed as one on which nothing was found.
    answer = api_shared.public.ask(
        """{ progress(filter: {search: "community safety partnerships"}) { counts { status count } }
          progressSeries(from: "2026-10-01", to: "2026-11-30", filter: {search: "community safety partnerships"}) {
            counts { status count } }
          statusChanges(from: "2026-11-29", to: "2026-12-01") { commitment { ref } }
          commitments(filter: {status: [ANNOUNCED], search: "community safety partnerships"}) { nodes { ref } } }"""
    )
    every = [answer["progress"], *answer["progressSeries"]]
    for counts in every:
        number = {entry["status"]: entry["count"] for entry in counts["counts"]}
        assert (number["ANNOUNCED"], number["NO_EVIDENCE"]) == (1, 0)
    assert len(every) == 3
    assert "SVS-21" not in [change["commitment"]["ref"] for change in answer["statusChanges"]]
    assert [node["ref"] for node in answer["commitments"]["nodes"]] == ["SVS-21"]
    # In the tracker's own voice, the search is what there is.
    alone = api_shared.public.ask('{ commitment(ref: "SVS-21") { status(voices: [TRACKER]) } }')
    assert alone["commitment"]["status"] == "NO_EVIDENCE"


@pytest.mark.parametrize(
    ("ref", "day", "since"),
    [("SVS-52", "2019-05-09", "2026-11-22"), ("SVS-53", "2026-11-22", None)],
    ids=["an earlier day", "the same day"],
)
def test_a_search_does_not_hide_evidence_of(api_shared: WritableApi, ref: str, day: str, since: str | None) -> None:
    source = {"newDocument": {"slug": "found-later", "title": "Found later"}}
    search = {**SEARCH_NOTE, "commitment": identify(api_shared, ref), "citation": None, "note": "Hansard was searched."}
    selection = "statusUpdate { recordedAt }"
    before = submit_valid(api_shared.editor, "recordStatus", selection, **search)["statusUpdate"]
    values = {"commitment": ref, "status": "STALLED", "effectiveOn": day, "voice": "MEDIA", "citation": source}
    instant = submit_valid(api_shared.contributor, "recordStatus", selection, **values)["statusUpdate"]
    actual = {"status": "STALLED", "effectiveOn": day, "voice": "MEDIA", **STANDS}
    commitment = api_shared.public.ask(HISTORY, ref=ref)["commitment"]
    assert (commitment["status"], commitment["agreement"]) == ("STALLED", "OTHERS_ONLY")
    assert commitment["nothingFoundSince"] == since
    assert sorted(map(repr, commitment["statusHistory"])) == sorted(map(repr, [actual, SEARCH_NOTE | STANDS]))
    # Until then the search had found nothing.
    query = "query ($ref: String!, $known: DateTime) { commitment(ref: $ref) { status(knownAt: $known) } }"
    answers = [api_shared.public.ask(query, ref=ref, known=at) for at in (before["recordedAt"], instant["recordedAt"])]
    assert [answer["commitment"]["status"] for answer in answers] == ["NO_EVIDENCE", "STALLED"]


def test_evidence_of_a_later_day_leaves_a_search_as_it_was(api_shared: WritableApi) -> None:
    source = {"newDocument": {"slug": "found-later", "title": "Found later"}}
    word = {"status": "STALLED", "effectiveOn": "2026-11-23", "voice": "MEDIA"}
    values: dict[str, Any] = {"commitment": "SVS-31", "citation": source, **word}
    submit_valid(api_shared.contributor, "recordStatus", **values)
    assert api_shared.public.ask(HISTORY, ref="SVS-31")["commitment"] == {
        "status": "STALLED",
        "agreement": "DISAGREE",
        "nothingFoundSince": None,
        "statusHistory": [
            {**PROMISE, "voice": "GOVERNMENT", **STANDS},
            {**SEARCH_NOTE, **STANDS},
            {**word, **STANDS},
        ],
    }


def test_the_government_alone_saying_that_it_delivered_is_shown_as_its_word_alone(api_shared: WritableApi) -> None:
    values = {"commitment": "SVS-22", "voice": "GOVERNMENT", "effectiveOn": "2019-05-09"}
    citation = {"document": SEED, "paragraph": 21}
    selection = "statusUpdate { commitment { ref status agreement } }"
    answer = submit_valid(api_shared.editor, "recordStatus", selection, **values, citation=citation)
    word = {"ref": "SVS-22", "status": "DELIVERED", "agreement": "GOVERNMENT_ONLY"}
    assert answer["statusUpdate"] == {"commitment": word}
    query = "{ commitments(filter: {agreement: [GOVERNMENT_ONLY]}) { nodes { ref status agreement } } }"
    assert word in api_shared.public.ask(query)["commitments"]["nodes"]


def test_recording_takes_the_same_statements_however_much_is_recorded(api_shared: WritableApi, engine: Engine) -> None:
    counts = []
    for day in ("2019-05-01", "2019-05-02", "2019-05-03"):
        record = partial(submit_valid, api_shared.contributor, "recordStatus", "statusUpdate { id }")
        with capture_statements() as statements:
            record(commitment="SVS-32", effectiveOn=day)
        counts.append(len(statements))
    # The token, the lock, the revision, what the input names, what is there, each row, the notification; the subject.
    assert counts == [14 if isinstance(engine, PostgreSQL) else 13] * 3, statements
