import datetime as dt
import logging
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import structlog

from db import migrate
from db.database import Database
from seeds import loader
from tests.desk import Desk, desk
from tests.engines import Engine, PostgreSQL, SQLite, filled, migrated
from tests.server import Api, serving

LOADED_AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
# In CI nothing is optional.
REQUIRE_ALL = bool(os.environ.get("SIXTYONE_REQUIRE_ALL"))


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture
def _quiet_again() -> Iterator[None]:
    """For a test that runs `serve` in this process, which would log from then on to where nobody reads."""
    handlers = logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = handlers
    structlog.reset_defaults()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture(scope="session", params=[SQLite, PostgreSQL], ids=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made: Engine = request.param(tmp_path_factory.mktemp(request.param.__name__.lower()))
    yield made
    made.close()


@pytest.fixture(scope="session")
def _migrated(engine: Engine) -> str:
    return migrated(engine)


@pytest.fixture(scope="session")
def _seeded(engine: Engine) -> str:
    return filled(engine, migrate.upgrade, partial(loader.load, now=LOADED_AT))


@pytest.fixture
def database(engine: Engine, _migrated: str) -> Iterator[Database]:
    """A database of one's own: the tables, and no rows."""
    made = Database(engine.copy(_migrated))
    yield made
    made.close()


@pytest.fixture
def own(engine: Engine, _seeded: str) -> Iterator[Database]:
    """A database of one's own with our data."""
    made = Database(engine.copy(_seeded))
    yield made
    made.close()


@pytest.fixture(scope="session")
def api(engine: Engine, _seeded: str) -> Iterator[Api]:
    """The application on our data, to be read only: all tests share it."""
    with serving(engine.copy(_seeded)) as client:
        yield client


@pytest.fixture
def at_desk(own: Database) -> Iterator[Desk]:
    """The application on our data, to be written to, with clients of every right."""
    with desk(own) as made:
        yield made


@pytest.fixture(scope="session")
def documents() -> Path:
    """The seed documents, which are not in this repository."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("SIXTYONE_DOCUMENTS", root.parent / "shared" / "documents"))
    if not folder.is_dir():
        optional("the seed documents are not at hand")
    return folder


def optional(reason: str) -> None:
    """Skips what this machine lacks; in CI nothing may be lacking."""
    (pytest.fail if REQUIRE_ALL else pytest.skip)(reason)
