"""What an organisation does in the record, and of which disagreements a document is a side."""

from collections import defaultdict

from tests.all_answers import all_nodes
from tests.schema.test_coverage import table
from tests.server import Api


def test_roles_are_those_of_the_files(api_readonly: Api) -> None:
    roles: dict[str, set[str]] = defaultdict(set)
    for row in table("commitments"):
        for lead in row.get("leads", []):
            roles[lead].add("LEAD")
    for row in table("funds"):
        for allocation in row.get("allocations", []):
            roles[allocation["recipient"]].add("RECIPIENT")
    for row in table("events"):
        for host in row.get("hosts", []):
            roles[host].add("HOST")
        for participant in row.get("participants", []):
            roles[participant.get("organisation")].add("PARTICIPANT")
    for row in table("documents"):
        roles[row.get("publisher", "")].add("PUBLISHER")
        roles[row.get("via", "")].add("CARRIER")
    nodes = all_nodes(api_readonly, "organisations")
    assert {node["slug"]: set(node["roles"]) for node in nodes} == {node["slug"]: roles[node["slug"]] for node in nodes}


def test_a_document_names_each_disagreement_that_it_is_a_side_of_once(api_readonly: Api) -> None:
    expected: dict[str, set[str]] = defaultdict(set)
    for row in table("discrepancies"):
        for claim in row["claims"]:
            expected[claim["document"]].add(row["slug"])
    for slug, discrepancies in expected.items():
        query = "query ($slug: String!) { document(slug: $slug) { discrepancies { slug } discrepancyCount } }"
        document = api_readonly.ask(query, slug=slug)["document"]
        assert [row["slug"] for row in document["discrepancies"]] == sorted(discrepancies)
        assert document["discrepancyCount"] == len(discrepancies)
