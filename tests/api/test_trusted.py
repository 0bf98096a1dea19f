"""Trusted documents: GraphQL texts in a file of the operator, which clients ask for by their ids."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query
from typer.testing import CliRunner

from api import cli
from tests.api.lite import ALIVE, post, refusal
from tests.api.live import events, open_socket
from tests.engines import Engine
from tests.server import GRAPHQL, NOW, Api, serving

pytestmark = pytest.mark.sqlite_only
REVISION, ANSWER = ALIVE
COMMITMENT = "query Commitment($ref: String!) { commitment(ref: $ref) { ref } }"
CHANGES = 'subscription Changes { changes(after: "nothing") { revision } }'
LASTING = f'{{ record(asOf: "2019-12-31", knownAt: "{NOW.replace(hour=1).isoformat()}") {{ progress {{ total }} }} }}'
UNLINK = 'mutation { unlink(input: {reason: "none"}) { __typename } }'
DOCUMENTS = {"r": REVISION, "md5-of-it": COMMITMENT, "sha256:1234": LASTING, "changes": CHANGES, "unlink": UNLINK}
REQUIRED = refusal(
    "DOCUMENT_REQUIRED", "This service answers trusted documents alone: ask for one by its `documentId`."
)
FORMS = {
    "an object": DOCUMENTS,
    "a manifest of Apollo": {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{"id": id, "name": "X", "type": "query", "body": text} for id, text in DOCUMENTS.items()],
    },
}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def persisted(hash: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}}


@pytest.fixture(scope="module")
def database(engine: Engine, seeded_template: str) -> str:
    return engine.copy(seeded_template)


@pytest.fixture(scope="module", params=FORMS)
def api(request: pytest.FixtureRequest, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Knows trusted documents beside everything else."""
    file = tmp_path_factory.mktemp("documents") / "documents.json"
    file.write_text(json.dumps(FORMS[request.param]))
    with serving(database, documents=file) as api:
        yield api


@pytest.fixture(scope="module")
def strict(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Knows trusted documents and nothing else."""
    file = tmp_path_factory.mktemp("documents") / "documents.json"
    file.write_text(json.dumps(DOCUMENTS))
    with serving(database, documents=file, documents_only=True) as api:
        yield api


def ask(api: Api, **fields: Any) -> Any:
    """The answer by POST, which is that by GET."""
    by_post = post(api, json.dumps(fields)).json()
    params = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    assert api.http.get("/graphql", params=params, headers={"accept": GRAPHQL}).json() == by_post
    return by_post


def test_a_document_is_asked_for_by_its_id_or_its_hash(api: Api) -> None:
    for ref in ("SVS-19", "SVS-20"):
        answer = {"data": {"commitment": {"ref": ref}}}
        variables = {"ref": ref}
        assert ask(api, documentId="md5-of-it", variables=variables, operationName="Commitment") == answer
        assert ask(api, documentId=f"sha256:{digest(COMMITMENT)}", variables=variables) == answer
        assert ask(api, **persisted("md5-of-it"), variables=variables) == answer
        assert ask(api, **persisted(digest(COMMITMENT)), variables=variables) == answer
    for id in ("1234", "sha256:1234"):
        assert ask(api, documentId=id) == {"data": {"record": {"progress": {"total": 61}}}}


def test_an_unknown_document_has_its_code_and_other_texts_are_answered(api: Api) -> None:
    assert ask(api, documentId="nothing") == refusal("DOCUMENT_NOT_FOUND", "There is no trusted document 'nothing'.")
    assert ask(api, **persisted("nothing")) == refusal("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
    assert ask(api, query="{ funds { totalCount } }")["data"]["funds"]["totalCount"] > 0
    for both in ({"query": REVISION}, persisted(digest(REVISION))):
        assert ask(api, documentId="r", **both)["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


def test_a_document_by_get_is_cached(api: Api) -> None:
    responses = [api.http.get("/graphql", params={"documentId": "1234"}) for _ in range(2)]
    assert [response.headers["cache-control"] for response in responses] == ["public, max-age=31536000, immutable"] * 2
    headers = {"if-none-match": responses[1].headers["etag"]}
    assert api.http.get("/graphql", params={"documentId": "1234"}, headers=headers).status_code == 304
    refused = api.http.get("/graphql", params={"documentId": "unlink"})
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def stream(api: Api, **fields: Any) -> list[tuple[str, Any]]:
    headers = {"accept": "text/event-stream"}
    response = api.http.post("/graphql/stream", json=fields, headers=headers)
    assert response.status_code == 200
    return list(events(iter(response.text.splitlines())))


def test_a_websocket_and_a_stream_know_documents_too(strict: Api) -> None:
    with open_socket(str(strict.http.base_url)) as socket:

        def say(**payload: Any) -> Any:
            socket.say(type="subscribe", id="1", payload=payload)
            return socket.answer()

        assert say(documentId="r") == say(query=REVISION) == say(**persisted(digest(REVISION))) == ANSWER["data"]
        assert say(documentId="changes") == ["INVALID_CURSOR"]
        assert say(query="{ __typename }") == ["DOCUMENT_REQUIRED"]
        assert say(documentId="nothing") == say(**persisted("nothing")) == ["DOCUMENT_NOT_FOUND"]
    complete = ("complete", None)
    assert stream(strict, documentId="r")[0] == ("next", ANSWER)
    assert stream(strict, query="{ __typename }") == [("next", REQUIRED), complete]


@pytest.mark.parametrize("query", [get_introspection_query(), "{ __typename }", "{", f"{REVISION} "])
def test_where_nothing_else_is_served_other_texts_are_refused(strict: Api, query: str) -> None:
    for more in ({}, persisted(digest(query))):
        assert ask(strict, query=query, **more) == REQUIRED
    assert ask(strict, **persisted(digest(query)))["errors"][0]["extensions"] == {"code": "DOCUMENT_NOT_FOUND"}


def test_where_nothing_else_is_served_a_trusted_text_is_answered_whichever_way_it_comes(strict: Api) -> None:
    ways: list[dict[str, Any]] = [{"documentId": "r"}, {"query": REVISION}, persisted(digest(REVISION))]
    assert [ask(strict, **way) for way in ways] == [ANSWER] * 3


def test_where_nothing_else_is_served_pages_feeds_and_files_go_on(strict: Api) -> None:
    for path in (
        "/",
        "/commitments/SVS-19",
        "/feed.atom",
        "/events.ics",
        "/data/funds.csv",
        "/schema.graphql",
        "/readyz",
    ):
        assert (path, strict.http.get(path).status_code) == (path, 200)
    # The editor could ask nothing.
    browser = strict.http.get("/graphql", headers={"accept": "text/html, */*"})
    assert (browser.status_code, browser.json()) == (200, REQUIRED)


@pytest.mark.usefixtures("_quiet_again")
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "{file} cannot be read: No such file or directory"),
        ("{", "{file} is not JSON: unexpected end of data: line 1 column 2 (char 1)"),
        ("[]", "{file} is neither an object from id to text nor a manifest of Apollo."),
        ('{"a": 1}', "{file} is neither an object from id to text nor a manifest of Apollo."),
        (
            '{"format": "apollo-persisted-query-manifest", "operations": [{"id": "a"}]}',
            "{file} is neither an object from id to text nor a manifest of Apollo.",
        ),
    ],
)
def test_a_file_that_is_not_sound_ends_the_start_with_a_line(tmp_path: Path, content: str | None, message: str) -> None:
    file = tmp_path / "documents.json"
    if content is not None:
        file.write_text(content)
    assert start(tmp_path, file) == [f"SIXTYONE_DOCUMENTS: {message.format(file=file)}"]


@pytest.mark.usefixtures("_quiet_again")
def test_every_document_that_does_not_fit_the_schema_is_said_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "documents.json"
    file.write_text(json.dumps({"good": REVISION, "a": "{", "b": "{ nothing\n is_it }"}))
    assert start(tmp_path, file) == [
        f"SIXTYONE_DOCUMENTS: {file}: document {fault}"
        for fault in (
            "'a': Syntax Error: Expected Name, found <EOF>. (line 1)",
            "'b': Cannot query field 'nothing' on type 'Query'. (line 1)",
            "'b': Cannot query field 'is_it' on type 'Query'. (line 2)",
        )
    ]


@pytest.mark.usefixtures("_quiet_again")
def test_an_id_that_names_two_documents_or_none_is_said_at_the_start(tmp_path: Path) -> None:
    """Which of the two is answered would follow from the order of the file."""
    file = tmp_path / "documents.json"
    operations = [{"id": "a", "body": text} for text in (REVISION, REVISION, COMMITMENT)]
    file.write_text(json.dumps({"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}))
    same = f"SIXTYONE_DOCUMENTS: {file}: document '%s': Another document has the same id."
    assert start(tmp_path, file) == [same % "a"]
    file.write_text(json.dumps({"sha256:1": REVISION, "1": COMMITMENT, "": REVISION}))
    nameless = f"SIXTYONE_DOCUMENTS: {file}: document '': Nobody can ask for a document without an id."
    assert start(tmp_path, file) == [same % "1", nameless]


@pytest.mark.usefixtures("_quiet_again")
def test_documents_alone_need_their_file() -> None:
    result = CliRunner().invoke(cli.app, ["serve"], env={"SIXTYONE_DOCUMENTS_ONLY": "true"})
    assert (result.exit_code, result.output) == (1, "SIXTYONE_DOCUMENTS_ONLY: needs a file in SIXTYONE_DOCUMENTS\n")


def start(folder: Path, documents: Path) -> list[str]:
    """The lines of a start that fails before it touches the database."""
    database = folder / "t.db"
    settings = {"SIXTYONE_DATABASE_URL": f"sqlite:///{database}", "SIXTYONE_DOCUMENTS": str(documents)}
    result = CliRunner().invoke(cli.app, ["serve"], env=settings)
    assert (result.exit_code, database.exists()) == (1, False)
    # Beside it stand what the servers of other tests log.
    return [line for line in result.output.splitlines() if not line.startswith("{")]


def test_the_page_of_questions_says_that_only_documents_are_answered_and_leads_to_no_answer(
    api: Api, strict: Api
) -> None:
    pages = [each.http.get("/ask").text for each in (api, strict)]
    says = "This one answers only the queries of its own clients."
    assert [says in page for page in pages] == [False, True]
    # An answer and the editor for each question.
    assert [len(re.findall(r'href="/graphql[?#]', page)) for page in pages] == [20, 0]
