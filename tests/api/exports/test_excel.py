"""A CSV for Excel on Windows begins with a byte order mark; any other does not, which other readers do not expect."""

import codecs
import csv
import gzip
import io

import pytest

from tests.server import Api


def test_a_mark_is_put_before_the_same_bytes_where_it_is_asked_for(api_sqlite: Api) -> None:
    plain = api_sqlite.http.get("/data/statuses.csv")
    marked = api_sqlite.http.get("/data/statuses.csv", params={"bom": "1"})
    assert not plain.content.startswith(codecs.BOM_UTF8)
    assert marked.content == codecs.BOM_UTF8 + plain.content
    assert marked.headers["content-disposition"] == plain.headers["content-disposition"]
    # Who has the one does not have the other.
    assert marked.headers["etag"] != plain.headers["etag"]
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
    assert page.count(".csv?asOf=2019-12-31") == page.count(".csv?bom=1&amp;asOf=2019-12-31") > 10
