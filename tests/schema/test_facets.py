"""Facets: each value is found by its filter, as often as it says."""

import pytest

from tests.server import Api

pytestmark = pytest.mark.postgresql_in_full

FILTERS = ("region", "series", "topic", "sector", "host", "participant", "fund")
FACETS = "{ " + " ".join(f"{name} {{ value label count }}" for name in FILTERS) + " }"


def test_each_value_is_found_by_the_filter_as_often_as_it_counts(api_readonly: Api) -> None:
    facets = api_readonly.ask(f"{{ facets {FACETS} }}")["facets"]
    query = "query ($filter: EventFilter) { events(filter: $filter) { totalCount } }"
    for name in FILTERS:
        values = facets[name]
        assert values
        assert [value["count"] for value in values] == sorted((value["count"] for value in values), reverse=True)
        for value in values[:5]:
            found = api_readonly.ask(query, filter={name: [value["value"].upper()]})["events"]["totalCount"]
            assert (name, value["value"], found) == (name, value["value"], value["count"])


def test_a_filter_narrows_what_is_counted(api_readonly: Api) -> None:
    query = """{
      facets(filter: {region: ["north east"]}) { region { value count } sector { value } host { value label } }
      events(filter: {region: ["north east"]}) { totalCount nodes { sectors hosts { slug name } } }
    }"""
    answer = api_readonly.ask(query)
    events, facets = answer["events"]["nodes"], answer["facets"]
    assert facets["region"] == [{"value": "North East", "count": answer["events"]["totalCount"]}]
    assert {one["value"] for one in facets["sector"]} == {sector for event in events for sector in event["sectors"]}
    assert {(one["value"], one["label"]) for one in facets["host"]} == {
        (host["slug"], host["name"]) for event in events for host in event["hosts"]
    }


def test_facets_of_a_record_are_of_its_revision(api_readonly: Api) -> None:
    first = api_readonly.ask("{ record(revision: 1) { facets { topic { count } } events { totalCount } } }")["record"]
    assert all(one["count"] <= first["events"]["totalCount"] for one in first["facets"]["topic"])
