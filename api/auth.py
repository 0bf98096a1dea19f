"""Who is asking. A token that is given must be good: a bad one is refused, and never taken for the public."""

import datetime as dt
import re

from db import tokens
from db.database import Database
from db.tokens import Principal
from schema.errors import Unauthenticated

BEARER = re.compile(rf"bearer +({tokens.PREFIX}[A-Za-z0-9_-]{{43}})", re.ASCII | re.IGNORECASE)
OURS = re.compile(rf"(?:^|, *)bearer|{tokens.PREFIX}", re.ASCII | re.IGNORECASE)
CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


def bearer(given: str) -> str | None:
    """The token in the value of `Authorization`; None where it is empty or of another scheme, which is not ours.

    A proxy that asks for a password passes that on. But where a token of ours stands, it is meant for us.
    """
    given = given.strip()
    if not OURS.search(given):
        return None
    found = BEARER.fullmatch(given)
    if found is None:
        raise Unauthenticated("Write `Authorization: Bearer sxo_…`, once, or leave it out to read as the public.")
    return found[1]


async def viewer(db: Database, secret: str | None, now: dt.datetime) -> Principal | None:
    """For whom the token speaks; None for the public."""
    if secret is None:
        return None
    found = await db.read(tokens.authenticate, secret, now)
    if found is None:
        raise Unauthenticated("The token is unknown, has expired or was revoked.")
    return found
