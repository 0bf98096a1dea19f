"""Two of the same: what is sent twice, by one client or by two at once, is written once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import db.postgresql
import db.sqlite
from db.database import Database
from schema.node import global_id
from tests.engines import REVISION
from tests.inputs import EVERY_INPUT, all_rows, mutation, problems, revision, submit, submit_valid
from tests.server import Api
from tests.writable import WritableApi, serving_writable

# What a mutation creates under an id that is not told here: its type, and the field of the answer.
CREATED = {"StatusUpdate": "statusUpdate", "AmountStatement": "amountStatement"}
# The problem of the second of two mutations, and the existing row.
AGAIN = {
    "recordStatus": ("DUPLICATE", "StatusUpdate"),
    "correctStatus": ("DUPLICATE statusUpdate", "StatusUpdate"),
    "identifyCommitment": ("DUPLICATE commitment", global_id("Commitment", "SVS-35")),
    "addDocument": ("DUPLICATE slug", global_id("Document", "quay-letter")),
    "addEvent": ("DUPLICATE slug", global_id("Event", "quay-opens")),
    "addFund": ("DUPLICATE slug", global_id("Fund", "quay-money")),
    "stateAmount": ("DUPLICATE", "AmountStatement"),
    "allocate": ("DUPLICATE recipient", global_id("Allocation", "knifefree-campaign/all-city-media")),
    "link": ("DUPLICATE", global_id("Commitment", "SVS-21")),
    "unlink": ("NOT_FOUND", None),
    "openDiscrepancy": ("DUPLICATE slug", global_id("Discrepancy", "quay-sum")),
    "settleDiscrepancy": ("DUPLICATE foundIn", global_id("Discrepancy", "events-frequency")),
    "correctCommitment": ("DUPLICATE", global_id("Commitment", "SVS-24")),
    "correctFund": ("DUPLICATE", global_id("Fund", "supporting-families-trauma-training")),
    "correctAmount": ("DUPLICATE", EVERY_INPUT["correctAmount"]["amountStatement"]),
    "correctAllocation": ("DUPLICATE", EVERY_INPUT["correctAllocation"]["allocation"]),
    "correctEvent": ("DUPLICATE", global_id("Event", "weapons-bill-announced-2018")),
    "correctDocument": ("DUPLICATE", global_id("Document", "lga-case-management")),
    "correctOrganisation": ("DUPLICATE", global_id("Organisation", "national-trading-standards")),
    "correctPerson": ("DUPLICATE", global_id("Person", "vera-baird")),
    "correctCitation": ("DUPLICATE", EVERY_INPUT["correctCitation"]["citation"]),
    "correctDiscrepancy": ("DUPLICATE", global_id("Discrepancy", "avon-somerset-unit")),
    "reopenDiscrepancy": ("DUPLICATE discrepancy", global_id("Discrepancy", "social-media-hub-amount")),
    "withdrawIdentification": ("NOT_FOUND commitment", global_id("Commitment", "SVS-22")),
    "withdrawStatus": ("NOT_FOUND statusUpdate", None),
    "withdrawFund": ("NOT_FOUND fund", None),
    "withdrawAmount": ("NOT_FOUND amountStatement", None),
    "withdrawAllocation": ("NOT_FOUND allocation", None),
    "withdrawEvent": ("NOT_FOUND event", None),
    "withdrawCitation": ("NOT_FOUND citation", None),
    "withdrawDiscrepancy": ("NOT_FOUND discrepancy", None),
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
    "another commitment by the same slug": ("identifyCommitment", {"commitment": "SVS-36"}, "CONFLICT slug"),
    "the same statement in other words": ("recordStatus", {"note": "Otherwise."}, "DUPLICATE"),
    "another word on what was settled": ("settleDiscrepancy", {"state": "RESOLVED"}, "CONFLICT foundIn"),
}
SUMMARY = """{ dataset { revision } coverage { identified } progress { counts { count } } changes { totalCount }
  documents { totalCount } funds { totalCount } events { totalCount } discrepancies { nodes { state } } }"""


@dataclass
class FirstRound:
    """An application to which every mutation was sent once, the answers, and the rows of the database after them."""

    api: WritableApi
    answers: dict[str, Any]
    rows: dict[str, list[str]]


@pytest.fixture(scope="module")
def first_round(api_shared: WritableApi) -> FirstRound:
    ids = {name: f"{CREATED[existing]} {{ id }}" for name, (_, existing) in AGAIN.items() if existing in CREATED}
    answers = {name: submit_valid(api_shared.editor, name, ids.get(name, "")) for name in EVERY_INPUT}
    return FirstRound(api_shared, answers, all_rows(api_shared.database))


@pytest.mark.parametrize("name", EVERY_INPUT)
def test_a_repeated_mutation_is_rejected_with_the_existing_row(first_round: FirstRound, name: str) -> None:
    problem, there = AGAIN[name]
    again = submit(first_round.api.editor, name, EVERY_INPUT[name])
    assert problems(again) == [problem]
    existing = again["problems"][0]["existing"]
    expected = first_round.answers[name][CREATED[there]]["id"] if there in CREATED else there
    assert (existing and existing["id"]) == expected
    assert all_rows(first_round.api.database) == first_round.rows


@pytest.mark.parametrize("case", CLASHES)
def test_nothing_is_written_over(first_round: FirstRound, case: str) -> None:
    name, changes, problem = CLASHES[case]
    answer = submit(first_round.api.editor, name, EVERY_INPUT[name] | changes)
    assert problems(answer) == [problem]
    assert answer["problems"][0]["existing"] is not None
    assert all_rows(first_round.api.database) == first_round.rows


def test_the_existing_row_can_be_selected_in_the_same_request(first_round: FirstRound) -> None:
    query = mutation("identifyCommitment").replace(
        "existing { __typename id }", "existing { ... on Commitment { title leads { slug } status } }"
    )
    answer = first_round.api.editor.ask(query, input=EVERY_INPUT["identifyCommitment"])["identifyCommitment"]
    leads = [{"slug": "home-office"}, {"slug": "harbour-board"}]
    assert answer["problems"][0]["existing"] == {"title": "Mend the quay", "leads": leads, "status": "NOT_ASSESSED"}


def test_a_corrected_statement_stays_recorded(api_writable: WritableApi) -> None:
    update = submit_valid(api_writable.editor, "recordStatus", "statusUpdate { id }")["statusUpdate"]["id"]
    submit_valid(api_writable.editor, "correctStatus", statusUpdate=update)
    answer = submit(api_writable.editor, "recordStatus", EVERY_INPUT["recordStatus"])
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
    actual: list[Any] = [None] * len(tasks)

    def run(number: int, task: Callable[[], Any]) -> None:
        gate.wait()
        actual[number] = task()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return actual


def test_of_two_at_once_exactly_one_succeeds(api_writable: WritableApi) -> None:
    token = api_writable.editor.http.headers["authorization"].removeprefix("Bearer ")
    rivals = [api_writable.client(token) for _ in range(2)]
    for number, name in enumerate(
        ("correctStatus", "identifyCommitment", "settleDiscrepancy", "addFund"), REVISION + 1
    ):

        def send(api: Api, name: str = name) -> Callable[[], Any]:
            return lambda: submit(api, name, EVERY_INPUT[name])

        answers = at_once(*map(send, rivals))
        rejections = [answer for answer in answers if answer["__typename"] == "Rejected"]
        assert [problems(answer) for answer in rejections] == [[AGAIN[name][0]]]
        assert revision(api_writable.public) == number
    for rival in rivals:
        rival.http.close()


def test_many_at_once_leave_revisions_without_a_gap(api_writable: WritableApi) -> None:
    def add(number: int) -> Callable[[], Any]:
        return lambda: submit_valid(api_writable.editor, "addDocument", slug=f"one-{number}", url=None)["change"][
            "revision"
        ]

    assert sorted(at_once(*map(add, range(8)))) == list(range(REVISION + 1, REVISION + 9))
    assert revision(api_writable.public) == REVISION + 8


def test_every_answer_that_was_kept_shows_a_change_at_once(api_writable: WritableApi) -> None:
    for number, name in enumerate(EVERY_INPUT, REVISION + 1):
        before = [api_writable.public.ask(SUMMARY) for _ in range(3)]
        assert before == before[:1] * 3
        submit_valid(api_writable.editor, name)
        after = api_writable.public.ask(SUMMARY)
        assert (after["dataset"]["revision"], after["changes"]["totalCount"]) == (number, number)
        assert after["dataset"]["revision"] == before[0]["dataset"]["revision"] + 1
        assert problems(submit(api_writable.editor, name, EVERY_INPUT[name]))
        assert api_writable.public.ask(SUMMARY) == after


@pytest.fixture
def api_impatient(seeded_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[WritableApi]:
    """The application with a short wait for the lock of the writer."""
    monkeypatch.setattr(db.sqlite, "BUSY_MS", 200)
    monkeypatch.setattr(db.postgresql, "REQUEST", db.postgresql.begin(db.postgresql.BEGIN, lock_timeout=200))
    with serving_writable(seeded_database) as api:
        yield api


def test_a_mutation_that_waited_too_long_may_be_sent_again(api_impatient: WritableApi) -> None:
    with api_impatient.database.transaction() as session:
        session.execute(sa.text("UPDATE dataset SET licence = licence"))
        answer = submit(api_impatient.editor, "addDocument", EVERY_INPUT["addDocument"])
    message = "Others were writing for too long: send it again."
    assert answer["problems"] == [{"code": "CONFLICT", "message": message, "path": [], "existing": None}]
    assert submit_valid(api_impatient.editor, "addDocument")["change"]["revision"] == REVISION + 1
