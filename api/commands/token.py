"""`sixtyone token`: who may write."""

import datetime as dt
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, col, select

from api.commands.common import fail, open_current, read_settings
from api.database_settings import DatabaseSettings
from db import tokens
from db.clock import now
from db.models import Organisation, Token
from db.vocabulary import IMPORT_ACTOR, Role, Voice
from db.writing.inputs import Line

NAME = TypeAdapter(Line)
app = typer.Typer()
group = typer.Typer(help="Who may write.", no_args_is_help=True)
app.add_typer(group, name="token")


@group.command()
def create(
    name: Annotated[str, typer.Argument(help="Who it is for. The log of changes shows it to everyone.")],
    *,
    role: Annotated[Role, typer.Option(help="A contributor records statuses and adds documents; an editor does all.")],
    voice: Annotated[
        list[Voice] | None,
        typer.Option(help="A voice that it may record statuses in, once for each; none without."),
    ] = None,
    organisation: Annotated[str | None, typer.Option(help="The slug of the body that it belongs to.")] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=3660, help="For how many days it is good; no end if left out.")
    ] = None,
) -> None:
    """Make a token. It is shown once; the database holds only its digest."""
    name = name.strip()
    if not name:
        fail("Name somebody: the log shows who made a change.")
    try:
        NAME.validate_python(name)
    except ValidationError as error:
        fail(f"The log shows the name to everyone: it {error.errors()[0]['ctx']['error']}.")
    if name.casefold() == IMPORT_ACTOR:
        fail(f"{name!r} is the name of the reviewed files in the log.")
    with open_current(read_settings(DatabaseSettings)) as db, db.transaction() as session:
        at, body = now(), _organisation(session, organisation)
        _require_new_actor(session, name, body)
        secret = tokens.create(
            session,
            name,
            role,
            voice or [],
            organisation=body,
            expires_at=at + dt.timedelta(days=days) if days else None,
            now=at,
        )
    if not voice:
        typer.echo("Without a --voice it records no statuses.", err=True)
    typer.echo(secret)


@group.command("list")
def list_tokens() -> None:
    """Every token that was ever made: number, state, role, name, organisation, voices, when made, when used."""
    with open_current(read_settings(DatabaseSettings)) as db:
        for token, organisation in db.read_sync(tokens.with_organisations):
            voices = ", ".join(token.voices) or "no voice"
            body = organisation or "no organisation"
            days = f"made {token.created_at:%Y-%m-%d}", _last_use(token)
            typer.echo("\t".join([str(token.id), _state(token), token.role, token.name, body, voices, *days]))


@group.command()
def revoke(
    number: Annotated[int, typer.Argument(min=1, max=2**31 - 1, help="The number of the token, as `list` shows it.")],
) -> None:
    """End a token, at once and for good."""
    with open_current(read_settings(DatabaseSettings)) as db, db.transaction() as session:
        token = tokens.revoke(session, number, now())
        if token is None:
            fail(f"There is no token {number}.")
        typer.echo(f"{token.name}: {_state(token)}")


@group.command()
def rotate(
    number: Annotated[int, typer.Argument(min=1, max=2**31 - 1, help="The number of the token, as `list` shows it.")],
    *,
    hours: Annotated[int, typer.Option(min=0, max=720, help="For how many hours the old one stays good.")] = 0,
) -> None:
    """Make a token in the place of another one, for the same person and with the same rights. It is shown once."""
    with open_current(read_settings(DatabaseSettings)) as db, db.transaction() as session:
        at = now()
        # Of two who rotate one token at once, the second sees what the first did.
        old = session.get(Token, number, with_for_update=True)
        if old is not None and not tokens.is_good(old, at):
            fail(f"{old.name}: {_state(old)}. Make a new one with `create`.")
        result = tokens.rotate(session, number, at, until=at + dt.timedelta(hours=hours))
        if result is None:
            fail(f"There is no token {number}.")
    token, secret = result
    typer.echo(f"{token.name}, number {number}: {_state(token)}", err=True)
    typer.echo(secret)


def _require_new_actor(session: Session, name: str, organisation: Organisation | None) -> None:
    """The log of changes has the name alone, by which two who may write now must be told apart."""
    for token, body in tokens.with_organisations(session):
        is_same = token.name.casefold() == name.casefold() and body == (organisation and organisation.name)
        if is_same and tokens.is_good(token, now()):
            fail(
                f"Token {token.id} has this name, and the log could not tell the two apart: add to the name what does,"
                f" or `sixtyone token rotate {token.id}`."
            )


def _organisation(session: Session, slug: str | None) -> Organisation | None:
    if slug is None:
        return None
    organisation = session.exec(select(Organisation).where(col(Organisation.slug) == slug)).one_or_none()
    if organisation is None:
        fail(f"There is no organisation {slug!r}.")
    return organisation


def _last_use(token: Token) -> str:
    return "never used" if token.last_used_at is None else f"used {token.last_used_at:%Y-%m-%dT%H:00Z}"


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return f"revoked {_instant(token.revoked_at)}"
    if token.expires_at is None:
        return "no expiry"
    return f"{'expired' if token.expires_at <= now() else 'expires'} {_instant(token.expires_at)}"


def _instant(at: dt.datetime) -> str:
    """To the minute: a token that was rotated may end within the hour."""
    return f"{at:%Y-%m-%dT%H:%MZ}"
