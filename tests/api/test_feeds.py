"""Feeds of changes agree with the log, and with the formats of feeds."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from sqlmodel import Session, select

from db.edits import Edits
from db.models import Commitment
from db.vocabulary import ChangeAction
from tests.api.feeds import ATOM, PUBLIC, Text, get, log_entries, parse_feed, revisions
from tests.engines import REVISION
from tests.inputs import RECORD, VALID_INPUTS
from tests.log import log_change
from tests.server import NOW
from tests.writable import WritableApi

SUBJECTS = """{
  strategy { themes { id slug } }
  commitments(filter: {origin: [STRATEGY, LATER]}) { nodes { id ref } }
  funds { nodes { id slug } }
}"""
HOSTILE = "<script>alert(1)</script> ]]> &amp; \"'><b>bold</b> =1+1"
UNSEEN = "a\x0bb\u202ec\ufffed\uffffe"
pytestmark = pytest.mark.postgresql_in_full


def test_every_change_is_an_entry_with_the_latest_first(site_readonly: WritableApi) -> None:
    result = parse_feed(get(site_readonly.public, "/feed.atom"))
    expected = log_entries(site_readonly.public)
    assert len(expected) == REVISION + len(VALID_INPUTS)
    for entry, change in zip(result.entries, expected, strict=True):
        assert entry.id == f"tag:sixty-one.example,2026:change/{change['revision']}"
        assert entry.published == entry.updated == change["recordedAt"]
        assert entry.updated.endswith("Z")
        assert entry.author == change["actor"]
        assert entry.link == f"{PUBLIC}/changes/{change['revision']}"
        assert change["headline"].startswith(entry.title.removesuffix("…"))
        assert 0 < len(entry.title) <= 200
        assert change["headline"] in Text(entry.content[0].value).text
    links = {link.rel: link.href for link in result.feed.links}
    assert links == {"self": f"{PUBLIC}/feed.atom", "first": f"{PUBLIC}/feed.atom", "alternate": f"{PUBLIC}/"}
    assert result.feed.id == "tag:sixty-one.example,2026:changes"
    assert result.feed.title == "Serious Violence Strategy: what changed"
    assert "CC BY 4.0" in result.feed.rights
    assert "contributors" in result.feed.rights


def test_what_a_change_is_about_has_its_page_beside_that_of_the_change(site_readonly: WritableApi) -> None:
    result = parse_feed(get(site_readonly.public, "/feed.atom"))
    links = [next(link.href for link in entry.links if link.rel == "related") for entry in result.entries]
    assert links == [
        f"{PUBLIC}{path}"
        for path in (
            "/gaps#events-frequency",
            "/gaps#quay-sum",
            "/commitments/SVS-10",
            "/commitments/SVS-21",
            "/funds/knifefree-campaign",
            "/funds/anti-knife-crime-community-fund",
            "/funds/quay-money",
            "/events/quay-opens",
            "/sources/quay-letter",
            "/commitments/SVS-35",
            "/commitments/SVS-21",
            "/commitments/SVS-05",
            *["/"] * REVISION,
        )
    ]


def test_what_atom_asks_for_is_there(site_readonly: WritableApi) -> None:
    """RFC 4287, 4.1."""
    for path in ("/feed.atom", "/commitments/SVS-21/feed.atom", "/themes/communities/feed.atom"):
        response = get(site_readonly.public, path)
        assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
        root = ElementTree.fromstring(response.content)
        assert root.tag == f"{ATOM}feed"
        entries = root.findall(f"{ATOM}entry")
        for element in (root, *entries):
            assert [len(element.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
            instant = element.findtext(f"{ATOM}updated", "")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", instant)
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids)) > 0
        assert all(entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries)
        relations = [(link.get("rel"), link.get("type")) for link in root.findall(f"{ATOM}link")]
        assert len(relations) == len(set(relations))
        times = [dt.datetime.fromisoformat(each.findtext(f"{ATOM}updated", "")) for each in (root, *entries)]
        assert times == sorted(times, reverse=True)
        assert times[0] == times[1]


def test_json_feed_says_the_same_and_what_it_asks_for_is_there(site_readonly: WritableApi) -> None:
    for path in ("/feed", "/commitments/SVS-21/feed", "/funds/county-lines-programme/feed"):
        response, atom = (
            get(site_readonly.public, f"{path}.json"),
            parse_feed(get(site_readonly.public, f"{path}.atom")),
        )
        body = response.json()
        assert response.headers["content-type"] == "application/feed+json"
        assert body["version"] == "https://jsonfeed.org/version/1.1"
        assert (body["title"], body["home_page_url"]) == (atom.feed.title, atom.feed.link)
        assert body["feed_url"] == f"{PUBLIC}{path}.json"
        assert "CC BY 4.0" in body["description"]
        assert [
            (item["id"], item["url"], item["title"], item["content_html"], item["date_published"], item["authors"])
            for item in body["items"]
        ] == [
            (entry.id, entry.link, entry.title, entry.content[0].value, entry.published, [{"name": entry.author}])
            for entry in atom.entries
        ]
        assert {item["date_modified"] for item in body["items"]} == {entry.updated for entry in atom.entries}


def test_a_feed_of_one_subject_has_what_the_log_has_of_it(site_readonly: WritableApi) -> None:
    data = site_readonly.public.ask(SUBJECTS)
    revision_lists = set()
    for place, name, nodes in (
        ("themes", "slug", data["strategy"]["themes"]),
        ("commitments", "ref", data["commitments"]["nodes"]),
        ("funds", "slug", data["funds"]["nodes"]),
    ):
        for node in nodes:
            expected = [change["revision"] for change in log_entries(site_readonly.public, node["id"])]
            for suffix in ("atom", "json"):
                assert revisions(get(site_readonly.public, f"/{place}/{node[name]}/feed.{suffix}")) == expected
            revision_lists.add(tuple(expected))
    assert len(revision_lists) > 8


def test_a_feed_of_one_subject_is_named_after_it(site_readonly: WritableApi) -> None:
    for path, title, page in (
        ("commitments/SVS-35", "SVS-35 Mend the quay", "commitments/SVS-35"),
        ("commitments/SVS-36", "SVS-36", "commitments/SVS-36"),
        ("funds/quay-money", "Quay money", "funds/quay-money"),
        ("themes/communities", "Supporting communities and local partnerships", "themes/communities"),
    ):
        feed = parse_feed(get(site_readonly.public, f"/{path}/feed.atom")).feed
        assert (feed.title, feed.link) == (f"{title}: what changed", f"{PUBLIC}/{page}")
        kind, name = path.split("/")
        assert feed.id == f"tag:sixty-one.example,2026:changes/{kind.removesuffix('s')}/{name}"


def test_a_status_says_by_whose_word_and_where_that_can_be_read(site_readonly: WritableApi) -> None:
    entry, *editions = parse_feed(get(site_readonly.public, "/commitments/SVS-05/feed.atom")).entries
    assert {edition.author for edition in editions} == {"import"}
    document = site_readonly.public.ask(f'{{ document(slug: "{RECORD}") {{ title url }} }}')["document"]
    content = entry.content[0].value
    assert entry.title == (
        "SVS-05 Add county lines to child safeguarding guidance: delivered, Parliament says, 15 May 2019"
    )
    # Not as a quotation: the words are the editor's.
    assert (
        "<p>Delivered, Parliament says, 15 May 2019. In this tracker's words: The minister says that it is done.</p>"
        in content
    )
    assert f'<a href="{document["url"]}">{document["title"]}</a>' in content
    assert "<li>status: nothing → “DELIVERED”</li>" in content
    entries = parse_feed(get(site_readonly.public, "/commitments/SVS-21/feed.atom")).entries
    [text] = [text for each in entries if "It was said before." in (text := Text(each.content[0].value).text)]
    # The values show the earlier status; only the new statement is attributed to its voice.
    assert "Not started, civil society says, June 2019. In this tracker's words: The board waits." in text
    assert "the government says, June 2019. In this tracker's words" not in text


@pytest.mark.parametrize("text", [HOSTILE, UNSEEN, "x" * 5_000, "a\nb", "漢字 🙂"])
def test_markup_in_the_record_is_shown_as_text(api_shared: WritableApi, text: str) -> None:
    def log(session: Session) -> None:
        subject = session.exec(select(Commitment)).first()
        assert subject
        edits = Edits(session)
        edits.entries.append({"record": f"Commitment {text}", "field": text, "before": None, "after": text})
        log_change(session, NOW, text, ChangeAction.RECORDED, text, subject, (), edits)

    with api_shared.database.transaction() as session:
        log(session)
    expected = text
    for control in ("\x0b", "\u202e"):
        expected = expected.replace(control, f"[U+{ord(control):04X}]")
    expected = re.sub("[\ufffe\uffff]", "\ufffd", expected)
    item = get(api_shared.public, "/feed.json").json()["items"][0]
    root = ElementTree.fromstring(get(api_shared.public, "/feed.atom").content)
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == item["authors"][0]["name"] == expected
    assert entry.findtext(f"{ATOM}title") == item["title"]
    assert expected[:100] in item["title"]
    assert len(item["title"]) < 300
    for content in (item["content_html"], entry.findtext(f"{ATOM}content", "")):
        read = Text(content)
        assert read.tags == {"div", "p", "details", "summary", "ul", "li", "a"}
        assert f"{expected}: nothing → “{expected}”" in read.text


def test_an_import_tells_each_commitment_first_of_its_own(api_shared: WritableApi) -> None:
    records = [f"Commitment SVS-{number:02}" for number in range(1, 62)]
    with api_shared.database.transaction() as session:
        commitments = session.exec(select(Commitment).order_by(Commitment.ref)).all()
        edits = Edits(session)
        edits.entries += [{"record": r, "field": "title", "before": "Old", "after": f"New of {r}"} for r in records]
        log_change(session, NOW, "import", ChangeAction.IMPORTED, "Imported.", commitments[0], commitments, edits)
    for path, first in (("/feed", 1), ("/commitments/SVS-60/feed", 60)):
        content = get(api_shared.public, f"{path}.json").json()["items"][0]["content_html"]
        matches = re.findall(r"New of Commitment SVS-(\d+)", content)
        assert (len(matches), int(matches[0])) == (50, first)
        assert "And 11 more values." in content
