"""An old strategy has a first page, too."""

import datetime as dt

import pytest
from sqlmodel import select

from db.database import Database
from db.fields import EARLIEST_YEAR
from db.models import Strategy
from tests.engines import url_of
from tests.server import serving

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize("year", [EARLIEST_YEAR, 1950])
def test_an_old_strategy_has_a_first_page(seeded_database: Database, year: int) -> None:
    with seeded_database.transaction() as session:
        session.exec(select(Strategy)).one().published_on = dt.date(year, 1, 1)
    with serving(url_of(seeded_database)) as api:
        assert api.http.get("/").status_code == 200
