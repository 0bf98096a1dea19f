"""Large downloads: the server goes on answering, and slow or absent clients cost nothing."""

import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pytest
import sqlalchemy as sa

from db.database import Database
from tests.api.exports import reading
from tests.engines import Engine
from tests.hold import hold_threads
from tests.scale import multiply
from tests.server import Api, capture_statements, serving
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.postgresql_in_full

TIMES = 40
# The threads on which files are made, and what they read in each of the files here.
MAKER, TABLE = "AnyIO worker", "FROM citation"
OPEN_TRANSACTIONS = """SELECT count(*) > 0 FROM pg_stat_activity
  WHERE datname = current_database() AND xact_start IS NOT NULL AND backend_type = 'client backend'
  AND pid <> pg_backend_pid()"""


@dataclass
class Large:
    api: Api
    database: Database

    def has_transaction(self) -> bool:
        """Whether the database knows of a transaction that is open."""
        if not self.database.is_sqlite:
            with self.database.engine.connect() as connection:
                return bool(connection.execute(sa.text(OPEN_TRANSACTIONS)).scalar_one())
        path = str(self.database.engine.url.database)
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            # The WAL cannot be truncated while a transaction reads an earlier state.
            connection.execute("UPDATE theme SET seeded = NOT seeded")
            return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


@pytest.fixture(scope="module")
def large(engine: Engine, seeded_template: str) -> Iterator[Large]:
    url = engine.copy(seeded_template)
    database = Database(url)
    multiply(database, TIMES)
    with serving(url, slow_seconds=60) as api:
        yield Large(api, database)
    database.close()


@contextmanager
def open_download(api: Api, path: str) -> Iterator[socket.socket]:
    """A client that has asked, and takes no more than it reads."""
    place = urlsplit(str(api.http.base_url))
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE)
        client.connect((place.hostname, place.port))
        client.sendall(f"GET {path} HTTP/1.1\r\nhost: {place.netloc}\r\nconnection: close\r\n\r\n".encode())
        yield client


def fetch(api: Api, path: str) -> bytes:
    return httpx.get(f"{api.http.base_url}{path}", timeout=180).content


def test_a_slow_client_holds_no_connection(large: Large) -> None:
    with hold_threads(MAKER, TABLE) as hold, open_download(large.api, "/data/citations.json") as client:
        until(lambda: bool(hold.threads))
        assert large.has_transaction()
        hold.end()
        read = client.recv(1000)
        assert read.startswith(b"HTTP/1.1 200 OK")
        until(lambda: not large.has_transaction())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_000_000)
        while part := client.recv(1_000_000):
            read += part
    head, _, body = read.partition(b"\r\n\r\n")
    assert len(body) > 5_000_000
    assert f"content-length: {len(body)}\r\n".encode() in head


def test_what_one_client_has_begun_goes_on_for_another(large: Large) -> None:
    with ThreadPoolExecutor(1) as threads, hold_threads(MAKER, TABLE) as hold:
        with open_download(large.api, "/data/citations.json?asOf=2026-11-02"):
            until(lambda: bool(hold.threads))
            other = threads.submit(fetch, large.api, "/data/citations.json?asOf=2026-11-02")
            time.sleep(0.2)
        hold.end()
        assert reading.from_json(other.result())


@pytest.mark.parametrize("name", ["sixty-one.xlsx", "citations.csv"])
def test_a_client_that_goes_away_stops_the_work(large: Large, name: str) -> None:
    with hold_threads(MAKER, TABLE) as hold:
        with open_download(large.api, f"/data/{name}"):
            until(lambda: bool(hold.threads))
        # What arrives behind its end is answered behind it.
        for _ in range(5):
            assert large.api.http.get("/healthz").status_code == 200
        with capture_statements() as statements:
            hold.end()
            until(lambda: not large.has_transaction())
    # A batch was under way. To the end, the table takes 286.
    assert len([statement for statement in statements if "pg_stat_activity" not in statement]) < 50


def test_two_files_are_made_at_once_and_other_requests_are_answered(large: Large) -> None:
    with hold_threads(MAKER, TABLE) as hold, ExitStack() as clients:
        for name in ("sixty-one.xlsx", "sixty-one.zip", "sixty-one.db", "sixty-one.xlsx?asOf=2019-05-20"):
            clients.enter_context(open_download(large.api, f"/data/{name}"))
        until(lambda: len(hold.threads) == 2)
        for _ in range(25):
            assert large.api.http.get("/healthz").status_code == 200
            assert len(hold.threads) == 2
            time.sleep(0.01)
        assert len(large.api.ask("{ commitments(first: 5) { nodes { ref status } } }")["commitments"]["nodes"]) == 5
        assert len(hold.threads) == 2
    # Files that waited are not begun after their clients have left.
    until(lambda: not large.has_transaction())
    assert reading.from_json(large.api.http.get("/data/themes.json").content)


def test_a_change_made_meanwhile_is_not_in_a_file_under_way(large: Large) -> None:
    """One state of the data, from the first row to the last."""
    with ThreadPoolExecutor(1) as threads, hold_threads(MAKER, TABLE) as hold:
        file = threads.submit(fetch, large.api, "/data/citations.json?asOf=2026-11-01")
        until(lambda: bool(hold.threads))
        _rename(large.database, "event", "slug")
        hold.end()
        content = file.result()
    result = {row["event"] for row in reading.from_json(content) if row["event"]}
    assert result
    assert not any(slug.endswith("-renamed") for slug in result)
    events = reading.from_json(large.api.http.get("/data/events.json").content)
    assert all(row["slug"].endswith("-renamed") for row in events)


def _rename(database: Database, table: str, column: str) -> None:
    with database.transaction() as session:
        session.connection().execute(sa.text(f"UPDATE {table} SET {column} = {column} || '-renamed'"))
