"""Connections of clients behind one proxy are counted for each client."""

from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.api.live import cursor, open_socket, open_stream
from tests.engines import seed_sqlite
from tests.server import serving
from tests.waiting import until


def ask(url: str, client: str) -> httpx.Response:
    return httpx.get(f"{url}/healthz", headers={"x-forwarded-for": client, "origin": "https://example.org"})


def test_a_client_behind_a_proxy_may_have_only_so_much_open(tmp_path: Path) -> None:
    with serving(seed_sqlite(tmp_path), max_connections_per_client=5) as api, ExitStack() as stack:
        url = str(api.http.base_url)
        for number in range(5):
            # All from one network of IPv6, which is one client.
            headers = {"x-forwarded-for": f"2001:db8:1:2::{number}"}
            stack.enter_context(open_socket(url, additional_headers=headers))
        response = ask(url, "2001:db8:1:2::ffff")
        [error] = response.json()["errors"]
        assert (response.status_code, error["extensions"]) == (429, {"code": "TOO_MANY_CONNECTIONS"})
        assert response.headers["retry-after"].isdecimal()
        assert response.headers["access-control-allow-origin"] == "*"
        with pytest.raises(InvalidStatus) as info, open_socket(url, additional_headers=headers):
            pass
        assert info.value.response.status_code == 429
        # Other clients and the proxy itself are let in.
        for other in ("2001:db8:1:3::1", "203.0.113.9", "127.0.0.1"):
            assert ask(url, other).status_code == 200
        stack.close()
        until(lambda: ask(url, "2001:db8:1:2::ffff").status_code == 200)


def test_a_stream_that_is_over_counts_no_more(tmp_path: Path) -> None:
    with serving(seed_sqlite(tmp_path), max_connections_per_client=1, trusted_proxies="none") as api:
        url = str(api.http.base_url)
        api.http.close()
        for _ in range(3):
            with open_stream(url, after=cursor(0)) as events:
                assert next(events)[0] == "next"
                assert ask(url, "127.0.0.1").status_code == 429
            until(lambda: ask(url, "127.0.0.1").status_code == 200)
