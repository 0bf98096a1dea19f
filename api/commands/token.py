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
        list[Voice] | None, typer.Option(help="A voice that it may record statuses in; once for each.")
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
        at = now()
        secret = tokens.create(
            session,
            name,
            role,
            voice or [],
            organisation=_organisation(session, organisation),
            expires_at=at + dt.timedelta(days=days) if days else None,
            now=at,
        )
    typer.echo(secret)


@group.command("list")
def list_tokens() -> None:
    """Every token that was ever made: number, state, role, name, organisation, voices."""
    with open_current(read_settings(DatabaseSettings)) as db:
        for token, organisation in db.read_sync(tokens.with_organisations):
            voices = ", ".join(token.voices) or "no voice"
            body = organisation or "no organisation"
            typer.echo("\t".join([str(token.id), _state(token), token.role, token.name, body, voices]))


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


def _organisation(session: Session, slug: str | None) -> Organisation | None:
    if slug is None:
        return None
    organisation = session.exec(select(Organisation).where(col(Organisation.slug) == slug)).one_or_none()
    if organisation is None:
        fail(f"There is no organisation {slug!r}.")
    return organisation


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return f"revoked {token.revoked_at:%Y-%m-%d}"
    if token.expires_at is None:
        return "no expiry"
    return f"{'expired' if token.expires_at <= now() else 'expires'} {token.expires_at:%Y-%m-%d}"
