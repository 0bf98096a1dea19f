"""The command line: `sixtyone`. A module with commands is imported when one of them is used."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

# The module of each command, in the order in which the help lists them.
MODULES = {
    "serve": "serve",
    "migrate": "data",
    "seed": "data",
    "export": "output",
    "verify": "data",
    "backup": "backup",
    "restore": "backup",
    "doctor": "doctor",
    "links": "links",
    "schema": "output",
    "token": "token",
}


class LazyGroup(TyperGroup):
    """`sixtyone token` takes a third of the time without the web server and the schema."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        # The list and suggestions need the names alone.
        self.commands: Any = MODULES

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in MODULES:
            return None
        try:
            with _rich_hidden():
                module = import_module(f"api.commands.{MODULES[cmd_name]}")
        except LookupError as error:
            # Typer takes a LookupError for a command that does not exist.
            raise RuntimeError(f"api.commands.{MODULES[cmd_name]} cannot be imported") from error
        finally:
            # `sixtyone` has stopped it. What was imported stays: to visit it once takes as long as two hundred modules.
            gc.freeze()
            gc.enable()
        return get_group(module.app).commands[cmd_name]


@contextmanager
def _rich_hidden() -> Iterator[None]:
    """structlog imports rich where it finds it, for tracebacks that no log of ours has: a twentieth of a start."""
    hides = "rich" not in sys.modules
    if hides:
        sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hides:
            del sys.modules["rich"]


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _print_version(wanted: bool) -> None:
    if wanted:
        # Most commands need not import it.
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(version("sixty-one"))
        raise typer.Exit


@app.callback()
def sixtyone(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """What was promised, what has been shown to have happened, and who says so."""
