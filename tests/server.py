"""The real application behind a real socket, in a thread of the test process."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from api.app import create_app
from api.settings import Settings
from api.testing.server import listening
from schema.build import MEASURER
from tests.statements import observing

# The day on which tests ask: later than all data, and always the same.
NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
GRAPHQL = "application/graphql-response+json"


class Api:
    """A client of a running server."""

    def __init__(self, url: str, token: str | None = None) -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        # To load the certificates of the machine takes fifty times as long as an answer, and nothing here is encrypted.
        self.http = httpx.Client(base_url=url, timeout=30, headers=headers, verify=False)

    def send(self, query: str, variables: dict[str, Any] | None = None, **fields: Any) -> httpx.Response:
        body = {"query": query, "variables": variables, **fields}
        return self.http.post("/graphql", json=body, headers={"accept": GRAPHQL})

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        response = self.send(query, variables)
        answer = response.json()
        assert "errors" not in answer, answer
        assert response.status_code == 200
        return answer["data"]

    def codes(self, query: str, **variables: Any) -> list[str]:
        """The codes of the errors in an answer."""
        return [error["extensions"]["code"] for error in self.send(query, variables).json().get("errors", [])]


@contextmanager
def serving(database_url: str, clock: Callable[[], dt.datetime] = lambda: NOW, **settings: Any) -> Iterator[Api]:
    # A test asks in a second what people ask in minutes, and the speed of the machine would decide what is refused.
    # Tests of the budget of a client give it, and processes of their own have the budget of the service. A collection
    # of the garbage of all tests before takes seconds, which count as those of the query in which it happens.
    usual = {"rate_per_minute": 0, "query_seconds": 30.0, "statement_seconds": 30}
    options = Settings(database_url=database_url, **usual | settings)
    with listening(create_app(options, clock), options) as url:
        api = Api(url)
        try:
            yield api
        finally:
            api.http.close()


@contextmanager
def capture_statements() -> Iterator[list[str]]:
    """Every SQL statement that any database in this process executes within the block, without those that measure the
    data for prices, which run on a thread and at a time of their own."""
    statements: list[str] = []

    def note(_connection: Any, statement: str) -> None:
        if not threading.current_thread().name.startswith(MEASURER):
            statements.append(statement)

    with observing(note):
        yield statements
