"""What changed between two days, as files."""

import csv
import io
import re

import pytest

from schema.node import parse_id
from tests.api.pages.reading import read
from tests.server import Api

DAYS = "from=2018-06-30&to=2019-06-30"
UPDATE = """{ id effectiveOn precision voice side note citation { paragraph locator document {
  slug title url archivedUrl publishedOn publisher { name } } } }"""
# Found by hand in the file of statuses of our data.
YEAR = """
SVS-01 ANNOUNCED           GOVERNMENT    2018-04-09 DELIVERED           GOVERNMENT    2018-09-30
SVS-04 ANNOUNCED           CIVIL_SOCIETY 2018-04-09 IN_PROGRESS         CIVIL_SOCIETY 2018-11-04
SVS-05 ANNOUNCED           CIVIL_SOCIETY 2018-04-09 DELIVERED           GOVERNMENT    2018-12-31
SVS-08 ANNOUNCED           GOVERNMENT    2018-04-09 DELIVERED           GOVERNMENT    2019-03-25
SVS-10 ANNOUNCED           GOVERNMENT    2018-04-09 PARTIALLY_DELIVERED GOVERNMENT    2019-06-26
SVS-13 PARTIALLY_DELIVERED CIVIL_SOCIETY 2018-03-31 DELIVERED           GOVERNMENT    2019-06-17
SVS-15 ANNOUNCED           GOVERNMENT    2018-04-09 IN_PROGRESS         MEDIA         2019-05-24
SVS-19 ANNOUNCED           GOVERNMENT    2018-04-09 IN_PROGRESS         GOVERNMENT    2019-05-09
SVS-20 IN_PROGRESS         GOVERNMENT    2018-05-31 PARTIALLY_DELIVERED GOVERNMENT    2019-06-26
SVS-23 IN_PROGRESS         PARLIAMENT    2018-06-20 DELIVERED           GOVERNMENT    2019-05-16
SVS-24 ANNOUNCED           GOVERNMENT    2018-04-08 DELIVERED           GOVERNMENT    2019-02-20
SVS-25 ANNOUNCED           GOVERNMENT    2018-04-09 IN_PROGRESS         GOVERNMENT    2019-03-12
SVS-26 ANNOUNCED           GOVERNMENT    2018-04-09 IN_PROGRESS         GOVERNMENT    2018-09-30
SVS-27 ANNOUNCED           DELIVERY_BODY 2018-04-09 IN_PROGRESS         MEDIA         2019-03-14
SVS-28 ANNOUNCED           GOVERNMENT    2018-04-09 DELIVERED           DELIVERY_BODY 2018-07-17
"""
QUERY = f"""{{ comparison(from: "2018-06-30", to: "2019-06-30") {{
  statusChanges(filter: {{origin: [STRATEGY, LATER]}}) {{ nodes {{
    commitment {{ ref title origin theme {{ title }} }} before after
    beforeUpdate {UPDATE} afterUpdate {UPDATE} updates {{ id }} }} }}
  amounts {{ nodes {{ id fund {{ slug }} statedOn money {{ amount }} }} }}
}} }}"""


def rows(api: Api, address: str) -> list[dict[str, str]]:
    response = api.http.get(address)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline=""), strict=True))


def told(update: dict[str, object] | None, prefix: str) -> dict[str, str]:
    """The columns of an update, as the API answers."""
    names = ["source", "publisher", "publishedOn", "url", "archivedUrl", "paragraph", "locator", "document"]
    values: dict[str, object] = dict.fromkeys(["effectiveOn", "precision", "voice", "note", "side", *names])
    if update:
        values |= {name: update[name] for name in ("effectiveOn", "precision", "voice", "note", "side")}
        citation = update["citation"]
        if isinstance(citation, dict):
            document = citation["document"]
            values |= {name: document[name] for name in ("publishedOn", "url", "archivedUrl")}
            values |= {"source": document["title"], "publisher": (document["publisher"] or {}).get("name")}
            values |= {name: citation[name] for name in ("paragraph", "locator")} | {"document": document["slug"]}
    texts = {name: "" if value is None else str(value) for name, value in values.items()}
    return {prefix + name[0].upper() + name[1:]: text for name, text in texts.items()}


def test_the_file_says_what_the_api_says_of_each_status_that_differs(api_sqlite: Api) -> None:
    labels = {
        one["status"]: one
        for one in api_sqlite.ask("{ statusDefinitions { status label group } }")["statusDefinitions"]
    }
    expected = []
    for change in api_sqlite.ask(QUERY)["comparison"]["statusChanges"]["nodes"]:
        commitment = change["commitment"]
        row = {name: commitment[name] or "" for name in ("ref", "title", "origin")}
        row |= {"theme": (commitment["theme"] or {}).get("title") or ""}
        for side in ("before", "after"):
            row |= {side: change[side], f"{side}Label": labels[change[side]]["label"]}
            row |= {f"{side}Group": labels[change[side]]["group"]} | told(change[f"{side}Update"], side)
        expected.append(row | {"updates": " ".join(parse_id(one["id"])[1] for one in change["updates"])})
    assert len(expected) > 14
    assert rows(api_sqlite, f"/compare.csv?{DAYS}&origin=all") == expected
    own = [row for row in expected if row["origin"] == "STRATEGY"]
    assert rows(api_sqlite, f"/compare.csv?{DAYS}") == own
    assert f"{len(own)} changes of status" in read(api_sqlite, f"/compare?{DAYS}").text


def test_a_year_of_our_data_is_what_a_reader_finds_by_hand(api_sqlite: Api) -> None:
    names = ("ref", "before", "beforeVoice", "beforeEffectiveOn", "after", "afterVoice", "afterEffectiveOn")
    found = [[row[name] for name in names] for row in rows(api_sqlite, f"/compare.csv?{DAYS}")]
    assert found == [line.split() for line in YEAR.strip().splitlines()]
    text = read(api_sqlite, f"/compare?{DAYS}").text
    assert "15 changes of status" in text
    assert all(f"{line.split()[0]} " in text for line in YEAR.strip().splitlines())


def test_the_file_of_money_says_what_was_stated_in_between(api_sqlite: Api) -> None:
    amounts = api_sqlite.ask(QUERY)["comparison"]["amounts"]["nodes"]
    found = rows(api_sqlite, f"/compare/money.csv?{DAYS}")
    assert sorted((row["key"], row["fund"], row["statedOn"], row["amount"]) for row in found) == sorted(
        (parse_id(one["id"])[1], one["fund"]["slug"], one["statedOn"], one["money"]["amount"]) for one in amounts
    )
    assert len(found) > 30


def test_the_page_leads_to_its_files_with_its_days_and_its_moment(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/compare?theme=communities&asOf=2019-06-30")
    files = [link for link in page.links if re.match(r"/compare[a-z/]*\.csv", link)]
    assert len(files) == 2
    for link in files:
        assert "from=2018-04-09&to=2019-06-30" in link
        assert "asOf=2019-06-30" in link
        rows(api_sqlite, link)
    assert "theme=communities" in files[0]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "State `from`. State `to`."),
        ("from=2018-06-30", "State `to`."),
        ("from=2019-06-30&to=2018-06-30", "`from` is after `to`: 30 June 2019 is after 30 June 2018."),
        ("from=2018-06-30&to=2099-01-01", "`to`: 1 January 2099 is after 1 December 2026, today."),
        ("from=x&to=y", "`to`: A Date is a day as text"),
        (f"{DAYS}&group=x", "`group` is not known here"),
    ],
)
@pytest.mark.parametrize("path", ["/compare.csv", "/compare/money.csv"])
def test_days_that_cannot_be_compared_are_refused(api_sqlite: Api, path: str, query: str, message: str) -> None:
    response = api_sqlite.http.get(f"{path}?{query}")
    assert response.status_code == 400
    assert message in response.json()["errors"][0]["message"]
