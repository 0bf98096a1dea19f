"""Behind Debian's nginx with its defaults, below a path and with a password of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.engines import seed_sqlite
from tests.operations.programs import listens, port, program, running
from tests.server import Api, serving
from tests.waiting import until

QUERY = {"query": "{ __typename }"}
SETTINGS = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; gzip on;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port};
    location / {{ proxy_pass {url}; }}
    location /tracker/ {{ proxy_pass {url}/; }}
    location /kept/ {{ proxy_pass {url}/tracker/; }}
    location /closed/ {{ auth_basic "staging"; auth_basic_user_file {folder}/users; proxy_pass {url}/; }}
    location /socket/ {{ proxy_pass {url}/; proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; }}
  }}
}}
"""


@contextmanager
def serving_proxy(folder: Path, url: str) -> Iterator[str]:
    number = port()
    settings = folder / "nginx.conf"
    settings.write_text(SETTINGS.format(folder=folder, port=number, url=url.rstrip("/")), encoding="utf-8")
    (folder / "users").write_text("u:{PLAIN}p\n", encoding="utf-8")
    folder.chmod(0o755)
    with running([program("nginx"), "-c", settings, "-e", folder / "error.log"], folder / "log", None):
        until(lambda: listens(number))
        yield f"http://127.0.0.1:{number}"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    folder = tmp_path_factory.mktemp("nginx")
    url = seed_sqlite(folder)
    with (
        serving(url, public_url="https://example.org/tracker", rate_per_minute=0) as api,
        serving_proxy(folder, str(api.http.base_url)) as address,
    ):
        client = Api(address)
        yield client
        client.http.close()


@pytest.mark.parametrize("front", ["", "/tracker", "/kept"])
def test_pages_files_and_the_api_are_served_below_a_path(nginx: Api, front: str) -> None:
    page = nginx.http.get(f"{front}/commitments/SVS-19")
    assert (page.status_code, 'href="/tracker/feed.atom"' in page.text) == (200, True)
    assert nginx.http.get(f"{front}/data/commitments.csv").text.startswith("ref,")
    assert nginx.http.post(f"{front}/graphql", json=QUERY).json() == {"data": {"__typename": "Query"}}
    assert nginx.http.post(f"{front}/graphql", content=b"x" * 500_000).status_code == 413


def test_its_password_is_none_of_ours(nginx: Api) -> None:
    assert nginx.http.post("/closed/graphql", json=QUERY).status_code == 401
    answer = nginx.http.post("/closed/graphql", json=QUERY, auth=httpx.BasicAuth("u", "p"))
    assert answer.json() == {"data": {"__typename": "Query"}}


def test_a_stream_passes_although_it_buffers(nginx: Api) -> None:
    with nginx.http.stream("POST", "/graphql/stream", json={"query": "{ __typename }"}) as response:
        assert "event: next" in "".join(response.iter_text())


def test_a_websocket_passes_where_it_may(nginx: Api) -> None:
    address = str(nginx.http.base_url).replace("http", "ws", 1).rstrip("/") + "/socket/graphql"
    with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        socket.send('{"type": "connection_init"}')
        assert socket.recv() == '{"type":"connection_ack"}'
