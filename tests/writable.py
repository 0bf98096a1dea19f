"""The application on a database that may be written to, and clients with different rights."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from db import clock, tokens
from db.database import Database
from db.vocabulary import Role, Voice
from tests.engines import url_of
from tests.server import NOW, Api, serving

REJECTION = "... on Rejected { problems { code message path existing { __typename id } } }"


class FixedClock:
    """A clock that stands still until a test sets it."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    @property
    def utc(self) -> clock.Clock:
        """The same with the zone in which days begin."""
        return clock.Clock(self, dt.UTC)


@dataclass
class WritableApi:
    database: Database
    url: str
    clock: FixedClock
    public: Api
    contributor: Api
    editor: Api

    def token(self, role: Role, *voices: Voice, days: int | None = None, name: str = "Tess Ter") -> str:
        expires = None if days is None else self.clock() + dt.timedelta(days=days)
        with self.database.transaction() as session:
            return tokens.create(session, name, role, voices, expires_at=expires, now=self.clock())

    def client(self, token: str) -> Api:
        return Api(self.url, token)


@contextmanager
def serving_writable(database: Database, **settings: Any) -> Iterator[WritableApi]:
    """`database` holds our data. The contributor speaks for PARLIAMENT and MEDIA, the editor in every voice."""
    clock = FixedClock()
    address = url_of(database)
    with serving(address, clock, **settings) as public:
        api = WritableApi(database, str(public.http.base_url), clock, public, public, public)
        api.contributor = api.client(api.token(Role.CONTRIBUTOR, Voice.PARLIAMENT, Voice.MEDIA, name="Con Tributor"))
        api.editor = api.client(api.token(Role.EDITOR, *Voice, name="Ed Itor"))
        try:
            yield api
        finally:
            api.contributor.http.close()
            api.editor.http.close()


@contextmanager
def serving_copy(url: str, **settings: Any) -> Iterator[WritableApi]:
    """The same on the database at this address, which is closed at the end."""
    database = Database(url)
    with serving_writable(database, **settings) as api:
        yield api
    database.close()


ADD_DOCUMENT = """mutation ($slug: String!) { addDocument(input: {slug: $slug, title: $slug}) {
  ... on DocumentAdded { change { revision } } ... on Rejected { problems { code message } } } }"""


def add_document(api: WritableApi, slug: str) -> int:
    """Writes a document that no other row needs, and returns its revision."""
    revision: int = api.editor.ask(ADD_DOCUMENT, slug=slug)["addDocument"]["change"]["revision"]
    return revision
