"""An editor's desk: the application on a database that may be written to, and clients with different rights."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from db import clock, tokens
from db.database import Database
from db.vocabulary import Role, Voice
from tests.server import NOW, Api, serving

REJECTED = "... on Rejected { problems { code message path existing { __typename id } } }"


class Clock:
    """Stands still until it is told otherwise."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    @property
    def utc(self) -> clock.Clock:
        """The same for what needs to know where days begin."""
        return clock.Clock(self, dt.UTC)


@dataclass
class Desk:
    database: Database
    url: str
    clock: Clock
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
def desk(database: Database, **settings: Any) -> Iterator[Desk]:
    """`database` holds our data. The contributor speaks for PARLIAMENT and MEDIA, the editor in every voice."""
    told = Clock()
    address = database.engine.url.render_as_string(hide_password=False)
    with serving(address, told, **settings) as public:
        url = str(public.http.base_url)
        made = Desk(database, url, told, public, public, public)
        made.contributor = made.client(made.token(Role.CONTRIBUTOR, Voice.PARLIAMENT, Voice.MEDIA, name="Con Tributor"))
        made.editor = made.client(made.token(Role.EDITOR, *Voice, name="Ed Itor"))
        try:
            yield made
        finally:
            made.contributor.http.close()
            made.editor.http.close()
