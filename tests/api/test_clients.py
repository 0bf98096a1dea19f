"""The address of a client behind proxies: trusted proxies state it, and strangers cannot."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.client_address import ForwardedHeaders, client_key, forwarded_host, parse_networks
from tests.engines import seed_sqlite
from tests.server import Api, serving

PROXIES = parse_networks("127.0.0.1, ::1, 10.0.0.0/8, fd00::/8")
STRANGER = "203.0.113.9"


@pytest.mark.parametrize(
    ("peer", "hosts", "expected"),
    [
        (STRANGER, ["198.51.100.1"], STRANGER),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", [STRANGER], STRANGER),
        ("::ffff:127.0.0.1", [STRANGER], STRANGER),
        ("fd00::7", [STRANGER], STRANGER),
        # What he sends himself stands left of what the proxy adds.
        ("127.0.0.1", [f"10.0.0.1, 198.51.100.1, {STRANGER}"], STRANGER),
        ("127.0.0.1", ["198.51.100.1", STRANGER], STRANGER),
        ("127.0.0.1", [f"198.51.100.1, {STRANGER}, 10.1.2.3", "10.0.0.2"], STRANGER),
        ("127.0.0.1", [f"198.51.100.1, ,{STRANGER}, , "], STRANGER),
        # All of them trusted: the first one asks on its own behalf.
        ("127.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("127.0.0.1", [f"{STRANGER}:4711"], STRANGER),
        ("127.0.0.1", [f"[{STRANGER}]:4711"], STRANGER),
        ("127.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("127.0.0.1", ["[2001:DB8:0::1]"], "2001:db8::1"),
        ("127.0.0.1", ["2001:db8::1%eth0"], "2001:db8::1"),
        ("127.0.0.1", [f"::ffff:{STRANGER}"], STRANGER),
        ("127.0.0.1", [f"{STRANGER}, ::ffff:10.0.0.1"], STRANGER),
        # What is no address says nothing, and nothing left of it is believed.
        *(
            ("127.0.0.1", [f"{STRANGER}, {part}, 10.0.0.1"], "10.0.0.1")
            for part in ("unknown", "_hidden", "10.0.0", "1.2.3.4.5", "[", "]", "\x00", "é", "::1::", "a" * 9_999)
        ),
        (None, [STRANGER], None),
        ("/run/socket", [STRANGER], "/run/socket"),
    ],
)
def test_a_client_is_the_first_from_the_right_that_is_no_trusted_proxy(
    peer: str | None, hosts: list[str], expected: str | None
) -> None:
    assert forwarded_host(peer, hosts, PROXIES) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (STRANGER, STRANGER),
        (f"::ffff:{STRANGER}", STRANGER),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        *((nobody, "unknown") for nobody in (None, "", "/run/socket", "testclient", "unknown")),
    ],
)
def test_limits_count_an_address_of_ipv4_or_a_network_of_ipv6(host: str | None, expected: str) -> None:
    assert client_key(host) == expected


@pytest.mark.parametrize("text", ["", " ", "none"])
def test_the_list_of_trusted_proxies_may_be_empty(text: str) -> None:
    assert parse_networks(text) == ()
    assert forwarded_host("127.0.0.1", [STRANGER], parse_networks(text)) == "127.0.0.1"


def forward(peer: str | None, headers: list[tuple[bytes, bytes]], kind: str = "http") -> tuple[Any, str]:
    """The client and the scheme that an application gets."""
    results: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        results.append(scope)

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        raise AssertionError

    client = peer and (peer, 5)
    scope = {"type": kind, "client": client, "scheme": "ws" if kind == "websocket" else "http", "headers": headers}
    asyncio.run(ForwardedHeaders(app, PROXIES)(scope, receive, send))
    return results[0]["client"], results[0]["scheme"]


@pytest.mark.parametrize(
    ("protocols", "kind", "expected"),
    [
        ([b"https"], "http", "https"),
        ([b" HTTPS "], "http", "https"),
        ([b"https"], "websocket", "wss"),
        ([b"wss"], "websocket", "wss"),
        ([b"http"], "websocket", "ws"),
        # The nearest proxy has the last word.
        ([b"http, https"], "http", "https"),
        ([b"https", b"http"], "http", "http"),
        *(([garbage], "http", "http") for garbage in (b"", b",", b"javascript", b"https:", b"\xff")),
    ],
)
def test_the_scheme_is_what_the_nearest_trusted_proxy_says(protocols: list[bytes], kind: str, expected: str) -> None:
    headers = [(b"x-forwarded-proto", value) for value in protocols]
    assert forward("127.0.0.1", headers, kind) == (("127.0.0.1", 5), expected)
    assert forward(STRANGER, headers, kind)[1] == ("ws" if kind == "websocket" else "http")


def test_an_application_gets_the_client_which_a_stranger_cannot_choose() -> None:
    headers = [(b"x-forwarded-for", STRANGER.encode()), (b"x-forwarded-proto", b"https")]
    assert forward("10.1.1.1", headers) == ((STRANGER, 0), "https")
    assert forward("198.51.100.1", headers) == (("198.51.100.1", 5), "http")
    assert forward(None, headers) == (None, "http")


def home(api: Api, **headers: str) -> str:
    return str(api.http.get("/feed.json", headers=headers).json()["home_page_url"])


def test_addresses_are_of_the_scheme_that_a_trusted_proxy_names(api_sqlite: Api) -> None:
    host = api_sqlite.http.base_url.netloc.decode()
    assert home(api_sqlite) == f"http://{host}/"
    assert home(api_sqlite, x_forwarded_proto="https") == f"http://{host}/"
    assert home(api_sqlite, **{"x-forwarded-proto": "https"}) == f"https://{host}/"


def test_nothing_in_the_environment_makes_others_trusted(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    with serving(seed_sqlite(tmp_path), trusted_proxies="192.0.2.1") as api:
        assert home(api, **{"x-forwarded-proto": "https"}).startswith("http://")
