"""Tokens, which let people write. A token is shown once, when it is made; the database has only its digest."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Organisation, Token
from db.queries import Make, Query, Question
from db.rows import row_type
from db.statements import RawRow, Statement
from db.vocabulary import Role, Voice

PREFIX = "sxo_"
BYTES = 32
BY_DIGEST = Statement(
    sa.select(*row_type(Token).columns, col(Organisation.name))
    .join_from(Token, Organisation, isouter=True)
    .where(col(Token.digest) == sa.bindparam("digest"))
)


@dataclass(frozen=True)
class Principal:
    """The holder of a token, and their rights."""

    name: str
    role: Role
    voices: tuple[Voice, ...]
    organisation_id: int | None = None
    organisation: str | None = None
    # The id of the token.
    number: int | None = None

    @property
    def actor(self) -> str:
        """The name in the log of changes."""
        return self.name if self.organisation is None else f"{self.name}, {self.organisation}"


def create(
    session: Session,
    name: str,
    role: Role,
    voices: Sequence[Voice],
    *,
    organisation: Organisation | None = None,
    expires_at: dt.datetime | None = None,
    now: dt.datetime,
) -> str:
    """Adds a token and returns its secret, which is stored nowhere."""
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    session.add(
        Token(
            digest=_digest(secret),
            name=name,
            organisation_id=organisation.id if organisation else None,
            role=role,
            voices=[voice.value for voice in Voice if voice in voices],
            created_at=now,
            expires_at=expires_at,
        )
    )
    return secret


@Question
def authenticate(secret: str, now: dt.datetime) -> Query[Principal | None]:
    """None if the token is unknown, has expired or was revoked."""

    def collect(rows: Sequence[RawRow], make: Make) -> Principal | None:
        for row in rows:
            token: Token = make(row)
            if is_good(token, now):
                voices = tuple(map(Voice, token.voices))
                return Principal(token.name, token.role, voices, token.organisation_id, row[-1], token.id)
        return None

    return Query(BY_DIGEST, {"digest": _digest(secret)}, Token, collect)


def with_organisations(session: Session) -> list[tuple[Token, str | None]]:
    """Every token, expired and revoked ones included, with the name of its organisation."""
    query = select(Token, Organisation.name).join(Organisation, isouter=True).order_by(col(Token.id))
    return [(token, organisation) for token, organisation in session.exec(query)]


def revoke(session: Session, id: int, now: dt.datetime) -> Token | None:
    """None if there is no such token. A token that was revoked before stays as it was."""
    token = session.get(Token, id)
    if token is not None and token.revoked_at is None:
        token.revoked_at = now
    return token


def rotate(session: Session, id: int, now: dt.datetime, *, until: dt.datetime) -> tuple[Token, str] | None:
    """A new token in the place of one, with the same rights and for as long, and its secret. The old one ends by
    `until`. None if there is no such token."""
    token = session.get(Token, id)
    if token is None:
        return None
    secret = create(
        session,
        token.name,
        token.role,
        [Voice(voice) for voice in token.voices],
        organisation=session.get(Organisation, token.organisation_id) if token.organisation_id else None,
        expires_at=token.expires_at and now + (token.expires_at - token.created_at),
        now=now,
    )
    if until <= now:
        revoke(session, id, now)
    else:
        token.expires_at = min(until, token.expires_at or until)
    return token, secret


def is_good(token: Token, now: dt.datetime) -> bool:
    return token.revoked_at is None and (token.expires_at is None or now < token.expires_at)


def note_use(session: Session, id: int, instant: dt.datetime) -> None:
    """Another process may have noted a later one."""
    statement = sa.update(Token).where(col(Token.id) == id)
    is_later = col(Token.last_used_at).is_(None) | (col(Token.last_used_at) < instant)
    session.execute(statement.where(is_later).values(last_used_at=instant))


def _digest(secret: str) -> str:
    # The secret has 256 random bits, which cannot be guessed: a slow hash would protect no better.
    return hashlib.sha256(secret.encode()).hexdigest()
