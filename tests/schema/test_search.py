"""Search: a row is found by its own words, however they are written; and every search is the same statement."""

from collections.abc import Iterator

import pytest

from db import migrate
from db.database import Database
from seeds import loader
from tests.engines import LOADED_AT, Engine, PostgreSQL
from tests.inputs import edits, submit, submit_valid
from tests.server import Api, capture_statements
from tests.writable import WritableApi, serving_copy

LISTS = ["commitments", "funds", "events", "organisations", "documents"]
TOTAL = "query ($words: String) {{ {}(filter: {{search: $words}}) {{ totalCount nodes {{ id }} }} }}"
SEARCH = "query ($words: String) { events(filter: {search: $words}) { nodes { title } } }"
TITLES = {
    "Straße der Jugend": ["Straße", "STRASSE", "strasse jugend"],
    "İstanbul desk": ["İstanbul", "istanbul", "i\u0307stanbul"],
    "Of\ufb01ce opening": ["of\ufb01ce", "OFFICE opening"],
    "CAFÉ Ŵyn LLŶN": ["café", "ŵyn", "llŷn", "cafe\u0301", "Llyn cafe"],
    "Zoe\u0308 nai\u0308ve": ["Zoë", "naïve", "ZOE"],
    "Children’s voices heard": ["children's", "children’s", "children\u02bcs"],
    "Plan 2018–19 — “early help”": ["2018-19", "2018–19", '"early', "“early", "—"],
    "100％ of the ＿ fund": ["100%", "_", "％", "＿"],
    "A back\\slash and a sl/ash": ["back\\slash", "sl/ash", "\\", "/"],
}
# Upwards, by the folded title.
IN_ORDER = ["‘Ann’ and Bob", "'ann’ and bob II", "apples", "Straße 1", "STRASSE 2", "Zebras", "éclairs", "Éclairs II"]


@pytest.fixture(scope="module")
def api_titles(engine: Engine) -> Iterator[WritableApi]:
    """Events with strange titles, in a database that knows no letters but those of ASCII where there is a choice."""
    url = engine.empty(locale="C") if isinstance(engine, PostgreSQL) else engine.empty()
    database = Database(url)
    migrate.upgrade(database)
    loader.load(database, now=LOADED_AT)
    database.close()
    with serving_copy(url) as api:
        for place, title in enumerate([*TITLES, *IN_ORDER]):
            series = "sorted" if title in IN_ORDER else "titled"
            submit_valid(api.editor, "addEvent", slug=f"titled-{place}", title=title, series=series)
        yield api


@pytest.mark.parametrize("title", TITLES)
def test_a_row_is_found_by_its_own_words_in_any_spelling(api_titles: WritableApi, title: str) -> None:
    for words in [title, title.upper(), *TITLES[title]]:
        assert {"title": title} in api_titles.public.ask(SEARCH, words=words)["events"]["nodes"], words


@pytest.mark.parametrize("words", ["str_sse", "str%jugend", "jugendstraße", "llyñ"])
def test_nothing_else_is_found(api_titles: WritableApi, words: str) -> None:
    assert api_titles.public.ask(SEARCH, words=words)["events"]["nodes"] == []


def test_lists_are_sorted_by_folded_titles_and_paged_so(api_titles: WritableApi) -> None:
    query = """query ($after: String, $way: Direction!) {
      events(filter: {series: ["sorted"]}, orderBy: {by: TITLE, direction: $way}, first: 3, after: $after) {
        nodes { title } pageInfo { endCursor hasNextPage } } }"""
    for way, expected in (("ASC", IN_ORDER), ("DESC", IN_ORDER[::-1])):
        actual: list[str] = []
        after = None
        while len(actual) < len(IN_ORDER):
            page = api_titles.public.ask(query, after=after, way=way)["events"]
            actual += [node["title"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
        assert (actual, page["pageInfo"]["hasNextPage"]) == (expected, False)


def test_what_an_editor_rewrites_is_found_by_its_new_words(api_writable: WritableApi) -> None:
    query = "query ($words: String) { commitments(filter: {search: $words}) { nodes { ref } } }"
    assert api_writable.public.ask(query, words="llyn")["commitments"]["nodes"] == []
    submit_valid(api_writable.editor, "identifyCommitment", title="Llŷn’s quay")
    for words in ("llyn", "LLŶN'S"):
        assert api_writable.public.ask(query, words=words)["commitments"]["nodes"] == [{"ref": "SVS-35"}]


def test_a_body_is_matched_by_its_name_in_any_spelling(api_writable: WritableApi) -> None:
    submit_valid(
        api_writable.editor, "addDocument", publisher={"slug": "cafe", "name": "Children’s Café", "kind": "CHARITY"}
    )
    again = {
        "slug": "other",
        "title": "Other",
        "publisher": {"slug": "b", "name": "CHILDREN'S CAFE\u0301", "kind": "CHARITY"},
    }
    answer = submit(api_writable.editor, "addDocument", again)
    assert [(actual["code"], actual["path"]) for actual in answer["problems"]] == [("CONFLICT", ["publisher", "slug"])]


def test_folded_text_is_no_part_of_the_record(api_writable: WritableApi) -> None:
    change = submit_valid(api_writable.editor, "addFund")["change"]
    assert {field for fields in edits(change).values() for field in fields} >= {"name", "note"}
    assert not {field for fields in edits(change).values() for field in fields} & {"sort_text", "search_text"}


@pytest.mark.parametrize("name", LISTS)
def test_ten_words_are_taken_and_more_are_refused(api_readonly: Api, name: str) -> None:
    assert api_readonly.ask(TOTAL.format(name), words=" ".join("abcdefghij"))
    response = api_readonly.send(TOTAL.format(name), {"words": "z " * 11})
    [error] = response.json()["errors"]
    assert error["message"] == "A search may have 10 words; this one has 11."
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "allowed": 10, "asked": 11}


def test_progress_takes_ten_words_too(api_readonly: Api) -> None:
    query = "query ($words: String) { progress(filter: {search: $words}) { total } }"
    assert api_readonly.ask(query, words="knife")["progress"]["total"] > 0
    assert api_readonly.codes(query, words="z " * 500) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("name", LISTS)
def test_searches_of_any_number_of_words_are_the_same_statements(api_readonly: Api, name: str) -> None:
    statement_lists = []
    for number in range(1, 11):
        with capture_statements() as statements:
            api_readonly.ask(TOTAL.format(name), words="e " * number)
        statement_lists.append(statements)
    assert all(statements == statement_lists[0] for statements in statement_lists)
