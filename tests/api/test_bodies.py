"""Bodies that are too large, too slow or never finished, and requests that two servers could read in two ways."""

import gzip
import socket

import pytest

from tests.api.lite import answers, post, refusal
from tests.api.live import open_socket as websocket
from tests.server import Api
from tests.waiting import PATIENCE

LIMIT = 100_000
TOO_LARGE = refusal("BODY_TOO_LARGE", f"A request body may have {LIMIT} bytes.")
QUERY = b'{"query":"{__typename}"}'
HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def open_socket(api: Api) -> socket.socket:
    return socket.create_connection((api.http.base_url.host, api.http.base_url.port or 80), timeout=PATIENCE)


def exchange_head(api: Api, *, head: bytes, body: bytes = b"") -> bytes:
    """The whole answer to these bytes, until the server closes the connection or goes quiet."""
    with open_socket(api) as connection:
        connection.sendall(head + b"Connection: close\r\n\r\n" + body)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_a_body_up_to_the_limit_is_read(api_sqlite: Api) -> None:
    assert post(api_sqlite, QUERY.ljust(LIMIT)).json() == {"data": {"__typename": "Query"}}


def test_a_body_that_says_it_is_too_large_is_refused_at_once(api_sqlite: Api) -> None:
    response = post(api_sqlite, QUERY.ljust(LIMIT + 1))
    assert (response.status_code, response.json()) == (413, TOO_LARGE)
    # Before a byte of it was sent.
    head = HEAD + b"Expect: 100-continue\r\nContent-Length: 9000000000000\r\n"
    assert exchange_head(api_sqlite, head=head).startswith(b"HTTP/1.1 413 ")


def test_a_body_without_a_length_is_refused_as_soon_as_it_has_passed_the_limit(api_sqlite: Api) -> None:
    chunk = b"1000\r\n" + b" " * 0x1000 + b"\r\n"
    with open_socket(api_sqlite) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 30)
        # It never ends: no last chunk is sent.
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_a_body_without_a_length_is_read_up_to_the_limit(api_sqlite: Api) -> None:
    content = iter([QUERY, b" " * 1_000])
    response = api_sqlite.http.post("/graphql", content=content, headers={"content-type": "application/json"})
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 24\r\nContent-Length: 2\r\n",
        b"Content-Length: 24\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Content-Length: +24\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: " + b"9" * 5_000 + b"\r\n",
        b"X-Request-ID: a\r\n Folded: b\r\n",
        b"X-Request-ID: a\0b\r\n",
    ],
)
def test_a_request_that_can_be_read_in_two_ways_is_refused(api_sqlite: Api, head: bytes) -> None:
    assert exchange_head(api_sqlite, head=HEAD + head, body=QUERY).startswith(b"HTTP/1.1 400 ")
    assert answers(api_sqlite)


def test_an_address_that_is_too_long_is_refused(api_sqlite: Api) -> None:
    assert exchange_head(api_sqlite, head=b"GET /graphql?query=" + b"a" * 200_000 + b" HTTP/1.1\r\n").startswith(
        b"HTTP/1.1 400 "
    )


def test_a_caller_that_hangs_up_does_no_harm(api_sqlite: Api) -> None:
    for _ in range(20):
        with open_socket(api_sqlite) as connection:
            connection.sendall(HEAD + b"Content-Length: 2400\r\n\r\n" + QUERY)
    assert answers(api_sqlite)


def test_many_slow_bodies_delay_no_other_client(api_sqlite: Api) -> None:
    slow = [open_socket(api_sqlite) for _ in range(200)]
    try:
        for connection in slow:
            connection.sendall(HEAD + b"Content-Length: 24\r\n\r\n{")
        assert answers(api_sqlite)
        # Long before a slow one is refused: it can still be sent to its end.
        slow[0].sendall(QUERY[1:])
        assert slow[0].recv(65_536).startswith(b"HTTP/1.1 200 ")
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
@pytest.mark.parametrize("coding", ["gzip", "br", "GZIP", "identity, gzip"])
def test_a_compressed_body_is_refused(api_sqlite: Api, path: str, coding: str) -> None:
    headers = {"content-type": "application/json", "accept": "*/*", "content-encoding": coding}
    # Also where the same body was answered before.
    for _ in range(3):
        assert api_sqlite.http.post(path, content=QUERY, headers=headers | {"content-encoding": "identity"}).is_success
    response = api_sqlite.http.post(path, content=gzip.compress(QUERY), headers=headers)
    assert (response.status_code, response.headers["accept-encoding"]) == (415, "identity")
    assert response.json() == refusal("UNSUPPORTED_MEDIA_TYPE", "Send the body without a `Content-Encoding`.")
    assert api_sqlite.http.post(path, content=QUERY, headers=headers).status_code == 415


def test_a_byte_order_mark_is_ignored(api_sqlite: Api) -> None:
    with_mark = "\ufeff" + QUERY.decode()
    assert post(api_sqlite, with_mark.encode()).json() == {"data": {"__typename": "Query"}}
    assert post(api_sqlite, '{"query":"\ufeff{__typename}"}').json() == {"data": {"__typename": "Query"}}
    parameters = {"query": "{__typename}", "variables": "\ufeff{}"}
    assert api_sqlite.http.get("/graphql", params=parameters).json() == {"data": {"__typename": "Query"}}
    with websocket(str(api_sqlite.http.base_url)) as talk:
        talk.connection.send('\ufeff{"type":"ping"}')
        assert talk.hear() == {"type": "pong"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_a_body_in_wider_characters_is_refused_with_the_reason(api_sqlite: Api, encoding: str) -> None:
    response = post(api_sqlite, QUERY.decode().encode(encoding))
    message = "The body is in UTF-16 or UTF-32: send it in UTF-8."
    assert (response.status_code, response.json()) == (415, refusal("UNSUPPORTED_MEDIA_TYPE", message))


def test_a_body_that_is_packed_and_does_not_say_so_is_no_json(api_sqlite: Api) -> None:
    response = post(api_sqlite, gzip.compress(QUERY, mtime=0))
    message = "The body, or a parameter that should be, is not JSON."
    assert (response.status_code, response.json()) == (400, refusal("BAD_REQUEST", message))


def test_empty_parameters_are_as_if_they_were_left_out(api_sqlite: Api) -> None:
    response = api_sqlite.http.get("/graphql?query={__typename}&variables=&extensions=&operationName=")
    assert response.json() == {"data": {"__typename": "Query"}}
