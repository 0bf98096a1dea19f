"""A link to a page is shown elsewhere with a picture that says what stands there, by whose word, and of which day."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from tests.api.pages.reading import PAGES, read
from tests.server import Api

pytestmark = pytest.mark.sqlite_only

CARDS = {
    "/": "/cards/home",
    "/commitments/SVS-13": "/cards/commitments/SVS-13",
    "/commitments/SVS-60": "/cards/commitments/SVS-60",
    "/funds/serious-violence-fund": "/cards/funds/serious-violence-fund",
    "/themes/communities": "/cards/themes/communities",
    "/events": "/cards/home",
}


def told(api: Api, path: str) -> dict[str, str]:
    tags = read(api, path).all("meta")
    return {tag.get("property") or tag["name"]: tag["content"] for tag in tags if "content" in tag}


@pytest.mark.parametrize("path", CARDS)
def test_a_card_is_as_large_and_as_light_as_the_networks_ask(api_sqlite: Api, path: str) -> None:
    tags = told(api_sqlite, f"{path}?asOf=2026-11-22")
    assert tags["og:image"] == f"{str(api_sqlite.http.base_url).rstrip('/')}{CARDS[path]}.png?asOf=2026-11-22"
    response = api_sqlite.http.get(tags["og:image"])
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
    assert len(response.content) < 200_000
    image = Image.open(io.BytesIO(response.content))
    assert image.size == (1200, 630) == (int(tags["og:image:width"]), int(tags["og:image:height"]))
    assert image.format == "PNG"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_a_link_to_it_shows(api_sqlite: Api, path: str) -> None:
    tags, page = told(api_sqlite, path), read(api_sqlite, path)
    site = str(api_sqlite.http.base_url).rstrip("/")
    assert tags["og:title"] == page.title.removesuffix(" · Sixty-One")
    assert tags["og:url"] == f"{site}{path.partition('?')[0]}"
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["og:image"].startswith(f"{site}/cards/")
    assert tags["og:image:alt"] == tags["og:description"]
    assert tags["og:description"].endswith("As of 1 December 2026.")


# Without the page that has the card of another.
@pytest.mark.parametrize("path", [path for path in CARDS if path != "/events"])
def test_a_card_says_the_same_in_words(api_sqlite: Api, path: str) -> None:
    svg = api_sqlite.http.get(f"{CARDS[path]}.svg").content
    root = ET.fromstring(svg)
    drawn = re.sub(
        r"\s+", " ", " ".join(element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text"))
    )
    for sentence in told(api_sqlite, path)["og:image:alt"].split(". "):
        assert sentence.rstrip(".") in drawn, (sentence, drawn)


def test_the_card_of_a_commitment_says_whose_word_its_status_is(api_sqlite: Api) -> None:
    text = told(api_sqlite, "/commitments/SVS-13?asOf=2019-06-30")["og:image:alt"]
    assert "Delivered. By the government\N{RIGHT SINGLE QUOTATION MARK}s word, 17 June 2019" in text
    assert text.endswith("As of 30 June 2019.")
    assert "Nobody's word is on record." in told(api_sqlite, "/commitments/SVS-60")["og:description"]


def test_what_only_the_government_says_is_hollow_and_said_wherever_it_goes(api_sqlite: Api) -> None:
    data = api_sqlite.ask("""{ commitments(first: 100) {
        nodes { ref status governmentAlone statusUpdate { side effectiveOn } }
    } }""")
    delivered = [row for row in data["commitments"]["nodes"] if row["status"] in ("DELIVERED", "PARTIALLY_DELIVERED")]
    alone = [row for row in delivered if row["governmentAlone"] and row["statusUpdate"]["side"] == "GOVERNMENT"]
    assert 0 < len(alone) < len(delivered)
    words = "the government\N{RIGHT SINGLE QUOTATION MARK}s word alone"
    total = f"Of the {len(delivered)} reported delivered, {len(alone)} by {words}."
    assert total in told(api_sqlite, "/")["og:description"]
    assert total in read(api_sqlite, "/embed/progress").text
    for path in ("/", "/embed/progress", "/charts/commitments.svg"):
        page = api_sqlite.http.get(path).text
        assert len(re.findall(r'<use href="#mark-\w*DELIVERED-alone" x=', page)) == len(alone)
    for row in alone:
        assert words in told(api_sqlite, f"/commitments/{row['ref']}")["og:image:alt"]
        assert words in read(api_sqlite, f"/embed/commitments/{row['ref']}").text
    for row in delivered:
        if row not in alone:
            assert words not in told(api_sqlite, f"/commitments/{row['ref']}")["og:image:alt"]
