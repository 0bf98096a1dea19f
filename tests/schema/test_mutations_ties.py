"""What the mutations write that tie things together, or tell that sources do not agree."""

from typing import Any

import pytest

from schema.node import global_id
from tests.inputs import RECORD, SEED, change_heading, edits, submit_valid
from tests.writable import WritableApi

TIES = """{ commitment(ref: "SVS-21") { funds { slug } events { slug } }
  event(slug: "sceptre-2018-09") { funds { slug } } }"""
CLAIMS = "claims { says paragraph figures document { slug } }"


@pytest.mark.parametrize(
    ("ends", "record", "subject", "with_link"),
    [
        (
            {"commitment": "SVS-21", "fund": "police-surge"},
            "CommitmentFund SVS-21/police-surge",
            "Commitment",
            {"commitment": {"funds": [{"slug": "police-surge"}], "events": []}, "event": {"funds": []}},
        ),
        (
            {"commitment": "SVS-21", "event": "sceptre-2018-09"},
            "CommitmentEvent SVS-21/sceptre-2018-09",
            "Commitment",
            {"commitment": {"funds": [], "events": [{"slug": "sceptre-2018-09"}]}, "event": {"funds": []}},
        ),
        (
            {"fund": "police-surge", "event": "sceptre-2018-09"},
            "EventFund sceptre-2018-09/police-surge",
            "Fund",
            {"commitment": {"funds": [], "events": []}, "event": {"funds": [{"slug": "police-surge"}]}},
        ),
    ],
    ids=["a commitment and a fund", "a commitment and an event", "a fund and an event"],
)
def test_two_are_linked_and_unlinked_again(
    api_shared: WritableApi, ends: dict[str, str], record: str, subject: str, with_link: dict[str, Any]
) -> None:
    values = {"commitment": None, "fund": None, "event": None} | ends
    first, second = ends.values()
    without_link = api_shared.public.ask(TIES)
    for action, name, words, reason, links in (
        ("LINKED", "link", "linked to", "The surge was to serve it.", with_link),
        ("UNLINKED", "unlink", "unlinked from", "Not what it was for.", without_link),
    ):
        answer = submit_valid(api_shared.editor, name, "commitment { ref } fund { slug } event { slug }", **values)
        assert {end for end in values if answer[end] is not None} == set(ends)
        heading = (action, "Ed Itor", global_id(subject, first), f"{first} {words} {second}: {reason}")
        assert change_heading(answer["change"]) == heading
        rows = {end: (ends[end], None) if action == "UNLINKED" else ends[end] for end in ends}
        assert edits(answer["change"]) == {record: rows}
        assert api_shared.public.ask(TIES) == links


def test_sources_that_do_not_agree_are_put_on_record(api_shared: WritableApi) -> None:
    answer = submit_valid(
        api_shared.editor, "openDiscrepancy", f"discrepancy {{ slug kind state explanation subject {{ id }} {CLAIMS} }}"
    )
    assert answer["discrepancy"] == {
        "slug": "quay-sum",
        "kind": "AMOUNT",
        "state": "OPEN",
        "explanation": None,
        "subject": {"id": global_id("Fund", "knifefree-campaign")},
        "claims": [
            {"says": "£2m", "paragraph": 2, "figures": ["£2m"], "document": {"slug": SEED}},
            {"says": "£3m", "paragraph": None, "figures": [], "document": {"slug": RECORD}},
        ],
    }
    assert change_heading(answer["change"]) == (
        "OPENED",
        "Ed Itor",
        global_id("Discrepancy", "quay-sum"),
        f"The discrepancy quay-sum: How much is the quay money? {SEED}, paragraph 2: £2m; {RECORD}: £3m.",
    )
    assert edits(answer["change"]) == {
        "Discrepancy quay-sum": {
            "slug": "quay-sum",
            "kind": "AMOUNT",
            "question": "How much is the quay money?",
            "state": "OPEN",
            "fund": "knifefree-campaign",
        },
        "Claim quay-sum/1": {
            "discrepancy": "quay-sum",
            "position": "1",
            "document": SEED,
            "paragraph": "2",
            "says": "£2m",
            "figures": '["£2m"]',
        },
        "Claim quay-sum/2": {"discrepancy": "quay-sum", "position": "2", "document": RECORD, "says": "£3m"},
    }
    query = '{ fund(slug: "knifefree-campaign") { discrepancies { slug } } coverage { gaps { subject { id } } } }'
    data = api_shared.public.ask(query)
    assert data["fund"] == {"discrepancies": [{"slug": "quay-sum"}]}
    assert {"subject": {"id": global_id("Discrepancy", "quay-sum")}} in data["coverage"]["gaps"]


@pytest.mark.parametrize(
    ("about", "subject"),
    [
        ({"slug": "quay-1", "commitment": "SVS-21"}, global_id("Commitment", "SVS-21")),
        ({"slug": "quay-2", "event": "sceptre-2018-09"}, global_id("Event", "sceptre-2018-09")),
        ({"slug": "quay-3"}, global_id("Strategy", "serious-violence-strategy")),
    ],
    ids=["a commitment", "an event", "the Strategy"],
)
def test_a_discrepancy_is_about(api_shared: WritableApi, about: dict[str, str], subject: str) -> None:
    answer = submit_valid(
        api_shared.editor, "openDiscrepancy", "discrepancy { subject { id } }", **({"fund": None} | about)
    )
    assert answer["discrepancy"] == {"subject": {"id": subject}}


def test_a_discrepancy_is_settled_and_its_outcome_is_shown(api_shared: WritableApi) -> None:
    answer = submit_valid(api_shared.editor, "settleDiscrepancy", "discrepancy { slug state explanation }")
    assert answer["discrepancy"] == {
        "slug": "events-frequency",
        "state": "EXPLAINED",
        "explanation": "Some were not reported.",
    }
    assert change_heading(answer["change"]) == (
        "SETTLED",
        "Ed Itor",
        global_id("Discrepancy", "events-frequency"),
        "The discrepancy events-frequency is EXPLAINED: Some were not reported.",
    )
    before = "Four events were found between October 2018 and July 2019. Others may have gone unreported."
    assert edits(answer["change"]) == {
        "Discrepancy events-frequency": {
            "state": ("OPEN", "EXPLAINED"),
            "explanation": (before, "Some were not reported."),
        }
    }
    query = "{ discrepancies(filter: {state: [EXPLAINED]}) { nodes { slug } } }"
    assert {"slug": "events-frequency"} in api_shared.public.ask(query)["discrepancies"]["nodes"]


def test_a_settled_discrepancy_can_be_settled_again_with_its_present_state(api_shared: WritableApi) -> None:
    submit_valid(api_shared.editor, "settleDiscrepancy", discrepancy="kent-surge")
    changes = {"discrepancy": "kent-surge", "state": "RESOLVED", "foundIn": "EXPLAINED"}
    answer = submit_valid(api_shared.editor, "settleDiscrepancy", "discrepancy { state }", **changes)
    assert answer["discrepancy"] == {"state": "RESOLVED"}
    assert edits(answer["change"]) == {"Discrepancy kent-surge": {"state": ("EXPLAINED", "RESOLVED")}}
