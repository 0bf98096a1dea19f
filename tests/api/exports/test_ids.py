"""The files have the ids of the API, so that a row of a file and an object of the API can be joined."""

import sqlite3
from pathlib import Path

import pytest

from api.exports.registry import TABLES
from db.natural_keys import KEY_COLUMN
from schema.node import parse_id
from tests.api.exports import reading
from tests.documents import blocks
from tests.server import Api

# The rows that are no objects of the API: those that tie two others together, sums, and what is no longer so.
WITHOUT = {table.name for table in TABLES if table.link} | {"area_shares", "versions"}
MOMENTS = [{}, {"asOf": "2019-06-30"}, {"asOf": "2019-06-30", "revision": "1"}]
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_each_id_is_that_of_the_object_at_the_moment_of_the_file(api_readonly: Api, moment: dict[str, str]) -> None:
    kinds = set()
    for table in TABLES:
        rows = reading.from_json(api_readonly.http.get(f"/data/{table.name}.json", params=moment).content)
        if table.name in WITHOUT:
            assert all("id" not in row for row in rows)
            continue
        ids = [row["id"] for row in rows]
        assert len(set(ids)) == len(ids), table.name
        some = ids[:50] + ids[-50:]
        nodes = api_readonly.ask(NODES, ids=some)["nodes"]
        assert [node["id"] for node in nodes] == some, table.name
        kinds |= {node["__typename"] for node in nodes}
    names = {model.__name__ for model in KEY_COLUMN} | {"Participant", "Claim", "StatusDefinition"}
    assert kinds == names - ({"Area", "Person", "Term"} if "revision" in moment else set())


def test_the_id_is_made_of_the_key_of_the_row(api_readonly: Api) -> None:
    for table in TABLES:
        if table.name in WITHOUT or table.name == "definitions":
            continue
        for row in reading.from_json(api_readonly.http.get(f"/data/{table.name}.json").content):
            assert parse_id(row["id"])[1] == "/".join(str(row[name]) for name in table.key), table.name


def test_the_document_joins_a_file_and_the_api(api_sqlite: Api) -> None:
    [script] = [block for block in blocks("docs/downloads.md", "python") if "nodes(ids" in block]
    namespace: dict[str, object] = {}
    exec(script.replace("http://127.0.0.1:8000", str(api_sqlite.http.base_url).rstrip("/")), namespace)
    joined = namespace["joined"]
    assert isinstance(joined, list)
    commitments = api_sqlite.ask("{ commitments { nodes { ref status pageUrl } } }")["commitments"]["nodes"]
    assert [{name: row[name] for name in ("ref", "status", "pageUrl")} for row in joined] == commitments


def test_sums_in_the_database_are_exact_and_sort_as_numbers(api_sqlite: Api, tmp_path: Path) -> None:
    path = tmp_path / "sixty-one.db"
    path.write_bytes(api_sqlite.http.get("/data/sixty-one.db").content)
    with sqlite3.connect(path) as database:
        found = database.execute("SELECT key, printf('%.2f', amount) FROM amounts ORDER BY amount").fetchall()
    database.close()
    rows = reading.from_json(api_sqlite.http.get("/data/amounts.json").content)
    assert dict(found) == {row["key"]: row["amount"] for row in rows}
    sums = [float(amount) for _, amount in found]
    assert sums == sorted(sums)
