"""Markup in the record is shown as text on every page."""

import json
import re
from collections.abc import Iterator

import pytest

from db.database import Database
from tests.api.pages.hostile import ADDRESSES, HARM, WORD, spoil
from tests.api.pages.reading import DATA, EMBEDS, PAGES, Page, get
from tests.engines import seed_sqlite
from tests.server import Api, serving

PATHS = [*PAGES, "/funds/youth-fund-round-1", "/?asOf=2019-06-30", DATA, *EMBEDS]
EVERYWHERE = [*PATHS, "/changes/3", "/changes/5"]
# Nothing else may stand before a colon in an address within a page.
HARMLESS = re.compile(r"(https?|webcal):|[/?#]|data:,$")


@pytest.fixture(scope="module")
def api_hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    url = seed_sqlite(tmp_path_factory.mktemp("spoiled"))
    database = Database(url)
    spoil(database)
    database.close()
    with serving(url) as api:
        yield api


def shape(page: Page) -> set[tuple[str, str]]:
    return {(tag, name) for tag, attributes in page.elements for name in attributes} | {
        (tag, "") for tag, _ in page.elements
    }


@pytest.fixture(scope="module")
def plain_shapes(api_sqlite: Api) -> set[tuple[str, str]]:
    """Every element with every attribute that our own pages have without any harm."""
    return set().union(*(shape(Page(get(api_sqlite, path).text)) for path in PATHS))


@pytest.mark.parametrize("path", EVERYWHERE)
def test_no_text_becomes_an_element(api_hostile: Api, plain_shapes: set[tuple[str, str]], path: str) -> None:
    text = get(api_hostile, path).text
    page = Page(text)
    # What was there before is struck through: ours has nothing of that yet.
    assert shape(page) - plain_shapes - {("del", "")} == set()
    assert not re.search("[\x00-\x08\x0b-\x1f\u200b\u202e\u2066]", text)
    for script in page.all("script"):
        assert "src" in script or script["type"] == "application/ld+json"
    for tag, attributes in page.elements:
        for name in ("href", "src", "action"):
            assert HARMLESS.match(attributes.get(name, "/")), (tag, attributes)


def test_everything_is_shown_as_it_was_written(api_hostile: Api) -> None:
    text = " ".join(Page(get(api_hostile, path).text).text for path in EVERYWHERE)
    for harm in HARM.values():
        assert harm in text
    # Nothing is worked out. (Not in all of the page: a port may have these figures.)
    change = Page(get(api_hostile, "/changes/5").text)
    assert "49" not in " ".join([change.heading, *change.rows])


def test_only_addresses_of_the_web_are_links(api_hostile: Api) -> None:
    slugs = [
        one["slug"] for one in api_hostile.ask("{ documents(first: 100) { nodes { slug } } }")["documents"]["nodes"]
    ]
    outside = [link for slug in slugs for link in Page(get(api_hostile, f"/sources/{slug}").text).links]
    # A page also has links to its own citation files, in whole.
    own = ("/", "#", str(api_hostile.http.base_url))
    outside = [link.partition("#")[0] for link in outside if not link.startswith(own)]
    assert set(outside) == {address for address in ADDRESSES if address.startswith("https:")}


def test_a_search_is_shown_as_text(api_sqlite: Api, plain_shapes: set[tuple[str, str]]) -> None:
    for harm in HARM:
        for path in ("/commitments", "/funds", "/events", "/sources", "/organisations"):
            response = api_sqlite.http.get(path, params={"search": harm[:200]})
            assert response.status_code == 200
            page = Page(response.text)
            assert shape(page) - plain_shapes <= {("option", "selected")}


def test_the_name_of_a_parameter_is_refused_as_text(api_sqlite: Api) -> None:
    plain = shape(Page(get(api_sqlite, "/events?x=1", 400).text))
    for harm in HARM:
        response = api_sqlite.http.get("/events", params={harm[:200]: harm}, headers={"accept": "text/html"})
        assert response.status_code == 400
        assert shape(Page(response.text)) == plain


def test_oembed_hands_over_a_frame_and_nothing_else(api_hostile: Api) -> None:
    site = str(api_hostile.http.base_url).rstrip("/")
    refs = [f"/commitments/SVS-{number:02}" for number in range(1, 33)]
    titles = set()
    for path in [*refs, "/"]:
        answer = api_hostile.http.get("/oembed", params={"url": f"{site}{path}"}).json()
        page = Page(answer["html"])
        [(tag, attributes)] = page.elements
        assert tag == "iframe"
        assert set(attributes) <= {"src", "title", "width", "height", "loading", "style"}
        assert attributes["src"].startswith(f"{site}/embed/")
        titles.add(answer["title"])
    assert any("<script>alert(1)</script>" in title for title in titles)


def test_what_a_search_engine_reads_is_sound(api_hostile: Api) -> None:
    page = Page(get(api_hostile, DATA).text)
    [script] = [text for path, text in page.parts if path[-1:] == ("script",) and text.strip()]
    result = json.loads(script)
    assert result["@type"] == "Dataset"
    assert any(harm in json.dumps(result, ensure_ascii=False) for harm in HARM if harm != WORD)
