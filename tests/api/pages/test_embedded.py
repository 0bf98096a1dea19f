"""What other sites frame says of when and in whose words it is, and is found at every address that people paste."""

import pytest

from tests.api.pages.reading import EMBEDS, get, read
from tests.server import Api

KNOWN = "asOf=2026-11-22&knownAt=2026-11-23T10:00:00Z"
# What a reader may have in front of him, and what of it can be framed.
FRAMED = {
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
def test_an_embed_says_of_which_day_it_is_and_by_when_that_was_known(lite: Api, path: str) -> None:
    assert "As of 1 December 2026, revision 1. Sixty-One," in read(lite, path).text
    assert "As of 22 November 2026, revision 1. Sixty-One," in read(lite, f"{path}?asOf=2026-11-22").text
    known = read(lite, f"{path}?{KNOWN}").text
    assert "As of 22 November 2026, as known 23 November 2026, 10:00 UTC. Sixty-One," in known
    assert "revision" not in known


def test_an_embed_of_a_commitment_says_whose_words_it_shows_and_of_when_the_status_is(lite: Api) -> None:
    page = read(lite, "/embed/commitments/SVS-19?asOf=2019-06-30")
    assert f"{page.heading} In progress 9 May 2019" in page.text
    found = lite.ask("""{ commitment(ref: "SVS-19") { statusUpdate(asOf: "2019-06-30") { note } } }""")
    note = found["commitment"]["statusUpdate"]["note"]
    assert f"{note} In this tracker's words. Government: " in page.text


@pytest.mark.parametrize("path", ["/", "/commitments/SVS-19", "/commitments/SVS-60"])
@pytest.mark.parametrize("query", ["", "?asOf=2019-06-30", f"?{KNOWN}"])
def test_the_frame_to_copy_is_the_one_of_oembed_and_keeps_the_moment(lite: Api, path: str, query: str) -> None:
    page = read(lite, path + query)
    copied = page.within("p", "code")
    assert copied == lite.http.get("/oembed", params={"url": f"{site(lite)}{path}{query}"}).json()["html"]
    [found] = [link["href"] for link in page.all("link") if link.get("type") == "application/json+oembed"]
    assert copied == lite.http.get(found).json()["html"]
    assert all(clock.partition("=")[2] in copied.replace("%3A", ":") for clock in query[1:].split("&"))


@pytest.mark.parametrize("path", FRAMED)
def test_oembed_knows_every_address_of_a_page_that_the_site_accepts(lite: Api, path: str) -> None:
    frame = lite.http.get("/oembed", params={"url": site(lite) + path}).json()["html"]
    assert f'src="{site(lite)}{FRAMED[path]}"' in frame
    get(lite, FRAMED[path])
