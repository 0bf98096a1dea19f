"""Every kind of page can be reached from every page, an error page included."""

import pytest

from api.pages.routes import PAGES as ROUTES
from tests.api.pages.reading import PAGES, WITHOUT_QUERY, Page, read
from tests.server import Api

LISTS = {path for path in ROUTES if "{" not in path}


def ways(page: Page) -> set[str]:
    """Where the links and forms of a page lead."""
    return {*page.links, *(form["action"] for form in page.all("form"))}


@pytest.mark.parametrize("path", [*PAGES, *WITHOUT_QUERY])
def test_every_page_leads_to_every_list(api_sqlite: Api, path: str) -> None:
    assert ways(read(api_sqlite, path)) >= LISTS


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/commitments/SVS-99", 404), ("/?asOf=x", 400)])
def test_an_error_page_has_the_menu(api_sqlite: Api, path: str, status: int) -> None:
    assert ways(read(api_sqlite, path, status)) >= LISTS - {"/changes"}


@pytest.mark.parametrize("path", sorted(LISTS - {"/", "/changes", "/search"}))
def test_the_menu_marks_the_page_that_is_shown(api_sqlite: Api, path: str) -> None:
    marked = [link["href"] for link in read(api_sqlite, path).all("a") if "aria-current" in link]
    assert marked == [path]
