"""`api.testing`: an application in the process of a test, with a database and a clock of its own."""

import asyncio
import datetime as dt
import gc
import json
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from websockets.sync.client import connect

from api.app import create_app
from api.scratch import ClockBeforeRecord, scratch_settings
from api.testing import ScratchClient, ScratchServer, scratch_client, scratch_server
from tests.api.test_scratch import SERVICE
from tests.waiting import PATIENCE

pytest_plugins = ["api.testing.fixtures"]

NEW_YEAR = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
COUNT = {"query": "{ commitments { totalCount } }"}
COUNTED = {"data": {"commitments": {"totalCount": 61}}}
ADD = """mutation ($input: AddDocumentInput!) { addDocument(input: $input) {
  ... on DocumentAdded { document { slug } change { actor recordedAt } } } }"""
CHANGES = "subscription { changes { actor } }"


def body(slug: str) -> dict[str, Any]:
    return {"query": ADD, "variables": {"input": {"slug": slug, "title": f"The {slug}"}}}


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, and settings of a service that no test may touch."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name, value in SERVICE.items():
        monkeypatch.setenv(f"SIXTYONE_{name}".upper(), value)
    return folder


async def writes(http: ScratchClient, slug: str) -> Any:
    return (await http.post("/graphql", json=body(slug), headers=http.editor)).json()["data"]["addDocument"]


def test_two_clients_have_a_database_and_a_clock_each_and_leave_nothing(temporary: Path) -> None:
    async def ask() -> None:
        async with scratch_client(now=NEW_YEAR) as one, scratch_client() as other:
            assert (await one.post("/graphql", json=COUNT)).json() == COUNTED
            first = await writes(one, "first")
            one.clock.now += dt.timedelta(days=1)
            second = await writes(one, "second")
            assert [change["change"] for change in (first, second)] == [
                {"actor": "Editor", "recordedAt": "2027-01-01T12:00:00Z"},
                {"actor": "Editor", "recordedAt": "2027-01-02T12:00:00Z"},
            ]
            pages = [(await http.get("/sources/first")).status_code for http in (one, other)]
            assert pages == [200, 404]
            feed = await one.get("/feed.atom")
            assert "http://scratch/" in feed.text
            assert (await one.get("/data/funds.csv")).status_code == 200
            assert (await one.get("/readyz")).json() == (await other.get("/readyz")).json() == {"status": "ready"}
            contributor = {"Authorization": f"Bearer {one.create_token('CONTRIBUTOR', 'MEDIA')}"}
            viewer = {"query": "{ viewer { name roles voices } }"}
            answer = await one.post("/graphql", json=viewer, headers=contributor)
            assert answer.json()["data"]["viewer"] == {"name": "Tester", "roles": ["CONTRIBUTOR"], "voices": ["MEDIA"]}

    asyncio.run(ask())
    assert list(temporary.iterdir()) == []


def test_without_a_clock_it_is_the_last_instant_in_the_record() -> None:
    async def ask() -> tuple[dt.datetime, Any]:
        async with scratch_client() as http:
            answer = await http.post("/graphql", json={"query": "{ dataset { updatedAt } }"})
            return http.clock.now, answer.json()["data"]["dataset"]["updatedAt"]

    now, updated_at = asyncio.run(ask())
    assert dt.datetime.fromisoformat(updated_at) == now
    with pytest.raises(ClockBeforeRecord), scratch_server(now=now - dt.timedelta(days=1)):
        pass


@pytest.mark.anyio
async def test_a_fixture_gives_a_client_to_a_test_of_coroutines(sixtyone_http: ScratchClient) -> None:
    assert (await sixtyone_http.post("/graphql", json=COUNT)).json() == COUNTED


def test_a_fixture_gives_an_address_to_a_test_without(sixtyone_server: ScratchServer) -> None:
    assert httpx.post(sixtyone_server.graphql, json=COUNT).json() == COUNTED
    with connect(sixtyone_server.websocket, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        for message in (
            {"type": "connection_init"},
            {"id": "1", "type": "subscribe", "payload": {"query": CHANGES}},
            {"type": "ping"},
        ):
            socket.send(json.dumps(message))
        assert [json.loads(socket.recv(PATIENCE))["type"] for _ in range(2)] == ["connection_ack", "pong"]
        httpx.post(sixtyone_server.graphql, json=body("sent"), headers=sixtyone_server.editor)
        assert json.loads(socket.recv(PATIENCE))["payload"] == {"data": {"changes": {"actor": "Editor"}}}


def test_settings_hold_and_nobody_has_a_budget_unless_it_is_one_of_them() -> None:
    async def policy(**settings: Any) -> Any:
        async with scratch_client(**settings) as http:
            return (await http.post("/graphql", json=COUNT)).headers.get("ratelimit-policy")

    assert asyncio.run(policy()) is None
    for name in ("rate_per_minut", "database_url"):
        with pytest.raises(TypeError, match=f"There is no setting {name} "):
            asyncio.run(policy(**{name: 7}))
    assert asyncio.run(policy(rate_per_minute=7)) == '"burst";q=50000;w=5, "minute";q=7;w=60'


@pytest.mark.usefixtures("_quiet_again")
def test_the_process_of_the_test_stays_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    """No line for each request, errors without the values of variables, and no memory that is taken from collection."""
    structlog.reset_defaults()
    frozen = gc.get_freeze_count()

    async def ask() -> None:
        async with scratch_client() as http:
            # Until now, servers of other tests in this process may have logged.
            capfd.readouterr()
            assert (await http.post("/graphql", json=COUNT)).json() == COUNTED
            structlog.get_logger().error("of_ours", exc_info=ValueError("sxo_secret"))

    asyncio.run(ask())
    output, errors = capfd.readouterr()
    assert output == ""
    assert "of_ours" in errors
    assert "request" not in errors
    assert "secret" not in errors
    # What was frozen before may be gone.
    assert gc.get_freeze_count() <= frozen


def test_a_log_that_the_tester_has_configured_stays_theirs() -> None:
    before = structlog.get_config()
    with scratch_server():
        assert structlog.get_config() == before


def test_an_application_that_was_not_started_says_so() -> None:
    app = create_app(scratch_settings())

    async def ask(method: str, path: str, accept: str) -> tuple[int, bool]:
        # All that people write who do not know `scratch_client`.
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as http:
            answer = await http.request(method, path, json=COUNT, headers={"accept": accept})
            return answer.status_code, "The application was not started: its lifespan has to run." in answer.text

    for method, path, accept in (
        ("POST", "/graphql", "application/json"),
        ("POST", "/graphql/stream", "text/event-stream"),
        ("GET", "/", "text/html"),
        ("GET", "/feed.atom", "*/*"),
        ("GET", "/data/funds.csv", "*/*"),
        ("GET", "/readyz", "*/*"),
    ):
        assert asyncio.run(ask(method, path, accept)) == (500, True), path
