"""Random histories of loads, changes of every kind and SQL: the past at every revision is as it was read."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from db.database import Database
from tests.engines import Engine, url_of
from tests.past import Record, check_past, differences, record_at
from tests.size import sized
from tests.steps import KINDS, SQL, WORDS, History, Step

KILLS = sized(3, 2)
loads = some.frozensets(some.integers(0, len(WORDS) - 1))
steps = some.one_of(loads, some.tuples(some.integers(0, KINDS - 1), some.integers(0, 9)), some.sampled_from(SQL))


@pytest.fixture(scope="module")
def loaded_template(engine: Engine, tmp_path_factory: pytest.TempPathFactory, migrated_template: str) -> str:
    url, folder = engine.copy(migrated_template), tmp_path_factory.mktemp("files")
    database = Database(url)
    History(database, folder).load(frozenset())
    database.close()
    return url


@contextmanager
def new_history(engine: Engine, template: str, folder: Path) -> Iterator[History]:
    database = Database(engine.copy(template))
    yield History(database, folder)
    database.close()


@given(history=some.lists(steps, min_size=4, max_size=12))
@settings(max_examples=sized(8, 4))
def test_the_past_is_as_it_was_read(engine: Engine, loaded_template: str, tmp_path: Path, history: list[Step]) -> None:
    with new_history(engine, loaded_template, tmp_path) as at:
        states: dict[int, Record] = {}
        for step in history:
            if at.take(step):
                state = record_at(at.database)
                states[state["Dataset"]["revision"]] = state
        actual = [record_at(at.database, revision) for revision in states]
        assert differences(actual, [*states.values()]) == {}
        check_past(at.database)


def test_a_mutation_of_every_kind_can_be_made(engine: Engine, loaded_template: str, tmp_path: Path) -> None:
    """Or the histories would be of less than they say."""
    with new_history(engine, loaded_template, tmp_path) as at:
        unmade = [kind for kind in range(KINDS) if not any(at.take((kind, place)) for place in range(10))]
        assert unmade == []


def test_a_writer_that_is_killed_leaves_no_version_without_its_change(
    engine: Engine, loaded_template: str, tmp_path: Path
) -> None:
    """In the midst of loads, corrections and withdrawals."""
    with new_history(engine, loaded_template, tmp_path) as at:
        address = url_of(at.database)
        states = {1: record_at(at.database)}
        for number in range(1, KILLS + 1):
            command = [sys.executable, "-m", "tests.steps", address, str(tmp_path), str(number)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
                assert writer.stdout
                assert next(line for line in writer.stdout if line == "True\n")
                time.sleep(random.uniform(0, 0.3))
                writer.kill()
            state = record_at(at.database)
            states[state["Dataset"]["revision"]] = state
            check_past(at.database)
        assert len(states) > 1
        actual = [record_at(at.database, revision) for revision in states]
        assert differences(actual, [*states.values()]) == {}
