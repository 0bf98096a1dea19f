import datetime as dt

import sqlalchemy as sa
from sqlmodel import col

from db import progress
from db.database import Database
from db.models import Citation, Commitment, Event, Fund, metadata
from db.search import find
from db.vocabulary import CommitmentOrigin, EventKind, SearchKind
from seeds import loader
from tests.engines import url_of
from tests.index import check_index
from tests.scale import COMMON_TABLES, multiply
from tests.server import NOW, serving

OWN = [col(Commitment.origin) == CommitmentOrigin.STRATEGY]


def sizes(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        count = sa.select(sa.func.count())
        return {t.name: connection.execute(count.select_from(t)).scalar_one() for t in metadata.sorted_tables}


def test_every_table_but_the_common_ones_has_three_times_the_rows(seeded_database: Database) -> None:
    before = sizes(seeded_database)
    multiply(seeded_database, 3)
    growth = {"change": 1, "change_node": 1}
    with seeded_database.engine.connect() as connection:
        subjects = (Citation.strategy_id, Citation.area_id, Citation.term_id)
        has_no_copy = sa.or_(*(col(subject).is_not(None) for subject in subjects))
        single = connection.execute(sa.select(sa.func.count()).select_from(Citation).where(has_no_copy)).scalar_one()
    assert single
    assert sizes(seeded_database) == {
        **{name: number * 3 for name, number in before.items()},
        **{name: before[name] + growth.get(name, 0) for name in COMMON_TABLES},
        "citation": (before["citation"] - single) * 3 + single,
    }


def test_the_index_of_words_has_the_copies(seeded_database: Database) -> None:
    multiply(seeded_database, 3)
    check_index(seeded_database)
    found = seeded_database.read_sync(find.find, ["baird"])
    people = next(group for group in found.groups if group.kind is SearchKind.PERSON)
    assert len(people.ids) == 3


def test_copies_keep_the_constraints(seeded_database: Database) -> None:
    multiply(seeded_database, 3)
    if seeded_database.is_sqlite:
        # Foreign keys are checked in another place than everything else.
        with seeded_database.engine.connect() as connection:
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(sa.text("PRAGMA integrity_check")).all() == [("ok",)]
    with seeded_database.transaction() as session:
        # The next ids are free.
        session.add_all(
            [Fund(slug="next", name="Next"), Event(slug="next", title="Next", kind=EventKind.OTHER, date_note="-")]
        )


def test_copies_stand_where_the_originals_stand(seeded_database: Database) -> None:
    day = NOW.date()
    original = seeded_database.read_sync(progress.tally, OWN, day)
    multiply(seeded_database, 3)
    assert seeded_database.read_sync(progress.tally, OWN, day) == {
        group: number * 3 for group, number in original.items()
    }


def test_copies_are_related_to_copies_of_the_same_round(seeded_database: Database) -> None:
    multiply(seeded_database, 3)
    query = """
        query ($ref: String!) {
          commitment(ref: $ref) {
            theme { slug } leads { slug } events { slug commitments { ref } } funds { slug parent { slug } }
            citations { document { slug } } status
          }
        }
    """
    url = url_of(seeded_database)
    with serving(url) as api:
        original, copy = (api.ask(query, ref=ref)["commitment"] for ref in ("SVS-10", "x2-SVS-10"))
        first = api.ask("{ commitments { totalCount nodes { ref } } }")["commitments"]
    for events in original["events"]:
        events["slug"] = "x2-" + events["slug"]
        for commitment in events["commitments"]:
            commitment["ref"] = "x2-" + commitment["ref"]
    for fund in original["funds"]:
        fund["slug"] = "x2-" + fund["slug"]
        fund["parent"]["slug"] = "x2-" + fund["parent"]["slug"]
    assert original["events"]
    assert original["funds"]
    assert copy == original
    assert first["totalCount"] == 183
    assert [node["ref"] for node in first["nodes"][:61]] == [f"SVS-{number:02}" for number in range(1, 62)]


def test_a_load_leaves_copies_alone(seeded_database: Database) -> None:
    multiply(seeded_database, 3)
    assert not loader.load(seeded_database, now=dt.datetime(2027, 1, 1, tzinfo=dt.UTC)).has_changes
