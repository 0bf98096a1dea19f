"""Text that would be a formula or markup elsewhere is text in every format, and is read back unchanged."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from openpyxl.utils.escape import unescape
from sqlmodel import select

from api.exports import cells
from api.exports.registry import BY_NAME
from api.exports.table import Column, Kind, attribute
from db.database import Database
from db.models import AmountStatement, Commitment, Event
from tests.api.exports import reading
from tests.api.exports.tools import sound
from tests.engines import seed_sqlite
from tests.server import Api, serving

# Some no rule of the data lets in; a database may hold them all the same.
HOSTILE = [
    "<script>alert('x')</script>",
    '=HYPERLINK("http://evil.example","click")',
    "=cmd|' /C calc'!A0",
    "+44 20 7946 0000",
    "-1+1",
    "@SUM(A1:A9)",
    "'=marked already",
    "''+and twice",
    "'quoted' at the start",
    'He said "no", and left; then',
    "two\r\nlines",
    "one\nline",
    "\tbehind a tab",
    "\rbehind a return",
    "\u202eturned round\u202c \u200f",
    "https://example.org/?a=1&b=2",
    "mailto:x@y.example",
    "0012",
    "1e5",
    "TRUE",
    "2019-05-20",
    "{=1+1}",
    "#REF!",
    "_x0041_",
    "日本語 🗡",
    "\uff1d1+1",
    "\uff20SUM(A1)",
    "a;=1+1",
    "a;'=1+1;-2",
    'a;"=1+1"',
    "a;\uff0b1",
    "a; - b;c",
]
DANGEROUS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")


@pytest.fixture(scope="module")
def api_hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    url = seed_sqlite(tmp_path_factory.mktemp("hostile"))
    database = Database(url)
    with database.transaction() as session:
        commitments = session.exec(select(Commitment).where(Commitment.identified).order_by(Commitment.ref)).all()
        for row, text in zip(commitments, HOSTILE, strict=False):
            row.title = text
        event = session.exec(select(Event).order_by(Event.slug)).first()
        assert event
        event.sectors, event.date_note = HOSTILE, HOSTILE[1]
        # Less was said of it than was given out.
        session.connection().execute(sa.update(AmountStatement).values(amount=Decimal(1)))
    database.close()
    with serving(url) as api:
        yield api


def content(api: Api, name: str) -> bytes:
    response = api.http.get(f"/data/{name}")
    assert response.status_code == 200
    return response.content


def test_every_format_gives_it_back(api_hostile: Api, tmp_path: Path) -> None:
    (tmp_path / "sixty-one.db").write_bytes(content(api_hostile, "sixty-one.db"))
    wholes = [reading.from_zip(content(api_hostile, "sixty-one.zip")), reading.from_sqlite(tmp_path / "sixty-one.db")]
    answers = api_hostile.ask(
        "{ commitments(filter: {origin: [STRATEGY, LATER]}) { nodes { title } } events { nodes { sectors } } }"
    )
    titles = sorted(row["title"] or "" for row in answers["commitments"]["nodes"])
    assert set(HOSTILE) <= set(titles)
    for name in ("commitments", "events"):
        rows = reading.from_json(content(api_hostile, f"{name}.json"))
        assert reading.from_csv(BY_NAME[name], content(api_hostile, f"{name}.csv")) == rows
        assert all(whole[name] == rows for whole in wholes)
        if name == "commitments":
            assert sorted(row["title"] or "" for row in rows) == titles
        else:
            assert [row["sectors"] for row in rows] == [row["sectors"] for row in answers["events"]["nodes"]]


def test_no_cell_of_text_begins_as_a_formula_does(api_hostile: Api) -> None:
    for name in ("commitments", "events"):
        lines = list(csv.reader(io.StringIO(content(api_hostile, f"{name}.csv").decode(), newline=""), strict=True))
        assert any(cell.startswith("'=HYPERLINK") for line in lines for cell in line)
        assert [cell for line in lines for cell in line if cell.startswith(DANGEROUS)] == []
        # Nor where the list separator is a semicolon.
        behind = [part.lstrip('"') for part in content(api_hostile, f"{name}.csv").decode().split(";")[1:]]
        assert [part for part in behind if part.startswith(DANGEROUS)] == []


def test_a_negative_sum_is_a_number(api_hostile: Api) -> None:
    rows = reading.from_json(content(api_hostile, "funds.json"))
    negative = [row["unaccounted"] for row in rows if (row["unaccounted"] or "").startswith("-")]
    assert negative
    assert all(f",{sum}," in content(api_hostile, "funds.csv").decode() for sum in negative)


def test_a_workbook_holds_neither_formulas_nor_links(api_hostile: Api) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content(api_hostile, "sixty-one.xlsx")))
    assert book["commitments"].freeze_panes == "B2"
    assert book["commitments"].auto_filter.ref.startswith("A1:")
    # What XML cannot hold is written by its number, which openpyxl leaves to others to read.
    result = {unescape(cell.value or "") for name in ("commitments", "later") for cell in book[name]["E"]}
    assert set(HOSTILE) <= result
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                assert cell.hyperlink is None


def test_the_package_is_sound_all_the_same(api_hostile: Api, tmp_path: Path) -> None:
    assert sound(content(api_hostile, "sixty-one.zip"), tmp_path)


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "'a", "", "a=1", "-", "\t", "'@", "é"])
def test_the_mark_can_be_taken_off_again(text: str) -> None:
    column, sums = (Column("note", "", attribute("note"), kind) for kind in (Kind.TEXT, Kind.POUNDS))
    assert reading.remove_marks(cells.safe(column, text)) == text
    assert not cells.safe(column, text).startswith(DANGEROUS)
    assert cells.safe(sums, text) == text
