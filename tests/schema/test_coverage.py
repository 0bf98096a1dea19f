"""What is known and what is not, held against the reviewed files themselves."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.engines import REVISION
from tests.server import Api

DATA = Path(__file__).resolve().parents[2] / "seeds" / "data"


def table(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows


@pytest.fixture(scope="session")
def identified_rows() -> dict[str, dict[str, Any]]:
    return {row["ref"]: row for row in table("commitments") if row["origin"] == "STRATEGY" and row.get("title")}


def test_coverage_agrees_with_the_files(api_readonly: Api, identified_rows: dict[str, dict[str, Any]]) -> None:
    seeds = {row["slug"] for row in table("documents") if row["kind"] == "SEED"}
    statuses = table("statuses")
    refs_with_funds = {ref for row in table("funds") for ref in row.get("commitments", [])}
    refs_with_events = {ref for row in table("events") for ref in row.get("commitments", [])}
    refs_in_seeds = {
        ref for ref, row in identified_rows.items() if any(c["document"] in seeds for c in row["citations"])
    }
    refs_in_seeds |= {row["commitment"] for row in statuses if row["citation"]["document"] in seeds}
    actual = api_readonly.ask(
        "{ coverage { stated identified unidentified withStatus withFunds withEvents inSeedDocuments"
        " byTheme { theme { slug } identified withStatus withFunds withEvents } } }"
    )["coverage"]
    themes = actual.pop("byTheme")
    assert actual == {
        "stated": 61,
        "identified": len(identified_rows),
        "unidentified": 61 - len(identified_rows),
        "withStatus": len(identified_rows.keys() & {row["commitment"] for row in statuses}),
        "withFunds": len(identified_rows.keys() & refs_with_funds),
        "withEvents": len(identified_rows.keys() & refs_with_events),
        "inSeedDocuments": len(identified_rows.keys() & refs_in_seeds),
    }
    assert {entry["theme"]["slug"]: entry["identified"] for entry in themes} == Counter(
        row["theme"] for row in identified_rows.values()
    )
    for count in ("identified", "withStatus", "withFunds", "withEvents"):
        assert sum(entry[count] for entry in themes) == actual[count]


def test_every_gap_has_its_subject(api_readonly: Api, identified_rows: dict[str, dict[str, Any]]) -> None:
    gaps = api_readonly.ask(
        """{ coverage { gaps { kind note subject { __typename id
          ... on Commitment { ref } ... on Fund { slug } ... on Event { slug } ... on Discrepancy { slug }
          ... on Allocation { fund { slug } recipient { slug } }
        } } } }"""
    )["coverage"]["gaps"]
    funds = table("funds")
    expected = {
        "UNIDENTIFIED": 61 - len(identified_rows),
        "NO_STATUS": len(
            identified_rows.keys() - {row["commitment"] for row in table("statuses") if "corrected" not in row}
        ),
        "LOW_CONFIDENCE": sum(row["confidence"] == "LOW" for row in identified_rows.values()),
        "UNKNOWN_SUM": sum(not row.get("amounts") for row in funds)
        + sum(values.get("amount") is None for row in funds for values in row.get("allocations", [])),
        "NO_DATE": sum(row.get("date") is None for row in table("events")),
        "OPEN_DISCREPANCY": sum(row["state"] == "OPEN" for row in table("discrepancies")),
    }
    states = api_readonly.ask("{ funds { nodes { slug reconciliation { basis state } } } }")["funds"]["nodes"]
    unreconciled_funds = [
        fund["slug"]
        for fund in states
        if fund["reconciliation"]["basis"] != "NONE"
        and fund["reconciliation"]["state"] not in ("BALANCED", "NOTHING_STATED")
    ]
    # Each identified commitment has a status; a count of none is left out on the other side.
    assert Counter(gap["kind"] for gap in gaps) == Counter({**expected, "UNRECONCILED": len(unreconciled_funds)})
    assert [gap["subject"]["slug"] for gap in gaps if gap["kind"] == "UNRECONCILED"] == sorted(unreconciled_funds)
    assert len({(gap["kind"], gap["subject"]["id"]) for gap in gaps}) == len(gaps)
    assert Counter(gap_counts(api_readonly)) == Counter(gap["kind"] for gap in gaps)
    assert all(gap["note"].strip() for gap in gaps)


def gap_counts(api: Api) -> dict[str, int]:
    counts = api.ask("{ coverage { gapCounts { kind count } } }")["coverage"]["gapCounts"]
    return {entry["kind"]: entry["count"] for entry in counts}


@pytest.mark.parametrize("most", [0, 2, 1_000])
def test_of_each_kind_of_gap_there_are_as_many_as_are_wanted(api_readonly: Api, most: int) -> None:
    query = "query ($most: Int) { coverage { gaps(most: $most) { kind subject { id } } } }"
    everything = api_readonly.ask(query)["coverage"]["gaps"]
    actual = api_readonly.ask(query, most=most)["coverage"]["gaps"]
    for kind, number in gap_counts(api_readonly).items():
        of_kind = [gap for gap in everything if gap["kind"] == kind]
        assert [gap for gap in actual if gap["kind"] == kind] == of_kind[:most]
        assert len(of_kind) == number
    assert api_readonly.codes(query, most=-1) == ["BAD_USER_INPUT"]


def test_definitions_give_every_status_once_in_order(api_readonly: Api) -> None:
    actual = api_readonly.ask("{ statusDefinitions { status group position label meaning evidence } }")[
        "statusDefinitions"
    ]
    assert [entry["position"] for entry in actual] == list(range(1, 13))
    assert {entry["group"]: [] for entry in actual} == {"UNKNOWN": [], "OPEN": [], "DELIVERED": [], "ENDED": []}
    assert all(entry["label"] and entry["meaning"] and entry["evidence"] for entry in actual)
    assert actual[5] | {"meaning": "", "evidence": ""} == {
        "status": "IN_PROGRESS",
        "group": "OPEN",
        "position": 6,
        "label": "In progress",
        "meaning": "",
        "evidence": "",
    }


def test_the_edition_tells_how_it_may_be_used(api_readonly: Api) -> None:
    actual = api_readonly.ask("{ dataset { revision updatedAt licence attribution } }")["dataset"]
    assert (actual["revision"], actual["updatedAt"]) == (REVISION, "2026-11-29T07:00:00Z")
    assert actual["licence"]
    assert "Open Government Licence" in actual["attribution"]


def test_the_strategy_says_how_many(api_readonly: Api) -> None:
    actual = api_readonly.ask(
        """{ strategy { slug title publishedOn statedCommitments publisher { slug } themes { position title }
          citations { document { slug } paragraph figures } } }"""
    )["strategy"]
    assert (actual["statedCommitments"], actual["publishedOn"]) == (61, "2018-04-09")
    assert actual["publisher"] == {"slug": "home-office"}
    assert [theme["position"] for theme in actual["themes"]] == [1, 2, 3, 4]
    assert {"document": {"slug": "london-event-2018"}, "paragraph": 15, "figures": ["61 commitments"]} in actual[
        "citations"
    ]
