"""Embeds state their day and sources, and oEmbed finds them at every spelling of an address."""

import xml.etree.ElementTree as ET

import pytest

from api.pages.policy import style_hashes
from db.database import Database
from tests.api.pages.reading import get, normalise_spaces, read
from tests.engines import REVISION, url_of
from tests.server import Api, serving

pytestmark = pytest.mark.sqlite_only

MOMENT = "asOf=2026-11-22&knownAt=2026-11-23T10:00:00Z"
# Embeds of pictures.
PICTURES = [
    "/embed/progress",
    "/embed/charts/commitments",
    "/embed/charts/commitments/SVS-19",
    "/embed/charts/funds/serious-violence-fund",
    "/embed/charts/progress",
    "/embed/charts/themes/communities",
]
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
    "/charts/progress.svg": "/embed/charts/progress",
    "/charts/funds/police-surge.png?asOf=2020-06-30": "/embed/charts/funds/police-surge?asOf=2020-06-30",
    "/embed/charts/commitments/svs-19": "/embed/charts/commitments/SVS-19",
    "/funds/Police-Surge": "/embed/charts/funds/police-surge",
    "/themes/communities": "/embed/charts/themes/communities",
    "/commitments/SVS-19?knownAt=2026-11-23T11:00:00+01:00": (
        "/embed/commitments/SVS-19?knownAt=2026-11-23T11%3A00%3A00%2B01%3A00"
    ),
}


def site(api: Api) -> str:
    return str(api.http.base_url).rstrip("/")


def test_an_embed_says_of_which_day_it_is_and_by_when_that_was_known(api_sqlite: Api) -> None:
    path = "/embed/commitments/SVS-19"
    assert f"As of 1 December 2026, revision {REVISION}. Sixty-One," in read(api_sqlite, path).text
    page = read(api_sqlite, f"{path}?asOf=2026-11-22").text
    assert f"As of 22 November 2026, revision {REVISION}. Sixty-One," in page
    page = read(api_sqlite, f"{path}?{MOMENT}").text
    assert "As of 22 November 2026, as known 23 November 2026, 10:00 UTC. Sixty-One," in page
    assert "revision" not in page


@pytest.mark.parametrize("path", PICTURES)
def test_every_picture_can_be_embedded_with_its_key_and_its_days(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, f"{path}?{MOMENT}")
    picture = path.replace("/embed/progress", "/embed/charts/commitments").removeprefix("/embed")
    svg = ET.fromstring(api_sqlite.http.get(f"{picture}.svg?{MOMENT}").content)
    for element in svg.iter("{http://www.w3.org/2000/svg}text"):
        assert normalise_spaces("".join(element.itertext())) in page.text
    assert "As of 22 November 2026, as known 23 November 2026, 10:00 UTC" in page.text
    assert page.all("svg")[-2]["viewbox"] == svg.attrib["viewBox"]
    assert page.links
    assert all(link["target"] == "_blank" for link in page.all("a"))


@pytest.mark.parametrize("path", [*PICTURES, "/embed/commitments/SVS-19"])
def test_an_embed_has_the_colours_of_its_reader_or_of_the_theme_that_is_asked_for(api_sqlite: Api, path: str) -> None:
    assert "prefers-color-scheme" in get(api_sqlite, path).text
    for theme, paper in {"light": "#fdfcf9", "dark": "#161513"}.items():
        response = get(api_sqlite, f"{path}?theme={theme}")
        assert "prefers-color-scheme" not in response.text
        assert f"body {{ margin: 0; background: {paper};" in response.text
        [style] = style_hashes(response.text)
        assert style in response.headers["content-security-policy"]
        # The frame that oEmbed gives has it, too.
        url = f"{site(api_sqlite)}{path}?theme={theme}"
        assert f"?theme={theme}" in api_sqlite.http.get("/oembed", params={"url": url}).json()["html"]
    for query in ("theme=blue", "theme=light&theme=dark"):
        assert "`theme` is light or dark." in read(api_sqlite, f"{path}?{query}", 400).text
        refused = api_sqlite.http.get("/oembed", params={"url": f"{site(api_sqlite)}{path}?{query}"})
        assert refused.status_code == 400


@pytest.mark.parametrize(
    ("maxwidth", "maxheight"), [(None, None), (300, None), (None, 200), (300, 200), (1, 1), (99_999, 99_999)]
)
@pytest.mark.parametrize("path", ["/", "/commitments/SVS-19"])
def test_a_frame_is_no_larger_than_there_is_room(
    api_sqlite: Api, path: str, maxwidth: int | None, maxheight: int | None
) -> None:
    room = {name: str(most) for name, most in (("maxwidth", maxwidth), ("maxheight", maxheight)) if most}
    answer = api_sqlite.http.get("/oembed", params={"url": site(api_sqlite) + path, **room}).json()
    assert 1 <= answer["width"] <= min(480, maxwidth or 480)
    assert 1 <= answer["height"] <= (maxheight or 1000)
    assert f"width:100%;max-width:{answer['width']}px;" in answer["html"]
    assert "border:0" in answer["html"]


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
    with serving(url_of(seeded_database), public_url=public_url) as api:
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
    with serving(url_of(seeded_database), public_url="https://example.org") as api:
        assert api.http.get("/oembed", params={"url": url}).status_code == 404
