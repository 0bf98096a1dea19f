"""The revision that an answer is of: it travels with the answer, and a client may send it back to see nothing older."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import header
from api.moment import NUMBER
from api.services import services
from db.reader import Reader

HEADER = "sixty-one-revision"


def new_reader(connection: HTTPConnection, *, revision: int | None = None, least: int | None = None) -> Reader:
    """A reader for the public: it may ask replicas."""
    shared = services(connection)
    return Reader(shared.db, replicas=shared.replicas, revision=revision, least=least)


def reader_of(request: Request) -> Reader:
    """One for all questions of a request, so that no answer mixes two revisions."""
    state = request.scope["state"]
    if "reader" not in state:
        state["reader"] = new_reader(request)
    reader: Reader = state["reader"]
    return reader


def note_revision(connection: HTTPConnection, revision: int) -> None:
    """Notes the revision that the answer to a request is of."""
    connection.state.revision = revision


class RevisionHeader:
    """Waits for the revision that a client has seen, and sends that of the answer."""

    def __init__(self, app: ASGIApp, refuse: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_revision(message: Message) -> None:
            if message["type"] == "http.response.start" and (revision := scope["state"].get("revision")):
                message["headers"] = [*message.get("headers", ()), (HEADER.encode(), b"%d" % revision)]
            await send(message)

        request = Request(scope, receive)
        try:
            await _require(request, header(scope, HEADER.encode()))
        except HTTPException as error:
            response = await self.refuse(request, error)
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send_with_revision)


def is_seen(text: str, newest: int) -> bool:
    """Whether the value of the header asks for nothing later than the newest revision that was seen."""
    return NUMBER.fullmatch(text) is not None and int(text) <= newest


async def _require(request: Request, text: str) -> None:
    """Raises 400 for a text that is no revision, and 412 for one that the record does not have."""
    if not text or is_seen(text, services(request).db.newest):
        return
    if not NUMBER.fullmatch(text):
        raise HTTPException(400, f"`{HEADER}` is the number of a revision, as an answer has it.")
    revision = int(text)
    state = await new_reader(request, least=revision).state()
    latest = state[0] if state else 0
    services(request).db.note(latest)
    if latest < revision:
        message = f"The record goes up to revision {latest}, and not to {revision}: ask without `{HEADER}`."
        raise HTTPException(412, message)
