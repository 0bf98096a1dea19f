"""The revision travels with each answer that is made of the record, and may be sent back."""

import pytest

from tests.server import Api
from tests.writable import WritableApi

HEADER = "sixty-one-revision"
QUERY = "{ dataset { revision } }"
ADD = (
    """mutation { addDocument(input: {slug: "new", title: "New"}) { ... on DocumentAdded { change { revision } } } }"""
)
ANSWERS = [
    "/",
    "/sources/none",
    "/feed.json",
    "/events.ics",
    "/data/funds.csv",
    f"/graphql?query={QUERY}",
    "/sitemap.xml",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_has_its_revision_from_the_cache_too(api_sqlite: Api, path: str) -> None:
    revision = str(api_sqlite.ask(QUERY)["dataset"]["revision"])
    answers = [api_sqlite.http.get(path, headers={HEADER: revision}) for _ in range(3)]
    assert [answer.headers[HEADER] for answer in answers] == [revision] * 3
    tag = answers[-1].headers.get("etag")
    if tag:
        unchanged = api_sqlite.http.get(path, headers={"if-none-match": tag})
        assert (unchanged.status_code, unchanged.headers[HEADER]) == (304, revision)


@pytest.mark.parametrize("path", ["/healthz", "/schema.graphql", "/graphql?query={", "/nowhere"])
def test_what_is_not_made_of_the_record_has_none(api_sqlite: Api, path: str) -> None:
    assert HEADER not in api_sqlite.http.get(path).headers


def test_a_change_has_the_revision_that_it_made(api_writable: WritableApi) -> None:
    before = api_writable.public.send(QUERY).headers[HEADER]
    answer = api_writable.editor.send(ADD)
    revision = answer.json()["data"]["addDocument"]["change"]["revision"]
    assert (answer.headers[HEADER], revision) == (str(revision), int(before) + 1)
    assert api_writable.public.send(QUERY).headers[HEADER] == str(revision)


def test_a_revision_that_the_record_does_not_have_is_refused(api_sqlite: Api) -> None:
    latest = api_sqlite.ask(QUERY)["dataset"]["revision"]
    for path in ANSWERS:
        answer = api_sqlite.http.get(path, headers={HEADER: str(latest + 1)})
        message = f"The record goes up to revision {latest}, and not to {latest + 1}: ask without `{HEADER}`."
        error = {"message": message, "extensions": {"code": "REVISION_NOT_REACHED"}}
        assert (answer.status_code, answer.json()) == (412, {"errors": [error]})


@pytest.mark.parametrize("text", ["last", "-1", "1.5", "1, 2", "9999999999", "٣"])
def test_what_is_no_revision_is_refused(api_sqlite: Api, text: str) -> None:
    answer = api_sqlite.http.get("/", headers=[(HEADER.encode(), text.encode())])
    message = f"`{HEADER}` is the number of a revision, as an answer has it."
    assert answer.json() == {"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]}
    assert answer.status_code == 400
