"""The report tells of each identified commitment what its page tells, in parts that are bounded."""

from pathlib import Path

import pytest

from api.pages.report import PART
from db.database import Database
from tests.api.pages.reading import get, normalise_spaces, read
from tests.engines import seed_sqlite
from tests.scale import multiply
from tests.server import Api, serving

pytestmark = pytest.mark.sqlite_only
ROWS = """query ($theme: [String!], $day: Date) { record(asOf: $day) {
  commitments(filter: {identified: true, theme: $theme}, first: 100) { nodes {
    ref title summary statusUpdate { note citation { document { title url } } }
    funds { name } events { title date } } } } }"""


@pytest.mark.parametrize("theme", [None, "communities"])
@pytest.mark.parametrize("day", ["2019-06-30", "2026-12-01"])
def test_the_report_has_every_identified_commitment(api_sqlite: Api, theme: str | None, day: str) -> None:
    rows = api_sqlite.ask(ROWS, theme=[theme] if theme else None, day=day)["record"]["commitments"]["nodes"]
    assert 0 < len(rows) <= PART
    page = read(api_sqlite, f"/report?asOf={day}" + (f"&theme={theme}" if theme else ""))
    for row in rows:
        texts = [f"{row['ref']} {row['title']}", row["summary"], *(fund["name"] for fund in row["funds"])]
        texts += [event["title"] for event in row["events"] if not event["date"] or event["date"] <= day]
        if row["statusUpdate"]:
            texts.append(row["statusUpdate"]["note"])
            if citation := row["statusUpdate"]["citation"]:
                texts.append(citation["document"]["title"])
        assert [text for text in texts if normalise_spaces(text) not in page.text] == []
    refs = [text for text in page.ids if text.startswith("SVS-")]
    assert len(refs) == len(rows)


def test_a_status_in_the_report_has_its_voice(api_sqlite: Api) -> None:
    text = read(api_sqlite, "/report").text
    assert "Delivered, the government says, " in text
    assert "No fund is on record. That does not say that none was spent." in text


def test_there_is_no_report_of_an_unknown_theme(api_sqlite: Api) -> None:
    get(api_sqlite, "/report?theme=nothing", 404)


def test_a_theme_leads_to_its_report(api_sqlite: Api) -> None:
    assert "/report?theme=communities" in read(api_sqlite, "/themes/communities").links


def test_a_long_report_comes_in_parts_of_which_none_is_lost(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    database = Database(url)
    multiply(database, 5)
    database.close()
    with serving(url) as api:
        refs: list[str] = []
        path = "/report"
        while path:
            page = read(api, path)
            part = [id for id in page.ids if "SVS-" in id]
            assert 0 < len(part) <= PART
            refs += part
            path = next((link for link in page.links if link.startswith("/report?after=")), "")
        query = "{ commitments(filter: {identified: true}) { totalCount } }"
        assert len(set(refs)) == len(refs) == api.ask(query)["commitments"]["totalCount"] > PART


def test_paper_names_the_day_and_the_revision(api_sqlite: Api) -> None:
    [link] = [one for one in read(api_sqlite, "/report?asOf=2019-06-30&revision=2").all("link") if "media" in one]
    assert link["media"] == "print"
    response = api_sqlite.http.get(link["href"])
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "as of 30 June 2019, revision 2" in response.text
    assert "immutable" in response.headers["cache-control"]
    assert api_sqlite.http.get("/print.css?revision=99").status_code == 404
    assert api_sqlite.http.get("/print.css?asOf=x").status_code == 400


@pytest.mark.parametrize("host", ['x"; } body { display: none } @page { a: "', "x\\", "x'"])
def test_the_host_of_a_request_ends_no_text_of_the_style(api_sqlite: Api, host: str) -> None:
    response = api_sqlite.http.get("/print.css", headers={"host": host})
    assert response.status_code == 400 or (response.text.count('"'), response.text.count("\\")) == (6, 0)
