"""Tokens. A bad token is refused, and never read as the public."""

import datetime as dt
import re

from api.token_uses import TokenUses
from db import tokens
from db.database import Database
from db.reader import Reader
from db.tokens import Principal
from schema.errors import Unauthenticated

BEARER = re.compile(rf"bearer +({tokens.PREFIX}[A-Za-z0-9_-]{{43}})", re.ASCII | re.IGNORECASE)
OURS = re.compile(rf"(?:^|, *)bearer|{tokens.PREFIX}", re.ASCII | re.IGNORECASE)
CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


def parse_bearer(header: str) -> str | None:
    """The token in the value of `Authorization`; None if it is empty or of another scheme.

    A proxy that asks for a password passes that on. A value with our prefix in it is always read as a token.
    """
    header = header.strip()
    if not OURS.search(header):
        return None
    match = BEARER.fullmatch(header)
    if match is None:
        raise Unauthenticated("Write `Authorization: Bearer sxo_…`, once, or leave it out to read as the public.")
    return match[1]


async def authenticate(db: Database, uses: TokenUses, secret: str | None, now: dt.datetime) -> Principal | None:
    """The holder of the token, whose use is noted; None for the public."""
    if secret is None:
        return None
    query = tokens.authenticate.query(secret, now)
    principal = query.read(await Reader(db).rows(query.statement, query.params), db.engine.dialect)
    if principal is None or principal.number is None:
        raise Unauthenticated("The token is unknown, has expired or was revoked.")
    uses.note(principal.number, now)
    return principal
