"""What the body of a request, a parameter or a message holds, as JSON."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from strawberry.http.parse_content_type import parse_content_type

from schema.errors import PersistedQueryNotSupported

JSON = "application/json"
MARK = "\ufeff"
# In place of nothing: a client may say it of a body that is as it is.
PLAIN = ("", "identity")


def check_content_type(headers: Mapping[str, str]) -> None:
    """Raises 415 for a body that is not JSON in UTF-8, unpacked."""
    kind, parameters = parse_content_type(headers.get("content-type") or "")
    if kind.lower() != JSON or parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise HTTPException(415, f"Send the body as {JSON}, in UTF-8.")
    if headers.get("content-encoding", "").strip().lower() not in PLAIN:
        raise HTTPException(415, "Send the body without a `Content-Encoding`.", {"Accept-Encoding": "identity"})


def parse_json(data: str | bytes) -> Any:
    """The value. A byte order mark, which some programs write first, is no part of it (RFC 8259, 8.1)."""
    if isinstance(data, str):
        return orjson.loads(data.removeprefix(MARK))
    # JSON begins with a character of ASCII: in wider ones, one of its first two bytes is zero.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        raise HTTPException(415, "The body is in UTF-16 or UTF-32: send it in UTF-8.")
    return orjson.loads(data.removeprefix(MARK.encode()))


def refuse_persisted_query(data: Mapping[str, Any]) -> None:
    """Raises PersistedQueryNotSupported for a hash in the place of a query."""
    extensions = data.get("extensions")
    if not data.get("query") and isinstance(extensions, dict) and "persistedQuery" in extensions:
        raise PersistedQueryNotSupported
