"""The command line: `sixtyone`."""

import difflib
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import structlog
import typer
from alembic.util.exc import CommandError
from uvicorn.config import STARTUP_FAILURE

from api import command, logs, token
from api.app import create_app, now
from api.command import fail
from api.exports import folder
from api.exports.folder import Form
from api.moment import AS_OF, KNOWN_AT, InvalidMoment, Moment, parse_moment
from api.server import Server
from db import dataset
from db import migrate as migrations
from db.clock import Clock
from db.database import Database
from schema.build import Schema
from schema.limits import Limits
from seeds import export as exporting
from seeds import files, loader
from seeds import verify as verification
from seeds.errors import SeedError

app = typer.Typer(
    help="What was promised, what has been shown to have happened, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
log = structlog.get_logger()
COMMITTED = Path(__file__).resolve().parent.parent / "schema" / "schema.graphql"


@app.command()
def serve() -> None:
    """Bring the database up to date, load the reviewed files, and serve."""
    settings = command.settings()
    logs.configure(settings.log_level, settings.log_format)
    if settings.public_url is None and not settings.only_here:
        log.warning("no_public_url", reason="Addresses are made of what each request says: set SIXTYONE_PUBLIC_URL.")
    with command.database(settings) as db:
        migrations.upgrade(db)
        log.info("loaded", report=_load(db, settings.data or files.DATA))
    # Uvicorn finishes what is under way and lets the signal end the process; but to stop when asked is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # A thread with a large query lets the others go on after a millisecond: small queries need it again and again.
    sys.setswitchinterval(0.001)
    try:
        Server(create_app(settings), settings).run()
    except SystemExit as end:
        # The line before says why. A start that failed ends as everywhere.
        raise typer.Exit(1) if end.code == STARTUP_FAILURE else end from None


@app.command()
def migrate(
    *,
    check: Annotated[bool, typer.Option("--check", help="Only tell whether code and migrations agree.")] = False,
    down: Annotated[bool, typer.Option("--down", help="Take every table away, and the data with them.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before everything is taken away.")] = False,
) -> None:
    """Bring the tables of the database to those of this version."""
    if check:
        with tempfile.TemporaryDirectory() as folder:
            _check_migrations(Database(f"sqlite:///{folder}/check.db"))
        return
    with command.database() as db:
        if down and not yes:
            _confirm(db)
        (migrations.downgrade if down else migrations.upgrade)(db)


@app.command()
def seed(
    directory: Annotated[
        Path | None, typer.Argument(help="The files to load; those that `serve` loads if left out.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only check the files, and load nothing.")] = False,
) -> None:
    """Load reviewed files into the database: all of them, or none."""
    directory = directory or command.settings().data or files.DATA
    if check:
        try:
            content = files.read(directory, now=now())
        except SeedError as refused:
            fail(str(refused))
        typer.echo(f"{directory} is sound: {content}")
        return
    with command.migrated() as db:
        typer.echo(_load(db, directory))


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="Where to; files of the same names that are there are replaced.")],
    *,
    form: Annotated[Form, typer.Option("--as", help="What to write. Seeds are the reviewed files: all there is.")] = (
        Form.SEEDS
    ),
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="The day in question; today if left out.")] = None,
    known_at: Annotated[
        str | None, typer.Option(metavar="INSTANT", help="By when it was known; now if left out.")
    ] = None,
) -> None:
    """Write the record as files: all of it as a backup (seeds), or what `/data/` serves. Tokens are left out."""
    if form is Form.SEEDS and (as_of is not None or known_at is not None):
        fail("The files of the seed format hold every day; --as-of and --known-at are for the other forms.")
    try:
        moment = parse_moment(as_of, known_at, Clock(now, command.settings().zone))
    except InvalidMoment as error:
        option = {AS_OF: "'--as-of'", KNOWN_AT: "'--known-at'"}.get(error.parameter or "")
        raise typer.BadParameter(error.message, param_hint=option) from None
    with _tidy(), command.migrated() as db:
        if not db.read_sync(dataset.has_data):
            fail("There is nothing to write: no data is loaded.")
        try:
            _export(db, directory, form, moment)
        except OSError as error:
            fail(f"{directory} cannot be written: {error.strerror}")
    typer.echo(f"Written to {directory}")


@app.command()
def verify(
    directory: Annotated[Path, typer.Argument(help="The files whose citations are held; our own if left out.")] = (
        files.DATA
    ),
    *,
    documents: Annotated[Path, typer.Option(help="The folder with the seed documents.")],
) -> None:
    """Hold every citation of a seed document against the document itself."""
    try:
        report = verification.verify(directory, documents)
    except SeedError as refused:
        fail(str(refused))
    typer.echo(report)
    if report.problems:
        raise typer.Exit(1)


@app.command()
def schema(
    *,
    check: Annotated[bool, typer.Option("--check", help="Only tell whether the committed file is up to date.")] = False,
) -> None:
    """Print the schema."""
    current = Schema(Limits()).sdl()
    if not check:
        typer.echo(current, nl=False)
        return
    committed = COMMITTED.read_text(encoding="utf-8")
    if committed != current:
        changes = difflib.unified_diff(committed.splitlines(), current.splitlines(), "committed", "code", lineterm="")
        fail("\n".join([*changes, "schema/schema.graphql is not what the code says: run `make schema`."]))


app.add_typer(token.app, name="token")


@contextmanager
def _tidy() -> Iterator[None]:
    """SIGTERM takes away what was begun, as SIGINT does."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _export(db: Database, directory: Path, form: Form, moment: Moment) -> None:
    if form is Form.SEEDS:
        for file, number in exporting.export(db, directory):
            _echo_rows(file, number)
        return
    folder.export(db, directory, form, moment, lambda table, number: _echo_rows(table.name, number))


def _echo_rows(name: str, number: int) -> None:
    typer.echo(f"{name}: {number} {'row' if number == 1 else 'rows'}", err=True)


def _load(db: Database, directory: Path) -> str:
    try:
        return str(loader.load(db, directory, now=now()))
    except SeedError as refused:
        fail(str(refused))


def _confirm(db: Database) -> None:
    name = db.engine.url.render_as_string(hide_password=True)
    question = f"This takes every table of {name} away, and the data with them"
    if not sys.stdin.isatty():
        fail(f"{question}: say so with --yes.")
    typer.confirm(f"{question}. Go on?", abort=True)


def _check_migrations(db: Database) -> None:
    migrations.upgrade(db)
    try:
        migrations.check(db)
    except CommandError as error:
        fail(str(error))
    finally:
        db.close()
