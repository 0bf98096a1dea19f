"""What pages say to search engines: in the words of schema.org, and in a line."""

import json
import re
from typing import Any

import pytest

from db.database import Database
from db.formatting import SAYS
from tests.api.pages.hostile import spoil
from tests.api.pages.reading import DATA, PAGES, WITHOUT_QUERY, Page, get, read
from tests.engines import url_of
from tests.server import Api, serving

pytestmark = pytest.mark.sqlite_only
KINDS = {
    "/": "Dataset",
    DATA: "Dataset",
    "/commitments/SVS-19": "WebPage",
    "/commitments/SVS-60": "WebPage",
    "/funds/serious-violence-fund": "MonetaryGrant",
    "/events/strategy-launch-2018": "Event",
    "/organisations/home-office": "Organization",
    "/sources/itv-2019-12-29": "WebPage",
}


def structured(page: Page) -> Any:
    """The description in the page; None if it has none."""
    texts = [attributes for attributes in page.all("script") if attributes.get("type") == "application/ld+json"]
    assert len(texts) <= 1
    return json.loads(page.within("head", "script")) if texts else None


@pytest.mark.parametrize("path", [*PAGES, *WITHOUT_QUERY])
def test_a_page_says_what_it_is_about_in_the_words_of_schema_org(api_sqlite: Api, path: str) -> None:
    facts = structured(read(api_sqlite, path))
    assert (facts and facts["@type"]) == KINDS.get(path)
    if facts:
        assert facts["@context"] == "https://schema.org"
        assert "null" not in json.dumps(facts)
        assert facts["url"] == str(api_sqlite.http.base_url).rstrip("/") + ("/data/" if path == "/" else path)


def test_the_dataset_has_its_licence_and_every_file(api_sqlite: Api) -> None:
    home, data = (structured(read(api_sqlite, path)) for path in ("/", DATA))
    assert "distribution" not in home
    assert {name: value for name, value in data.items() if name != "distribution"} == home
    assert home["license"] == "https://creativecommons.org/licenses/by/4.0/"
    for file in data["distribution"]:
        assert api_sqlite.http.head(file["contentUrl"]).status_code == 200


def test_a_sum_keeps_its_qualifier_and_a_date_its_precision(api_sqlite: Api) -> None:
    query = """{ funds(first: 100) { nodes { slug amount { amount bound currency } } }
        events(first: 100) { nodes { slug date precision } } }"""
    data = api_sqlite.ask(query)
    names = {"EXACT": "value", "AT_LEAST": "minValue", "UP_TO": "maxValue"}
    for bound in ("EXACT", "ABOUT", "AT_LEAST", "UP_TO"):
        for fund in [one for one in data["funds"]["nodes"] if one["amount"] and one["amount"]["bound"] == bound][:1]:
            amount = structured(read(api_sqlite, f"/funds/{fund['slug']}")).get("amount")
            sums = {"@type": "MonetaryAmount", "currency": "GBP", names.get(bound): fund["amount"]["amount"]}
            assert amount == (sums if bound in names else None)
    for precision, length in (("DAY", 10), ("MONTH", 7), (None, 0)):
        for event in [one for one in data["events"]["nodes"] if (one["date"] and one["precision"]) == precision][:1]:
            assert len(structured(read(api_sqlite, f"/events/{event['slug']}")).get("startDate", "")) == length


def test_a_description_that_states_a_status_says_by_whose_word(api_sqlite: Api) -> None:
    rows = api_sqlite.ask("{ commitments(first: 100) { nodes { ref statusUpdate { voice } } } }")["commitments"][
        "nodes"
    ]
    seen = set()
    for row in rows:
        voice = row["statusUpdate"] and row["statusUpdate"]["voice"]
        if voice in seen:
            continue
        seen.add(voice)
        html = get(api_sqlite, f"/commitments/{row['ref']}").text
        [text] = re.findall(r'<meta name="description" content="([^"]*)"', html)
        assert (f", {SAYS[voice]}, " if voice else ": not assessed.") in text
    assert len(seen) > 2


def test_no_text_of_the_record_ends_the_description(seeded_database: Database) -> None:
    spoil(seeded_database)
    with serving(url_of(seeded_database)) as api:
        for path in KINDS:
            assert structured(read(api, path))
