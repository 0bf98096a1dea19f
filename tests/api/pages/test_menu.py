"""Every kind of page can be reached from every page, an error page included."""

import pytest

from api.pages.routes import PAGES as ROUTES
from tests.api.pages.reading import DATA, PAGES, read
from tests.server import Api

LISTS = {path for path in ROUTES if "{" not in path}


@pytest.mark.parametrize("path", [*PAGES, DATA])
def test_every_page_leads_to_every_list(api_sqlite: Api, path: str) -> None:
    assert set(read(api_sqlite, path).links) >= LISTS


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/commitments/SVS-99", 404), ("/?asOf=x", 400)])
def test_an_error_page_has_the_menu(api_sqlite: Api, path: str, status: int) -> None:
    assert set(read(api_sqlite, path, status).links) >= LISTS - {"/changes"}


@pytest.mark.parametrize("path", sorted(LISTS - {"/", "/changes"}))
def test_the_menu_marks_the_page_that_is_shown(api_sqlite: Api, path: str) -> None:
    marked = [link["href"] for link in read(api_sqlite, path).all("a") if "aria-current" in link]
    assert marked == [path]
