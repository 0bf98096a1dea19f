"""Beside each statement a reader tells of a mistake, with what it is about filled in; and nothing leads nowhere."""

from urllib.parse import parse_qs, urlsplit

import pytest

from db.database import Database
from tests.api.pages.reading import PAGES, read
from tests.engines import REVISION, url_of
from tests.server import Api, serving

# A page, and what its reports are about.
CASES = [
    ("/commitments/SVS-19", "SVS-19: Hold engagement events across the country"),
    ("/commitments/SVS-19", "SVS-19, In progress, 8 July 2019, Delivery body"),
    ("/funds/serious-violence-fund", "Serious Violence Fund: £100 million announced"),
    ("/funds/youth-fund-round-2", "Early Intervention Youth Fund, second round: £3.3 million allocated"),
    ("/organisations/mopac", "Mayor's Office for Policing and Crime, London: "),
    ("/events/strategy-launch-2018", "Launch of the Strategy"),
    ("/sources/itv-2019-12-29", "A further £35m for units"),
]
FORM = "https://example.org/report?site=ours#form"


@pytest.mark.parametrize("contact", ["mailto:editors@example.org", FORM])
def test_a_report_names_the_statement_its_address_and_the_revision(seeded_database: Database, contact: str) -> None:
    with serving(url_of(seeded_database), contact=contact) as api:
        for path, about in CASES:
            page = read(api, path)
            links = [urlsplit(link["href"]) for link in page.all("a") if link.get("class") == "tell"]
            reports = [parse_qs(link.query) for link in links]
            [report] = [report for report in reports if report["subject"][0].startswith(f"Wrong? {about}")][:1]
            lines = report["body"][0].splitlines()
            assert lines[0].startswith(about)
            address = urlsplit(lines[1])
            assert address.path == path
            assert parse_qs(address.query).keys() >= {"asOf", "knownAt"}
            assert not address.fragment or address.fragment in page.ids
            assert lines[2] == f"Revision {REVISION}"
            for link, report in zip(links, reports, strict=True):
                assert link._replace(query="").geturl() == contact.replace("?site=ours", "")
                assert report.get("site") == (["ours"] if contact == FORM else None)


@pytest.mark.parametrize("path", PAGES)
def test_without_an_address_a_report_leads_to_what_can_be_done(api_sqlite: Api, path: str) -> None:
    links = [link["href"] for link in read(api_sqlite, path).all("a") if link.get("class") == "tell"]
    assert set(links) <= {"/about#wrong"}
    about = read(api_sqlite, "/about")
    assert "wrong" in about.ids
    assert "No address to write to is set on this site." in about.text
