"""What readers saw at a revision is what they see later, whatever was changed since, here and in a copy."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from db import migrate
from db.database import Database
from seeds import export, loader
from tests.engines import Engine, build_database
from tests.inputs import revision
from tests.pasts import read_all
from tests.server import Api
from tests.size import sized
from tests.steps import KINDS, WORDS, History, Step
from tests.writable import serving_copy

loads = some.frozensets(some.integers(0, len(WORDS) - 1), min_size=1)
# Not of SQL, which may leave what no file can say, such as a list that begins with its sixth person.
steps = some.one_of(loads, *[some.tuples(some.integers(0, KINDS - 1), some.integers(0, 9))] * 3)


@pytest.fixture(scope="module")
def loaded_template(engine: Engine, tmp_path_factory: pytest.TempPathFactory, migrated_template: str) -> str:
    url, folder = engine.copy(migrated_template), tmp_path_factory.mktemp("files")
    database = Database(url)
    History(database, folder).load(frozenset())
    database.close()
    return url


# Without shrinking, which takes as long as all examples for each step that it leaves out.
@pytest.mark.sqlite_only
@given(history=some.lists(steps, min_size=2, max_size=sized(4, 3)))
# The first is the plainest, which is two equal loads.
@settings(max_examples=2, phases=[Phase.generate])
def test_every_revision_is_shown_as_it_was_shown_then(
    engine: Engine, loaded_template: str, tmp_path: Path, history: list[Step]
) -> None:
    with serving_copy(engine.copy(loaded_template), answers_bytes=0) as api:
        at = History(api.database, tmp_path)
        api.clock.now = at.clock.now
        seen = {1: read_all(api.public, 1)}
        for step in history:
            if at.take(step):
                api.clock.now = at.clock.now
                latest = revision(api.public)
                seen[latest] = read_all(api.public, latest)
        assert_same(api.public, seen)
        for path in tmp_path.iterdir():
            path.unlink()
        list(export.export(api.database, tmp_path))
    copy = build_database(engine, migrate.upgrade, lambda database: loader.load(database, tmp_path, now=api.clock.now))
    with serving_copy(copy, answers_bytes=0) as elsewhere:
        elsewhere.clock.now = api.clock.now
        assert_same(elsewhere.public, seen)


def assert_same(api: Api, seen: dict[int, dict[str, Any]]) -> None:
    for number, before in seen.items():
        now = read_all(api, number)
        assert now.keys() == before.keys()
        for question, answer in before.items():
            assert now[question] == answer, (number, question)
