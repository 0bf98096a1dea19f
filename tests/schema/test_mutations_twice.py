"""Two of the same: what is sent twice, by one client or by two at once, is written once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import db.database
import db.sqlite
from db.database import Database
from schema.node import global_id
from tests.desk import Desk, desk
from tests.engines import Engine
from tests.inputs import SOUND, contents, made, mutation, opened, problems, revision, sent
from tests.server import Api

# What the second of two is told, and what is there already.
AGAIN = {
    "recordStatus": ("DUPLICATE", "StatusUpdate"),
    "correctStatus": ("DUPLICATE statusUpdate", "StatusUpdate"),
    "identifyCommitment": ("DUPLICATE commitment", global_id("Commitment", "SVS-33")),
    "addDocument": ("DUPLICATE slug", global_id("Document", "quay-letter")),
    "addEvent": ("DUPLICATE slug", global_id("Event", "quay-opens")),
    "addFund": ("DUPLICATE slug", global_id("Fund", "quay-money")),
    # A statement of a sum has no id of its own.
    "stateAmount": ("DUPLICATE", global_id("Fund", "anti-knife-crime-community-fund")),
    "allocate": ("DUPLICATE recipient", global_id("Allocation", "knifefree-campaign/all-city-media")),
    "link": ("DUPLICATE", global_id("Commitment", "SVS-21")),
    "unlink": ("NOT_FOUND", None),
    "openDiscrepancy": ("DUPLICATE slug", global_id("Discrepancy", "quay-sum")),
    "settleDiscrepancy": ("DUPLICATE foundIn", global_id("Discrepancy", "events-frequency")),
}
CLASHES: dict[str, tuple[str, dict[str, Any], str]] = {
    "an event of another title": ("addEvent", {"title": "Another"}, "CONFLICT slug"),
    "a fund of another name": ("addFund", {"name": "Another"}, "CONFLICT slug"),
    "a document of another title": ("addDocument", {"title": "Another"}, "CONFLICT slug"),
    "a document at the same address": ("addDocument", {"slug": "another"}, "DUPLICATE url"),
    "the name of a body under another slug": (
        "addDocument",
        {"slug": "another", "url": None, "via": {"slug": "other", "name": "Die Kaistraße", "kind": "MEDIA"}},
        "CONFLICT via.slug",
    ),
    "another question": ("openDiscrepancy", {"question": "Another?"}, "CONFLICT slug"),
    "another sum by the same source": ("stateAmount", {"amount": "2"}, "CONFLICT amount"),
    "another sum to the same recipient": ("allocate", {"amount": "2"}, "CONFLICT recipient"),
    "another commitment by the same slug": ("identifyCommitment", {"commitment": "SVS-34"}, "CONFLICT slug"),
    "the same statement in other words": ("recordStatus", {"note": "Otherwise."}, "DUPLICATE"),
    "another word on what was settled": ("settleDiscrepancy", {"state": "RESOLVED"}, "CONFLICT foundIn"),
}
WATCHED = """{ dataset { revision } coverage { identified } progress { counts { count } } changes { totalCount }
  documents { totalCount } funds { totalCount } events { totalCount } discrepancies { nodes { state } } }"""


@dataclass
class Written:
    """A desk at which every mutation has been made, and what each of them answered."""

    desk: Desk
    answers: dict[str, Any]
    contents: dict[str, list[str]]


@pytest.fixture(scope="module")
def written(engine: Engine, _seeded: str) -> Iterator[Written]:
    with opened(engine.copy(_seeded)) as shared:
        ids = {name: "statusUpdate { id }" for name, (_, there) in AGAIN.items() if there == "StatusUpdate"}
        answers = {name: made(shared.editor, name, ids.get(name, "")) for name in SOUND}
        yield Written(shared, answers, contents(shared.database))


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sent_twice_is_written_once_and_answered_with_what_is_there(written: Written, name: str) -> None:
    told, there = AGAIN[name]
    again = sent(written.desk.editor, name, SOUND[name])
    assert problems(again) == [told]
    existing = again["problems"][0]["existing"]
    assert (existing and existing["id"]) == (
        written.answers[name]["statusUpdate"]["id"] if there == "StatusUpdate" else there
    )
    assert contents(written.desk.database) == written.contents


@pytest.mark.parametrize("case", CLASHES)
def test_nothing_is_written_over(written: Written, case: str) -> None:
    name, changes, told = CLASHES[case]
    answer = sent(written.desk.editor, name, SOUND[name] | changes)
    assert problems(answer) == [told]
    assert answer["problems"][0]["existing"] is not None
    assert contents(written.desk.database) == written.contents


def test_what_is_there_already_can_be_asked_about_at_once(written: Written) -> None:
    query = mutation("identifyCommitment").replace(
        "existing { __typename id }", "existing { ... on Commitment { title leads { slug } status } }"
    )
    answer = written.desk.editor.ask(query, input=SOUND["identifyCommitment"])["identifyCommitment"]
    leads = [{"slug": "home-office"}, {"slug": "harbour-board"}]
    assert answer["problems"][0]["existing"] == {"title": "Mend the quay", "leads": leads, "status": "NOT_ASSESSED"}


def test_what_was_recorded_and_corrected_is_still_recorded(at_desk: Desk) -> None:
    update = made(at_desk.editor, "recordStatus", "statusUpdate { id }")["statusUpdate"]["id"]
    made(at_desk.editor, "correctStatus", statusUpdate=update)
    answer = sent(at_desk.editor, "recordStatus", SOUND["recordStatus"])
    assert answer["problems"] == [
        {
            "code": "DUPLICATE",
            "message": "This statement was recorded before, and was corrected since.",
            "path": [],
            "existing": {"__typename": "StatusUpdate", "id": update},
        }
    ]


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """What each of these returns, begun at the same moment."""
    gate = threading.Barrier(len(tasks))
    found: list[Any] = [None] * len(tasks)

    def run(number: int, task: Callable[[], Any]) -> None:
        gate.wait()
        found[number] = task()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_at_once_exactly_one_succeeds(at_desk: Desk) -> None:
    token = at_desk.editor.http.headers["authorization"].removeprefix("Bearer ")
    rivals = [at_desk.client(token) for _ in range(2)]
    for number, name in enumerate(("correctStatus", "identifyCommitment", "settleDiscrepancy", "addFund"), 2):

        def send(api: Api, name: str = name) -> Callable[[], Any]:
            return lambda: sent(api, name, SOUND[name])

        answers = at_once(*map(send, rivals))
        lost = [answer for answer in answers if answer["__typename"] == "Rejected"]
        assert [problems(answer) for answer in lost] == [[AGAIN[name][0]]]
        assert revision(at_desk.public) == number
    for rival in rivals:
        rival.http.close()


def test_many_at_once_leave_revisions_without_a_gap(at_desk: Desk) -> None:
    def add(number: int) -> Callable[[], Any]:
        return lambda: made(at_desk.editor, "addDocument", slug=f"one-{number}", url=None)["change"]["revision"]

    assert sorted(at_once(*map(add, range(8)))) == list(range(2, 10))
    assert revision(at_desk.public) == 9


def test_every_answer_that_was_kept_shows_a_change_at_once(at_desk: Desk) -> None:
    for number, name in enumerate(SOUND, 2):
        seen = [at_desk.public.ask(WATCHED) for _ in range(3)]
        assert seen == seen[:1] * 3
        made(at_desk.editor, name)
        after = at_desk.public.ask(WATCHED)
        assert (after["dataset"]["revision"], after["changes"]["totalCount"]) == (number, number)
        assert after["dataset"]["revision"] == seen[0]["dataset"]["revision"] + 1
        assert problems(sent(at_desk.editor, name, SOUND[name]))
        assert at_desk.public.ask(WATCHED) == after


@pytest.fixture
def impatient(own: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk at which nobody waits for others for longer than a moment."""
    monkeypatch.setattr(db.sqlite, "BUSY_MS", 200)
    monkeypatch.setattr(db.database, "PATIENCE", sa.text("SET LOCAL lock_timeout = 200"))
    with desk(own) as made:
        yield made


def test_who_has_waited_too_long_for_others_may_send_it_again(impatient: Desk) -> None:
    with impatient.database.transaction() as session:
        session.execute(sa.text("UPDATE dataset SET licence = licence"))
        answer = sent(impatient.editor, "addDocument", SOUND["addDocument"])
    message = "Others were writing for too long: send it again."
    assert answer["problems"] == [{"code": "CONFLICT", "message": message, "path": [], "existing": None}]
    assert made(impatient.editor, "addDocument")["change"]["revision"] == 2
