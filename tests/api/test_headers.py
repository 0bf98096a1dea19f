"""Request headers as in RFC 9110: lists over several lines, and qualities."""

import zlib

import httpx
import pytest

from api.headers import parse_accept
from tests.api.lite import ALIVE
from tests.engines import REVISION
from tests.server import GRAPHQL, Api

QUERY, ANSWER = ALIVE
JSON = ("content-type", "application/json")
# One of every kind that is worth it to be packed: a page, a feed, the calendar, files, an answer, the schema, a style.
LONG = [
    "/commitments", "/feed.atom", "/feed.json", "/events.ics", "/data/statuses.csv", "/data/statuses.json",
    "/data/sixty-one.db", "/schema.graphql", "/graphql?query={commitments{nodes{title,summary}}}",
]  # fmt: skip


def accepting(api: Api, path: str, coding: str | None, method: str = "GET", **headers: str) -> httpx.Response:
    lines = [(name, value) for name, value in api.http.headers.items() if name != "accept-encoding"]
    lines += [] if coding is None else [("accept-encoding", coding)]
    request = httpx.Request(method, str(api.http.base_url).rstrip("/") + path, headers=[*lines, *headers.items()])
    return api.http.send(request)


def test_several_lines_of_accept_are_one_list(api_sqlite: Api) -> None:
    lines = [("accept", "text/html"), ("accept", GRAPHQL), ("accept", "image/png")]
    response = api_sqlite.http.post("/graphql", json={"query": QUERY}, headers=[JSON, *lines])
    assert (response.status_code, response.json()) == (200, ANSWER)
    assert response.headers["content-type"].startswith(GRAPHQL)
    lines = [("accept", "image/png"), ("accept", "text/html")]
    assert api_sqlite.http.get("/graphql", headers=lines).headers["content-type"] == "text/html; charset=utf-8"
    assert api_sqlite.http.get("/nothing", headers=lines).headers["content-type"] == "text/html; charset=utf-8"
    stream_response = api_sqlite.http.post(
        "/graphql/stream",
        json={"query": QUERY},
        headers=[JSON, ("accept", "application/json"), ("accept", "text/event-stream")],
    )
    assert stream_response.status_code == 200


@pytest.mark.parametrize(
    "path", ["/feed.atom", "/events.ics", "/commitments", "/data/funds.csv", f"/graphql?query={QUERY}"]
)
def test_several_lines_of_tags_are_one_list(api_sqlite: Api, path: str) -> None:
    tag = api_sqlite.http.get(path).headers["etag"]
    lines = [("if-none-match", '"x,y"'), ("if-none-match", f'W/"z", {tag}'), ("if-none-match", '"w"')]
    assert api_sqlite.http.get(path, headers=lines).status_code == 304


def test_an_answer_in_one_form_is_not_kept_for_a_question_in_two_lines(api_sqlite: Api) -> None:
    first, second = ("accept", "application/json"), ("accept", GRAPHQL)
    for lines in ([first], [first, second], [second, first]) * 3:
        response = api_sqlite.http.get("/graphql", params={"query": QUERY}, headers=lines)
        assert response.headers["content-type"].startswith(GRAPHQL if second in lines else "application/json")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
@pytest.mark.parametrize(
    "authorization", ["", "Basic dTpw", "Digest username=x", "Negotiate YII=", "undefined", "null"]
)
def test_a_client_with_another_credential_reads_as_the_public(
    api_sqlite: Api, method: str, path: str, authorization: str
) -> None:
    options = {"params": {"query": QUERY}} if method == "GET" else {"json": {"query": QUERY}}
    headers = {"authorization": authorization, "accept": "application/json, text/event-stream"}
    response = api_sqlite.http.request(method, path, headers=headers, **options)  # type: ignore[arg-type]
    assert response.status_code == 200
    assert f'{{"data":{{"dataset":{{"revision":{REVISION}}}}}}}' in response.text


def test_a_browser_with_another_credential_gets_the_editor(api_sqlite: Api) -> None:
    assert api_sqlite.http.get("/graphql", headers={"accept": "text/html", "authorization": "Basic dTpw"}).is_success


@pytest.mark.parametrize("authorization", ["Bearer undefined", "bearer null", "Bearer", "sxo_abc", "Token sxo_abc"])
def test_a_token_that_is_none_is_refused(api_sqlite: Api, authorization: str) -> None:
    # Also behind the line of a proxy.
    for before in ([], [("authorization", "Basic dTpw")]):
        headers = [*before, ("authorization", authorization)]
        response = api_sqlite.http.post("/graphql", json={"query": QUERY}, headers=headers)
        assert response.status_code == 401


@pytest.mark.parametrize(
    ("coding", "is_compressed"),
    [
        ("gzip", True),
        ("x-gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.5", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("*;q=0.5", True),
        ("identity;q=0", True),
        ("identity;q=0, *", True),
        ("identity;q=0.5, gzip;q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("notgzip", False),
        ("gzipped, br", False),
        ("br", False),
        ("identity", False),
        ("identity, gzip;q=0.5", False),
        ("gzip;q=nonsense", False),
        ("gzip;q=nan", False),
        ("gzip;q=2", False),
        ("", False),
        (None, False),
    ],
)
def test_what_goes_out_packed_is_what_the_client_takes(
    api_sqlite: Api, coding: str | None, is_compressed: bool
) -> None:
    plain = accepting(api_sqlite, "/events", "identity")
    response = accepting(api_sqlite, "/events", coding)
    assert response.headers.get("content-encoding") == ("gzip" if is_compressed else None)
    assert response.content == plain.content
    assert "Accept-Encoding" in response.headers["vary"]


@pytest.mark.parametrize("path", LONG)
def test_everything_long_goes_out_packed_kept_or_not_and_is_the_same(api_sqlite: Api, path: str) -> None:
    plain = accepting(api_sqlite, path, "identity")
    for _ in range(3):
        response = accepting(api_sqlite, path, "gzip")
        assert response.headers["content-encoding"] == "gzip"
        assert response.content == plain.content
        if "content-length" in response.headers:
            assert int(response.headers["content-length"]) < len(plain.content)
    assert "content-encoding" not in plain.headers


def test_a_compressed_format_is_not_compressed_again(api_sqlite: Api) -> None:
    for name in ("sixty-one.xlsx", "sixty-one.zip"):
        assert "content-encoding" not in accepting(api_sqlite, f"/data/{name}", "gzip").headers


def test_a_short_answer_is_compressed_only_if_plain_is_refused(api_sqlite: Api) -> None:
    assert "content-encoding" not in accepting(api_sqlite, "/healthz", "gzip").headers
    response = accepting(api_sqlite, "/healthz", "gzip, identity;q=0")
    assert (response.headers["content-encoding"], response.json()["status"]) == ("gzip", "alive")


@pytest.mark.parametrize("path", [*LONG, "/graphql?query={dataset{revision}}"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_304_says_what_the_answer_that_it_stands_for_said(api_sqlite: Api, path: str, coding: str) -> None:
    # RFC 9110, 15.4.5.
    names = ("cache-control", "content-location", "etag", "expires", "vary")
    first = accepting(api_sqlite, path, coding)
    if "etag" not in first.headers:
        assert path == "/schema.graphql"
        return
    again = accepting(api_sqlite, path, coding, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {name: again.headers.get(name) for name in names} == {name: first.headers.get(name) for name in names}
    assert "date" in again.headers


@pytest.mark.parametrize("path", LONG)
def test_the_head_alone_says_what_comes_with_the_body(api_sqlite: Api, path: str) -> None:
    full, head = accepting(api_sqlite, path, "gzip"), accepting(api_sqlite, path, "gzip", "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-encoding", "etag", "vary", "cache-control"):
        assert head.headers.get(name) == full.headers.get(name)


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json", "/events.ics"])
def test_a_file_that_cannot_be_had_in_pieces_says_so(api_sqlite: Api, path: str) -> None:
    whole = api_sqlite.http.get(path)
    for response in (api_sqlite.http.head(path), api_sqlite.http.get(path, headers={"range": "bytes=0-99"})):
        assert (response.status_code, response.headers["accept-ranges"]) == (200, "none")
    assert whole.headers["accept-ranges"] == "none"


def test_two_forms_of_a_file_have_two_tags(api_sqlite: Api) -> None:
    # A strong tag stands for the very bytes.
    tags = {accepting(api_sqlite, "/data/statuses.csv", coding).headers["etag"] for coding in ("gzip", "identity")}
    assert len(tags) == 2
    assert not any(tag.startswith("W/") for tag in tags)


def test_qualities_are_read_in_time_that_grows_with_the_header_alone() -> None:
    assert parse_accept('text/html;x="a,b;q=0";q=0.5, */*;q=0.1') == {"text/html": 0.5, "*/*": 0.1}
    assert parse_accept(',, ;q=1 ,a;q="x') == {"a": 0.0}
    for piece in ('"\\', '"', "a;", ",", '\\"'):
        assert len(parse_accept(piece * 30_000)) < 2


def test_the_end_of_a_list_is_not_read_that_is_longer_than_any_client_needs() -> None:
    # Without a limit, two hundred requests with such a header would delay all others for five seconds.
    long = ", ".join(f"a{number};q=0.1" for number in range(10_000))
    assert len(parse_accept(long)) < 300
    assert "gzip" in parse_accept(f"gzip, {long}")
    assert "gzip" not in parse_accept(f"{long}, gzip")


def test_compression_is_gzip(api_sqlite: Api) -> None:
    with api_sqlite.http.stream("GET", "/events", headers={"accept-encoding": "gzip"}) as response:
        assert zlib.decompress(b"".join(response.iter_raw()), 16 + zlib.MAX_WBITS).startswith(b"<!doctype html>")


@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/graphql?query={nothing}", "/graphql"])
@pytest.mark.parametrize("accept", [GRAPHQL, "text/html", "image/png"])
def test_the_head_of_a_question_is_answered_wherever_the_question_is(api_sqlite: Api, path: str, accept: str) -> None:
    full, head = (api_sqlite.http.request(method, path, headers={"accept": accept}) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (full.status_code, b"")
    assert [head.headers[name] for name in ("content-type", "vary")] == [
        full.headers[name] for name in ("content-type", "vary")
    ]


def test_a_stream_has_no_head_alone(api_sqlite: Api) -> None:
    response = api_sqlite.http.head("/graphql/stream?query={__typename}")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/graphql", {"GET", "HEAD", "POST"}),
        ("/graphql/stream", {"GET", "POST"}),
        ("/", {"GET", "HEAD"}),
        ("/data/funds.csv", {"GET", "HEAD"}),
        ("/feed.atom", {"GET", "HEAD"}),
    ],
)
def test_options_lists_the_methods(api_sqlite: Api, path: str, methods: set[str]) -> None:
    response = api_sqlite.http.options(path)
    assert (response.status_code, set(response.headers["allow"].split(", "))) == (204, {*methods, "OPTIONS"})
    assert api_sqlite.http.options("/nothing").status_code == 404
