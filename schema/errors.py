"""Errors are part of the contract: each has a code from a short list. Errors of the service itself are masked."""

import structlog
from graphql import GraphQLError, GraphQLSyntaxError, get_location
from graphql.language import ast
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from db import failures

log = structlog.get_logger()
# How much of an id a message repeats, in characters: a client may send as much as a body may hold.
LONGEST_ID = 100
INTERNAL_MESSAGE = "Something went wrong on our side."
UNAVAILABLE_MESSAGE = "The database does not answer at the moment. Ask again soon."
TIMEOUT_MESSAGE = "A part of the query takes the database longer than it may. Ask for less at once."

CODES = {
    "GRAPHQL_PARSE_FAILED": "The query is not GraphQL.",
    "GRAPHQL_VALIDATION_FAILED": "The query does not fit the schema.",
    "OPERATION_RESOLUTION_FAILURE": "`operationName` does not tell which of the operations in the query is meant.",
    "BAD_USER_INPUT": "An argument or a variable is missing, of the wrong type, or names something that cannot be.",
    "NOT_FOUND": "There is no row with this ref or slug.",
    "INVALID_ID": "Not an id of this API.",
    "INVALID_CURSOR": "Not a cursor of this list in this order.",
    "PAGE_TOO_LARGE": "`first` is more than a page may hold.",
    "TOO_MANY_IDS": "`ids` has more entries than one query may ask for.",
    "TOO_MANY_POINTS": "The series has more points than one query may ask for.",
    "TOO_MANY_OPERATIONS": "The WebSocket has as many operations under way as it may have.",
    "QUERY_TOO_LONG": "The query has too many tokens.",
    "QUERY_TOO_DEEP": "The query is nested too deeply.",
    "TOO_MANY_ALIASES": "The query uses too many aliases, counted as often as fragments repeat them.",
    "QUERY_TOO_COSTLY": "The query would take, or has taken, more than it may. Ask for less, or in pages.",
    "RATE_LIMITED": "The client asked for too much lately. `retryAfter` says in how many seconds to come back.",
    "PERSISTED_QUERY_NOT_FOUND": "No query with this hash is known at the moment. Send its text with the hash.",
    "DOCUMENT_NOT_FOUND": "No trusted document has this id.",
    "DOCUMENT_REQUIRED": "This service answers trusted documents alone. Ask for one by its id.",
    "UNAUTHENTICATED": "A write without a token; or a token that is unknown, has expired or was revoked.",
    "SUBSCRIBER_TOO_SLOW": "What was sent was not taken for too long. Subscribe again with `after`.",
    "BAD_REQUEST": "The HTTP request is not a GraphQL request: its body, parameters or headers are off.",
    "METHOD_NOT_ALLOWED": "GET and HEAD are for queries, POST is for everything; no other method is served.",
    "NOT_ACCEPTABLE": "The Accept header allows neither of the two media types of an answer.",
    "UNSUPPORTED_MEDIA_TYPE": "The body is not `application/json`, in UTF-8 and not packed.",
    "REVISION_NOT_REACHED": "The record does not have the revision that `Sixty-One-Revision` asks for.",
    "BODY_TOO_LARGE": "The body is larger than the server reads.",
    "REQUEST_TIMEOUT": "The request took too long to arrive.",
    "TOO_MANY_CONNECTIONS": "Your address has as many connections as it may. `Retry-After` says when to come back.",
    "UNAVAILABLE": "There is no data yet, the database is away, or too much is asked for at once. `Retry-After` says"
    " when to come back.",
    "INTERNAL_SERVER_ERROR": "Our fault. The request id in the answer finds it in the log.",
}


class ClientError(GraphQLError):
    """An error of the caller, with a message that says what would be right; `code` is part of the contract."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, **extensions: object) -> None:
        super().__init__(message, extensions={"code": self.code, **extensions})

    def locate(self, node: ast.Node) -> None:
        """States where in the query it is, unless that is known more exactly. For errors before execution."""
        if self.nodes is None and node.loc:
            self.nodes, self.source, self.positions = [node], node.loc.source, [node.loc.start]
            self.locations = [get_location(node.loc.source, node.loc.start)]


class BadInput(ClientError):
    code = "BAD_USER_INPUT"


class NotFound(ClientError):
    code = "NOT_FOUND"


class Unavailable(ClientError):
    code = "UNAVAILABLE"


class Unauthenticated(ClientError):
    code = "UNAUTHENTICATED"

    def __init__(self, message: str = "A write takes a token: `Authorization: Bearer sxo_…`.") -> None:
        super().__init__(message)


class NoQuery(ClientError):
    """A request leads to no query that may be executed."""


class BadRequest(NoQuery):
    code = "BAD_REQUEST"


class PersistedQueryNotFound(NoQuery):
    """Clients know it by its message or by its code, and send the text with its hash."""

    code = "PERSISTED_QUERY_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class DocumentNotFound(NoQuery):
    code = "DOCUMENT_NOT_FOUND"

    def __init__(self, id: str) -> None:
        super().__init__(f"There is no trusted document {id[:LONGEST_ID]!r}.")


class DocumentRequired(NoQuery):
    code = "DOCUMENT_REQUIRED"

    def __init__(self) -> None:
        super().__init__("This service answers trusted documents alone: ask for one by its `documentId`.")


class InvalidId(ClientError):
    code = "INVALID_ID"


class InvalidCursor(ClientError):
    code = "INVALID_CURSOR"


class OperationUnclear(ClientError):
    code = "OPERATION_RESOLUTION_FAILURE"

    def __init__(self) -> None:
        super().__init__("`operationName` must name one of the operations in the query, where it holds not just one.")


class TooMuch(ClientError):
    """A limit is exceeded. The extensions give the limit and, where it was counted, the number in the request."""

    def __init__(self, code: str, message: str, *, allowed: int, **extensions: int) -> None:
        self.code = code
        super().__init__(message, allowed=allowed, **extensions)


class RateLimited(ClientError):
    """The budget of a client is used up. In `retry_after` seconds it holds enough again."""

    code = "RATE_LIMITED"

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(
            f"You have asked for too much lately. Come back in {retry_after} seconds.", retryAfter=retry_after
        )


def to_public(error: GraphQLError, *, executing: bool) -> GraphQLError:
    """The error as the caller may see it: with a code, and masked if it is an error of the service."""
    if error.extensions and "code" in error.extensions:
        return error
    match error.original_error:
        case CannotGetOperationTypeError():
            return OperationUnclear()
        case InvalidOperationTypeError(operation_type=kind):
            return with_code(error, "METHOD_NOT_ALLOWED", f"A {kind.value} cannot be asked by this method: use POST.")
        case MissingQueryError():
            return with_code(error, "BAD_REQUEST", "There is no `query`.")
    if isinstance(error, GraphQLSyntaxError):
        return with_code(error, "GRAPHQL_PARSE_FAILED")
    if error.original_error is None or isinstance(error.original_error, GraphQLError):
        # Before execution it is an error of the query, after that one of its variables.
        return with_code(error, "BAD_USER_INPUT" if executing else "GRAPHQL_VALIDATION_FAILED")
    if failures.is_timeout(error.original_error):
        log.warning("statement_too_slow", path=error.path)
        return with_code(error, "QUERY_TOO_COSTLY", TIMEOUT_MESSAGE)
    if failures.is_unavailable(error.original_error):
        log_unavailable(error.original_error)
        return with_code(error, "UNAVAILABLE", UNAVAILABLE_MESSAGE)
    log.error("unexpected_error", path=error.path, exc_info=error.original_error)
    return with_code(error, "INTERNAL_SERVER_ERROR", INTERNAL_MESSAGE)


def log_unavailable(error: Exception) -> None:
    """Logs one line without a traceback: the cause is not in the code."""
    log.warning("database_away", reason=failures.describe(error))


def with_code(error: GraphQLError, code: str, message: str | None = None) -> GraphQLError:
    """The same error in the same place, with a code."""
    return GraphQLError(
        message or error.message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code},
    )
