"""`sixtyone links` tells which addresses of documents are dead. It asks a server on the loopback here, and no other."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import ClassVar

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from api import cli
from api.links import Checker, Link, State, is_public
from db.database import Database
from tests.engines import seed_sqlite
from tests.waiting import PATIENCE

# What a server has been asked: the method, the path, the host and the agent of each request.
Seen = list[tuple[str, str, str, str]]
CHECKER = Checker(seconds=PATIENCE, allows=lambda _: True, pause=0)


class Handler(BaseHTTPRequestHandler):
    """Answers by the path."""

    seen: ClassVar[Seen] = []
    # Set at the end of a test: an answer that does not come in time comes then.
    is_over: ClassVar[threading.Event]

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        host, agent = self.headers["host"], self.headers["user-agent"]
        self.seen.append((self.command, self.path, host, agent))
        place = {"/moved": "/ok", "/loop": "/loop", "/away": "http://169.254.169.254/", "/file": "file:///etc/passwd"}
        statuses = {"/gone": 410, "/missing": 404, "/secret": 401, "/broken": 500}
        if self.path == "/slow":
            self.is_over.wait(PATIENCE)
        status = 302 if self.path in place else statuses.get(self.path, 200)
        if self.path == "/only-get" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        if self.path in place:
            self.send_header("location", place[self.path])
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test says what failed."""


@pytest.fixture
def server() -> Iterator[tuple[str, Seen]]:
    """The address of a server, and what it has been asked."""
    Handler.seen.clear()
    Handler.is_over = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://localhost:{http.server_port}", Handler.seen
        Handler.is_over.set()
        http.shutdown()
        thread.join()


def check(checker: Checker, *urls: str) -> dict[str, Link]:
    links: list[Link] = []
    asyncio.run(checker.check(urls, links.append))
    return {link.url: link for link in links}


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("/ok", State.OK, "200"),
        ("/ok#:~:text=words", State.OK, "200"),
        ("/moved", State.MOVED, "200, at {}/ok"),
        ("/only-get", State.OK, "200"),
        ("/gone", State.DEAD, "410"),
        ("/missing", State.DEAD, "404"),
        ("/secret", State.UNCLEAR, "401"),
        ("/broken", State.UNCLEAR, "500"),
        ("/loop", State.DEAD, "more than 10 redirects"),
        ("/file", State.REFUSED, "no address of the web"),
    ],
)
def test_an_address_is_judged_by_its_answer(server: tuple[str, Seen], path: str, state: State, detail: str) -> None:
    url = server[0] + path
    assert check(CHECKER, url) == {url: Link(url, state, detail.format(server[0]))}


def test_a_document_is_asked_for_without_its_body(server: tuple[str, Seen]) -> None:
    address, seen = server
    check(CHECKER, f"{address}/ok", f"{address}/only-get")
    assert [(method, path) for method, path, *_ in seen] == [
        ("HEAD", "/ok"),
        ("HEAD", "/only-get"),
        ("GET", "/only-get"),
    ]
    # By name, although the address that was checked is connected to.
    assert {host for *_, host, _ in seen} == {address.removeprefix("http://")}
    assert all(agent.startswith("Sixty-One/") for *_, agent in seen)


def test_an_answer_that_does_not_come_in_time_counts_as_none(server: tuple[str, Seen]) -> None:
    url = f"{server[0]}/slow"
    assert check(replace(CHECKER, seconds=0.2), url)[url] == Link(url, State.DEAD, "no answer in 0.2 seconds")


def test_nothing_answers_at_a_closed_port_or_an_unknown_host() -> None:
    with closing(socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        closed, unknown = f"http://127.0.0.1:{taken.getsockname()[1]}/", "http://nothing.invalid/"
        links = check(CHECKER, closed, unknown)
    assert {link.state for link in links.values()} == {State.DEAD}
    assert links[unknown].detail == "its host is not known"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/x",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://0.0.0.0/", "http://2130706433/",
        "http://0x7f.1/", "ftp://example.org/", "javascript:alert(1)", "file:///etc/passwd", "nothing", "",
    ],
)  # fmt: skip
def test_what_is_not_public_is_not_asked(url: str) -> None:
    assert check(replace(CHECKER, allows=is_public), url)[url].state is State.REFUSED


def test_a_redirect_leads_to_no_private_network(server: tuple[str, Seen]) -> None:
    """The loopback counts as public here: no other server may be asked in a test."""
    url = f"{server[0]}/away"
    checker = replace(CHECKER, allows=lambda number: number.startswith(("127.", "::1")))
    link = check(checker, url)[url]
    assert link == Link(url, State.REFUSED, "169.254.169.254 is in a private network")


def test_one_host_is_asked_once_at_a_time(server: tuple[str, Seen]) -> None:
    urls = [f"{server[0]}/ok?{number}" for number in range(3)]
    start = time.monotonic()
    assert list(check(replace(CHECKER, pause=0.1), *urls, *urls)) == urls
    assert time.monotonic() - start >= 0.2
    assert len(server[1]) == 3


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["links", *arguments], env={"SIXTYONE_DATABASE_URL": url})


@pytest.fixture
def documents(tmp_path: Path, server: tuple[str, Seen]) -> Iterator[tuple[str, Database]]:
    """A database whose documents have no address, but for two."""
    url = seed_sqlite(tmp_path)
    with closing(Database(url)) as database:
        with database.transaction() as session:
            session.execute(sa.text("UPDATE document SET url = NULL, official_url = NULL, archived_url = NULL"))
            update = sa.text("UPDATE document SET url = :url, archived_url = :archive WHERE slug = :slug")
            session.execute(
                update, {"slug": "itv-2019-12-29", "url": f"{server[0]}/ok", "archive": f"{server[0]}/moved"}
            )
        yield url, database


def test_the_command_lists_addresses_and_asks_none(documents: tuple[str, Database], server: tuple[str, Seen]) -> None:
    result = run(documents[0])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"itv-2019-12-29\turl\t{server[0]}/ok",
        f"itv-2019-12-29\tarchived_url\t{server[0]}/moved",
    ]
    assert server[1] == []


def test_the_command_fails_where_an_address_is_dead(documents: tuple[str, Database], server: tuple[str, Seen]) -> None:
    url, database = documents
    result = run(url, "--check", "--allow-private")
    assert (result.exit_code, result.stderr) == (0, "1 ok, 1 moved\n")
    with database.transaction() as session:
        change = sa.text("UPDATE document SET official_url = :url WHERE slug = 'itv-2019-12-29'")
        session.execute(change, {"url": f"{server[0]}/missing"})
    result = run(url, "--check", "--allow-private")
    assert (result.exit_code, result.stderr) == (1, "1 ok, 1 moved, 1 dead\n")
    assert f"dead\titv-2019-12-29\tofficial_url\t{server[0]}/missing\t404" in result.stdout.splitlines()


def test_the_command_asks_no_private_network_of_its_own_accord(
    documents: tuple[str, Database], server: tuple[str, Seen]
) -> None:
    result = run(documents[0], "--check")
    assert (result.exit_code, result.stderr) == (0, "2 refused\n")
    assert server[1] == []
