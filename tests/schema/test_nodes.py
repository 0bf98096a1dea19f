"""Global ids: every object has one, it leads back to the object, and it outlives the database."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from strawberry.relay.utils import from_base64

from db import migrate
from db.database import Database
from db.models import Organisation
from db.vocabulary import OrganisationKind
from schema.node import global_id
from seeds import loader
from tests.engines import LOADED_AT, REVISION, SQLite, build_database
from tests.server import Api, serving

IDS = """{
  strategy { id themes { id } citations { id } publisher { id } }
  commitments(filter: {origin: [STRATEGY, LATER]}) { nodes {
    id statusHistory { id citation { id document { id } } } citations { id }
  } }
  funds { nodes { id allocations { id citation { id } } amounts { citation { id } } citations { id } } }
  events { nodes { id citations { id } } }
  organisations(filter: {kind: [GOVERNMENT_DEPARTMENT, CHARITY]}) { nodes { id } }
  discrepancies { nodes { id claims { id document { id } } } }
}"""
# What is no row with a name: rows that have but a place, and what there is one of at each moment.
OTHERS = """
  dataset { id }
  coverage { id }
  comparison(from: "2018-06-30", to: "2019-06-30") { id }
  people { nodes { participations { id } } }
  discrepancies { nodes { claims { id } } }
"""
MOMENTS = f"""{{
  {OTHERS}
  dated: coverage(asOf: "2018-12-31") {{ id }}
  statusDefinitions {{ id }}
  day: record(asOf: "2019-06-30") {{ id {OTHERS} dated: coverage(asOf: "2018-12-31") {{ id }} }}
  first: record(revision: 1) {{ id {OTHERS} known: coverage(knownAt: "2026-12-02T00:00:00Z") {{ id }}
    then: comparison(from: "2018-06-30", to: "2019-06-30", knownAt: "2026-12-02T00:00:00Z") {{ id }} }}
  present: record {{ id }}
}}"""
AGAIN = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"


def ids(value: Any) -> list[str]:
    """Every id in an answer, each once, in order."""
    if isinstance(value, dict):
        actual = [value["id"]] if "id" in value else []
        return list(dict.fromkeys([*actual, *(id for inner in value.values() for id in ids(inner))]))
    return list(dict.fromkeys(id for inner in value for id in ids(inner))) if isinstance(value, list) else []


def test_every_id_leads_back_to_its_object(api_readonly: Api) -> None:
    everything = ids(api_readonly.ask(IDS))
    assert len(everything) > 800
    kinds = set()
    for start in range(0, len(everything), 100):
        some = everything[start : start + 100]
        nodes = api_readonly.ask(AGAIN, ids=some)["nodes"]
        assert [node["id"] for node in nodes] == some
        kinds |= {node["__typename"] for node in nodes}
    assert kinds == {
        *("Strategy", "Theme", "Commitment", "StatusUpdate", "Fund", "Allocation", "Event", "Organisation"),
        *("Document", "Citation", "Discrepancy", "Claim"),
    }


def test_so_does_that_of_an_object_without_a_name_and_it_names_its_moment(api_readonly: Api) -> None:
    answer = api_readonly.ask(MOMENTS)
    everything = ids(answer)
    assert len(everything) > 250
    for start in range(0, len(everything), 100):
        some = everything[start : start + 100]
        assert [node["id"] for node in api_readonly.ask(AGAIN, ids=some)["nodes"]] == some
    for name, moment in {"day": "@2019-06-30@", "first": "@@1"}.items():
        assert all(re.fullmatch(f"[A-Za-z]+{moment}", from_base64(id)[0]) for id in ids(answer[name]))


def test_an_object_is_the_same_by_its_id(api_readonly: Api) -> None:
    same = """fragment Same on Node { __typename id
      ... on Coverage { withStatus gapCounts { kind count } }
      ... on Comparison { from to statusChanges(first: 3) { totalCount nodes { before after commitment { id } } } }
      ... on DatedRecord { progress { asOf groups { group count } } commitments(first: 2) { nodes { id status } } }
      ... on Participant { name role event { slug } } ... on Claim { says document { slug } }
      ... on StatusDefinition { status label } ... on Dataset { revision licence } }"""
    query = """{
      coverage(asOf: "2018-12-31") { ...Same }
      record(asOf: "2018-12-31", revision: 1) {
        ...Same
        launch: event(slug: "strategy-launch-2018") { participants { ...Same } }
        discrepancies(first: 1) { nodes { claims { ...Same } } }
        dataset { ...Same }
        comparison(from: "2018-06-30", to: "2018-12-31") { ...Same }
      }
      statusDefinitions { ...Same }
    }"""
    nodes = list(objects(api_readonly.ask(f"{query} {same}")))
    assert len({node["__typename"] for node in nodes}) == 7
    again = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ...Same }} }} {same}"
    for node, other in zip(nodes, api_readonly.ask(again, ids=[node["id"] for node in nodes])["nodes"], strict=True):
        assert other == {name: node[name] for name in other}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("Coverage", "2019-02-30"),
        ("Coverage", "2"),
        ("Comparison", "2019-06-30/2018-06-30"),
        ("Comparison", "2019-06-30"),
        ("Dataset", "2"),
        ("Dataset", "one"),
        ("DatedRecord", "2"),
        ("Viewer", "1"),
        ("StatusDefinition", "DONE"),
        ("Participant", "sceptre-2018-09/99"),
        ("Participant", "no-such-event/1"),
        ("Claim", "1"),
    ],
)
def test_an_id_of_nothing_is_null(api_readonly: Api, kind: str, key: str) -> None:
    assert api_readonly.ask(AGAIN, ids=[global_id(kind, key)]) == {"nodes": [None]}


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with an id in an answer."""
    if isinstance(value, dict):
        if "__typename" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def test_ids_survive_a_change_of_database(api_readonly: Api, tmp_path: Path) -> None:
    url = build_database(SQLite(tmp_path), migrate.upgrade, shift_ids, partial(loader.load, now=LOADED_AT))
    with serving(url) as other:
        assert ids(other.ask(IDS)) == ids(api_readonly.ask(IDS))


def shift_ids(database: Database) -> None:
    """Rows of another kind come first, so that no number in the database is the same as in the other one."""
    with database.transaction() as session:
        session.add(Organisation(id=4711, slug="first", name="First", kind=OrganisationKind.OTHER))


def test_an_unknown_id_is_null_in_its_place(api_readonly: Api) -> None:
    id = api_readonly.ask('{ commitment(ref: "SVS-01") { id } }')["commitment"]["id"]
    unknown = "Q29tbWl0bWVudDpTVlMtOTk="  # Commitment:SVS-99
    assert [node and node["id"] for node in api_readonly.ask(AGAIN, ids=[unknown, id, unknown])["nodes"]] == [
        None,
        id,
        None,
    ]
    assert api_readonly.ask("query ($id: ID!) { node(id: $id) { id } }", id=unknown) == {"node": None}


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("commitment", 'ref: "SVS-99"'),
        ("fund", 'slug: "no-such-fund"'),
        ("event", 'slug: ""'),
        ("organisation", 'slug: "home-offices"'),
        ("document", 'slug: "x"'),
    ],
)
def test_an_unknown_name_is_null_and_said_to_be(api_readonly: Api, field: str, name: str) -> None:
    answer = api_readonly.send(f"{{ {field}({name}) {{ id }} dataset {{ revision }} }}").json()
    assert answer["data"] == {field: None, "dataset": {"revision": REVISION}}
    assert [(error["path"], error["extensions"]["code"]) for error in answer["errors"]] == [([field], "NOT_FOUND")]


def test_a_citation_knows_what_it_supports(api_readonly: Api) -> None:
    document = api_readonly.ask(
        """{ document(slug: "north-east-event-2019") { citations { totalCount nodes {
          paragraph subject { __typename ... on Fund { slug } ... on Event { slug } ... on Commitment { ref } }
        } } } }"""
    )["document"]["citations"]
    paragraphs = [node["paragraph"] for node in document["nodes"]]
    assert paragraphs == sorted(paragraphs)
    assert document["totalCount"] == len(paragraphs)
    assert {node["subject"]["__typename"] for node in document["nodes"]} == {
        *("Strategy", "Commitment", "StatusUpdate", "Fund", "Event", "Term"),
    }
    # A statement of the size of a fund is part of the fund.
    assert {"paragraph": 18, "subject": {"__typename": "Fund", "slug": "police-surge"}} in document["nodes"]
