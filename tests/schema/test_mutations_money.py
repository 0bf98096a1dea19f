"""What the mutations write that are about money: funds, their sizes, and who received what."""

import datetime as dt
from collections.abc import Iterator

import pytest

from db import natural_keys
from db.vocabulary import AmountKind, DatePrecision
from schema.node import global_id
from tests.desk import Desk
from tests.engines import Engine
from tests.inputs import RECORD, SEED, cited, edits, made, opened, said

SUM = natural_keys.amount_statement(
    "anti-knife-crime-community-fund", AmountKind.ANNOUNCED, dt.date(2019, 4, 30), DatePrecision.MONTH, SEED, 18
)


@pytest.fixture(scope="module")
def room(engine: Engine, _seeded: str) -> Iterator[Desk]:
    """One desk for all: no test looks at what another one writes."""
    with opened(engine.copy(_seeded)) as shared:
        yield shared


def test_a_fund_is_added_as_a_part_of_another(room: Desk) -> None:
    answer = made(room.editor, "addFund", "fund { slug name period note commitments { ref } parent { slug } }")
    assert answer["fund"] == {
        "slug": "quay-money",
        "name": "Quay money",
        "period": "2019/20",
        "note": "Half of it is not itemised.",
        "commitments": [{"ref": "SVS-21"}],
        "parent": {"slug": "county-lines-programme"},
    }
    assert said(answer["change"]) == (
        "ADDED",
        "Ed Itor",
        global_id("Fund", "quay-money"),
        f"The fund quay-money: Quay money, a part of County Lines Programme, by {RECORD}.",
    )
    assert edits(answer["change"]) == {
        "Fund quay-money": {
            "slug": "quay-money",
            "name": "Quay money",
            "period": "2019/20",
            "parent": "county-lines-programme",
            "note": "Half of it is not itemised.",
        },
        "CommitmentFund SVS-21/quay-money": {"commitment": "SVS-21", "fund": "quay-money"},
        **cited("fund", "quay-money", RECORD),
    }
    query = '{ fund(slug: "county-lines-programme") { parts { slug citations { document { slug } } } } }'
    assert room.public.ask(query) == {
        "fund": {"parts": [{"slug": "quay-money", "citations": [{"document": {"slug": RECORD}}]}]}
    }


def test_a_sum_is_stated_and_counts_from_the_last_day_of_its_month(room: Desk) -> None:
    size = """{ fund(slug: "anti-knife-crime-community-fund") {
      before: amount(asOf: "2019-04-29") { amount } from: amount(asOf: "2019-04-30") { amount }
      amount { amount bound } reconciliation { state } } }"""
    assert room.public.ask(size)["fund"]["reconciliation"] == {"state": "NOTHING_STATED"}
    shown = "amount { kind money { amount currency bound } statedOn precision citation { paragraph figures } }"
    answer = made(room.editor, "stateAmount", shown)
    assert answer["amount"] == {
        "kind": "ANNOUNCED",
        "money": {"amount": "1300000.50", "currency": "GBP", "bound": "UP_TO"},
        "statedOn": "2019-04-30",
        "precision": "MONTH",
        "citation": {"paragraph": 18, "figures": ["£1.3 million"]},
    }
    assert said(answer["change"]) == (
        "STATED",
        "Ed Itor",
        global_id("Fund", "anti-knife-crime-community-fund"),
        f"anti-knife-crime-community-fund: ANNOUNCED as £1,300,000.50 (UP_TO) on 2019-04, by {SEED}, paragraph 18.",
    )
    assert edits(answer["change"]) == {
        f"AmountStatement {SUM}": {
            "fund": "anti-knife-crime-community-fund",
            "kind": "ANNOUNCED",
            "amount": "1300000.50",
            "currency": "GBP",
            "bound": "UP_TO",
            "stated_on": "2019-04-30",
            "precision": "MONTH",
        },
        **cited("amount_statement", SUM, SEED, 18, figures='["£1.3 million"]'),
    }
    assert room.public.ask(size)["fund"] == {
        "before": None,
        "from": {"amount": "1300000.50"},
        "amount": {"amount": "1300000.50", "bound": "UP_TO"},
        "reconciliation": {"state": "EXCESS"},
    }


def test_a_sum_is_told_with_its_pence(room: Desk) -> None:
    told = []
    for amount in ("2.5", "3", "4.500000"):
        changes = {"fund": "police-surge", "statedOn": f"2019-04-0{amount[0]}", "precision": "DAY"}
        answer = made(room.editor, "stateAmount", amount=amount, **changes)
        told.append(answer["change"]["summary"].split(" as ")[1].split(" (")[0])
    assert told == ["£2.50", "£3", "£4.50"]


def test_what_a_recipient_got_is_recorded_and_makes_the_fund_add_up(room: Desk) -> None:
    shown = """allocation { id money { amount bound } period note fund { slug } recipient { slug name kind }
      citation { document { slug } } }"""
    answer = made(room.editor, "allocate", shown)
    assert answer["allocation"] == {
        "id": global_id("Allocation", "knifefree-campaign/all-city-media"),
        "money": {"amount": "1300000.00", "bound": "EXACT"},
        "period": "2018/19",
        "note": "Inferred.",
        "fund": {"slug": "knifefree-campaign"},
        "recipient": {"slug": "all-city-media", "name": "All City Media", "kind": "OTHER"},
        "citation": {"document": {"slug": RECORD}},
    }
    assert said(answer["change"]) == (
        "ALLOCATED",
        "Ed Itor",
        global_id("Fund", "knifefree-campaign"),
        f"knifefree-campaign: £1,300,000 (EXACT) to All City Media, by {RECORD}.",
    )
    assert edits(answer["change"]) == {
        "Organisation all-city-media": {"slug": "all-city-media", "name": "All City Media", "kind": "OTHER"},
        "Allocation knifefree-campaign/all-city-media": {
            "fund": "knifefree-campaign",
            "recipient": "all-city-media",
            "amount": "1300000.00",
            "currency": "GBP",
            "bound": "EXACT",
            "period": "2018/19",
            "note": "Inferred.",
        },
        **cited("allocation", "knifefree-campaign/all-city-media", RECORD),
    }
    assert room.public.ask(
        """{ fund(slug: "knifefree-campaign") { reconciliation { basis state } }
          organisation(slug: "all-city-media") { allocated { amount } } }"""
    ) == {
        "fund": {"reconciliation": {"basis": "ALLOCATIONS", "state": "BALANCED"}},
        "organisation": {"allocated": {"amount": "1300000.00"}},
    }


def test_a_recipient_is_recorded_without_a_sum_where_no_source_gives_one(room: Desk) -> None:
    changes = {"fund": "heroin-crack-action-areas", "recipient": {"slug": "mentor-uk"}, "amount": None, "bound": None}
    answer = made(room.editor, "allocate", "allocation { money { amount } }", **changes)
    assert answer["allocation"] == {"money": None}
    assert answer["change"]["summary"] == f"heroin-crack-action-areas: an unknown sum to Mentor UK, by {RECORD}."
