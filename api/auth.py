"""Who is asking. A token that is given must be good: a bad one is refused, and never taken for the public."""

import datetime as dt
import re

from db import tokens
from db.database import Database
from db.tokens import Viewer
from schema.errors import Unauthenticated

BEARER = re.compile(rf"bearer +({tokens.PREFIX}[A-Za-z0-9_-]{{43}})", re.ASCII | re.IGNORECASE)
CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


def bearer(given: list[str]) -> str | None:
    """The token in an Authorization header, None where there is no such header."""
    if not given:
        return None
    found = BEARER.fullmatch(given[0].strip()) if len(given) == 1 else None
    if found is None:
        raise Unauthenticated("Write `Authorization: Bearer sxo_…`, once, or leave it out to read as the public.")
    return found[1]


async def viewer(db: Database, secret: str | None, now: dt.datetime) -> Viewer | None:
    """For whom the token speaks; None for the public."""
    if secret is None:
        return None
    found = await db.read(tokens.viewer, secret, now)
    if found is None:
        raise Unauthenticated("The token is unknown, has expired or was revoked.")
    return found
