"""Frictionless, Datasette and Excel readers open the files."""

import io
import json
import sqlite3
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import openpyxl

from api.exports.registry import SHEETS, TABLES
from tests.api.exports.tools import run, sound, validate
from tests.server import Api

BY_STATUS = "select status, count(*) as number from commitments where origin = 'STRATEGY' group by status"


def content(api: Api, name: str, **params: str) -> bytes:
    return api.http.get(f"/data/{name}", params=params).content


def test_frictionless_finds_the_package_sound_and_a_spoilt_one_not(api_sqlite: Api, tmp_path: Path) -> None:
    assert sound(content(api_sqlite, "sixty-one.zip", asOf="2019-05-20"), tmp_path)
    # It checks what a reader relies on: here a key that leads nowhere, and a file that is not as it was.
    path = tmp_path / "commitments.csv"
    path.write_bytes(path.read_bytes().replace(b",early-intervention,", b",early-interventions,", 1))
    [wrong] = [task for task in validate(str(tmp_path / "datapackage.json"))["tasks"] if not task["valid"]]
    assert {error["type"] for error in wrong["errors"]} >= {"foreign-key", "hash-count"}


def test_frictionless_reads_the_tables_where_they_are_served(api_sqlite: Api) -> None:
    report = validate(f"{api_sqlite.http.base_url}/data/datapackage.json?asOf=2019-05-20")
    assert report["valid"], report
    assert report["stats"]["tasks"] == len(TABLES)


def test_the_package_says_what_it_is(api_sqlite: Api) -> None:
    package = json.loads(content(api_sqlite, "datapackage.json", asOf="2019-05-20"))
    dataset = api_sqlite.ask("{ dataset { revision updatedAt licence attribution } }")["dataset"]
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": dataset["licence"]}]
    assert package["sources"][0] == {"title": dataset["attribution"]}
    assert (package["version"], package["created"]) == (str(dataset["revision"]), dataset["updatedAt"])
    assert (package["asOf"], package["knownAt"]) == ("2019-05-20", None)
    assert package["resources"][0]["path"] == "commitments.csv?asOf=2019-05-20"


def test_datasette_opens_the_database(api_sqlite: Api, tmp_path: Path) -> None:
    path = tmp_path / "sixty-one.db"
    path.write_bytes(content(api_sqlite, "sixty-one.db"))
    query = urlencode({"_shape": "array", "sql": BY_STATUS})
    rows = json.loads(run("datasette", str(path), "--get", f"/sixty-one.json?{query}"))
    counts = api_sqlite.ask("{ progress { counts { status count } } }")["progress"]["counts"]
    assert {row["status"]: row["number"] for row in rows} == {c["status"]: c["count"] for c in counts if c["count"]}


def test_the_database_has_its_keys_and_says_what_it_is(api_sqlite: Api, tmp_path: Path) -> None:
    path = tmp_path / "sixty-one.db"
    path.write_bytes(content(api_sqlite, "sixty-one.db", asOf="2019-05-20", knownAt="2026-11-30T00:00:00Z"))
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in TABLES:
        columns = database.execute(f"PRAGMA table_info({table.name})").fetchall()
        assert tuple(column[1] for column in columns) == table.names
        assert {column[1] for column in columns if column[5]} == set(table.key)
        keys = {(key[3], key[2]) for key in database.execute(f"PRAGMA foreign_key_list({table.name})")}
        assert keys == set(table.references)
        index_columns = {
            database.execute(f"PRAGMA index_info('{index[1]}')").fetchone()[2]
            for index in database.execute(f"PRAGMA index_list({table.name})").fetchall()
        }
        assert index_columns >= {column for column, _ in table.references}
    about = dict(database.execute("SELECT name, value FROM about"))
    dataset = api_sqlite.ask("{ dataset { revision licence attribution } }")["dataset"]
    assert (about["asOf"], about["knownAt"]) == ("2019-05-20", "2026-11-30T00:00:00Z")
    assert {name: about[name] for name in dataset} == {name: str(value) for name, value in dataset.items()}
    database.close()


def test_a_workbook_says_what_it_is(api_sqlite: Api) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content(api_sqlite, "sixty-one.xlsx", asOf="2019-05-20")), read_only=True)
    lines = list(book["About"].iter_rows(values_only=True))
    values = {line[0]: line[1] for line in lines if line[0] and line[1] and not line[2]}
    dataset = api_sqlite.ask("{ dataset { revision licence attribution } }")["dataset"]
    assert values["asOf"] == "2019-05-20"
    assert {name: values[name] for name in dataset} == {name: str(value) for name, value in dataset.items()}
    columns = {(line[0], line[1]) for line in lines if line[2]}
    assert {(table.name, column.name) for table in SHEETS for column in table.columns} <= columns
    assert book.sheetnames == ["About", *(table.name for table in SHEETS)]


def test_a_pivot_of_a_sheet_counts_what_the_site_counts(api_sqlite: Api) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content(api_sqlite, "sixty-one.xlsx")))
    counts = api_sqlite.ask("{ progress { total counts { status count } } }")["progress"]
    names, *rows = book["commitments"].iter_rows(values_only=True)
    status = [row[names.index("status")] for row in rows]
    assert len(status) == counts["total"] == 61
    assert {entry["status"]: entry["count"] for entry in counts["counts"] if entry["count"]} == Counter(status)
    names, *rows = book["later"].iter_rows(values_only=True)
    assert {row[names.index("origin")] for row in rows} == {"LATER"}
    names, *rows = book["statuses_flat"].iter_rows(values_only=True)
    flat = [dict(zip(names, row, strict=True)) for row in rows]
    current = Counter(row["status"] for row in flat if row["isCurrent"] and row["origin"] == "STRATEGY")
    assert current == {name: number for name, number in Counter(status).items() if name != "NOT_ASSESSED"}


def test_a_sheet_has_a_caption_that_is_no_row(api_sqlite: Api) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content(api_sqlite, "sixty-one.xlsx")))
    for table in SHEETS:
        cell = book[table.name]["A1"]
        assert cell.value == table.names[0]
        assert cell.comment.text == f"{table.title}. {table.description}"
    assert "first the Strategy" not in book["commitments"]["A1"].comment.text


def test_a_workbook_is_written_a_row_at_a_time(api_sqlite: Api) -> None:
    """Its texts stand where they are used: a list of them for all sheets would have to be held in memory."""
    with zipfile.ZipFile(io.BytesIO(content(api_sqlite, "sixty-one.xlsx"))) as book:
        assert b't="inlineStr"' in book.read("xl/worksheets/sheet2.xml")
        assert not any("sharedStrings" in name for name in book.namelist())
