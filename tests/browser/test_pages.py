from pathlib import Path

import pytest

from api.settings import Settings
from db.database import Database
from tests.api.pages.hostile import spoil
from tests.conformance.node import run, run_at
from tests.engines import url_of
from tests.server import Api, serving
from tests.writable import WritableApi, serving_writable

HERE = Path(__file__).resolve().parent
pytestmark = [pytest.mark.usefixtures("chromium"), pytest.mark.sqlite_only]


@pytest.mark.parametrize("script", ["story", "graphiql"])
def test_pages_work_on_a_phone_and_on_a_desk(script: str, api_writable: WritableApi) -> None:
    run_at(api_writable, HERE / f"{script}.mjs")


def test_readers_find_what_they_came_for_in_three_clicks(api_sqlite: Api) -> None:
    run(HERE / "tasks.mjs", url=str(api_sqlite.http.base_url).rstrip("/"))


def test_a_page_from_elsewhere_follows_writes_with_a_token_and_knows_when_to_come_back(
    seeded_database: Database,
) -> None:
    budget = Settings.model_fields["rate_per_minute"].default
    with serving_writable(seeded_database, rate_per_minute=budget) as api:
        run_at(api, HERE / "elsewhere.mjs")


@pytest.mark.parametrize("script", ["html", "looks", "axe", "keyboard", "policy", "frames"])
def test_every_page_is_accessible(script: str, api_sqlite: Api) -> None:
    run(HERE / f"{script}.mjs", url=str(api_sqlite.http.base_url).rstrip("/"))


@pytest.mark.parametrize("script", ["hostile", "html"])
def test_no_text_of_the_record_does_harm(script: str, seeded_database: Database) -> None:
    spoil(seeded_database)
    with serving(url_of(seeded_database)) as api:
        run(HERE / f"{script}.mjs", url=str(api.http.base_url).rstrip("/"))
