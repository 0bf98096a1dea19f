"""Search over everything: the same objects in the same order on either database, found by their words in any order."""

from collections.abc import Callable
from typing import Any

import pytest

from db.search.kinds import KINDS
from db.vocabulary import SearchKind
from tests.engines import ENGINES, Engine, build_seeded
from tests.inputs import submit_valid
from tests.server import capture_statements
from tests.writable import WritableApi, serving_copy

SEARCH = """query ($q: String!, $kinds: [SearchKind!], $first: Int) { search(q: $q, kinds: $kinds) {
  words unknownWords count groups { kind count isComplete }
  commitments(first: $first) { nodes { ref } }
  allocations(first: $first) { nodes { recipient { slug } fund { slug } } }
  funds(first: $first) { nodes { slug } }
  events(first: $first) { nodes { slug } }
  people(first: $first) { nodes { slug } }
  organisations(first: $first) { nodes { slug } }
  areas(first: $first) { nodes { slug } }
  statusUpdates(first: $first) { nodes { commitment { ref } effectiveOn } }
  documents(first: $first) { nodes { slug publisher { slug } } }
  discrepancies(first: $first) { nodes { slug } }
  themes(first: $first) { nodes { slug } }
} }"""
FIELDS = {
    "COMMITMENT": "commitments", "ALLOCATION": "allocations", "FUND": "funds", "EVENT": "events", "PERSON": "people",
    "ORGANISATION": "organisations", "AREA": "areas", "STATUS_UPDATE": "statusUpdates", "DOCUMENT": "documents",
    "DISCREPANCY": "discrepancies", "THEME": "themes",
}  # fmt: skip
# What people look for, and where the first of what they want is.
WANTED = {
    "knife crime hospital youth workers": ("COMMITMENT", {"ref": "SVS-13"}),
    "workers  YOUTH hospital": ("COMMITMENT", {"ref": "SVS-13"}),
    "hospital xyzzy youth": ("COMMITMENT", {"ref": "SVS-13"}),
    "hospitals": ("COMMITMENT", {"ref": "SVS-13"}),
    "SVS-13": ("COMMITMENT", {"ref": "SVS-13"}),
    "svs 33": ("COMMITMENT", {"ref": "SVS-33"}),
    "£100m": ("COMMITMENT", {"ref": "ANN-04"}),
    "£100 million": ("COMMITMENT", {"ref": "ANN-04"}),
    "100million": ("COMMITMENT", {"ref": "ANN-04"}),
    "how much money went to Northumbria?": (
        "ALLOCATION",
        {"recipient": {"slug": "northumbria-police"}, "fund": {"slug": "police-surge"}},
    ),
    "surge Northumbria": (
        "ALLOCATION",
        {"recipient": {"slug": "northumbria-police"}, "fund": {"slug": "police-surge"}},
    ),
    "Baird": ("EVENT", {"slug": "engagement-north-east-2019"}),
    "javid": ("EVENT", {"slug": "october-package-2018"}),
    "engagement birmingham": ("EVENT", {"slug": "engagement-birmingham"}),
    "commissioner northumbria": ("PERSON", {"slug": "vera-baird"}),
    "Baird ": ("PERSON", {"slug": "vera-baird"}),
    "cleveland Engagement": ("EVENT", {"slug": "engagement-north-east-2019"}),
    "Cleveland": ("ORGANISATION", {"slug": "cleveland-pcc"}),
    "redthread": ("ORGANISATION", {"slug": "redthread"}),
}


def search(api: WritableApi, q: str, first: int = 100, **variables: Any) -> Any:
    return api.public.ask(SEARCH, q=q, first=first, **variables)["search"]


def numbers(result: Any) -> dict[str, int]:
    return {group["kind"]: group["count"] for group in result["groups"] if group["count"]}


@pytest.mark.parametrize("question", WANTED)
def test_what_people_look_for_is_the_first_of_its_kind(api_shared: WritableApi, question: str) -> None:
    kind, wanted = WANTED[question]
    assert search(api_shared, question)[FIELDS[kind]]["nodes"][0] == wanted


def test_money_is_found_by_its_recipient_and_documents_by_their_publisher(api_shared: WritableApi) -> None:
    result = search(api_shared, "Northumbria")
    assert numbers(result)["ALLOCATION"] == 4
    assert {node["recipient"]["slug"] for node in result["allocations"]["nodes"]} == {
        "northumbria-police",
        "northumbria-pcc",
    }
    publishers = [node["publisher"] for node in search(api_shared, "Parliament")["documents"]["nodes"]]
    assert len([one for one in publishers if one and one["slug"] == "uk-parliament"]) > 40


def test_a_word_that_nothing_has_hides_nothing(api_shared: WritableApi) -> None:
    one, other = search(api_shared, "Northumbria"), search(api_shared, "xyzzy Northumbria plugh")
    assert (other["words"], other["unknownWords"]) == (["xyzzy", "northumbria", "plugh"], ["xyzzy", "plugh"])
    assert other | {"words": 0, "unknownWords": 0} == one | {"words": 0, "unknownWords": 0}


def test_the_order_of_words_their_case_and_their_marks_do_not_matter(api_shared: WritableApi) -> None:
    expected = search(api_shared, "county lines centre")
    assert expected["count"] > 5
    for spelling in ("LINES, centre; county!", "“county-lines” centre", "centre/county/lines"):
        assert search(api_shared, spelling) | {"words": 0} == expected | {"words": 0}


def test_groups_come_in_the_order_of_their_best(api_shared: WritableApi) -> None:
    result = search(api_shared, "redthread")
    kinds = [group["kind"] for group in result["groups"]]
    assert sorted(kinds) == sorted(kind.value for kind in SearchKind) == sorted(kind.name.value for kind in KINDS)
    # It is in the title of the body, and in the text of the commitment.
    assert kinds.index("ORGANISATION") < kinds.index("COMMITMENT") < kinds.index("FUND")
    assert result["count"] == sum(numbers(result).values())
    assert all(group["isComplete"] for group in result["groups"])


def test_more_and_rarer_words_weigh_more_and_words_in_a_title_most(api_shared: WritableApi) -> None:
    result = search(api_shared, "police Redthread hospital")
    commitments = [node["ref"] for node in result["commitments"]["nodes"]]
    # Of three words two, one of them in the title; then the rarer one of them alone.
    assert commitments[:2] == ["SVS-13", "SVS-34"]
    assert len(commitments) > 2


def test_the_words_of_a_question_count_where_there_are_no_others(api_shared: WritableApi) -> None:
    assert search(api_shared, "how much went to the police?")["words"] == ["police"]
    assert search(api_shared, "how much")["words"] == ["how", "much"]
    assert search(api_shared, "the")["count"] > 100


def test_either_database_answers_with_the_same_in_the_same_order(request: pytest.FixtureRequest) -> None:
    start: Callable[[str], Engine] = request.getfixturevalue("_engines")
    answers = []
    for name in ENGINES:
        with serving_copy(build_seeded(start(name))) as api:
            answers.append([search(api, question) for question in [*WANTED, *HOSTILE, *COMMON]])
    assert answers[0] == answers[1]


def test_only_what_is_asked_for_is_answered_with_and_in_the_same_order(api_shared: WritableApi) -> None:
    every, documents = search(api_shared, "knife crime"), search(api_shared, "knife crime", kinds=["DOCUMENT"])
    assert [group["kind"] for group in documents["groups"]] == ["DOCUMENT"]
    assert documents["documents"] == every["documents"]
    assert documents["commitments"]["nodes"] == []


def test_a_list_is_read_in_pages(api_shared: WritableApi) -> None:
    query = """query ($first: Int, $after: String) { search(q: "youth fund") { documents(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { slug } } } }"""
    whole = api_shared.public.ask(query, first=100)["search"]["documents"]
    slugs: list[str] = []
    after = None
    while True:
        page = api_shared.public.ask(query, first=7, after=after)["search"]["documents"]
        slugs += [node["slug"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert slugs == [node["slug"] for node in whole["nodes"]]
    assert len(slugs) == whole["totalCount"] > 14
    assert api_shared.public.codes(query, after="no cursor") == ["INVALID_CURSOR"]
    assert api_shared.public.codes(query, first=101) == ["PAGE_TOO_LARGE"]


COMMON = ["the", "police", "youth violence", "a new fund for young people", "knife", "2019", "government", "e", "eng"]
HOSTILE = [
    '"', "'", "''", "*", "a*", "NEAR(a b)", "a AND", "OR", "NOT x", "^x", "{title}: x", "x:*", "x & | !y", "<->", "(",
    "\\", "=knife", "words:knife", "%", "_", "'; DROP TABLE commitment; --", "🙂", "🙂🙂 knife", "\u0301", "\u200b",
    "\u0131 \u0130 \u017f ß \ufb01", "नमस्ते", "日本語", "a" * 900, "é" * 300, "1,000,000.000", "..", "&&&", "a&b&c", "=",
    "knife\nknife", "\ud7ff",
]  # fmt: skip


@pytest.mark.parametrize("question", HOSTILE)
def test_any_text_is_a_question(api_shared: WritableApi, question: str) -> None:
    assert search(api_shared, question)["count"] >= 0


def test_a_question_without_a_word_finds_nothing(api_shared: WritableApi) -> None:
    for question in ("", " ", "!?", "🙂", "\u0301"):
        result = search(api_shared, question)
        assert (result["words"], result["count"], len(result["groups"])) == ([], 0, len(SearchKind))


def test_twenty_words_are_taken_and_more_are_refused(api_shared: WritableApi) -> None:
    assert search(api_shared, " ".join(f"word{number}" for number in range(20)))["count"] == 0
    answer = api_shared.public.send(SEARCH, {"q": " ".join(f"word{number}" for number in range(21))}).json()
    [error] = answer["errors"]
    assert error["message"] == "A question may have 20 different words; this one has 21."
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "allowed": 20, "asked": 21}
    assert api_shared.public.codes(SEARCH, q="\0") == ["BAD_USER_INPUT"]


def test_the_past_is_searched_as_it_was(api_writable: WritableApi) -> None:
    query = (
        """query ($at: Int) { record(revision: $at) { search(q: "zanzibar") { events { nodes { slug title } } } } }"""
    )
    before = api_writable.public.ask("{ dataset { revision } }")["dataset"]["revision"]
    added = submit_valid(api_writable.editor, "addEvent", title="Zanzibar talks")["change"]["revision"]
    fields = '(input: {event: "%s", title: "Other talks", reason: "So."})'
    [node] = api_writable.public.ask(query, at=added)["record"]["search"]["events"]["nodes"]
    assert node["title"] == "Zanzibar talks"
    api_writable.editor.ask(
        f"mutation {{ correctEvent{fields % node['slug']} {{ ... on EventCorrected {{ event {{ title }} }} }} }}"
    )
    found = {
        at: api_writable.public.ask(query, at=at)["record"]["search"]["events"]["nodes"]
        for at in range(before, added + 2)
    }
    assert found == {before: [], added: [node], added + 1: []}


def test_a_search_takes_one_statement_for_what_is_found_and_one_for_each_list(api_shared: WritableApi) -> None:
    with capture_statements() as statements:
        search(api_shared, "knife crime hospital youth workers fund")
    kinds = len(numbers(search(api_shared, "knife crime hospital youth workers fund")))
    # Recipients and funds of allocations, commitments of statuses, publishers of documents.
    assert len(statements) <= 1 + kinds + 4 + 2
