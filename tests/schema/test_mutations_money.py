"""What the mutations write that are about money: funds, their sizes, and who received what."""

import datetime as dt

from db import natural_keys
from db.vocabulary import AmountKind, DatePrecision
from schema.node import global_id
from tests.inputs import RECORD, SEED, change_heading, citation_record, edits, submit_valid
from tests.writable import WritableApi

SUM = natural_keys.amount_statement(
    "anti-knife-crime-community-fund", AmountKind.ANNOUNCED, dt.date(2019, 4, 30), DatePrecision.MONTH, SEED, 18
)


def test_a_fund_is_added_as_a_part_of_another(api_shared: WritableApi) -> None:
    answer = submit_valid(
        api_shared.editor, "addFund", "fund { slug name period note commitments { ref } parent { slug } }"
    )
    assert answer["fund"] == {
        "slug": "quay-money",
        "name": "Quay money",
        "period": "2019/20",
        "note": "Half of it is not itemised.",
        "commitments": [{"ref": "SVS-21"}],
        "parent": {"slug": "county-lines-programme"},
    }
    assert change_heading(answer["change"]) == (
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
        **citation_record("fund", "quay-money", RECORD),
    }
    query = '{ fund(slug: "county-lines-programme") { parts { slug citations { document { slug } } } } }'
    assert api_shared.public.ask(query) == {
        "fund": {"parts": [{"slug": "quay-money", "citations": [{"document": {"slug": RECORD}}]}]}
    }


def test_a_sum_is_stated_and_counts_from_the_last_day_of_its_month(api_shared: WritableApi) -> None:
    size = """{ fund(slug: "anti-knife-crime-community-fund") {
      before: amount(asOf: "2019-04-29") { amount } from: amount(asOf: "2019-04-30") { amount }
      amount { amount bound } reconciliation { state } } }"""
    assert api_shared.public.ask(size)["fund"]["reconciliation"] == {"state": "NOTHING_STATED"}
    statement = "kind money { amount currency bound } statedOn precision citation { paragraph figures }"
    answer = submit_valid(
        api_shared.editor, "stateAmount", f"amountStatement {{ {statement} }} amount {{ {statement} }}"
    )
    # Its name before 1.0.
    assert answer["amount"] == answer["amountStatement"]
    assert answer["amountStatement"] == {
        "kind": "ANNOUNCED",
        "money": {"amount": "1300000.50", "currency": "GBP", "bound": "UP_TO"},
        "statedOn": "2019-04-30",
        "precision": "MONTH",
        "citation": {"paragraph": 18, "figures": ["£1.3 million"]},
    }
    assert change_heading(answer["change"]) == (
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
        **citation_record("amount_statement", SUM, SEED, 18, figures='["£1.3 million"]'),
    }
    assert api_shared.public.ask(size)["fund"] == {
        "before": None,
        "from": {"amount": "1300000.50"},
        "amount": {"amount": "1300000.50", "bound": "UP_TO"},
        "reconciliation": {"state": "EXCESS"},
    }


def test_a_sum_is_shown_with_its_pence(api_shared: WritableApi) -> None:
    sums = []
    for amount in ("2.5", "3", "4.500000"):
        changes = {"fund": "police-surge", "statedOn": f"2019-04-0{amount[0]}", "precision": "DAY"}
        answer = submit_valid(api_shared.editor, "stateAmount", amount=amount, **changes)
        sums.append(answer["change"]["summary"].split(" as ")[1].split(" (")[0])
    assert sums == ["£2.50", "£3", "£4.50"]


def test_what_a_recipient_got_is_recorded_and_makes_the_fund_add_up(api_shared: WritableApi) -> None:
    selection = """allocation { id money { amount bound } period note fund { slug } recipient { slug name kind }
      citation { document { slug } } }"""
    answer = submit_valid(api_shared.editor, "allocate", selection)
    assert answer["allocation"] == {
        "id": global_id("Allocation", "knifefree-campaign/all-city-media"),
        "money": {"amount": "1300000.00", "bound": "EXACT"},
        "period": "2018/19",
        "note": "Inferred.",
        "fund": {"slug": "knifefree-campaign"},
        "recipient": {"slug": "all-city-media", "name": "All City Media", "kind": "OTHER"},
        "citation": {"document": {"slug": RECORD}},
    }
    assert change_heading(answer["change"]) == (
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
            "passes_on": "true",
            "period": "2018/19",
            "note": "Inferred.",
        },
        **citation_record("allocation", "knifefree-campaign/all-city-media", RECORD),
    }
    assert api_shared.public.ask(
        """{ fund(slug: "knifefree-campaign") { reconciliation { basis state } }
          organisation(slug: "all-city-media") { allocated { amount } } }"""
    ) == {
        "fund": {"reconciliation": {"basis": "ALLOCATIONS", "state": "BALANCED"}},
        "organisation": {"allocated": {"amount": "1300000.00"}},
    }


def test_a_recipient_is_recorded_without_a_sum_where_no_source_gives_one(api_shared: WritableApi) -> None:
    changes = {"fund": "heroin-crack-action-areas", "recipient": {"slug": "mentor-uk"}, "amount": None, "bound": None}
    answer = submit_valid(api_shared.editor, "allocate", "allocation { money { amount } }", **changes)
    assert answer["allocation"] == {"money": None}
    assert answer["change"]["summary"] == f"heroin-crack-action-areas: an unknown sum to Mentor UK, by {RECORD}."
