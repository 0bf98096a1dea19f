"""The words of a row, their index, and what is looked at where very many rows have a word."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from db.database import Database
from db.models import Event
from db.search.find import FIRST_LOOK, find, question_words
from db.text import fold, index_words, split_words
from db.vocabulary import EventKind, SearchKind
from tests.index import check_index
from tests.log import add_change, begin_change
from tests.server import NOW

WORDS = {
    "A&E, and a & e": ["a&e", "and", "a&e"],
    "£100 million, £100million, £100m": ["100m", "100m", "100m"],
    "£1,479,306.16 of £1.2bn or 1.2 billion": ["1479306.16", "of", "1.2bn", "or", "1.2bn"],
    "children\u2019s (under-18s) 2018\u201319": ["childrens", "under", "18s", "2018", "19"],
    "50% … “x”_y —": ["50", "x", "y"],
    "Llŷn": ["llŷn"],
    "🙂 \u0301 ''": [],
    "x" * 61: ["x" * 60],
}


@pytest.mark.parametrize("text", WORDS)
def test_text_has_these_words(text: str) -> None:
    assert split_words(fold(text)) == WORDS[text]


def test_the_words_of_the_first_text_are_marked_and_all_are_there_once() -> None:
    assert index_words(["Knife Llŷn", None, "knife crime"]) == " =knife =llŷn =llyn knife llŷn llyn crime "
    assert index_words([None, ""]) == ""


def test_words_of_a_question_are_different_and_say_what_it_is_about() -> None:
    assert question_words("How much KNIFE, and the knife crime?") == ["knife", "crime"]
    assert question_words("what is it") == ["what", "is", "it"]


@pytest.mark.sqlite_only
def test_the_index_outlives_a_vacuum(seeded_database: Database) -> None:
    with seeded_database.transaction() as session:
        session.execute(sa.text("DELETE FROM event_host"))
        session.execute(sa.text("DELETE FROM participant WHERE id < 10"))
    with closing(sqlite3.connect(str(seeded_database.engine.url.database))) as file:
        file.execute("VACUUM")
    check_index(seeded_database)


@pytest.fixture
def crowded_database(seeded_database: Database) -> Database:
    """Very many events with two words, and one of them with a third."""
    with seeded_database.transaction() as session:
        begin_change(session)
        titles = [*(f"Quay talks {number}" for number in range(3 * FIRST_LOOK)), "Quay talks with a zebra"]
        session.add_all(
            Event(slug=f"quay-{place}", title=title, kind=EventKind.OTHER, date_note="-")
            for place, title in enumerate(titles)
        )
        add_change(session, NOW)
    return seeded_database


def test_a_rare_word_is_found_among_very_many_rows_with_the_others(crowded_database: Database) -> None:
    result = crowded_database.read_sync(find, ["quay", "nowhere", "zebra", "talks"])
    assert result.unknown == ["nowhere"]
    events = next(group for group in result.groups if group.kind is SearchKind.EVENT)
    assert result.groups[0] is events
    with crowded_database.engine.connect() as connection:
        zebra = connection.exec_driver_sql("SELECT MAX(id) FROM event").scalar_one()
    assert events.ids[0] == zebra
    # That there are more is said, and not all of them are looked at.
    assert FIRST_LOOK <= len(events.ids) < 3 * FIRST_LOOK
    assert not events.is_complete


def test_a_count_is_complete_where_all_were_looked_at(crowded_database: Database) -> None:
    [first, *others] = crowded_database.read_sync(find, ["zebra"]).groups
    assert (first.kind, len(first.ids), first.is_complete) == (SearchKind.EVENT, 1, True)
    assert not any(group.ids for group in others)
