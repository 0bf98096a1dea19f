"""Tells on the command line how far an export is: a bar for people, a line for each table where nobody looks on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from api.exports.snapshot import Told
from api.exports.table import ExportTable


@contextmanager
def shown(lengths: dict[str, int]) -> Iterator[Told]:
    """`lengths` tells about how many rows each table has."""
    with _bar(lengths) if sys.stderr.isatty() else _lines() as told:
        yield told


@contextmanager
def _bar(lengths: dict[str, int]) -> Iterator[Told]:
    seen: dict[str, int] = {}
    wide = max(map(len, lengths))
    with typer.progressbar(length=sum(lengths.values()), file=sys.stderr, label=" " * wide) as bar:

        def told(table: ExportTable, number: int) -> None:
            seen[table.name] = number
            *before, _ = (lengths[name] for name in seen)
            bar.label = table.name.ljust(wide)
            # Those before are done, though the day may have left them shorter than was thought.
            bar.update(max(0, sum(before) + min(number, lengths[table.name]) - bar.pos))

        yield told
        bar.update((bar.length or 0) - bar.pos)


@contextmanager
def _lines() -> Iterator[Told]:
    seen: dict[str, int] = {}

    def line() -> None:
        for name, number in list(seen.items())[-1:]:
            typer.echo(f"{name}: {number} {'row' if number == 1 else 'rows'}", err=True)

    def told(table: ExportTable, number: int) -> None:
        if table.name not in seen:
            line()
        seen[table.name] = number

    yield told
    line()
