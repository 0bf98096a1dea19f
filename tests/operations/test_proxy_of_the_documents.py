"""What docs/operating.md and examples/deploy/ have for nginx works as it is, but for names, ports and certificates."""

import re
import ssl
from collections.abc import Iterator

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.documents import ROOT, blocks
from tests.engines import seed_sqlite
from tests.operations.programs import listens, port, program, run, running
from tests.server import serving
from tests.waiting import until

[BLOCK] = blocks("docs/operating.md", "nginx")
FILE = (ROOT / "examples" / "deploy" / "nginx.conf").read_text(encoding="utf-8")
SETTINGS = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {block}
}}
"""


@pytest.fixture(scope="module", params=[BLOCK, FILE], ids=["documents", "deploy"])
def address(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """The host and port of the proxy."""
    folder = tmp_path_factory.mktemp("proxy")
    number, certificate, key = port(), folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", "/CN=example.org", "-keyout", str(key), "-out", str(certificate)]
    run(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject)
    with serving(seed_sqlite(folder)) as api:
        block = request.param
        for pattern, here in [
            ("listen 443 ssl", f"listen 127.0.0.1:{number} ssl"),
            ("listen 80;", f"listen 127.0.0.1:{port()};"),
            (r"ssl_certificate +\S+;", f"ssl_certificate {certificate};"),
            (r"ssl_certificate_key +\S+;", f"ssl_certificate_key {key};"),
            (r"http://[\w.]+:8000", str(api.http.base_url).rstrip("/")),
        ]:
            block = re.sub(pattern, here, block)
        settings = folder / "nginx.conf"
        settings.write_text(SETTINGS.format(folder=folder, block=block), encoding="utf-8")
        folder.chmod(0o755)
        with running([program("nginx"), "-c", settings, "-e", folder / "error.log"], folder / "log", None):
            until(lambda: listens(number))
            yield f"127.0.0.1:{number}"


@pytest.fixture
def http(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"https://{address}", verify=False, headers={"Host": "example.org"}) as client:
        yield client


def test_pages_know_the_scheme_and_the_host_that_the_public_sees(http: httpx.Client) -> None:
    assert 'href="https://example.org/' in http.get("/feed.atom").text


def test_a_stream_passes(http: httpx.Client) -> None:
    assert "event: next" in http.post("/graphql/stream", json={"query": "{ __typename }"}).text


def test_a_websocket_passes(address: str) -> None:
    context = ssl._create_unverified_context()
    with connect(f"wss://{address}/graphql", ssl=context, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        socket.send('{"type": "connection_init"}')
        assert socket.recv() == '{"type":"connection_ack"}'
