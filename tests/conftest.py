"""The fixtures that all tests share; tests/README.md lists them."""

import gc
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
import structlog
from httpx._config import DEFAULT_TIMEOUT_CONFIG
from hypothesis import HealthCheck, settings

from api import token_uses
from db import answer_cache, line
from db.database import Database
from tests.engines import ENGINES, Engine, SQLite, build_migrated, build_seeded, seed_sqlite
from tests.inputs import VALID_INPUTS, submit_valid
from tests.optional import skip_or_fail
from tests.server import Api, serving
from tests.size import FULL
from tests.waiting import PATIENCE
from tests.writable import WritableApi, serving_copy, serving_writable

MARKERS = {
    "sqlite_only": "runs on SQLite alone: the kind of database makes no difference",
    "postgresql_only": "runs on PostgreSQL alone",
    "postgresql_in_full": "runs on PostgreSQL too where SIXTYONE_TEST_SIZE=full",
}
# Fixtures to which no test writes.
READERS = {"api_readonly", "api_with_changes_shared"}


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")
    # A busy machine may take long for anything, and a fixture of ours is the same for all examples.
    settings.register_profile(
        "busy", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    settings.load_profile("busy")
    # Five seconds otherwise, in which a server on a busy machine may not have answered.
    DEFAULT_TIMEOUT_CONFIG.connect = DEFAULT_TIMEOUT_CONFIG.read = DEFAULT_TIMEOUT_CONFIG.write = PATIENCE


def pytest_report_header() -> str:
    return f"size: {'full' if FULL else 'small; what only reads runs on SQLite alone (SIXTYONE_TEST_SIZE=full)'}"


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end. A full collection of garbage that looked at all of it took
    seconds, in which the server of a test answered nothing."""
    gc.collect()
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test that needs a database on each engine that it is for."""
    if "engine" not in metafunc.fixturenames:
        return
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    reads = "postgresql_in_full" in marks or READERS & {*metafunc.fixturenames}
    names = list(ENGINES)
    if "postgresql_only" in marks:
        names = ["postgresql"]
    elif "sqlite_only" in marks or (reads and not FULL):
        names = ["sqlite"]
    metafunc.parametrize("engine", names, indirect=True, scope="session")


@pytest.fixture(scope="module", autouse=True)
def _garbage() -> Iterator[None]:
    """What is left of a module is looked at once, and not by each collection in the modules after it."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture(scope="session", autouse=True)
def _patient() -> None:
    """What is asked once more because the machine is busy, or written after a minute, is no statement of a test."""
    line.PATIENCE = PATIENCE
    token_uses.PAUSE = 3_600


@pytest.fixture
def _quiet_again() -> Iterator[None]:
    """Restores silence after a test that runs `serve` in this process, which configures the log."""
    handlers = logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = handlers
    structlog.reset_defaults()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture(scope="session")
def _engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    """Starts an engine once, although a worker may change between the two several times."""
    with ExitStack() as stack:

        @cache
        def start(name: str) -> Engine:
            engine = ENGINES[name](tmp_path_factory.mktemp(name))
            stack.callback(engine.close)
            return engine

        yield start


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, _engines: Callable[[str], Engine]) -> Engine:
    """Makes and copies databases of one kind."""
    return _engines(request.param)


# Each is built once for an engine, for the same reason.
_build_migrated = cache(build_migrated)
_build_seeded = cache(build_seeded)


@cache
def _build_changes(engine: Engine) -> str:
    url = engine.copy(_build_seeded(engine))
    with serving_copy(url) as api:
        for name in VALID_INPUTS:
            submit_valid(api.editor, name)
    return url


@pytest.fixture(scope="session")
def migrated_template(engine: Engine) -> str:
    """The address of a database with tables and no rows, to be copied and never opened."""
    return _build_migrated(engine)


@pytest.fixture(scope="session")
def seeded_template(engine: Engine) -> str:
    """The address of a database with our data, to be copied and never opened."""
    return _build_seeded(engine)


@pytest.fixture(scope="session")
def changes_template(engine: Engine) -> str:
    """The same with one change of every kind, by an editor, to be copied and never opened."""
    return _build_changes(engine)


@pytest.fixture
def empty_database(engine: Engine, migrated_template: str) -> Iterator[Database]:
    """Tables and no rows."""
    database = Database(engine.copy(migrated_template))
    yield database
    database.close()


@pytest.fixture
def seeded_database(engine: Engine, seeded_template: str) -> Iterator[Database]:
    """Our data."""
    database = Database(engine.copy(seeded_template))
    yield database
    database.close()


@pytest.fixture
def no_answer_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Queries and pages have questions in common: each is asked as if it were the first."""
    monkeypatch.setattr(answer_cache, "MOST_OF_ONE", 0)


@pytest.fixture(scope="session")
def api_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The application on our data in SQLite."""
    with serving(seed_sqlite(tmp_path_factory.mktemp("api"))) as api:
        yield api


@pytest.fixture(scope="session")
def api_readonly(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Api]:
    """The application on our data."""
    if isinstance(engine, SQLite):
        yield request.getfixturevalue("api_sqlite")
    else:
        with serving(engine.copy(request.getfixturevalue("seeded_template"))) as api:
            yield api


@pytest.fixture
def api_writable(seeded_database: Database) -> Iterator[WritableApi]:
    """The application on our data, with clients of every right."""
    with serving_writable(seeded_database) as api:
        yield api


@pytest.fixture(scope="module")
def api_shared(engine: Engine, seeded_template: str) -> Iterator[WritableApi]:
    """The same for all tests of a module: each looks only at what it writes itself, or writes nothing."""
    with serving_copy(engine.copy(seeded_template)) as api:
        yield api


@pytest.fixture(scope="session")
def documents_folder() -> Path:
    """The seed documents, which are not in this repository."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("SIXTYONE_TEST_DOCUMENTS", root.parent / "shared" / "documents"))
    if not folder.is_dir():
        skip_or_fail("the seed documents are not at hand")
    return folder
