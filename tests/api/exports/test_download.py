"""Downloads over HTTP: their headers, their refusals, ranges, and conditional responses."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from api import file_cache
from api.exports.files import FILES, WHOLES
from db.database import Database
from tests.api.exports import reading
from tests.api.lite import error_body, refusal
from tests.engines import seed_sqlite, url_of
from tests.inputs import submit_valid
from tests.scale import multiply
from tests.server import Api, capture_statements, serving
from tests.writable import WritableApi, serving_writable

TABLE = "/data/commitments.csv"
BINARY = ["sixty-one.xlsx", "sixty-one.zip", "sixty-one.db"]


@pytest.fixture(scope="module")
def api_written_to(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableApi]:
    """A writable application on SQLite: the kind of database makes no difference here."""
    database = Database(seed_sqlite(tmp_path_factory.mktemp("written")))
    with serving_writable(database) as api:
        yield api
    database.close()


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_what_it_is_and_of_which_day(api_sqlite: Api, name: str) -> None:
    response = api_sqlite.http.get(f"/data/{name}?asOf=2019-05-20")
    assert response.status_code == 200
    assert response.headers["content-type"] == FILES[name].media_type
    assert response.headers["cache-control"] == "no-cache"
    disposition, _, filename = response.headers["content-disposition"].partition("; ")
    stem, _, suffix = name.rpartition(".")
    prefix = "" if stem == "sixty-one" else "sixty-one-"
    assert filename == f'filename="{prefix}{stem}-2019-05-20.{suffix}"'
    assert disposition == ("inline" if suffix == "json" else "attachment")
    assert '</data/datapackage.json?asOf=2019-05-20>; rel="describedby"' in response.headers["link"]


def test_json_says_what_it_is_about(api_sqlite: Api) -> None:
    params = {"asOf": "2019-05-20", "knownAt": "2026-11-30T10:00:00+01:00"}
    body = api_sqlite.http.get("/data/themes.json", params=params).json()
    rows = body.pop("rows")
    dataset = api_sqlite.ask("{ dataset { revision updatedAt licence attribution } }")["dataset"]
    assert body == {"table": "themes", "asOf": "2019-05-20", "knownAt": "2026-11-30T09:00:00Z", **dataset}
    assert rows[0].keys() == {"slug", "title", "position", "id"}


def test_csv_is_as_the_standard_has_it(api_sqlite: Api) -> None:
    content = api_sqlite.http.get("/data/themes.csv").content
    assert content.startswith(b"slug,title,position,id\r\n")
    assert content.endswith(b"\r\n")
    assert content.replace(b"\r\n", b"").count(b"\n") == 0


@pytest.mark.parametrize("name", ["commitments.csv", "statuses.json", *(file.name for file in WHOLES)])
def test_what_a_client_has_is_not_sent_again(api_sqlite: Api, name: str) -> None:
    first = api_sqlite.http.get(f"/data/{name}")
    tag = first.headers["etag"]
    with capture_statements() as statements:
        second = api_sqlite.http.get(f"/data/{name}", headers={"if-none-match": f'"another", W/{tag}'})
    assert (second.status_code, second.content) == (304, b"")
    assert (second.headers["etag"], second.headers["cache-control"]) == (tag, "no-cache")
    # The driver's own look at SQLite is not counted.
    assert statements == []
    # What has the same tag is the same, to the byte.
    assert api_sqlite.http.get(f"/data/{name}").content == first.content
    head = api_sqlite.http.head(f"/data/{name}")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert head.headers["content-disposition"] == first.headers["content-disposition"]


def test_another_moment_another_day_and_another_state_of_the_data_are_other_files(api_written_to: WritableApi) -> None:
    def tag(query: str = "", name: str = "amounts.csv") -> str:
        return str(api_written_to.public.http.head(f"/data/{name}{query}").headers["etag"])

    tags = [tag(), tag("?asOf=2026-11-30"), tag("?asOf=2026-11-29"), tag("?knownAt=2026-12-01T00:00:00Z")]
    tags += [tag(name="amounts.json"), tag("?asOf=2026-12-01")]
    submit_valid(api_written_to.editor, "stateAmount")
    tags += [tag(), tag("?asOf=2026-12-01")]
    api_written_to.clock.now += dt.timedelta(days=1)
    # The same day, and yet another file: what has no date counts on the day itself, and not when it has passed.
    tags += [tag(), tag("?asOf=2026-12-01")]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    "path", ["/data/commitment.csv", "/data/commitments.xml", "/data/commitments", "/data/..csv", "/data/x/y.csv"]
)
def test_what_there_is_not_is_not_found(api_sqlite: Api, path: str) -> None:
    response = api_sqlite.http.get(path)
    assert (response.status_code, error_body(response)) == (404, refusal("NOT_FOUND", f"There is nothing at {path}."))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("asof=2019-05-20", "`asof` is not known here: a file takes `bom`, `asOf`, and `knownAt` or `revision`."),
        ("asOf=yesterday", "`asOf`: A Date is a day as text, such as 2019-05-09."),
        ("asOf=2019-05-20&asOf=2019-05-21", "Give `asOf` once."),
        (
            "knownAt=2019-05-20",
            "`knownAt`: A DateTime is an instant with its zone as text, such as 2019-05-09T10:00:00Z.",
        ),
    ],
)
def test_a_wrong_parameter_is_refused(api_sqlite: Api, query: str, message: str) -> None:
    response = api_sqlite.http.get(f"{TABLE}?{query}")
    assert (response.status_code, error_body(response)) == (400, refusal("BAD_REQUEST", message))


def test_a_file_cannot_be_written_to(api_sqlite: Api) -> None:
    response = api_sqlite.http.post(TABLE)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_without_data_there_are_no_files(empty_database: Database) -> None:
    with serving(url_of(empty_database)) as api:
        response = api.http.get(TABLE)
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize("moment", ["asOf=2026-12-02", "knownAt=2026-12-02T12:00:00Z"])
def test_nothing_is_said_of_a_day_that_is_still_to_come(api_sqlite: Api, moment: str) -> None:
    response = api_sqlite.http.get(f"{TABLE}?{moment}")
    message = "That is still to come: by the clock here it is 1 December 2026, 12:00 UTC."
    assert (response.status_code, error_body(response)) == (400, refusal("BAD_REQUEST", message))


@pytest.fixture(scope="module")
def api_with_bad_row(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The application on data of which one of the last rows cannot be read."""
    url = seed_sqlite(tmp_path_factory.mktemp("broken"))
    database = Database(url)
    multiply(database, 8)
    database.close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        last = "SELECT citation.id FROM citation JOIN event ON event.id = event_id ORDER BY held_on DESC LIMIT 1"
        connection.execute(f"UPDATE citation SET figures = 'no list' WHERE id = ({last})")
    connection.close()
    with serving(url) as api:
        yield api


@pytest.mark.parametrize("name", ["citations.csv", "citations.json", *BINARY])
def test_a_file_that_cannot_be_finished_is_an_error(
    api_with_bad_row: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    response = api_with_bad_row.http.get(f"/data/{name}")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (500, "INTERNAL_SERVER_ERROR")
    assert list(tmp_path.iterdir()) == []
    # The next one is whole.
    assert reading.from_json(api_with_bad_row.http.get("/data/themes.json").content)


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("name", FILES)
def test_every_file_has_a_length_and_leaves_nothing_behind(
    api_sqlite: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, coding: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    response = api_sqlite.http.get(f"/data/{name}", headers={"accept-encoding": coding})
    assert int(response.headers["content-length"]) == response.num_bytes_downloaded
    head = api_sqlite.http.head(f"/data/{name}", headers={"accept-encoding": coding})
    assert head.headers["content-length"] == response.headers["content-length"]
    assert list(tmp_path.iterdir()) == []


def test_the_head_of_a_file_is_there_before_the_file_is_made(api_sqlite: Api) -> None:
    path = "/data/statuses.csv?asOf=2018-07-01"
    with capture_statements() as statements:
        head = api_sqlite.http.head(path)
    assert (head.status_code, "content-length" in head.headers, statements) == (200, False, [])
    response = api_sqlite.http.get(path)
    names = ("content-type", "content-disposition", "etag", "cache-control", "link", "vary", "accept-ranges")
    assert [head.headers[name] for name in names] == [response.headers[name] for name in names]


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_download_that_broke_off_goes_on_where_it_was(api_sqlite: Api, coding: str) -> None:
    def get(**headers: str) -> tuple[int, bytes, httpx.Headers]:
        range_headers = {name.replace("_", "-"): value for name, value in headers.items()}
        with api_sqlite.http.stream(
            "GET", "/data/statuses.csv", headers={"accept-encoding": coding, **range_headers}
        ) as response:
            return response.status_code, b"".join(response.iter_raw()), response.headers

    status, whole, headers = get()
    size, tag = len(whole), headers["etag"]
    assert (status, headers["accept-ranges"]) == (200, "bytes")
    status, rest, headers = get(range="bytes=100-", if_range=tag)
    assert (status, rest) == (206, whole[100:])
    assert (headers["content-range"], headers["etag"]) == (f"bytes 100-{size - 1}/{size}", tag)
    assert get(range="bytes=-7")[:2] == (206, whole[-7:])
    # Of another state of the file, all is sent.
    assert get(range="bytes=100-", if_range='"another"')[:2] == (200, whole)
    assert get(range="bytes=100-", if_none_match=tag)[:2] == (304, b"")
    status, parts, headers = get(range="bytes=0-3, 10-12")
    assert (status, headers["content-type"].partition(";")[0]) == (206, "multipart/byteranges")
    assert b"\r\n\r\n" + whole[:4] + b"\r\n" in parts
    assert b"\r\n\r\n" + whole[10:13] + b"\r\n" in parts
    status, _, headers = get(range=f"bytes={size}-")
    assert (status, headers["content-range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize("text", ["rows=0-5", "bytes", "bytes=", "bytes=a-b", "bytes=0-5;6", "bytes=-", "0-5"])
def test_a_range_that_is_not_understood_is_ignored(api_sqlite: Api, text: str) -> None:
    whole = api_sqlite.http.get("/data/themes.csv")
    response = api_sqlite.http.get("/data/themes.csv", headers={"range": text})
    assert (response.status_code, response.content) == (200, whole.content)


def test_a_range_of_head_is_ignored(api_sqlite: Api) -> None:
    whole = api_sqlite.http.get("/data/themes.csv")
    head = api_sqlite.http.head("/data/themes.csv", headers={"range": "bytes=0-5"})
    assert (head.status_code, head.headers["content-length"]) == (200, whole.headers["content-length"])


def test_many_requests_at_once_share_one_file(tmp_path: Path) -> None:
    url = seed_sqlite(tmp_path)
    with serving(url) as api, ThreadPoolExecutor(8) as threads, capture_statements() as statements:

        def ask(_: int) -> bytes:
            return httpx.get(f"{api.http.base_url}/data/sixty-one.xlsx", timeout=30).content

        assert len(set(threads.map(ask, range(8)))) == 1
        once = len(statements)
        assert len({ask(0), ask(1)}) == 1
        assert len(statements) == once
        api.http.get("/data/sixty-one.xlsx?asOf=2019-05-20")
        # Another file takes as many as all of them.
        assert len(statements) == 2 * once


def test_the_oldest_files_are_removed_when_there_are_too_many_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    url, names = seed_sqlite(tmp_path), ["funds.csv", "themes.csv", "events.csv"]
    plain = {"accept-encoding": "identity"}
    with serving(url) as api:
        sizes = {name: len(api.http.get(f"/data/{name}", headers=plain).content) for name in names}
    monkeypatch.setattr(file_cache, "MAX_BYTES", sizes["funds.csv"] + sizes["events.csv"])
    with serving(url) as api:
        for name in [*names[:2], "funds.csv", "events.csv"]:
            api.http.get(f"/data/{name}", headers=plain)
        [folder] = temporary.iterdir()
        # The themes were asked for before the others.
        assert sorted(path.stat().st_size for path in folder.iterdir()) == sorted(
            [sizes["funds.csv"], sizes["events.csv"]]
        )
        assert api.http.get("/data/themes.csv", headers=plain).content.startswith(b"slug,")
    assert list(temporary.iterdir()) == []
