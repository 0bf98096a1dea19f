"""Answers over the whole record are kept for as long as it stays as it is, in so much memory."""

import datetime as dt
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from db import answer_cache, commitments, progress
from db.database import Database
from db.models import Commitment
from db.reader import Reader
from tests.log import add_change, begin_change
from tests.server import NOW, capture_statements

DAY = NOW.date()


@pytest.fixture
def statements() -> Iterator[list[str]]:
    with capture_statements() as statements:
        yield statements


def count(database: Database, *refs: str, revision: int | None = None) -> int:
    where = [commitments.with_ref(refs)] if refs else []
    return Reader(database, revision=revision).read_sync(progress.tally, where, DAY).total()


def rename(database: Database, ref: str) -> None:
    with database.transaction() as session:
        begin_change(session)
        session.execute(sa.update(Commitment).where(col(Commitment.ref) == ref).values(ref=f"X-{ref}"))
        add_change(session, NOW)


def test_a_question_is_asked_once_of_a_revision(seeded_database: Database, statements: list[str]) -> None:
    before = count(seeded_database, "SVS-19", "SVS-20")
    asked = len(statements)
    assert count(seeded_database, "SVS-19", "SVS-20") == before == 2
    assert len(statements) == asked


def test_another_value_or_day_or_condition_is_another_question(seeded_database: Database) -> None:
    assert count(seeded_database, "SVS-19") == 1
    assert count(seeded_database, "SVS-199") == 0
    assert count(seeded_database, "SVS-19", "SVS-20") == 2
    assert count(seeded_database) > 61
    tallies = [Reader(seeded_database).read_sync(progress.tally, [], day) for day in (dt.date(2018, 1, 1), DAY)]
    assert tallies[0] != tallies[1]


def test_a_new_revision_is_asked_anew_and_an_old_one_stays(seeded_database: Database) -> None:
    assert count(seeded_database, "SVS-19") == 1
    old = seeded_database.newest
    rename(seeded_database, "SVS-19")
    assert count(seeded_database, "SVS-19") == 0
    assert count(seeded_database, "SVS-19", revision=old) == 1
    assert count(seeded_database, "SVS-19") == 0


def test_a_revision_of_another_log_with_the_same_number_is_asked_anew(seeded_database: Database) -> None:
    place = answer_cache.Place(seeded_database.answer_cache, (4, "one instant"), 4)
    other = answer_cache.Place(seeded_database.answer_cache, (4, "another instant"), 4)
    with Session(seeded_database.engine) as session, capture_statements() as statements:
        for each in (place, place, other):
            session.info[answer_cache.PLACE] = each
            progress.tally(session, [], DAY)
    assert len(statements) == 2


def test_who_asks_at_the_same_time_waits_for_one_answer() -> None:
    answers, calls = answer_cache.AnswerCache(), []

    def ask() -> str:
        calls.append(1)
        time.sleep(0.2)
        return "answer"

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: answers.answer("key", ask), range(4))) == ["answer"] * 4
    assert len(calls) == 1


def test_a_question_that_fails_fails_for_nobody_else() -> None:
    answers = answer_cache.AnswerCache()
    with pytest.raises(ZeroDivisionError):
        answers.answer("key", lambda: 1 // 0)
    assert answers.answer("key", lambda: 1) == 1
    assert not answers.asking


def test_answers_have_so_much_room_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MOST", 100)
    monkeypatch.setattr(answer_cache, "KEY", 0)
    monkeypatch.setattr(answer_cache, "MOST_OF_ONE", 30)
    answers = answer_cache.AnswerCache()
    for number in range(20):
        answers.answer(number, lambda: list(range(9)))
        # What is asked often stays.
        answers.answer(0, list)
    assert answers.weight == 100 == 10 * len(answers.answers)
    assert 0 in answers.answers
    answers.answer("long", lambda: list(range(30)))
    assert "long" not in answers.answers
