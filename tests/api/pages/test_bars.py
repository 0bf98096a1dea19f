"""The bars of a fund say of each part of it what is known, with whole names."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.api.pages.reading import read
from tests.server import Api

pytestmark = pytest.mark.sqlite_only

SVG = "{http://www.w3.org/2000/svg}"


def chart(api: Api, slug: str) -> ET.Element:
    [inner] = [one for one in ET.fromstring(api.http.get(f"/charts/funds/{slug}.svg").content) if "x" in one.attrib][
        -1:
    ]
    return inner


def test_money_to_a_body_that_passes_it_on_is_not_drawn_as_received(api_sqlite: Api) -> None:
    fund = "youth-endowment-fund"
    data = api_sqlite.ask("query ($slug: String!) { fund(slug: $slug) { allocations { passesOn } } }", slug=fund)
    [given] = data["fund"]["allocations"]
    assert given["passesOn"]
    drawn = {one.attrib["class"] for one in chart(api_sqlite, fund).iter(f"{SVG}rect")}
    assert drawn == {"passed"}
    for path in (f"/funds/{fund}", "/"):
        page = read(api_sqlite, path).text
        assert "To a body that passes it on; who received it is not on record" in page
        told = "went to one body that passes it on: who received it is not on record."
        assert f"Of this £200 million {told}" in page


def test_names_of_funds_are_whole_and_a_word_says_what_their_parts_are(api_sqlite: Api) -> None:
    data = api_sqlite.ask(
        "{ funds(first: 100, filter: { root: true }) { nodes { slug name parts { name parts { name } } } } }"
    )
    with_parts = 0
    for fund in data["funds"]["nodes"]:
        words = re.sub(r"\s+", " ", " ".join(chart(api_sqlite, fund["slug"]).itertext()))
        parts = [part for whole in fund["parts"] for part in (whole, *whole["parts"])]
        for one in (fund, *parts):
            assert one["name"] in words, one["name"]
        assert ("Its parts, each beginning where the one before it ends:" in words) == bool(parts)
        with_parts += bool(parts)
    assert with_parts
