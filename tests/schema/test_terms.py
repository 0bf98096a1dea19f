"""Terms: what the words of the field mean, and by which sources."""

from schema.node import global_id
from tests.server import Api


def test_a_term_is_found_by_its_slug_and_by_its_words(api_readonly: Api) -> None:
    query = """query ($slug: String!, $search: String) {
      term(slug: $slug) { id slug name meaning versions { record } withdrawals { record } }
      terms(filter: {search: $search}) { totalCount nodes { slug } } }"""
    answer = api_readonly.ask(query, slug="SECTION-60", search="without suspicion")
    term = answer["term"]
    assert (term["id"], term["name"]) == (global_id("Term", "section-60"), "Section 60")
    assert "stop and search people" in term["meaning"]
    assert term["versions"] == [{"record": "Term section-60"}]
    assert answer["terms"] == {"totalCount": 1, "nodes": [{"slug": "section-60"}]}


def test_terms_are_listed_by_name(api_readonly: Api) -> None:
    names = [term["name"] for term in api_readonly.ask("{ terms { nodes { name } } }")["terms"]["nodes"]]
    assert len(names) == 12
    assert names == sorted(names, key=str.lower)


def test_a_source_of_a_term_leads_back_to_it(api_readonly: Api) -> None:
    query = '{ term(slug: "surge") { citations { document { slug } subject { ... on Term { slug } } } } }'
    citations = api_readonly.ask(query)["term"]["citations"]
    assert [one["document"]["slug"] for one in citations] == ["violence-reduction-units-2019", "north-east-event-2019"]
    assert {one["subject"]["slug"] for one in citations} == {"surge"}


def test_a_past_revision_has_the_terms_that_it_had(api_readonly: Api) -> None:
    query = "{ then: record(revision: 2) { terms { totalCount } } now: record(revision: 3) { terms { totalCount } } }"
    assert api_readonly.ask(query) == {"then": {"terms": {"totalCount": 0}}, "now": {"terms": {"totalCount": 12}}}
