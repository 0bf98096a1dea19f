"""What each mutation writes: it is in its answer, in the log, and in every query from then on."""

from typing import Any

from schema.node import global_id
from tests.inputs import (
    RECORD,
    SEED,
    SUCCESS,
    VALID_INPUTS,
    change_heading,
    citation_record,
    edits,
    submit,
    submit_valid,
)
from tests.writable import WritableApi

COVERAGE = """{ coverage { identified unidentified }
  commitments(filter: {search: "quay", theme: ["communities"], lead: ["harbour-board"]}) {
    nodes { ref slug summary confidence status } } }"""


def test_a_document_is_added_with_the_bodies_behind_it(api_shared: WritableApi) -> None:
    answer = submit_valid(api_shared.contributor, "addDocument", "document { slug kind publisher { name kind } via }")
    assert answer["document"] == {
        "slug": "quay-letter",
        "kind": "RECORD",
        "publisher": {"name": "Friends of the Quay", "kind": "CHARITY"},
        "via": "Die Kaistraße",
    }
    assert change_heading(answer["change"]) == (
        "ADDED",
        "Con Tributor",
        global_id("Document", "quay-letter"),
        "The document quay-letter: Letter on the quay, by Friends of the Quay.",
    )
    assert edits(answer["change"]) == {
        "Organisation quay-friends": {"slug": "quay-friends", "name": "Friends of the Quay", "kind": "CHARITY"},
        "Organisation daily-quay": {"slug": "daily-quay", "name": "Die Kaistraße", "kind": "MEDIA"},
        "Document quay-letter": {
            "slug": "quay-letter",
            "title": "Letter on the quay",
            "publisher": "quay-friends",
            "published_on": "2019-06-01",
            "original_title": "To the Board",
            "url": "https://quay.example/letter?of=2019",
            "official_url": "https://quay.example/official",
            "archived_url": "https://archive.example/2/letter",
            "read_part": "all but its annex",
            "kind": "RECORD",
            "via": "daily-quay",
            "note": "A scan.",
        },
    }
    assert api_shared.public.ask('{ document(slug: "quay-letter") { title publishedOn url note } }') == {
        "document": {field: VALID_INPUTS["addDocument"][field] for field in ("title", "publishedOn", "url", "note")}
    }


def test_a_commitment_is_identified_and_can_be_assessed_from_then_on(api_shared: WritableApi) -> None:
    selection = (
        "commitment { ref title leads { slug } theme { slug } citations { paragraph document { slug } } status }"
    )
    before = api_shared.public.ask(COVERAGE)["coverage"]
    answer = submit_valid(api_shared.editor, "identifyCommitment", selection)
    assert answer["commitment"] == {
        "ref": "SVS-35",
        "title": "Mend the quay",
        "leads": [{"slug": "home-office"}, {"slug": "harbour-board"}],
        "theme": {"slug": "communities"},
        "citations": [
            {"paragraph": 3, "document": {"slug": SEED}},
            {"paragraph": None, "document": {"slug": RECORD}},
        ],
        "status": "NOT_ASSESSED",
    }
    assert change_heading(answer["change"]) == (
        "IDENTIFIED",
        "Ed Itor",
        global_id("Commitment", "SVS-35"),
        f"SVS-35 is identified as 'Mend the quay', by {SEED}, paragraph 3, {RECORD}.",
    )
    assert edits(answer["change"]) == {
        "Commitment SVS-35": {
            "identified": ("false", "true"),
            "slug": "mend-the-quay",
            "theme": "communities",
            "title": "Mend the quay",
            "summary": "All of it.",
            "confidence": "LOW",
        },
        "Organisation harbour-board": {"slug": "harbour-board", "name": "Harbour Board", "kind": "AGENCY"},
        "CommitmentLead SVS-35/home-office": {"commitment": "SVS-35", "organisation": "home-office", "position": "1"},
        "CommitmentLead SVS-35/harbour-board": {
            "commitment": "SVS-35",
            "organisation": "harbour-board",
            "position": "2",
        },
        **citation_record("commitment", "SVS-35", SEED, 3, figures='["quay", "all of it"]'),
        **citation_record("commitment", "SVS-35", RECORD),
    }
    submit_valid(api_shared.editor, "recordStatus", commitment="SVS-35")
    assert api_shared.public.ask(COVERAGE) == {
        "coverage": {"identified": before["identified"] + 1, "unidentified": before["unidentified"] - 1},
        "commitments": {
            "nodes": [
                {
                    "ref": "SVS-35",
                    "slug": "mend-the-quay",
                    "summary": "All of it.",
                    "confidence": "LOW",
                    "status": "DELIVERED",
                }
            ]
        },
    }


def test_an_event_is_added_with_all_that_belongs_to_it(api_shared: WritableApi) -> None:
    selection = """slug title kind date precision dateNote venue place region area { slug } series attendanceAtLeast
      sectors topics hosts { slug } participants { name role organisation { slug } } commitments { ref } funds { slug }
      citations { paragraph document { slug } }"""
    answer = submit_valid(api_shared.editor, "addEvent", f"event {{ {selection} }}")
    assert answer["event"] == {
        "slug": "quay-opens",
        "title": "The quay opens",
        "kind": "LAUNCH",
        "date": "2019-05-31",
        "precision": "MONTH",
        "dateNote": "Month only.",
        "venue": "Pier Hall",
        "place": "Hartlepool",
        "region": "North East",
        "area": {"slug": "cleveland"},
        "series": "quay-events",
        "attendanceAtLeast": 40,
        "sectors": ["shipping", "health"],
        "topics": ["quays"],
        "hosts": [{"slug": "home-office"}],
        "participants": [
            {"name": "Pat Pilot", "role": "Chair", "organisation": {"slug": "mentor-uk"}},
            {"name": "Ann Onymous", "role": None, "organisation": None},
        ],
        "commitments": [{"ref": "SVS-21"}],
        "funds": [{"slug": "knifefree-campaign"}],
        "citations": [{"paragraph": 1, "document": {"slug": SEED}}],
    }
    assert change_heading(answer["change"]) == (
        "ADDED",
        "Ed Itor",
        global_id("Event", "quay-opens"),
        f"The event quay-opens: The quay opens on 2019-05, by {SEED}, paragraph 1.",
    )
    assert edits(answer["change"]) == {
        "Event quay-opens": {
            "slug": "quay-opens",
            "title": "The quay opens",
            "kind": "LAUNCH",
            "held_on": "2019-05-31",
            "precision": "MONTH",
            "date_note": "Month only.",
            "venue": "Pier Hall",
            "place": "Hartlepool",
            "region": "North East",
            "area": "cleveland",
            "series": "quay-events",
            "attendance_at_least": "40",
            "sectors": '["shipping", "health"]',
            "topics": '["quays"]',
        },
        "EventHost quay-opens/home-office": {"event": "quay-opens", "organisation": "home-office", "position": "1"},
        "Participant quay-opens/1": {
            "event": "quay-opens",
            "position": "1",
            "name": "Pat Pilot",
            "role": "Chair",
            "person": "pat-pilot",
            "organisation": "mentor-uk",
        },
        "Person pat-pilot": {"slug": "pat-pilot", "name": "Pat Pilot"},
        "Participant quay-opens/2": {"event": "quay-opens", "position": "2", "name": "Ann Onymous"},
        "CommitmentEvent SVS-21/quay-opens": {"commitment": "SVS-21", "event": "quay-opens"},
        "EventFund quay-opens/knifefree-campaign": {"event": "quay-opens", "fund": "knifefree-campaign"},
        **citation_record("event", "quay-opens", SEED, 1),
    }
    query = '{ commitment(ref: "SVS-21") { events { slug } } events(filter: {series: ["quay-events"]}) { totalCount } }'
    assert api_shared.public.ask(query) == {
        "commitment": {"events": [{"slug": "quay-opens"}]},
        "events": {"totalCount": 1},
    }


def test_a_list_that_may_be_left_out_may_be_null(api_shared: WritableApi) -> None:
    lists = ("hosts", "participants", "sectors", "topics", "commitments", "funds")
    cases: dict[str, dict[str, Any]] = {
        "identifyCommitment": {"commitment": "SVS-36", "slug": "another", "leads": None},
        "addEvent": {"slug": "another", **dict.fromkeys(lists)},
        "addFund": {"slug": "another", "citations": [{"document": RECORD, "figures": None}]},
        "openDiscrepancy": {
            "slug": "another",
            "claims": [{"document": document, "says": "So.", "figures": None} for document in (RECORD, SEED)],
        },
    }
    answers = {name: submit(api_shared.editor, name, VALID_INPUTS[name] | changes) for name, changes in cases.items()}
    assert {name: answer["__typename"] for name, answer in answers.items()} == {name: SUCCESS[name] for name in cases}
