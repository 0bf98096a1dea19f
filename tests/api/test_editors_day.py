"""The story from end to end: a token, a record, a correction, the past as it was known, a subscriber, a hand-over."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from api import cli
from db.vocabulary import Role, Voice
from tests.all_answers import EDITION, all_answers
from tests.api.process import Process, serving_process
from tests.engines import REVISION, Engine
from tests.server import Api
from tests.waiting import PATIENCE

RECORD = """mutation ($input: RecordStatusInput!) { recordStatus(input: $input) {
  ... on StatusRecorded { statusUpdate { id recordedAt } change { revision cursor } }
  ... on Rejected { problems { code path message existing { id } } } } }"""
CORRECT = """mutation ($input: CorrectStatusInput!) { correctStatus(input: $input) {
  ... on StatusCorrected { statusUpdate { id recordedAt } change { revision } }
  ... on Rejected { problems { code path message } } } }"""
STATUS = """query ($asOf: Date, $knownAt: DateTime) { commitment(ref: "SVS-07") {
  status(asOf: $asOf, knownAt: $knownAt) agreement(asOf: $asOf, knownAt: $knownAt) } }"""
FOLLOW = """subscription ($after: String) { changes(after: $after) {
  revision action actor cursor subject { ... on Commitment { ref status } } } }"""
STATUS_INPUT = {
    "commitment": "SVS-07",
    "status": "DELIVERED",
    "effectiveOn": "2019-03-01",
    "precision": "MONTH",
    "voice": "GOVERNMENT",
    "note": "The minister says that it was done.",
    "citation": {
        "newDocument": {
            "slug": "written-answer-999999",
            "title": "A written answer",
            "url": "https://example.org/999999",
            "publishedOn": "2019-04-02",
            "publisher": {"slug": "home-office"},
        }
    },
}
AS_OF = ("2019-03-30", "2019-03-31", "2019-12-31")


@pytest.fixture
def url(engine: Engine, seeded_template: str) -> str:
    return engine.copy(seeded_template)


def sixtyone(url: str, *arguments: str) -> str:
    """The output of a command."""
    result = CliRunner().invoke(cli.app, list(arguments), env={"SIXTYONE_DATABASE_URL": url})
    assert result.exit_code == 0, result.output
    return result.stdout


@contextmanager
def following(process: Process, after: str | None = None) -> Iterator[Any]:
    """A function that returns the next change that this process tells of."""
    address = process.url().replace("http", "ws") + "/graphql"
    protocol = Subprotocol("graphql-transport-ws")
    with connect(address, subprotocols=[protocol], open_timeout=PATIENCE) as socket:
        socket.send(json.dumps({"type": "connection_init"}))
        assert json.loads(socket.recv(PATIENCE)) == {"type": "connection_ack"}
        payload = {"query": FOLLOW, "variables": {"after": after}}
        socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
        yield lambda: json.loads(socket.recv(PATIENCE))["payload"]["data"]["changes"]


def state(api: Api, as_of: str, at: str | None) -> tuple[str, str]:
    data = api.ask(STATUS, asOf=as_of, knownAt=at)["commitment"]
    return data["status"], data["agreement"]


@pytest.mark.postgresql_in_full
def test_an_editors_day(url: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # A day takes seconds here.
    quick = {"database_url": url, "rate_per_minute": "0"}
    with ExitStack() as stack:
        office, elsewhere = (stack.enter_context(serving_process(tmp_path, **quick)) for _ in range(2))
        options = ["--role", Role.EDITOR, *(part for voice in Voice for part in ("--voice", voice))]
        token = sixtyone(url, "token", "create", "Ann Example", *options).strip()
        api = Api(office.url(), token)
        public = Api(elsewhere.url())
        for client in (api, public):
            stack.callback(client.http.close)
        start = public.ask("{ changes { pageInfo { endCursor } } }")["changes"]["pageInfo"]["endCursor"]

        with following(elsewhere, start) as follow:
            payload = api.ask(RECORD, input=STATUS_INPUT)["recordStatus"]
            event = follow()
            assert (event["revision"], event["action"], event["actor"]) == (REVISION + 1, "RECORDED", "Ann Example")
            assert event["subject"] == {"ref": "SVS-07", "status": "DELIVERED"}
        update = payload["statusUpdate"]

        # Sent again, as after a lost answer: the first is given back, and nothing is written.
        [problem] = api.ask(RECORD, input=STATUS_INPUT)["recordStatus"]["problems"]
        assert (problem["code"], problem["existing"]) == ("DUPLICATE", {"id": update["id"]})

        reason = "The minister took it back."
        change = {"statusUpdate": update["id"], "status": "STALLED", "reason": reason}
        correction = api.ask(CORRECT, input=change)["correctStatus"]["statusUpdate"]
        with following(elsewhere, event["cursor"]) as follow:
            assert follow()["action"] == "CORRECTED"

        before = "2026-11-22T12:00:00Z"
        result = {(day, at): state(public, day, at) for day in AS_OF for at in (before, update["recordedAt"], None)}
        unknown, alone = ("NOT_ASSESSED", "NEITHER"), "GOVERNMENT_ONLY"
        # The announcement of April 2018 is on record since the third edition.
        announced = ("ANNOUNCED", alone)
        assert [result[day, before] for day in AS_OF] == [unknown] * 3
        assert [result[day, update["recordedAt"]] for day in AS_OF] == [announced, *[("DELIVERED", alone)] * 2]
        assert [result[day, None] for day in AS_OF] == [announced, *[("STALLED", alone)] * 2]
        assert [result[day, None] for day in AS_OF] == [state(public, day, correction["recordedAt"]) for day in AS_OF]

        sixtyone(url, "export", "handed-over")
        mine = all_answers(public)

    other = engine.empty()
    sixtyone(other, "migrate")
    sixtyone(other, "seed", "handed-over")
    folder = str(tmp_path / "handed-over")
    with serving_process(tmp_path, database_url=other, data=folder, rate_per_minute="0") as successor:
        api = Api(successor.url())
        theirs = all_answers(api)
        # The log says that it came by files, and nothing else is different.
        restoration = theirs["changes"].pop()
        assert (restoration["revision"], restoration["actor"]) == (REVISION + 3, "import")
        assert restoration["summary"].startswith("Restored from files")
        assert {name for name in mine if theirs[name] != mine[name]} == {EDITION}
        # There is no token there: tokens are not part of the record.
        assert httpx.get(successor.url() + "/readyz").status_code == 200
        assert api.codes(RECORD, input=STATUS_INPUT) == ["UNAUTHENTICATED"]
        api.http.close()
    sixtyone(other, "export", "again")
    for file in sorted((tmp_path / "handed-over").iterdir()):
        again = (tmp_path / "again" / file.name).read_text()
        # Only the entry on the restore comes after what was handed over.
        assert again.startswith(file.read_text()) if file.name == "changes.yaml" else again == file.read_text()
