"""`sixtyone links`: the addresses of the documents, and on request which of them are dead."""

import asyncio
from collections import Counter, defaultdict
from typing import Annotated

import typer

from api.commands.common import open_current, read_settings
from api.database_settings import DatabaseSettings
from api.links import Checker, Link, State, is_public
from db import documents

app = typer.Typer()


@app.command()
def links(
    *,
    check: Annotated[bool, typer.Option("--check", help="Ask each address whether it still answers.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask addresses of private networks, too, such as 10.0.0.1.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=0.1, max=300, help="How long one address may take.")] = 20.0,
) -> None:
    """List every address of every document. With --check, say of each what came of asking it; 1 if any is dead."""
    with open_current(read_settings(DatabaseSettings)) as db:
        rows = db.read_sync(documents.addresses)
    places: dict[str, list[str]] = defaultdict(list)
    for slug, column, url in rows:
        places[url].append(f"{slug}\t{column}")
    if not check:
        for url, owners in places.items():
            for owner in owners:
                typer.echo(f"{owner}\t{url}")
        return
    counts = Counter[State]()

    def report(link: Link) -> None:
        counts[link.state] += 1
        for owner in places[link.url]:
            typer.echo(f"{link.state}\t{owner}\t{link.url}\t{link.detail}")

    allows = (lambda _: True) if allow_private else is_public
    asyncio.run(Checker(seconds, allows).check(places, report))
    typer.echo(", ".join(f"{counts[state]} {state}" for state in State if counts[state]) or "no addresses", err=True)
    if counts[State.DEAD]:
        raise typer.Exit(1)
