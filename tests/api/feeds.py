"""Readers of feeds, and an application with changes to read."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import feedparser
import httpx

from tests.server import Api
from tests.writable import WritableApi, serving_copy

PUBLIC = "https://sixty-one.example"
ATOM = "{http://www.w3.org/2005/Atom}"
LOG = """query ($subject: ID, $after: String) {
  changes(direction: DESC, subject: $subject, after: $after, first: 100) {
    nodes { revision recordedAt actor action headline }
  }
}"""


@contextmanager
def serving_site(url: str) -> Iterator[WritableApi]:
    """The application at a public address, on a database whose last change is a minute old."""
    with serving_copy(url, public_url=PUBLIC) as api:
        api.clock.now += dt.timedelta(minutes=1)
        yield api


def get(api: Api, path: str, **headers: str) -> httpx.Response:
    return api.http.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def parse_feed(response: httpx.Response) -> Any:
    """As a reader of feeds takes it, which finds no fault with it."""
    result = feedparser.parse(response.content, response_headers=dict(response.headers), sanitize_html=False)
    assert (response.status_code, result.bozo, result.version) == (200, False, "atom10"), result.get("bozo_exception")
    return result


def revisions(response: httpx.Response) -> list[int]:
    """Of the changes in a feed of either kind."""
    ids = [item["id"] for item in response.json()["items"]] if "json" in response.headers["content-type"] else None
    return [int(id.rpartition("/")[2]) for id in ids or [entry.id for entry in parse_feed(response).entries]]


def log_entries(api: Api, subject: str | None = None) -> list[Any]:
    return list(api.ask(LOG, subject=subject)["changes"]["nodes"])


class Text(HTMLParser):
    """The text of a page and the names of its elements."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
