"""/healthz answers while the process runs; /readyz says whether it can serve, or why not."""

from importlib.metadata import version
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import versions
from db.database import Database
from schema.errors import UNAVAILABLE_MESSAGE
from tests.engines import Engine, PostgreSQL, url_of
from tests.server import Api, serving

pytestmark = pytest.mark.postgresql_in_full

ALIVE = {"status": "alive", "version": version("sixty-one"), "client": "127.0.0.1"}
OTHER_TABLES = "The tables are not those of this version: run `sixtyone migrate`."
NO_DATA = "No data is loaded: run `sixtyone seed`."
REASON = "The database does not answer."


def not_ready(api: Api) -> str:
    """Why it is not ready; it is alive all the same."""
    alive, ready = api.http.get("/healthz"), api.http.get("/readyz")
    assert (alive.status_code, alive.json()) == (200, ALIVE)
    assert ready.status_code == 503
    body = ready.json()
    assert body.pop("status") == "not ready"
    reason: str = body.pop("reason")
    assert body == {}
    return reason


def test_with_our_data_it_is_alive_and_ready(api_readonly: Api) -> None:
    alive, ready = api_readonly.http.get("/healthz"), api_readonly.http.get("/readyz")
    assert (alive.status_code, alive.json()) == (200, ALIVE)
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


def test_without_tables_it_is_not_ready(engine: Engine) -> None:
    with serving(engine.empty()) as api:
        assert not_ready(api) == OTHER_TABLES


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", OTHER_TABLES),
        (
            "UPDATE alembic_version SET version_num = '9999'",
            f"The tables are of a newer version than this one (9999, not {versions.LATEST}): run the newer version.",
        ),
        (
            "UPDATE alembic_version SET version_num = 'ae1027a6acf'",
            "The tables are of a version that is not known here (ae1027a6acf): take a database of its own.",
        ),
        ("DELETE FROM alembic_version", "The database holds tables of others (allocation): take one of its own."),
    ],
)
def test_with_the_tables_of_another_version_it_is_not_ready(
    seeded_database: Database, version: str, reason: str
) -> None:
    with seeded_database.transaction() as session:
        session.connection().execute(sa.text(version))
    with serving(url_of(seeded_database)) as api:
        assert not_ready(api) == reason


def test_without_data_it_is_not_ready(empty_database: Database) -> None:
    with serving(url_of(empty_database)) as api:
        assert not_ready(api) == NO_DATA


def test_without_a_database_it_is_alive_and_not_ready(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/nowhere/x.db") as api:
        assert not_ready(api) == REASON


def test_when_its_database_goes_away_it_says_so_and_masks_why(seeded_database: Database, engine: Engine) -> None:
    with serving(url_of(seeded_database)) as api:
        assert api.http.get("/readyz").status_code == 200
        seeded_database.close()
        destroy(seeded_database, engine)
        assert not_ready(api) == REASON
        answer = api.send("{ dataset { revision } }").json()
    [error] = answer["errors"]
    assert (error["message"], error["extensions"]) == (UNAVAILABLE_MESSAGE, {"code": "UNAVAILABLE"})


def destroy(database: Database, engine: Engine) -> None:
    name = database.engine.url.database
    assert name
    if isinstance(engine, PostgreSQL):
        with engine.admin.connect() as connection:
            # Dropping it would write everything to disk first.
            connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
            terminate = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
            connection.execute(terminate, {"name": name})
        return
    for file in Path(name).parent.glob(f"{Path(name).name}*"):
        file.write_bytes(b"this was a database" * 1_000)
