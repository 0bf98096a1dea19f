"""Feeds are polled: no change is lost or repeated, and an unchanged feed is not sent again."""

import datetime as dt
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from db.database import Database
from seeds.export import export
from seeds.loader import load
from tests.api.feeds import PUBLIC, get, parse_feed, revisions
from tests.api.live import write
from tests.engines import REVISION, Engine, build_migrated, url_of
from tests.inputs import VALID_INPUTS, submit_valid
from tests.server import NOW, Api, capture_statements, serving
from tests.writable import WritableApi, serving_writable

pytestmark = pytest.mark.postgresql_in_full


def test_nothing_is_lost_when_more_changed_than_a_page_holds(site_writable: WritableApi) -> None:
    write(site_writable.database, 120)
    newest = REVISION + len(VALID_INPUTS) + 120
    for suffix in ("atom", "json"):
        result, path = [], f"/feed.{suffix}"
        while path:
            response = get(site_writable.public, path)
            result.append(revisions(response))
            if suffix == "json":
                following = response.json().get("next_url", "")
            else:
                links = {link.rel: link.href for link in parse_feed(response).feed.links}
                following = links.get("next", "")
                assert (links["self"], links["first"]) == (f"{PUBLIC}{path}", f"{PUBLIC}/feed.atom")
            assert following.startswith(PUBLIC) or not following
            path = following.removeprefix(PUBLIC)
            # What is written now comes in at the top, and shifts nothing.
            write(site_writable.database)
        assert [len(part) for part in result] == [50, 50, newest - 100]
        assert [number for part in result for number in part] == list(range(newest, 0, -1))
        newest += len(result)


def test_what_a_reader_has_is_not_sent_again_until_it_changes(site_readonly: WritableApi) -> None:
    for path in ("/feed.atom", "/feed.json", "/themes/communities/feed.atom"):
        first = get(site_readonly.public, path)
        tag, date = first.headers["etag"], first.headers["last-modified"]
        assert first.headers["cache-control"] == "no-cache"
        assert parsedate_to_datetime(date) == NOW
        for condition in (
            {"if_none_match": tag},
            {"if_none_match": f'"other", {tag.removeprefix("W/")}'},
            {"if_none_match": "*"},
            {"if_modified_since": date},
            {"if_none_match": tag, "if_modified_since": "Mon, 01 Jan 2018 00:00:00 GMT"},
        ):
            again = get(site_readonly.public, path, **condition)
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), condition
        for condition in (
            {"if_none_match": '"other"'},
            {"if_none_match": '"other"', "if_modified_since": date},
            {"if_modified_since": "Tue, 01 Dec 2026 11:59:59 GMT"},
            {"if_modified_since": "yesterday"},
            {"if_modified_since": "Mon, 01 Jan 2018 00:00:00 +9999999999999"},
            {"if_modified_since": "Mon, 01 Jan 2018 99999999999999999999:00:00 GMT"},
            {"if_modified_since": "Tue, 01 Dec 2026 12:30:00"},
        ):
            again = get(site_readonly.public, path, **condition)
            assert (again.status_code, again.content) == (200, first.content), condition
        head = site_readonly.public.http.head(path)
        assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
        assert head.headers["content-length"] == first.headers["content-length"]
        assert int(head.headers["content-length"]) < len(first.content)


def test_a_change_is_at_the_top_with_the_next_look(site_writable: WritableApi) -> None:
    before = get(site_writable.public, "/commitments/SVS-05/feed.atom")
    submit_valid(site_writable.editor, "recordStatus", status="IN_PROGRESS", note="It is under way again.")
    for path in ("/feed.atom", "/commitments/SVS-05/feed.atom"):
        after = get(
            site_writable.public,
            path,
            if_none_match=before.headers["etag"],
            if_modified_since=before.headers["last-modified"],
        )
        assert after.headers["etag"] != before.headers["etag"]
        top = parse_feed(after).entries[0]
        assert top.id.endswith(f"change/{REVISION + len(VALID_INPUTS) + 1}")
        assert "It is under way again." in top.content[0].value
        assert top.title.endswith(": in progress, Parliament says, 15 May 2019")


def test_two_changes_within_a_second_are_distinguished(site_writable: WritableApi) -> None:
    """A date of HTTP has no parts of a second, so none is given before the second is over."""
    submit_valid(site_writable.editor, "recordStatus", status="IN_PROGRESS")
    during = get(site_writable.public, "/feed.atom")
    assert "last-modified" not in during.headers
    site_writable.clock.now += dt.timedelta(seconds=1)
    date = get(site_writable.public, "/feed.atom").headers["last-modified"]
    assert parsedate_to_datetime(date) == NOW + dt.timedelta(minutes=1)
    submit_valid(site_writable.editor, "recordStatus", status="ANNOUNCED")
    assert get(site_writable.public, "/feed.atom", if_modified_since=date).status_code == 200


def test_a_correction_leaves_the_entries_as_they_were(site_writable: WritableApi) -> None:
    before = parse_feed(get(site_writable.public, "/feed.atom")).entries
    update = site_writable.public.ask('{ commitment(ref: "SVS-05") { statusUpdate { id } } }')["commitment"][
        "statusUpdate"
    ]
    submit_valid(
        site_writable.editor, "correctStatus", statusUpdate=update["id"], commitment="SVS-05", reason="Misread."
    )
    new, *after = parse_feed(get(site_writable.public, "/feed.atom")).entries
    assert "Misread." in new.title
    assert after == before


def test_another_database_that_loads_an_export_has_the_same_feeds(
    site_readonly: WritableApi, engine: Engine, tmp_path: Path
) -> None:
    list(export(site_readonly.database, tmp_path))
    other = Database(build_migrated(engine))
    load(other, tmp_path, now=NOW)
    with serving_writable(other, public_url=PUBLIC) as copy:
        for path in ("/themes/communities/feed.json", "/events.ics"):
            assert get(copy.public, path).content == get(site_readonly.public, path).content
        # The whole log says beside all else that it was restored.
        restoration, *others = get(copy.public, "/feed.json").json()["items"]
        assert others == get(site_readonly.public, "/feed.json").json()["items"]
        assert "Restored from files" in restoration["title"]
    other.close()


def test_without_a_public_address_it_is_that_of_the_request(api_readonly: Api) -> None:
    numbers = range(REVISION, 0, -1)
    entries = parse_feed(get(api_readonly, "/feed.atom", host="Other.Example:8061")).entries
    assert [(entry.id, entry.link) for entry in entries] == [
        (f"tag:other.example,2026:change/{number}", f"http://Other.Example:8061/changes/{number}") for number in numbers
    ]
    entries = parse_feed(get(api_readonly, "/feed.atom")).entries
    assert [(entry.id, entry.link) for entry in entries] == [
        (f"tag:127.0.0.1,2026:change/{number}", f"{api_readonly.http.base_url}/changes/{number}") for number in numbers
    ]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/commitments/SVS-99/feed.atom", 404, "NOT_FOUND"),
        ("/themes/nothing/feed.json", 404, "NOT_FOUND"),
        ("/funds/nothing/feed.atom", 404, "NOT_FOUND"),
        ("/funds/SVS-19/feed.atom", 404, "NOT_FOUND"),
        ("/funds/%00/feed.atom", 404, "NOT_FOUND"),
        ("/funds/%F0%9F%99%82/feed.atom", 404, "NOT_FOUND"),
        (f"/funds/{'x' * 2_000}/feed.atom", 404, "NOT_FOUND"),
        ("/feed.rss", 404, "NOT_FOUND"),
        ("/feed.atom/", 404, "NOT_FOUND"),
        ("/feed.atom?after=garbage", 400, "BAD_REQUEST"),
        ("/feed.json?after=WyJjaGFuZ2VzIiwxXQ==", 400, "BAD_REQUEST"),
    ],
)
def test_a_missing_address_is_refused_in_json(api_readonly: Api, path: str, status: int, code: str) -> None:
    for _ in range(2):
        response = get(api_readonly, path)
        assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (status, code)


def test_feeds_are_read_only(api_readonly: Api) -> None:
    response = api_readonly.http.post("/feed.atom")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (405, "METHOD_NOT_ALLOWED")


def test_without_data_there_is_no_feed_yet(empty_database: Database) -> None:
    with serving(url_of(empty_database)) as empty:
        for path in ("/feed.atom", "/events.ics"):
            assert get(empty, path).status_code == 503


def test_a_feed_takes_as_many_statements_for_fifty_changes_as_for_a_few(seeded_database: Database) -> None:
    paths = ("/feed.atom", "/themes/communities/feed.json")
    with serving_writable(seeded_database, answers_bytes=0) as api:
        counts: dict[str, list[int]] = {path: [] for path in paths}
        submit_valid(api.editor, "recordStatus", commitment="SVS-05")
        submit_valid(api.editor, "recordStatus", commitment="SVS-02")
        for month in range(1, 30):
            for path in paths:
                with capture_statements() as statements:
                    get(api.public, path)
                counts[path].append(len(statements))
            submit_valid(api.editor, "recordStatus", commitment="SVS-05", effectiveOn=f"2019-04-{month:02}")
            submit_valid(api.editor, "recordStatus", commitment="SVS-02", effectiveOn=f"2019-04-{month:02}")
    for path in paths:
        assert max(counts[path]) == counts[path][0] <= 16, counts


def test_a_look_in_vain_takes_three_statements(site_readonly: WritableApi) -> None:
    # The first answer of a version is not cached, the second is.
    tag = [get(site_readonly.public, "/feed.atom") for _ in range(2)][-1].headers["etag"]
    with capture_statements() as statements:
        assert get(site_readonly.public, "/feed.atom", if_none_match=tag).status_code == 304
    assert len(statements) <= 3, statements
