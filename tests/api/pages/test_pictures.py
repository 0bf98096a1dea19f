"""Each picture stands alone at addresses of its own, and says there what it shows, of when, and whose it is."""

import csv
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import httpx
import pytest
from PIL import Image

from api.pictures import raster
from db.database import Database
from tests.api.pages.reading import read
from tests.engines import REVISION, url_of
from tests.inputs import VALID_INPUTS, mutation
from tests.server import Api, serving
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

SVG = "{http://www.w3.org/2000/svg}"
# The pictures, and the page on which each stands.
PICTURES = {
    "/charts/progress": "/",
    "/charts/commitments": "/",
    "/charts/themes/communities": "/themes/communities",
    "/charts/funds/serious-violence-fund": "/funds/serious-violence-fund",
    "/charts/commitments/SVS-19": "/commitments/SVS-19",
}
PINNED = "asOf=2026-11-28&knownAt=2026-11-28T23:00:00Z"


def get(api: Api, path: str, status: int = 200) -> httpx.Response:
    response = api.http.get(path)
    assert response.status_code == status, (path, response.text)
    return response


def texts(svg: bytes) -> str:
    """The words of a picture as they are read, with single spaces."""
    words = (" ".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text"))
    return re.sub(r"\s+", " ", " ".join(words))


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_says_what_it_is_of_when_and_whose(api_sqlite: Api, path: str) -> None:
    response = get(api_sqlite, f"{path}.svg?asOf=2020-06-30")
    assert response.headers["content-type"] == "image/svg+xml; charset=utf-8"
    root = ET.fromstring(response.content)
    [title, description] = [element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")]
    assert title
    assert description
    assert root.attrib["aria-labelledby"] == "picture-title picture-text"
    words = texts(response.content)
    assert words.startswith(title)
    assert "As of 30 June 2020, as known " in words
    assert f"(revision {REVISION})" in words
    assert "Open Government Licence v3.0" in words
    assert "CC BY 4.0" in words
    page = f"{PICTURES[path]}?asOf=2020-06-30&revision={REVISION}"
    assert page in words.replace(" ", "")


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_needs_no_other_file_and_has_the_theme_that_was_asked_for(api_sqlite: Api, path: str) -> None:
    light, dark = (get(api_sqlite, f"{path}.svg?theme={theme}").text for theme in ("light", "dark"))
    assert get(api_sqlite, f"{path}.svg").text == light
    for svg in (light, dark):
        # Neither variables, which not every program knows, nor anything from elsewhere.
        assert not re.search(r"var\(|@media|@import|url\((?!#)|<use href=\"(?!#)|<script|style=", svg)
    assert ".paper { fill: #fdfcf9; }" in light
    assert ".paper { fill: #161513; }" in dark


@pytest.mark.parametrize("path", PICTURES)
def test_the_png_is_the_svg(api_sqlite: Api, path: str) -> None:
    svg = ET.fromstring(get(api_sqlite, f"{path}.svg").content)
    response = get(api_sqlite, f"{path}.png")
    assert response.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(response.content))
    assert image.size == tuple(round(2 * float(svg.attrib[name])) for name in ("width", "height"))
    colours = image.convert("RGB").getcolors(1 << 24)
    assert colours
    # Paper, ink, and what is between them: letters are there without a font of the system.
    assert {(0xFD, 0xFC, 0xF9), (0x1C, 0x1B, 0x1A)} <= {colour for _, colour in colours}
    assert len(response.content) < 300_000


def test_the_numbers_of_a_picture_are_those_of_the_page(api_sqlite: Api) -> None:
    response = get(api_sqlite, "/charts/progress.csv?asOf=2020-06-30")
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    rows = list(csv.reader(io.StringIO(response.text)))
    assert rows[0] == ["asOf", "delivered", "ended", "open", "unknown"]
    shown = [row for row in read(api_sqlite, "/?asOf=2020-06-30").rows if re.match(r"\d+ \w+ \d{4}\s?\d", row)]
    assert len(shown) == len(rows) - 1
    assert all(row.endswith("".join(counts)) for row, (_, *counts) in zip(shown, reversed(rows[1:]), strict=True))


@pytest.mark.parametrize("path", PICTURES)
def test_a_page_leads_to_the_files_of_its_picture_and_keeps_the_moment(api_sqlite: Api, path: str) -> None:
    links = read(api_sqlite, f"{PICTURES[path]}?{PINNED}").links
    for form in ("svg", "png", "csv"):
        [address] = {link for link in links if link.startswith(f"{path}.{form}?")}
        get(api_sqlite, address)


@pytest.mark.parametrize("form", ["svg", "png", "csv"])
@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_sent_again_only_when_it_has_changed(api_sqlite: Api, path: str, form: str) -> None:
    for query, control in {"": "no-cache", f"?{PINNED}": "public, max-age=31536000, immutable"}.items():
        first = get(api_sqlite, f"{path}.{form}{query}")
        assert first.headers["cache-control"] == control
        again = api_sqlite.http.get(f"{path}.{form}{query}", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", control)


def test_a_new_statement_makes_a_new_picture(api_writable: WritableApi) -> None:
    path = "/charts/commitments/SVS-05.png"
    before = get(api_writable.public, path)
    api_writable.editor.ask(mutation("recordStatus"), input=VALID_INPUTS["recordStatus"])
    assert get(api_writable.public, path).headers["etag"] != before.headers["etag"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("theme=blue", "`theme` is light or dark."),
        ("theme=light&theme=dark", "`theme` is light or dark."),
        ("theme=", "`theme` is light or dark."),
        ("width=100000", "`width` is not known here: a picture takes `theme`, `asOf`, `knownAt`, `revision`."),
        ("scale=9", "`scale` is not known here: a picture takes `theme`, `asOf`, `knownAt`, `revision`."),
        ("asOf=2099-01-01", "That is still to come"),
    ],
)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_what_a_picture_cannot_be_is_refused_in_words(api_sqlite: Api, form: str, query: str, message: str) -> None:
    assert message in get(api_sqlite, f"/charts/progress.{form}?{query}", 400).json()["errors"][0]["message"]


def test_a_picture_of_nothing_is_not_there(api_sqlite: Api) -> None:
    for path in ("commitments/SVS-99", "funds/none", "themes/none", "nothing"):
        for form in ("svg", "png", "csv"):
            get(api_sqlite, f"/charts/{path}.{form}", 404)
    get(api_sqlite, "/charts/progress.gif", 404)


@pytest.mark.parametrize("form", ["svg", "png", "csv"])
def test_other_spellings_lead_to_the_picture(api_sqlite: Api, form: str) -> None:
    for asked, name in {"commitments/svs-19": "commitments/SVS-19", "funds/Police-Surge": "funds/police-surge"}.items():
        response = get(api_sqlite, f"/charts/{asked}.{form}?asOf=2020-01-01", 308)
        assert response.headers["location"] == f"/charts/{name}.{form}?asOf=2020-01-01"


def test_a_picture_takes_from_the_budget_of_who_asks_for_it_to_be_drawn(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    with serving(url, rate_per_minute=10_000, rate_burst=10_000) as api:
        get(api, "/charts/progress.png")
        # Each theme and each day is another picture.
        paths = [f"/charts/progress.png?asOf=2020-01-0{day}" for day in range(1, 8)]
        statuses = [api.http.get(path).status_code for path in paths]
        assert set(statuses) == {200, 429}


def test_letters_are_drawn_without_fonts_and_settings_of_the_system(api_sqlite: Api) -> None:
    svg = get(api_sqlite, "/charts/progress.svg").content
    command = [sys.executable, "-I", raster.__file__, "2"]
    environment = {"HOME": "/nonexistent", "FONTCONFIG_FILE": "/nonexistent"}
    drawn = subprocess.run(command, input=svg, capture_output=True, check=True, env=environment).stdout
    assert drawn == get(api_sqlite, "/charts/progress.png").content
