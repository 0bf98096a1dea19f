"""Downloads over HTTP: what is sent with them, what is refused, and that a client never has to take the same twice."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.exports.files import FILES, WHOLES
from db.database import Database
from tests.api.exports import reading
from tests.api.lite import refusal, told
from tests.engines import seed_sqlite
from tests.inputs import submit_valid
from tests.scale import multiply
from tests.server import Api, capture_statements, serving
from tests.writable import WritableApi, serving_writable

TABLE = "/data/commitments.csv"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableApi]:
    """A desk in SQLite, to which the kind of database makes no difference here."""
    database = Database(seed_sqlite(tmp_path_factory.mktemp("written")))
    with serving_writable(database) as opened:
        yield opened
    database.close()


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_what_it_is_and_of_which_day(api_sqlite: Api, name: str) -> None:
    response = api_sqlite.http.get(f"/data/{name}?asOf=2019-05-20")
    assert response.status_code == 200
    assert response.headers["content-type"] == FILES[name].media_type
    assert response.headers["cache-control"] == "no-cache"
    kept, _, given = response.headers["content-disposition"].partition("; ")
    stem, _, suffix = name.rpartition(".")
    prefix = "" if stem == "sixty-one" else "sixty-one-"
    assert given == f'filename="{prefix}{stem}-2019-05-20.{suffix}"'
    assert kept == ("inline" if suffix == "json" else "attachment")
    assert '</data/datapackage.json?asOf=2019-05-20>; rel="describedby"' in response.headers["link"]


def test_json_says_what_it_is_about(api_sqlite: Api) -> None:
    given = {"asOf": "2019-05-20", "knownAt": "2026-11-30T10:00:00+01:00"}
    found = api_sqlite.http.get("/data/themes.json", params=given).json()
    rows = found.pop("rows")
    dataset = api_sqlite.ask("{ dataset { revision updatedAt licence attribution } }")["dataset"]
    assert found == {"table": "themes", "asOf": "2019-05-20", "knownAt": "2026-11-30T09:00:00Z", **dataset}
    assert rows[0].keys() == {"slug", "title", "position"}


def test_csv_is_as_the_standard_has_it(api_sqlite: Api) -> None:
    content = api_sqlite.http.get("/data/themes.csv").content
    assert content.startswith(b"slug,title,position\r\n")
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
    assert len(statements) == 1
    # What has the same tag is the same, to the byte.
    assert api_sqlite.http.get(f"/data/{name}").content == first.content
    head = api_sqlite.http.head(f"/data/{name}")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert head.headers["content-disposition"] == first.headers["content-disposition"]


def test_another_moment_another_day_and_another_state_of_the_data_are_other_files(written: WritableApi) -> None:
    def tag(query: str = "", name: str = "amounts.csv") -> str:
        return str(written.public.http.head(f"/data/{name}{query}").headers["etag"])

    tags = [tag(), tag("?asOf=2026-11-30"), tag("?asOf=2026-11-29"), tag("?knownAt=2026-12-01T00:00:00Z")]
    tags += [tag(name="amounts.json"), tag("?asOf=2026-12-01")]
    submit_valid(written.editor, "stateAmount")
    tags += [tag(), tag("?asOf=2026-12-01")]
    written.clock.now += dt.timedelta(days=1)
    # The same day, and yet another file: what has no date counts on the day itself, and not when it has passed.
    tags += [tag(), tag("?asOf=2026-12-01")]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    "path", ["/data/commitment.csv", "/data/commitments.xml", "/data/commitments", "/data/..csv", "/data/x/y.csv"]
)
def test_what_there_is_not_is_not_found(api_sqlite: Api, path: str) -> None:
    response = api_sqlite.http.get(path)
    assert (response.status_code, told(response)) == (404, refusal("NOT_FOUND", f"There is nothing at {path}."))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("asof=2019-05-20", "`asof` is not known here: a file takes `asOf` and `knownAt`."),
        ("asOf=yesterday", "`asOf`: A Date is a day as text, such as 2019-05-09."),
        ("asOf=2019-05-20&asOf=2019-05-21", "Give `asOf` once."),
        (
            "knownAt=2019-05-20",
            "`knownAt`: A DateTime is an instant with its zone as text, such as 2019-05-09T10:00:00Z.",
        ),
    ],
)
def test_what_is_not_understood_is_refused(api_sqlite: Api, query: str, message: str) -> None:
    response = api_sqlite.http.get(f"{TABLE}?{query}")
    assert (response.status_code, told(response)) == (400, refusal("BAD_REQUEST", message))


def test_a_file_cannot_be_written_to(api_sqlite: Api) -> None:
    response = api_sqlite.http.post(TABLE)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_without_data_there_are_no_files(empty_database: Database) -> None:
    with serving(empty_database.engine.url.render_as_string(hide_password=False)) as api:
        response = api.http.get(TABLE)
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize("moment", ["asOf=2026-12-02", "knownAt=2026-12-02T12:00:00Z"])
def test_nothing_is_said_of_a_day_that_is_still_to_come(api_sqlite: Api, moment: str) -> None:
    response = api_sqlite.http.get(f"{TABLE}?{moment}")
    said = "That is still to come: by the clock here it is 1 December 2026, 12:00 UTC."
    assert (response.status_code, told(response)) == (400, refusal("BAD_REQUEST", said))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
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


@pytest.mark.parametrize("name", ["citations.csv", "citations.json"])
def test_what_cannot_be_finished_breaks_off(broken: Api, name: str) -> None:
    with broken.http.stream("GET", f"/data/{name}", headers={"accept-encoding": "identity"}) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            list(response.iter_raw())
    assert response.num_bytes_downloaded > 100_000
    # Nothing is left behind: the next one is whole.
    assert reading.from_json(broken.http.get("/data/themes.json").content)


@pytest.mark.parametrize("name", ["sixty-one.xlsx", "sixty-one.zip", "sixty-one.db"])
def test_what_is_sent_when_it_is_whole_is_an_error_when_it_cannot_be(
    broken: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    response = broken.http.get(f"/data/{name}")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (500, "INTERNAL_SERVER_ERROR")
    assert list(tmp_path.iterdir()) == []


def test_what_is_whole_tells_its_length_and_leaves_nothing_behind(
    api_sqlite: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for file in WHOLES:
        response = api_sqlite.http.get(file.address)
        if not file.early:
            assert int(response.headers["content-length"]) == response.num_bytes_downloaded
    assert list(tmp_path.iterdir()) == []
