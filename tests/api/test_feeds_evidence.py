"""The feed of new evidence: statements as they are recorded, by whose word, apart from loads of files."""

import datetime as dt

import pytest

from tests.api.feeds import PUBLIC, Text, get, parse_feed
from tests.api.pages.reading import read
from tests.inputs import submit_valid
from tests.writable import WritableApi

LATEST = """{ statusUpdates(first: 50, filter: {voice: [GOVERNMENT, PARLIAMENT, INSPECTORATE, DELIVERY_BODY,
    CIVIL_SOCIETY, MEDIA]}) { nodes { recordedAt commitment { ref } } } }"""
pytestmark = pytest.mark.postgresql_in_full


def test_what_was_recorded_last_is_the_first_entry(site_writable: WritableApi) -> None:
    before = get(site_writable.public, "/evidence.atom")
    submit_valid(site_writable.editor, "recordStatus", status="IN_PROGRESS", note="It is under way again.")
    entry = parse_feed(get(site_writable.public, "/evidence.atom")).entries[0]
    title = "SVS-05 Add county lines to child safeguarding guidance: in progress, Parliament says, 15 May 2019"
    assert entry.title == title
    assert entry.author == "UK Parliament"
    assert entry.published == entry.updated == "2026-12-01T12:01:00Z"
    assert "In this tracker's words: It is under way again." in Text(entry.content[0].value).text
    path, _, anchor = entry.link.removeprefix(PUBLIC).partition("#")
    assert path == "/commitments/SVS-05"
    assert anchor in read(site_writable.public, path).ids
    assert entry.id not in {one.id for one in parse_feed(before).entries}


def test_every_entry_is_a_statement_of_a_source_and_none_a_load(site_readonly: WritableApi) -> None:
    result = parse_feed(get(site_readonly.public, "/evidence.atom"))
    updates = site_readonly.public.ask(LATEST)["statusUpdates"]["nodes"]
    assert [entry.title.partition(" ")[0] for entry in result.entries] == [one["commitment"]["ref"] for one in updates]
    assert [entry.published for entry in result.entries] == [one["recordedAt"] for one in updates]
    assert not [entry.title for entry in result.entries if "rows added" in entry.title]
    assert len({entry.id for entry in result.entries}) == len(result.entries) == 50
    assert result.feed.title == "Serious Violence Strategy: new evidence"
    assert result.feed.id == "tag:sixty-one.example,2026:evidence"


def test_a_search_that_found_nothing_is_no_evidence(site_writable: WritableApi) -> None:
    before = get(site_writable.public, "/evidence.json").json()["items"]
    submit_valid(site_writable.editor, "recordStatus", status="NO_EVIDENCE", voice="TRACKER", citation=None)
    assert get(site_writable.public, "/evidence.json").json()["items"] == before


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/commitments/SVS-21", "SVS-21 Challenge and support community safety partnerships"),
        ("/themes/communities", "Supporting communities and local partnerships"),
        ("/funds/police-surge", "Police surge funding"),
        ("/organisations/home-office", "Home Office"),
    ],
)
def test_a_feed_of_one_subject_has_its_evidence(site_readonly: WritableApi, path: str, title: str) -> None:
    atom, json = (get(site_readonly.public, f"{path}/evidence.{suffix}") for suffix in ("atom", "json"))
    result = parse_feed(atom)
    assert result.feed.title == json.json()["title"] == f"{title}: new evidence"
    assert result.feed.link == json.json()["home_page_url"] == PUBLIC + path
    kind = path.split("/")[1].removesuffix("s")
    assert result.feed.id == f"tag:sixty-one.example,2026:evidence/{kind}/{path.rpartition('/')[2]}"
    assert [item["title"] for item in json.json()["items"]] == [entry.title for entry in result.entries]
    assert 0 < len(result.entries) <= 50


def test_nothing_is_lost_between_the_parts_of_a_feed(site_readonly: WritableApi) -> None:
    ids, url = [], f"{PUBLIC}/evidence.json"
    while url:
        part = get(site_readonly.public, url.removeprefix(PUBLIC)).json()
        ids += [item["id"] for item in part["items"]]
        url = part.get("next_url", "")
    query = """query ($voices: [Voice!]) {
        statusUpdates(filter: {voice: $voices}, first: 1) { totalCount } }"""
    voices = ["GOVERNMENT", "PARLIAMENT", "INSPECTORATE", "DELIVERY_BODY", "CIVIL_SOCIETY", "MEDIA"]
    total = site_readonly.public.ask(query, voices=voices)["statusUpdates"]["totalCount"]
    assert len(set(ids)) == len(ids) == total > 50


def test_a_feed_of_a_past_record_has_what_was_known_then(site_writable: WritableApi) -> None:
    query = "?asOf=2026-11-30&knownAt=2026-11-30T00:00:00Z"
    before = get(site_writable.public, f"/evidence.atom{query}").content
    submit_valid(site_writable.editor, "recordStatus", status="IN_PROGRESS")
    site_writable.clock.now += dt.timedelta(hours=1)
    assert get(site_writable.public, f"/evidence.atom{query}").content == before


@pytest.mark.parametrize("path", ["/evidence.atom?after=nothing", "/commitments/SVS-99/evidence.atom"])
def test_what_is_not_there_is_refused(site_readonly: WritableApi, path: str) -> None:
    assert get(site_readonly.public, path).status_code == (400 if "after" in path else 404)


@pytest.mark.parametrize("name", ["feed.atom", "feed.json", "evidence.atom", "evidence.json"])
@pytest.mark.parametrize("place", ["", "/commitments/SVS-19", "/organisations/home-office"])
def test_a_browser_is_led_to_a_page_and_a_feed_reader_is_not(site_readonly: WritableApi, place: str, name: str) -> None:
    feed = get(site_readonly.public, f"{place}/{name}")
    assert (feed.status_code, feed.headers["vary"].split(", ")[0]) == (200, "sec-fetch-dest")
    assert get(site_readonly.public, f"{place}/{name}", sec_fetch_dest="empty").status_code == 200
    led = get(site_readonly.public, f"{place}/{name}?asOf=2019-06-30", sec_fetch_dest="document")
    assert (led.status_code, led.headers["location"]) == (303, f"/follow{place}?asOf=2019-06-30")
    assert get(site_readonly.public, led.headers["location"]).status_code == 200


@pytest.mark.parametrize("path", ["/follow", "/follow/commitments/SVS-21", "/follow/funds/quay-money"])
def test_a_page_to_follow_shows_what_its_feeds_have(site_readonly: WritableApi, path: str) -> None:
    page, place = read(site_readonly.public, path), path.removeprefix("/follow")
    for name in ("evidence", "feed"):
        for suffix in ("atom", "json"):
            assert f"{PUBLIC}{place}/{name}.{suffix}" in page.text
        entries = parse_feed(get(site_readonly.public, f"{place}/{name}.atom")).entries[:20]
        assert [one.title for one in entries if one.title.removesuffix("…") not in page.text] == []
    if place:
        assert path in read(site_readonly.public, place).links


def test_a_page_to_follow_is_found_by_any_spelling_and_only_of_what_is_there(site_readonly: WritableApi) -> None:
    led = get(site_readonly.public, "/follow/commitments/svs-21?asOf=2019-06-30")
    assert (led.status_code, led.headers["location"]) == (308, "/follow/commitments/SVS-21?asOf=2019-06-30")
    for path in ("/follow/commitments/SVS-99", "/follow/funds/%20", "/follow/nothing/x"):
        assert get(site_readonly.public, path).status_code == 404


@pytest.mark.parametrize("place", ["/areas/durham", "/people/vera-baird"])
def test_an_area_and_a_person_are_followed_by_what_affects_their_events(site_writable: WritableApi, place: str) -> None:
    """Also by the change that puts the event elsewhere and takes the person out of it."""
    public = site_writable.public
    before = {entry.id for entry in parse_feed(get(public, f"{place}/feed.atom")).entries}
    # The second is of an event that no longer has to do with them.
    for title in ("Another name", "A third name"):
        site_writable.clock.now += dt.timedelta(hours=1)
        submit_valid(site_writable.editor, "correctEvent", event="engagement-north-east-2019", title=title)
    [told] = [entry for entry in parse_feed(get(public, f"{place}/feed.atom")).entries if entry.id not in before]
    assert " is corrected: " in told.title
    page = read(public, f"/follow{place}")
    assert told.title in page.text
    assert "evidence.atom" not in page.text
    assert get(public, f"{place}/evidence.atom").status_code == 404
    assert f"/follow{place}" in read(public, place).links
