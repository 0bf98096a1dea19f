"""A CSV for Excel on Windows begins with a byte order mark, which other readers do not expect."""

import codecs
import csv
import gzip
import io
import re
from itertools import count
from pathlib import Path

import pytest

from api.exports.files import FILES
from api.exports.snapshot import open_snapshot
from api.moment import Moment
from db.database import Database
from tests.engines import seed_sqlite
from tests.server import NOW, Api


def test_a_mark_is_put_before_the_same_bytes_where_it_is_asked_for(api_sqlite: Api) -> None:
    plain = api_sqlite.http.get("/data/statuses.csv")
    with_mark = api_sqlite.http.get("/data/statuses.csv", params={"bom": "1"})
    assert not plain.content.startswith(codecs.BOM_UTF8)
    assert with_mark.content == codecs.BOM_UTF8 + plain.content
    assert with_mark.headers["content-disposition"] == plain.headers["content-disposition"]
    # The two forms are two entities, and have two tags.
    assert with_mark.headers["etag"] != plain.headers["etag"]
    again = api_sqlite.http.get("/data/statuses.csv?bom=1", headers={"if-none-match": plain.headers["etag"]})
    assert again.status_code == 200


def test_it_works_with_the_clocks_and_packed(api_sqlite: Api) -> None:
    address = "/data/commitments.csv?asOf=2019-12-31&bom=1"
    with api_sqlite.http.stream("GET", address, headers={"accept-encoding": "gzip"}) as response:
        text = gzip.decompress(b"".join(response.iter_raw())).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text)))[0] == "ref"


@pytest.mark.parametrize(
    "address", ["/data/commitments.json?bom=1", "/data/sixty-one.xlsx?bom=1", "/data/funds.csv?bom=2"]
)
def test_nothing_else_takes_a_mark(api_sqlite: Api, address: str) -> None:
    assert api_sqlite.http.get(address).status_code == 400


def test_the_page_leads_to_it_beside_every_csv(api_sqlite: Api) -> None:
    page = api_sqlite.http.get("/data/?asOf=2019-12-31").text
    plain, marked = (len(re.findall(rf"/data/\w+\.csv\?{query}asOf=2019-12-31", page)) for query in ("", "bom=1&amp;"))
    assert plain == marked > 10


def test_a_workbook_that_cannot_be_finished_closes_its_files(tmp_path: Path) -> None:
    """XlsxWriter has no public way to do it, so this fails if its private one changes."""
    database = Database(seed_sqlite(tmp_path))
    (tmp_path / "rows").mkdir()
    calls = count()

    def stop() -> None:
        if next(calls) > 3:
            raise InterruptedError

    with (
        pytest.raises(InterruptedError),
        open_snapshot(database, Moment(NOW.date(), NOW.date()), on_batch=stop, folder=tmp_path / "rows") as data,
        (tmp_path / "book.xlsx").open("wb") as out,
    ):
        FILES["sixty-one.xlsx"].write(out, data)
    open_files = [path.resolve() for path in Path("/proc/self/fd").iterdir() if path.exists()]
    assert [path for path in open_files if (tmp_path / "rows") in path.parents] == []
    assert [*(tmp_path / "rows").iterdir()] == []
    database.close()
