"""What no correction and no withdrawal takes: each fault has its code and its place, and nothing is written."""

from typing import Any

import pytest

from db import natural_keys
from schema.node import global_id
from tests.corrections import CORRECTIONS
from tests.inputs import ABSENT, EXISTING_UPDATE, RECORD, assert_unchanged, attempt, input_with
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

CASES: list[tuple[str, str, dict[str, Any], str]] = [
    ("correctStatus", "a commitment that is not here", {"commitment": "SVS-99"}, "NOT_FOUND commitment"),
    ("correctStatus", "a commitment that is not identified", {"commitment": "SVS-61"}, "INVALID commitment"),
    ("correctCommitment", "a commitment that is not here", {"commitment": "SVS-99"}, "NOT_FOUND commitment"),
    ("correctCommitment", "one that is not identified", {"commitment": "SVS-61"}, "INVALID commitment"),
    ("correctCommitment", "a theme that is not here", {"theme": "ferries"}, "NOT_FOUND theme"),
    ("correctCommitment", "no source", {"citations": []}, "INVALID citations"),
    ("correctCommitment", "the same lead twice", {"leads.1": {"slug": "npcc"}}, "INVALID leads.1.slug"),
    ("correctFund", "a fund that is not here", {"fund": "nothing"}, "NOT_FOUND fund"),
    ("correctFund", "a whole that is not here", {"parent": "nothing"}, "NOT_FOUND parent"),
    ("correctFund", "itself as the whole", {"parent": "supporting-families-trauma-training"}, "INVALID parent"),
    ("correctFund", "a part of it as the whole", {"fund": "strategy-programme", "parent": "youth-fund-round-1"},
        "INVALID parent"),
    ("correctFund", "a value that is to be emptied", {"clear": ["PERIOD"]}, "INVALID clear.0"),
    ("correctAmount", "the id of something else", {"amountStatement": global_id("Fund", "police-surge")},
        "NOT_FOUND amountStatement"),
    ("correctAmount", "half a penny", {"amount": "1.005"}, "INVALID amount"),
    ("correctAmount", "a day after that of its source", {"statedOn": "2018-04-17", "precision": "DAY"},
        "INVALID statedOn"),
    ("correctAmount", "the precision of no date", {"statedOn": None, "clear": ["STATED_ON"]}, "INVALID precision"),
    ("correctAllocation", "the id of something else", {"allocation": global_id("Fund", "police-surge")},
        "NOT_FOUND allocation"),
    ("correctAllocation", "the bound of no sum", {"amount": None, "clear": ["AMOUNT"]}, "INVALID bound"),
    ("correctEvent", "an event that is not here", {"event": "nothing"}, "NOT_FOUND event"),
    ("correctEvent", "a day to come", {"date": "2026-12-02", "precision": "DAY"}, "INVALID date"),
    ("correctEvent", "no date and no reason", {"date": None, "precision": None, "dateNote": None,
        "clear": ["DATE", "DATE_NOTE"]}, "INVALID dateNote"),
    ("correctEvent", "an unknown host", {"hosts.0.slug": "nobody"}, "NOT_FOUND hosts.0.slug"),
    ("correctEvent", "no source", {"citations": []}, "INVALID citations"),
    ("correctDocument", "a document that is not here", {"document": "nothing"}, "NOT_FOUND document"),
    ("correctDocument", "a day after which it is cited", {"document": RECORD, "publishedOn": "2018-01-01"},
        "CONFLICT publishedOn"),
    ("correctDocument", "a day to come", {"publishedOn": "2026-12-02"}, "INVALID publishedOn"),
    ("correctDocument", "the address of another", {"url":
        "https://www.gov.uk/government/news/home-office-hosts-first-serious-violence-event-in-london"}, "CONFLICT url"),
    ("correctPerson", "one who is not here", {"person": "nobody"}, "NOT_FOUND person"),
    ("correctPerson", "nothing to correct", {"name": None}, "INVALID"),
    ("correctOrganisation", "one that is not here", {"organisation": "nobody"}, "NOT_FOUND organisation"),
    ("correctOrganisation", "the name of another in other letters", {"name": "HOME office"}, "CONFLICT name"),
    ("correctCitation", "the id of something else", {"citation": global_id("Fund", "police-surge")},
        "NOT_FOUND citation"),
    ("correctCitation", "a document that is not here", {"document": "nowhere"}, "NOT_FOUND document"),
    ("correctCitation", "a paragraph of a record", {"document": RECORD, "figures": None}, "INVALID paragraph"),
    ("correctCitation", "what is cited there already", {"document": "serious-violence-strategy-2018",
        "paragraph": None, "figures": None}, "DUPLICATE document"),
    ("correctCitation", "a document of an earlier day", {"citation": global_id("Citation", natural_keys.citation(
        "status_update", EXISTING_UPDATE, "home-office-blog-2019-07-16", None))}, "INVALID document"),
    ("correctDiscrepancy", "one that is not here", {"discrepancy": "nothing"}, "NOT_FOUND discrepancy"),
    ("correctDiscrepancy", "one claim", {"claims.1": ABSENT}, "INVALID claims"),
    ("reopenDiscrepancy", "one that is open", {"discrepancy": "kent-surge"}, "DUPLICATE discrepancy"),
    ("withdrawIdentification", "one that is not identified", {"commitment": "SVS-61"}, "NOT_FOUND commitment"),
    ("withdrawIdentification", "one that a discrepancy is about", {"commitment": "SVS-19"}, "CONFLICT commitment"),
    ("withdrawStatus", "the id of something else", {"statusUpdate": global_id("Fund", "police-surge")},
        "NOT_FOUND statusUpdate"),
    ("withdrawFund", "a fund of which others are part", {"fund": "trading-standards-prosecution-fund"},
        "CONFLICT fund"),
    ("withdrawFund", "a fund that a discrepancy is about", {"fund": "youth-fund-round-1"}, "CONFLICT fund"),
    ("withdrawAmount", "no id at all", {"amountStatement": "youth-fund-round-1"}, "NOT_FOUND amountStatement"),
    ("withdrawAllocation", "no id at all", {"allocation": "youth-fund-round-1"}, "NOT_FOUND allocation"),
    ("withdrawEvent", "an event that a discrepancy is about", {"event": "strategy-launch-2018"}, "CONFLICT event"),
    ("withdrawCitation", "the only source of a commitment", {"citation": global_id("Citation",
        natural_keys.citation("commitment", "SVS-21", "serious-violence-strategy-2018", None))}, "CONFLICT citation"),
    ("withdrawCitation", "the only source of a status", {"citation": global_id("Citation", natural_keys.citation(
        "status_update", EXISTING_UPDATE, "home-office-blog-2019-07-16", None))}, "CONFLICT citation"),
    ("withdrawDiscrepancy", "one that is not here", {"discrepancy": "nothing"}, "NOT_FOUND discrepancy"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["correctStatus", *CORRECTIONS])
def test_every_fault_has_its_place_and_nothing_is_written(api_shared: WritableApi, name: str) -> None:
    cases = [(fault, changes, [place]) for other, fault, changes, place in CASES if other == name]
    with assert_unchanged(api_shared.database):
        actual = {fault: attempt(api_shared.editor, name, input_with(name, changes)) for fault, changes, _ in cases}
    assert cases
    assert actual == {fault: places for fault, _, places in cases}
