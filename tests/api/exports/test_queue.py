"""One client that asks for many files at once does not take the places of all others."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from api import file_cache
from db.database import Database
from tests.engines import url_of
from tests.server import serving

pytestmark = pytest.mark.postgresql_in_full


def test_one_client_has_so_many_places(seeded_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_cache, "MAX_OF_CLIENT", 1)
    url = url_of(seeded_database)
    with serving(url, rate_per_minute=10_000_000, rate_burst=10_000_000) as api, ThreadPoolExecutor(9) as threads:

        def ask(client: str) -> httpx.Response:
            address = f"{api.http.base_url}/data/sixty-one.xlsx"
            return httpx.get(address, headers={"x-forwarded-for": client}, timeout=30)

        futures = [threads.submit(ask, "192.0.2.1") for _ in range(8)] + [threads.submit(ask, "192.0.2.2")]
        *answers, other = (each.result() for each in futures)
        statuses = [answer.status_code for answer in answers]
        assert set(statuses) == {200, 429}
        assert {answer.headers.get("retry-after") for answer in answers} == {None, "30"}
        assert other.status_code == 200
        # The place is free again when the file is made.
        assert ask("192.0.2.1").status_code == 200
