"""Embeds state their day and sources, and oEmbed finds them at every spelling of an address."""

import pytest

from db.database import Database
from tests.api.pages.reading import EMBEDS, get, read
from tests.engines import REVISION
from tests.server import Api, serving

pytestmark = pytest.mark.sqlite_only

MOMENT = "asOf=2026-11-22&knownAt=2026-11-23T10:00:00Z"
# What a reader may have in front of him, and what of it can be framed.
EMBED_OF = {
    "": "/embed/progress",
    "/": "/embed/progress",
    "/embed/progress": "/embed/progress",
    "/embed/progress/": "/embed/progress",
    "/?search=x&asOf=2019-06-30": "/embed/progress?asOf=2019-06-30",
    "/commitments/SVS-19": "/embed/commitments/SVS-19",
    "/commitments/SVS-19/": "/embed/commitments/SVS-19",
    "/commitments/SVS-19#history": "/embed/commitments/SVS-19",
    "/commitments/SVS%2D19?asOf=": "/embed/commitments/SVS-19",
    "/embed/commitments/SVS-19": "/embed/commitments/SVS-19",
    "/commitments/SVS-19?knownAt=2026-11-23T11:00:00+01:00": (
        "/embed/commitments/SVS-19?knownAt=2026-11-23T11%3A00%3A00%2B01%3A00"
    ),
}


def site(api: Api) -> str:
    return str(api.http.base_url).rstrip("/")


@pytest.mark.parametrize("path", EMBEDS)
def test_an_embed_says_of_which_day_it_is_and_by_when_that_was_known(api_sqlite: Api, path: str) -> None:
    assert f"As of 1 December 2026, revision {REVISION}. Sixty-One," in read(api_sqlite, path).text
    assert (
        f"As of 22 November 2026, revision {REVISION}. Sixty-One," in read(api_sqlite, f"{path}?asOf=2026-11-22").text
    )
    page = read(api_sqlite, f"{path}?{MOMENT}").text
    assert "As of 22 November 2026, as known 23 November 2026, 10:00 UTC. Sixty-One," in page
    assert "revision" not in page


def test_an_embed_of_a_commitment_says_whose_words_it_shows_and_of_when_the_status_is(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/embed/commitments/SVS-19?asOf=2019-06-30")
    assert f"{page.heading} In progress 9 May 2019" in page.text
    data = api_sqlite.ask("""{ commitment(ref: "SVS-19") { statusUpdate(asOf: "2019-06-30") { note } } }""")
    note = data["commitment"]["statusUpdate"]["note"]
    assert f"{note} In this tracker's words. Government: " in page.text


@pytest.mark.parametrize("path", ["/", "/commitments/SVS-19", "/commitments/SVS-60"])
@pytest.mark.parametrize("query", ["", "?asOf=2019-06-30", f"?{MOMENT}"])
def test_the_frame_to_copy_is_the_one_of_oembed_and_keeps_the_moment(api_sqlite: Api, path: str, query: str) -> None:
    page = read(api_sqlite, path + query)
    html = page.within("p", "code")
    assert html == api_sqlite.http.get("/oembed", params={"url": f"{site(api_sqlite)}{path}{query}"}).json()["html"]
    [result] = [link["href"] for link in page.all("link") if link.get("type") == "application/json+oembed"]
    assert html == api_sqlite.http.get(result).json()["html"]
    assert all(clock.partition("=")[2] in html.replace("%3A", ":") for clock in query[1:].split("&"))


@pytest.mark.parametrize("path", EMBED_OF)
def test_oembed_knows_every_address_of_a_page_that_the_site_accepts(api_sqlite: Api, path: str) -> None:
    frame = api_sqlite.http.get("/oembed", params={"url": site(api_sqlite) + path}).json()["html"]
    assert f'src="{site(api_sqlite)}{EMBED_OF[path]}"' in frame
    get(api_sqlite, EMBED_OF[path])


@pytest.mark.parametrize(
    ("public_url", "same"),
    [
        (
            "https://example.org",
            [
                "https://EXAMPLE.org", "HTTPS://example.org", "http://example.org", "https://example.org:443",
                "http://example.org:80", "https://example.org.", "https://ex%61mple.org",
            ],
        ),
        ("http://Example.org:8080", ["http://example.org:8080", "https://example.org:8080"]),
    ],
)  # fmt: skip
def test_oembed_knows_every_way_to_write_an_address(
    seeded_database: Database, public_url: str, same: list[str]
) -> None:
    with serving(seeded_database.engine.url.render_as_string(hide_password=False), public_url=public_url) as api:
        for home in same:
            for path in ("/commitments/SVS-19", "/commitments/svs-19/", "/%63ommitments/SVS%2d19#history"):
                response = api.http.get("/oembed", params={"url": home + path})
                assert (home, path, response.status_code) == (home, path, 200)
                assert f'src="{public_url}/embed/commitments/SVS-19"' in response.json()["html"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org:8443/", "http://example.org:443/", "https://example.org.elsewhere.example/",
        "https://example.org@elsewhere.example/", "https://user@example.org/", "//example.org/", "example.org/",
        "ftp://example.org/", "https:example.org/", "https://example.org:x/", "https://[/", "https://example.org%2F@x/",
        "javascript://example.org/%0aalert(1)", "https:///example.org/", "https://elsewhere.example\\@example.org/",
    ],
)  # fmt: skip
def test_oembed_takes_no_other_site_for_this_one(seeded_database: Database, url: str) -> None:
    with serving(
        seeded_database.engine.url.render_as_string(hide_password=False), public_url="https://example.org"
    ) as api:
        assert api.http.get("/oembed", params={"url": url}).status_code == 404
