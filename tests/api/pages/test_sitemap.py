"""What search engines are told: every public page is in the sitemap once, and leads somewhere."""

import datetime as dt
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import httpx
import pytest

from api.pages.routes import PAGES
from api.pages.sitemap import PART
from db.database import Database
from tests.api.pages.reading import PAGES as READ
from tests.api.pages.reading import WITHOUT_QUERY, join, read
from tests.engines import Engine, seed_sqlite, url_of
from tests.inputs import submit_valid
from tests.scale import multiply
from tests.server import Api, capture_statements, serving
from tests.writable import WritableApi

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(response: httpx.Response) -> dict[str, str | None]:
    """The paths of a sitemap, with the instant of the last change of each."""
    assert (response.status_code, response.headers["content-type"]) == (200, "application/xml")
    root = ElementTree.fromstring(response.content)
    pairs = [(one.findtext(f"{NAMESPACE}loc", ""), one.findtext(f"{NAMESPACE}lastmod")) for one in root]
    assert len(dict(pairs)) == len(pairs)
    return {urlsplit(address).path: instant for address, instant in pairs}


def every_page(api: Api) -> dict[str, str | None]:
    pages: dict[str, str | None] = {}
    for part in entries(api.http.get("/sitemap.xml")):
        pages |= entries(api.http.get(part))
    return pages


def test_every_public_page_is_listed_with_its_last_change(api_shared: WritableApi) -> None:
    api = api_shared.public
    pages = every_page(api)
    data = api.ask("""{
        commitments(filter: { origin: [STRATEGY, LATER] }, first: 100) { nodes { ref } }
        funds(first: 100) { nodes { slug } } organisations(first: 100) { nodes { slug } }
        strategy { themes { slug } } changes(first: 100) { nodes { revision recordedAt } }
    }""")
    for folder, field, nodes in (
        ("commitments", "ref", data["commitments"]["nodes"]),
        ("funds", "slug", data["funds"]["nodes"]),
        ("organisations", "slug", data["organisations"]["nodes"]),
        ("themes", "slug", data["strategy"]["themes"]),
    ):
        assert {f"/{folder}/{node[field]}" for node in nodes} <= pages.keys()
    for change in data["changes"]["nodes"]:
        assert pages[f"/changes/{change['revision']}"] == change["recordedAt"]
    assert {path for path in PAGES if "{" not in path} <= pages.keys()
    # What is followed has its own page, which leads there.
    assert {urlsplit(path).path for path in (*READ, *WITHOUT_QUERY) if not path.startswith("/follow/")} <= pages.keys()


def test_a_change_moves_the_date_of_what_it_affects(api_writable: WritableApi) -> None:
    before = every_page(api_writable.public)
    api_writable.clock.now += dt.timedelta(hours=1)
    submit_valid(api_writable.editor, "recordStatus", commitment="SVS-11")
    after = every_page(api_writable.public)
    assert before["/commitments/SVS-11"] != after["/commitments/SVS-11"] == "2026-12-01T13:00:00Z"
    assert before["/commitments/SVS-12"] == after["/commitments/SVS-12"]
    assert set(after) - set(before) == {f"/changes/{len([path for path in before if '/changes/' in path]) + 1}"}


def test_what_was_withdrawn_is_listed_no_more(api_writable: WritableApi) -> None:
    assert "/events/working-together-2018" in every_page(api_writable.public)
    submit_valid(api_writable.editor, "withdrawEvent")
    assert "/events/working-together-2018" not in every_page(api_writable.public)


@pytest.mark.sqlite_only
def test_a_part_is_bounded_and_takes_as_many_statements_at_any_size(tmp_path: Path, engine: Engine) -> None:
    url = seed_sqlite(tmp_path)
    database = Database(url)
    multiply(database, 100)
    database.close()
    with serving(url, answers_bytes=0) as api:
        parts = [part for part in entries(api.http.get("/sitemap.xml")) if part.startswith("/sitemap-commitments-")]
        sizes = []
        for part in parts:
            with capture_statements() as statements:
                sizes.append(len(entries(api.http.get(part))))
            assert len(statements) == 1
        assert sum(sizes) == 7_700
        assert max(sizes) == PART
        assert api.http.get(f"/sitemap-commitments-{len(parts) + 1}.xml").status_code == 404


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", ["commitments", "commitments-0", "nothing-1", "changes-01", "pages-2", "pages-1x"])
def test_there_is_no_other_part(api_sqlite: Api, name: str) -> None:
    assert api_sqlite.http.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.sqlite_only
def test_a_sitemap_that_did_not_change_is_not_sent_again(api_sqlite: Api) -> None:
    for path in ("/sitemap.xml", "/sitemap-pages-1.xml", "/sitemap-commitments-1.xml"):
        first = api_sqlite.http.get(path)
        again = api_sqlite.http.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.sqlite_only
def test_robots_are_led_to_the_sitemap_and_past_what_is_no_page(api_sqlite: Api) -> None:
    response = api_sqlite.http.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(response.text.splitlines())
    site = str(api_sqlite.http.base_url).rstrip("/")
    assert parser.site_maps() == [f"{site}/sitemap.xml"]
    assert not parser.can_fetch("any", f"{site}/graphql?query=x")
    for path in ("/", "/commitments/SVS-19", "/commitments/SVS-19?asOf=2019-06-30", "/data/", "/feed.atom"):
        assert parser.can_fetch("any", site + path)


@pytest.mark.sqlite_only
def test_below_a_path_every_address_has_that_path(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    with serving(url, public_url="https://example.org/tracker") as api:
        text = api.http.get("/tracker/robots.txt").text
        assert "Disallow: /tracker/graphql\n" in text
        assert "Sitemap: https://example.org/tracker/sitemap.xml\n" in text
        sitemap = entries(api.http.get("/tracker/sitemap.xml"))
        assert all(path.startswith("/tracker/sitemap-") for path in sitemap)
        assert "/tracker/commitments/SVS-19" in entries(api.http.get("/tracker/sitemap-commitments-1.xml"))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", [*READ, *WITHOUT_QUERY])
def test_a_page_names_its_address_of_today(api_sqlite: Api, path: str) -> None:
    site = str(api_sqlite.http.base_url).rstrip("/")
    # What a reader searches for has no address of its own there.
    for address in (path, join(path, "asOf=2019-06-30&revision=3")):
        links = [link["href"] for link in read(api_sqlite, address).all("link") if link["rel"] == "canonical"]
        assert links == [site + urlsplit(path).path]
