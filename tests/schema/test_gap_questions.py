"""Of each gap, whom to ask and what: from the record alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from db.database import Database
from tests.engines import url_of
from tests.inputs import submit_valid
from tests.server import serving
from tests.writable import WritableApi

QUERY = """{ strategy { title publisher { slug } } coverage { gapCounts { kind settledBy } gaps(most: 60) {
    kind question askWhom { slug }
    subject { __typename
      ... on Commitment { ref title leads { slug } }
      ... on Fund { name citations { document { publisher { slug kind } } }
        amounts { citation { document { publisher { slug kind } } } } }
      ... on Allocation { recipient { slug name } fund { name } citation { document { publisher { slug kind } } } }
      ... on Event { heading: title hosts { slug } citations { document { publisher { slug kind } } } }
      ... on Discrepancy { question claims { document { publisher { slug kind } } } }
    }
} } }"""


def publishers(citations: list[dict[str, Any]]) -> set[str]:
    """Who issued the sources, but for those who only pass on what others say."""
    issuers = [citation["document"]["publisher"] for citation in citations]
    return {one["slug"] for one in issuers if one and one["kind"] not in ("MEDIA", "PARLIAMENT")}


def bodies(subject: dict[str, Any]) -> set[str]:
    match subject["__typename"]:
        case "Commitment":
            return {lead["slug"] for lead in subject["leads"]}
        case "Fund":
            return publishers([*subject["citations"], *(amount["citation"] for amount in subject["amounts"])])
        case "Allocation":
            return {subject["recipient"]["slug"]} | publishers([subject["citation"]])
        case "Event":
            return {host["slug"] for host in subject["hosts"]} | publishers(subject["citations"])
    return publishers(subject["claims"])


@pytest.fixture
def data(seeded_database: Database) -> Iterator[dict[str, Any]]:
    """The gaps with all that they are about, which is more than a stranger may ask for at once."""
    with serving(url_of(seeded_database), max_cost=1_000_000) as api:
        yield api.ask(QUERY)


def test_whom_to_ask_is_taken_from_the_record(data: dict[str, Any]) -> None:
    for gap in data["coverage"]["gaps"]:
        expected = bodies(gap["subject"]) or {data["strategy"]["publisher"]["slug"]}
        asked = {body["slug"] for body in gap["askWhom"]}
        assert asked <= expected, gap
        assert len(gap["askWhom"]) == len(asked) == min(len(expected), 3)
    assert all(entry["settledBy"] for entry in data["coverage"]["gapCounts"])


def test_a_question_names_what_it_is_about(data: dict[str, Any]) -> None:
    for gap in data["coverage"]["gaps"]:
        subject, question = gap["subject"], gap["question"]
        names = [subject.get(name) for name in ("title", "name", "heading", "question")]
        if subject["__typename"] == "Allocation":
            names = [subject["recipient"]["name"], subject["fund"]["name"]]
        for name in filter(None, names):
            assert name in question
        if subject["__typename"] == "Commitment":
            assert data["strategy"]["title"] in question
        assert question.rstrip("?.") != question


@pytest.mark.parametrize("lead", ["home-office", "npcc"])
def test_the_first_lead_of_a_commitment_is_asked_first(api_writable: WritableApi, lead: str) -> None:
    others = [slug for slug in ("npcc", "home-office") if slug != lead]
    submit_valid(
        api_writable.editor,
        "correctCommitment",
        commitment="SVS-12",
        confidence="LOW",
        leads=[{"slug": slug} for slug in (lead, *others)],
    )
    gaps = api_writable.public.ask("{ coverage { gaps { subject { ... on Commitment { ref } } askWhom { slug } } } }")
    [gap] = [gap for gap in gaps["coverage"]["gaps"] if gap["subject"].get("ref") == "SVS-12"]
    assert [body["slug"] for body in gap["askWhom"]] == [lead, *others]
