"""Answers that were given before. The same question has the same answer until the data or the day changes."""

import datetime as dt
import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.packing import LEAST, packed, packed_from
from db import dataset
from db.clock import Clock

# The state of the data, and the day that answers are about when a question does not say.
Edition: TypeAlias = tuple[dataset.State | None, dt.date]
Question: TypeAlias = tuple[str | bytes, ...]


# Weak or not, which makes no difference here.
TAG = re.compile(r'"[^"]*+"')
# What an entry takes beside its texts, in bytes; or a great many small answers would take several times their room.
OVERHEAD = 600


class Answer(Response):
    """An answer of GraphQL; `whole` when it holds no error."""

    whole = False


@dataclass(frozen=True)
class Kept:
    body: bytes
    content_type: str
    tag: str
    packed: bytes = b""

    def response(self, request: Request) -> Response:
        """The answer itself, or to a client that has it the word that it still stands."""
        # A browser may keep it, and has to ask each time whether it still stands.
        headers = {"cache-control": "no-cache", "etag": self.tag, "vary": "Accept, Authorization"}
        if request.method not in ("GET", "HEAD"):
            return self.sent(request, {})
        if holds(request, self.tag):
            return Response(status_code=304, headers=headers)
        return self.sent(request, headers)

    def sent(self, request: Request, headers: Mapping[str, str]) -> Response:
        """The answer itself, packed once for all who take it so."""
        head = {**headers, "content-type": self.content_type}
        if self.packed and packed_from(request.headers.get("accept-encoding", "")) is not None:
            return Response(self.packed, headers={**head, "content-encoding": "gzip"})
        return Response(self.body, headers=head)


class Answers:
    """The latest answers of one edition, in a bounded number of bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.taken = 0
        self.edition: Edition | None = None
        self.kept: OrderedDict[Question, Kept] = OrderedDict()

    def find(self, edition: Edition, question: Question) -> Kept | None:
        self._turn(edition)
        if found := self.kept.get(question):
            self.kept.move_to_end(question)
        return found

    def keep(self, before: Edition | None, edition: Edition, question: Question, answer: Response) -> Kept:
        """Keeps an answer, unless the data may have changed while it was worked out.

        `before` is the edition that was last seen before the work began, which cost no look at the database: a query
        that is refused must not reach it. So the first answer of an edition is not kept, and the second is.
        """
        self._turn(edition)
        digest = hashlib.sha256(answer.body).hexdigest()
        # Weak, because the answer may go out packed or plain.
        kept = Kept(bytes(answer.body), answer.headers["content-type"], f'W/"{digest[:20]}"')
        if edition == before and question not in self.kept and _size(question, kept) <= self.room:
            if len(kept.body) >= LEAST:
                kept = replace(kept, packed=packed(kept.body))
            self._add(question, kept)
        return kept

    def _add(self, question: Question, kept: Kept) -> None:
        # One that is larger than the room would only drive out all others.
        if (size := _size(question, kept)) <= self.room:
            self.kept[question] = kept
            self.taken += size
            while self.taken > self.room:
                self.taken -= _size(*self.kept.popitem(last=False))

    def _turn(self, edition: Edition) -> None:
        if edition != self.edition:
            self.edition, self.taken = edition, 0
            self.kept.clear()


def holds(request: Request, tag: str) -> bool:
    """Whether the client says that it has what the tag stands for. It does not matter here whether a tag is weak."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag.removeprefix("W/") in TAG.findall(given)


async def loaded(request: Request, clock: Clock) -> tuple[dataset.State, dt.date]:
    """The edition that is answered from. Raises 503 as long as there is no data."""
    state, day = await edition(request, clock)
    if state is None:
        raise HTTPException(503, "No data is loaded yet.", {"Retry-After": "5"})
    return state, day


async def edition(request: Request, clock: Clock) -> Edition:
    state = await request.state.db.state()
    request.state.follow(state)
    return state, clock.today()


async def asked(request: Request) -> Question:
    """All that an answer depends on, but for the edition."""
    headers = [request.headers.get(name, "") for name in ("accept", "content-type", "content-encoding")]
    return (request.method, *headers, request.scope["query_string"], await request.body())


def _size(question: Question, kept: Kept) -> int:
    return sum(map(len, question)) + len(kept.body) + len(kept.packed) + OVERHEAD
