"""The page of a body shows every document that its sums rest on."""

from tests.api.pages.reading import normalise_spaces, read
from tests.server import Api

QUERY = """query ($after: String) { organisations(after: $after) {
  nodes { slug name allocations {
    citation { document { slug title } }
    discrepancies { slug question claims { says document { slug title } } }
    fund { discrepancies { slug claims { document { slug } } } }
  } }
  pageInfo { hasNextPage endCursor }
} }"""


def recipients(api: Api) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    after = None
    while True:
        page = api.ask(QUERY, after=after)["organisations"]
        found += [node for node in page["nodes"] if node["allocations"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def test_a_sum_has_the_disagreements_about_its_fund_in_which_its_source_is_a_side(api_readonly: Api) -> None:
    number = 0
    for body in recipients(api_readonly):
        for one in body["allocations"]:  # type: ignore[attr-defined]
            source = one["citation"]["document"]["slug"]
            expected = [
                other["slug"]
                for other in one["fund"]["discrepancies"]
                if source in [claim["document"]["slug"] for claim in other["claims"]]
            ]
            assert [other["slug"] for other in one["discrepancies"]] == expected
            number += len(expected)
    assert number > 1


def test_each_document_that_a_sum_rests_on_stands_beside_it_with_its_paragraph(api_sqlite: Api) -> None:
    for body in recipients(api_sqlite):
        page = read(api_sqlite, f"/organisations/{body['slug']}")
        for one in body["allocations"]:  # type: ignore[attr-defined]
            documents = [one["citation"]["document"]]
            for other in one["discrepancies"]:
                assert f"/gaps#{other['slug']}" in page.links
                documents += [claim["document"] for claim in other["claims"]]
            for document in documents:
                assert normalise_spaces(document["title"]) in page.text
                assert any(link.partition("#")[0] == f"/sources/{document['slug']}" for link in page.links)
    text = read(api_sqlite, "/organisations/northumbria-police").text
    assert "£2.32 million from Police surge funding" in text
    assert "£2.3m Home Office news on the North East engagement event, Home Office, 9 May 2019, paragraph 18" in text
