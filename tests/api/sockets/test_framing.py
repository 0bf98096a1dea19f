"""How answers are written: in one piece, and without chunks to clients of HTTP/1.0."""

import json

import pytest

from tests.api import live
from tests.api.live import CHANGES, cursor, revision, write
from tests.api.sockets.raw import WHOLE, dial, exchange, read_rest, status
from tests.server import Api
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full


@pytest.mark.parametrize(
    "path", ["/data/commitments.csv", "/data/sixty-one.zip", "/", "/feed.atom", "/healthz", "/nothing"]
)
@pytest.mark.parametrize("more", ["", "Connection: keep-alive\r\n", "Accept-Encoding: gzip\r\n"])
def test_an_answer_to_http_1_0_is_plain_and_ends_with_the_connection(api_sqlite: Api, path: str, more: str) -> None:
    host = api_sqlite.http.base_url.netloc.decode()
    request = f"GET {path} HTTP/1.0\r\nHost: {host}\r\n{more}\r\n".encode()
    head, _, body = exchange(str(api_sqlite.http.base_url), request).partition(b"\r\n\r\n")
    response = api_sqlite.http.get(path, headers={"accept-encoding": "identity"})
    assert status(head) == response.status_code
    assert b"transfer-encoding" not in head.lower()
    assert b"connection: close" in head.lower()
    if "gzip" not in more and path != "/data/sixty-one.zip":
        assert body == response.content
    length = [line for line in head.lower().splitlines() if line.startswith(b"content-length")]
    assert length in ([], [b"content-length: %d" % len(body)])


def test_a_small_answer_comes_in_one_piece(api_sqlite: Api) -> None:
    with dial(str(api_sqlite.http.base_url)) as connection:
        for _ in range(20):
            connection.sendall(WHOLE)
            assert connection.recv(65_536).endswith(b'\r\n\r\n{"data":{"__typename":"Query"}}')


def test_a_head_alone_may_be_asked_for(api_sqlite: Api) -> None:
    head, _, body = exchange(str(api_sqlite.http.base_url), b"HEAD /data/commitments.csv HTTP/1.0\r\n\r\n").partition(
        b"\r\n\r\n"
    )
    assert (status(head), body, b"transfer-encoding" in head) == (200, b"", False)


def test_nothing_is_said_to_http_1_0_before_the_answer(api_sqlite: Api) -> None:
    body = b'{"query":"{__typename}"}'
    head = b"POST /graphql HTTP/1.0\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
    with dial(str(api_sqlite.http.base_url), head + b"Content-Length: %d\r\n\r\n" % len(body)) as connection:
        connection.sendall(body)
        assert status(read_rest(connection)) == 200


def test_a_stream_goes_to_http_1_0_event_by_event(api_writable: WritableApi) -> None:
    last = cursor(revision(api_writable.database))
    body = json.dumps({"query": CHANGES, "variables": {"after": last}}).encode()
    head = b"POST /graphql/stream HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    with dial(api_writable.url, head + body) as connection:
        for _ in range(2):
            [number] = write(api_writable.database)
            content = b""
            while b'"revision":%d' % number not in content:
                content += connection.recv(65_536)
            assert b"transfer-encoding" not in content
        lines = iter(content.decode().replace("\r", "").rpartition("HTTP/1.1")[2].splitlines())
        assert [live.event_revision(event) for event in live.events(lines)][-1:] == [number]
