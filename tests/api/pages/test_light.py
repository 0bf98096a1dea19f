"""Pages are light: in bytes, in statements, and in the time that the server spends on them."""

import time
from collections.abc import Callable, Iterator
from statistics import median

import httpx
import pytest

from db.database import Database
from tests.api.pages.reading import DATA, EMBEDS, PAGES, WITHOUT_QUERY, Page, get
from tests.engines import seed_sqlite
from tests.scale import multiply
from tests.server import Api, capture_statements, serving

pytestmark = pytest.mark.usefixtures("no_answer_cache")

MOST_BYTES = 60_000
MOST_SECONDS = 0.040
# What the query of the page takes. The state of SQLite, before and after, is read by its driver and not counted.
STATEMENTS = {
    "/": 42,
    "/commitments": 12,
    "/commitments/SVS-19": 44,
    "/commitments/SVS-60": 18,
    "/themes": 6,
    "/themes/communities": 11,
    "/funds": 24,
    "/funds/serious-violence-fund": 50,
    "/areas": 14,
    "/areas/northumbria": 61,
    "/areas/yorkshire-and-the-humber": 62,
    "/claims": 2,
    "/events": 4,
    "/events/strategy-launch-2018": 29,
    "/sources": 7,
    "/sources/itv-2019-12-29": 21,
    "/organisations": 3,
    "/organisations/home-office": 20,
    "/compare": 25,
    "/people": 5,
    "/people/vera-baird": 11,
    "/search?q=hospital+youth+workers": 16,
    "/gaps": 42,
    "/about": 7,
    "/glossary": 9,
    "/method": 6,
    "/ask": 0,
    "/report": 29,
    "/follow": 9,
    "/follow/commitments/SVS-19": 10,
    "/changes": 3,
    "/changes/1": 3,
    DATA: 0,
    "/embed/progress": 6,
    "/embed/commitments/SVS-19": 8,
}
# The same for what is no page.
FILES = {
    "/cards/areas/northumbria.svg": 5,
    "/cards/commitments/SVS-19.svg": 8,
    "/cards/funds/serious-violence-fund.svg": 50,
    "/cards/home.svg": 8,
    "/cards/themes/communities.svg": 11,
    "/charts/commitments.svg": 6,
    "/charts/commitments/SVS-19.svg": 44,
    "/charts/funds/serious-violence-fund.svg": 50,
    "/charts/progress.csv": 5,
    "/charts/themes/communities.svg": 6,
    "/commitments/SVS-19?cite=ris": 44,
    "/evidence.atom": 7,
    "/organisations/home-office/evidence.atom": 8,
    "/sitemap.xml": 9,
    "/sitemap-people-1.xml": 1,
}
# Of 6,100 commitments. The first funds of so many have no parts, and the first gaps of a kind no recipients: nothing is
# asked of those then. A search looks a second time, for words that are in many rows.
AT_LARGE = {
    "/areas/northumbria": 60,
    "/areas/yorkshire-and-the-humber": 57,
    "/search?q=hospital+youth+workers": 17,
    "/": 33,
    "/compare": 24,
    "/funds": 15,
    "/gaps": 37,
    "/follow": 8,
}


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Keeps no answer: each page is made anew."""
    with serving(seed_sqlite(tmp_path_factory.mktemp("anew")), answers_bytes=0) as api:
        yield api


@pytest.fixture(scope="module")
def api_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The same with 6,100 commitments."""
    url = seed_sqlite(tmp_path_factory.mktemp("crowded"))
    database = Database(url)
    multiply(database, 100)
    database.close()
    with serving(url, answers_bytes=0) as api:
        yield api


def wire(api: Api, path: str) -> int:
    """The bytes of the body as they come over the wire."""
    with api.http.stream("GET", path, headers={"accept-encoding": "gzip"}) as response:
        response.read()
        assert response.status_code == 200
        return response.num_bytes_downloaded


@pytest.mark.parametrize("path", [*PAGES, *WITHOUT_QUERY, *EMBEDS])
def test_a_page_weighs_little_with_all_that_it_needs(api_sqlite: Api, api_large: Api, path: str) -> None:
    page = Page(get(api_sqlite, path).text)
    addresses = [link["href"] for link in page.all("link") if link["rel"] in ("stylesheet", "icon")]
    addresses += [script["src"] for script in page.all("script") if "src" in script]
    beside = sum(wire(api_sqlite, address) for address in addresses)
    assert len(addresses) == (0 if path in EMBEDS else 4)
    assert wire(api_sqlite, path) + beside <= MOST_BYTES
    assert wire(api_large, path) + beside <= MOST_BYTES


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_page_takes_as_many_statements_at_any_size(anew: Api, api_large: Api, path: str) -> None:
    counts = []
    for api in (anew, api_large):
        # What stands around all pages is asked once an edition.
        get(api, path)
        with capture_statements() as statements:
            get(api, path)
        counts.append(len(statements))
    assert counts == [STATEMENTS[path], AT_LARGE.get(path, STATEMENTS[path])]


@pytest.mark.parametrize("path", FILES)
def test_a_file_or_picture_takes_as_many_statements_at_any_size(anew: Api, api_large: Api, path: str) -> None:
    for api in (anew, api_large):
        assert api.http.get(path).status_code == 200
        with capture_statements() as statements:
            api.http.get(path)
        assert len(statements) == FILES[path]


def measure(ask: Callable[[], httpx.Response]) -> float:
    """The time of a processor that server and client take together."""
    start = time.process_time()
    assert ask().status_code == 200
    return time.process_time() - start


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_made_quickly_beside_its_query(anew: Api, path: str) -> None:
    query, variables = Page(get(anew, path).text).query
    # In turns, because a machine is slower at one time than at another.
    beside = [measure(lambda: get(anew, path)) - measure(lambda: anew.send(query, variables)) for _ in range(5)]
    assert median(beside) < MOST_SECONDS
