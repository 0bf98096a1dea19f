"""What the tracker exists to answer, asked as a reader would."""

from decimal import Decimal
from typing import Any

import pytest

from tests.server import Api

SUMS = """query ($slug: String!, $basis: ReconciliationBasis) {
  fund(slug: $slug) { reconciliation(basis: $basis) {
    basis stated { amount } accountedFor { amount bound } unaccounted { amount bound } unknownSums state
  } }
}"""


def sums(api: Api, slug: str, basis: str | None = None) -> Any:
    return api.ask(SUMS, slug=slug, basis=basis)["fund"]["reconciliation"]


def test_there_are_sixty_one_commitments_in_one_page(api_readonly: Api) -> None:
    answer = api_readonly.ask("{ commitments { totalCount nodes { ref } pageInfo { hasNextPage } } }")["commitments"]
    assert answer["totalCount"] == 61
    assert [node["ref"] for node in answer["nodes"]] == [f"SVS-{number:02}" for number in range(1, 62)]
    assert not answer["pageInfo"]["hasNextPage"]


def test_the_engagement_events_are_announced_and_then_under_way_from_the_day_of_the_first(api_readonly: Api) -> None:
    answer = api_readonly.ask(
        """{ commitment(ref: "SVS-19") {
          title
          before: status(asOf: "2018-04-08") beforeUpdate: statusUpdate(asOf: "2018-04-08") { note }
          promised: statusUpdate(asOf: "2018-04-09") { status voice citation { paragraph document { slug } } }
          announced: status(asOf: "2018-10-07")
          on: status(asOf: "2018-10-08")
          now: statusUpdate { status effectiveOn voice }
        } }"""
    )["commitment"]
    assert answer == {
        "title": "Hold engagement events across the country",
        "before": "NOT_ASSESSED",
        "beforeUpdate": None,
        "promised": {
            "status": "ANNOUNCED",
            "voice": "GOVERNMENT",
            "citation": {"paragraph": 17, "document": {"slug": "north-east-event-2019"}},
        },
        "announced": "ANNOUNCED",
        "on": "IN_PROGRESS",
        "now": {"status": "IN_PROGRESS", "effectiveOn": "2019-07-08", "voice": "DELIVERY_BODY"},
    }


def test_its_documented_events_and_their_sources_are_one_query_away(api_readonly: Api) -> None:
    answer = api_readonly.ask(
        """{ commitment(ref: "SVS-19") { events {
          date place citations { paragraph document { slug kind } }
        } } }"""
    )["commitment"]["events"]
    events = [event for event in answer if event["date"]]
    assert [(event["date"], event["place"]) for event in events] == [
        ("2018-10-08", "London"),
        ("2019-05-09", "Newton Aycliffe, near Darlington"),
    ]
    for event, slug in zip(events, ["london-event-2018", "north-east-event-2019"], strict=True):
        assert {"paragraph": 1, "document": {"slug": slug, "kind": "SEED"}} in event["citations"]


def test_the_serious_violence_fund_reconciles(api_readonly: Api) -> None:
    assert sums(api_readonly, "serious-violence-fund") == {
        "basis": "PARTS",
        "stated": {"amount": "100000000.00"},
        "accountedFor": {"amount": "100000000.00", "bound": "EXACT"},
        "unaccounted": {"amount": "0.00", "bound": "EXACT"},
        "unknownSums": 0,
        "state": "BALANCED",
    }
    parts = api_readonly.ask('{ fund(slug: "serious-violence-fund") { parts { amount { amount } } } }')["fund"]["parts"]
    assert sorted(part["amount"]["amount"] for part in parts) == ["1600000.00", "35000000.00", "63400000.00"]


def test_a_million_of_the_youth_fund_is_in_neither_round(api_readonly: Api) -> None:
    assert sums(api_readonly, "early-intervention-youth-fund") == {
        "basis": "PARTS",
        "stated": {"amount": "22000000.00"},
        "accountedFor": {"amount": "21000000.00", "bound": "EXACT"},
        "unaccounted": {"amount": "1000000.00", "bound": "EXACT"},
        "unknownSums": 0,
        "state": "SHORTFALL",
    }


def test_the_surge_balances_by_its_parts_and_is_incomplete_by_its_allocations(api_readonly: Api) -> None:
    assert sums(api_readonly, "police-surge")["state"] == "BALANCED"
    assert sums(api_readonly, "police-surge", "ALLOCATIONS") == {
        "basis": "ALLOCATIONS",
        "stated": {"amount": "63400000.00"},
        "accountedFor": {"amount": "52520000.00", "bound": "AT_LEAST"},
        "unaccounted": {"amount": "10880000.00", "bound": "UP_TO"},
        "unknownSums": 4,
        "state": "INCOMPLETE",
    }


@pytest.mark.parametrize(
    ("slug", "basis", "expected"),
    [
        ("violence-reduction-units-2020-21", None, ("ALLOCATIONS", "1820000.00", 0, "INCOMPLETE")),  # floors
        ("violence-reduction-units-2019-20", None, ("ALLOCATIONS", "1400000.00", 1, "INCOMPLETE")),
        ("trading-standards-prosecution-fund", None, ("PARTS", "0.00", 0, "BALANCED")),
        ("strategy-programme", None, ("PARTS", "16600000.00", 0, "SHORTFALL")),
        ("knifefree-campaign", None, ("NONE", "1300000.00", 0, "INCOMPLETE")),
        ("serious-violence-fund", "ALLOCATIONS", ("ALLOCATIONS", "100000000.00", 0, "INCOMPLETE")),
        ("serious-violence-fund", "NONE", ("NONE", "100000000.00", 0, "INCOMPLETE")),
    ],
)
def test_each_kind_of_fund_is_judged(
    api_readonly: Api, slug: str, basis: str | None, expected: tuple[str, str, int, str]
) -> None:
    actual = sums(api_readonly, slug, basis)
    assert (actual["basis"], actual["unaccounted"]["amount"], actual["unknownSums"], actual["state"]) == expected


def test_a_fund_of_which_no_size_was_stated_cannot_be_compared(api_readonly: Api) -> None:
    actual = sums(api_readonly, "anti-knife-crime-community-fund")
    assert (actual["stated"], actual["unaccounted"], actual["state"]) == (None, None, "NOTHING_STATED")
    assert actual["accountedFor"]["amount"] == "3765000.00"


def test_two_sources_disagree_over_the_month_of_the_hundred_million(api_readonly: Api) -> None:
    (actual,) = api_readonly.ask(
        """{ fund(slug: "serious-violence-fund") { discrepancies {
          kind state subject { ... on Fund { slug } } claims { paragraph document { slug kind } }
        } } }"""
    )["fund"]["discrepancies"]
    assert (actual["kind"], actual["state"]) == ("DATE", "RESOLVED")
    assert actual["subject"] == {"slug": "serious-violence-fund"}
    assert [claim for claim in actual["claims"] if claim["document"]["kind"] == "SEED"] == [
        {"paragraph": 18, "document": {"slug": "north-east-event-2019", "kind": "SEED"}},
        {"paragraph": 11, "document": {"slug": "violence-reduction-units-2019", "kind": "SEED"}},
    ]


def test_a_statement_without_a_date_does_not_count_for_an_earlier_day(api_readonly: Api) -> None:
    answer = api_readonly.ask(
        """{ fund(slug: "strategy-programme") {
          early: amount(asOf: "2018-12-31") { amount } later: amount(asOf: "2019-02-26") { amount }
          amounts { statedOn money { amount } }
        } }"""
    )["fund"]
    assert answer == {
        "early": None,
        "later": {"amount": "40000000.00"},
        "amounts": [
            {"statedOn": None, "money": {"amount": "40000000.00"}},
            {"statedOn": "2019-02-26", "money": {"amount": "40000000.00"}},
        ],
    }
    assert api_readonly.ask('{ fund(slug: "county-lines-centre-set-up") { amount { amount } } }')["fund"]["amount"]


def test_a_month_counts_from_its_last_day(api_readonly: Api) -> None:
    answer = api_readonly.ask(
        """{ commitment(ref: "ANN-03") {
          within: status(asOf: "2019-02-27") end: status(asOf: "2019-02-28")
          statusUpdate(asOf: "2019-02-28") { effectiveOn precision }
        } }"""
    )["commitment"]
    assert answer == {
        "within": "ANNOUNCED",
        "end": "IN_PROGRESS",
        "statusUpdate": {"effectiveOn": "2019-02-28", "precision": "MONTH"},
    }


def test_before_the_second_edition_the_first_one_was_known(api_readonly: Api) -> None:
    query = """query ($known: DateTime) { record(knownAt: $known) {
      dataset { revision } coverage { identified withStatus } commitment(ref: "SVS-33") { title status }
      drugs: commitment(ref: "ANN-03") { status(asOf: "2018-10-10") }
      event(slug: "engagement-north-east-2019") { place }
      fund(slug: "violence-reduction-units-2019-20") { reconciliation { unaccounted { amount } } }
    } }"""
    first, second = (api_readonly.ask(query, known=f"2026-11-{day}T00:00:00Z")["record"] for day in (25, 29))
    assert first == {
        "dataset": {"revision": 1},
        "coverage": {"identified": 32, "withStatus": 23},
        "commitment": {"title": None, "status": "NOT_ASSESSED"},
        "drugs": {"status": "NOT_ASSESSED"},
        "event": {"place": "near Darlington"},
        "fund": {"reconciliation": {"unaccounted": {"amount": "23740000.00"}}},
    }
    assert second == {
        "dataset": {"revision": 2},
        "coverage": {"identified": 34, "withStatus": 28},
        "commitment": {"title": "Look at help for pupils excluded or at risk of it", "status": "ANNOUNCED"},
        "drugs": {"status": "ANNOUNCED"},
        "event": {"place": "Newton Aycliffe, near Darlington"},
        "fund": {"reconciliation": {"unaccounted": {"amount": "1400000.00"}}},
    }


def test_a_search_found_nothing_since_the_promise(api_readonly: Api) -> None:
    answer = api_readonly.ask(
        """{ commitment(ref: "SVS-06") {
          eve: nothingFoundSince(asOf: "2026-11-21") nothingFoundSince status agreement
          daysSinceEvidence(asOf: "2018-04-19") government: status(voices: [GOVERNMENT])
          statusUpdate { effectiveOn voice citation { locator document { slug } } }
          tracker: statusUpdate(voices: [TRACKER]) { status effectiveOn citation { id } }
        } }"""
    )["commitment"]
    assert answer == {
        "eve": None,
        "nothingFoundSince": "2026-11-22",
        "status": "ANNOUNCED",
        "agreement": "OTHERS_ONLY",
        "daysSinceEvidence": 10,
        "government": "NOT_ASSESSED",
        "statusUpdate": {
            "effectiveOn": "2018-04-09",
            "voice": "CIVIL_SOCIETY",
            "citation": {"locator": 'section "County lines"', "document": {"slug": "yjlc-strategy-summary"}},
        },
        "tracker": {"status": "NO_EVIDENCE", "effectiveOn": "2026-11-22", "citation": None},
    }


def test_before_the_third_edition_the_promise_was_not_on_record(api_readonly: Api) -> None:
    query = """query ($known: DateTime) { record(knownAt: $known) {
      coverage { identified withStatus } commitment(ref: "SVS-06") { status(asOf: "2018-04-09") }
      areas { totalCount }
    } }"""
    second, third = (api_readonly.ask(query, known=f"2026-11-29T{hour}:00:00Z")["record"] for hour in ("05", "06"))
    assert second == {
        "coverage": {"identified": 34, "withStatus": 28},
        "commitment": {"status": "NOT_ASSESSED"},
        "areas": {"totalCount": 0},
    }
    assert third == {
        "coverage": {"identified": 34, "withStatus": 34},
        "commitment": {"status": "ANNOUNCED"},
        "areas": {"totalCount": 54},
    }


def test_nothing_was_known_before_it_was_recorded(api_readonly: Api) -> None:
    answer = api_readonly.ask(
        """{ commitment(ref: "SVS-19") {
          status(knownAt: "2026-11-01T00:00:00Z") statusHistory(knownAt: "2026-11-01T00:00:00Z") { id }
        } progress(knownAt: "2026-11-01T00:00:00Z") { counts { status count } } }"""
    )
    assert answer["commitment"] == {"status": "NOT_ASSESSED", "statusHistory": []}
    # Nor that there are commitments.
    assert answer["progress"]["counts"][0] == {"status": "NOT_ASSESSED", "count": 0}


def test_a_pound_given_from_a_part_and_from_the_whole_is_counted_once(api_readonly: Api) -> None:
    actual = api_readonly.ask(
        """{ organisation(slug: "metropolitan-police-service") {
          allocated { amount bound } allocations { fund { slug } money { amount } }
        } }"""
    )["organisation"]
    sums = {values["fund"]["slug"]: values["money"]["amount"] for values in actual["allocations"] if values["money"]}
    # The share of the first tranche is in the sum for the whole year.
    assert {"police-surge", "police-surge-april-2019"} <= sums.keys()
    expected = sum(Decimal(amount) for fund, amount in sums.items() if fund != "police-surge-april-2019")
    assert Decimal(actual["allocated"]["amount"]) == expected


def test_where_no_sum_is_known_none_is_shown(api_readonly: Api) -> None:
    query = "{ organisations { nodes { allocated { amount } allocations { money { amount } } } } }"
    rows = api_readonly.ask(query)["organisations"]["nodes"]
    known = [any(each["money"] for each in row["allocations"]) for row in rows]
    assert [row["allocated"] is not None for row in rows] == known
    assert {True, False} == set(known)


def test_a_copy_leads_to_the_body_whose_site_it_was_read_at(api_readonly: Api) -> None:
    query = "{ documents { nodes { via viaOrganisation { name slug } } } }"
    rows = api_readonly.ask(query)["documents"]["nodes"]
    assert [row["via"] for row in rows] == [row["viaOrganisation"] and row["viaOrganisation"]["name"] for row in rows]
    slug = next(row["viaOrganisation"]["slug"] for row in rows if row["via"])
    assert api_readonly.ask("query ($slug: String!) { organisation(slug: $slug) { roles } }", slug=slug)


def test_a_filter_is_judged_on_the_day_of_the_progress_it_stands_in(api_readonly: Api) -> None:
    actual = api_readonly.ask(
        '{ progress(asOf: "2019-12-31", filter: {status: [DELIVERED]}) { total counts { status count } } }'
    )["progress"]
    assert {entry["status"] for entry in actual["counts"] if entry["count"]} == {"DELIVERED"}
    commitments = api_readonly.ask('{ commitments(filter: {status: [DELIVERED], asOf: "2019-12-31"}) { totalCount } }')[
        "commitments"
    ]
    assert actual["total"] == commitments["totalCount"]
