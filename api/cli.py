"""The command line: `sixtyone`. Each command is a module of its own, imported when it is used."""

import gc
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

# In the order in which the help lists them.
NAMES = ("serve", "migrate", "seed", "export", "verify", "schema", "token")


class LazyCommands(Mapping[str, Any]):
    """`sixtyone token` takes a third of the time without the web server and the schema."""

    def __getitem__(self, name: str) -> Any:
        if name not in NAMES:
            raise KeyError(name)
        # The collector would visit what is imported again and again, for a fifth of the time, and find little.
        gc.disable()
        try:
            command = get_command(import_module(f"api.commands.{name}").app)
        finally:
            gc.enable()
        command.name = name
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


class LazyGroup(TyperGroup):
    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands: Any = LazyCommands()


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def sixtyone() -> None:
    """What was promised, what has been shown to have happened, and who says so."""
