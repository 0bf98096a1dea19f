"""Lists by the documents that they cite, against the citations that each document lists."""

from typing import Any

import pytest

from tests.server import Api

pytestmark = pytest.mark.postgresql_in_full

CITATIONS = """query ($slug: String!) { document(slug: $slug) { citations { nodes { subject { __typename
  ... on Commitment { ref } ... on StatusUpdate { id correctionReason commitment { ref } } ... on Fund { slug }
  ... on Event { slug } ... on Allocation { id fund { slug } } } } } } }"""
LISTS = """query ($document: [String!]) {
  commitments(filter: {origin: [STRATEGY, LATER], document: $document}) { nodes { ref } }
  statusUpdates(filter: {document: $document}) { nodes { id } }
  funds(filter: {document: $document}) { nodes { slug } }
  events(filter: {document: $document}) { nodes { slug } }
  allocations(filter: {document: $document}) { nodes { id } } }"""


def citing(subjects: list[Any]) -> dict[str, set[str]]:
    """What should be in each list, by the subjects of the citations. That of a size is the fund."""
    rows: dict[str, set[str]] = {
        name: set() for name in ("commitments", "statusUpdates", "funds", "events", "allocations")
    }
    for subject in subjects:
        match subject["__typename"]:
            case "Commitment":
                rows["commitments"].add(subject["ref"])
            case "StatusUpdate":
                if subject["correctionReason"] is None:
                    rows["statusUpdates"].add(subject["id"])
                rows["commitments"].add(subject["commitment"]["ref"])
            case "Allocation":
                rows["allocations"].add(subject["id"])
                rows["funds"].add(subject["fund"]["slug"])
            case "Fund":
                rows["funds"].add(subject["slug"])
            case "Event":
                rows["events"].add(subject["slug"])
    return rows


def test_lists_by_document_are_what_its_citations_lead_to(api_readonly: Api) -> None:
    documents = api_readonly.ask("{ documents(orderBy: {by: PUBLISHED_ON}) { nodes { slug } } }")["documents"]["nodes"]
    seen: set[str] = set()
    for slug in [one["slug"] for one in documents][:40]:
        citations = api_readonly.ask(CITATIONS, slug=slug)["document"]["citations"]["nodes"]
        expected = citing([one["subject"] for one in citations])
        answer = api_readonly.ask(LISTS, document=[slug.upper()])
        actual = {name: {next(iter(node.values())) for node in page["nodes"]} for name, page in answer.items()}
        assert (slug, actual) == (slug, expected)
        seen.update(name for name, rows in expected.items() if rows)
    assert seen == {"commitments", "statusUpdates", "funds", "events", "allocations"}
