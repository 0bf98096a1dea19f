"""Words compared without regard to letter case, the same on either database."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class folded(GenericFunction[str]):
    """Text without its letter case. SQLite's own `lower` knows only ASCII, so there it is Python's."""

    type = sa.String()
    inherit_cache = True


@compiles(folded, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"casefold({compiler.process(element.clauses, **options)})"


@compiles(folded, "postgresql")
def _postgresql(element: Any, compiler: Any, **options: Any) -> str:
    # The collation of the database may skip punctuation; this one sorts as SQLite and Python do.
    return f'lower({compiler.process(element.clauses, **options)}) COLLATE "C"'


def mentions(words: str, *columns: Any) -> list[sa.ColumnElement[bool]]:
    """Every word stands somewhere in the columns, in any order."""
    text: sa.ColumnElement[str] = folded(sa.func.coalesce(columns[0], ""))
    for column in columns[1:]:
        text = text + " " + folded(sa.func.coalesce(column, ""))
    return [text.contains(word.casefold(), autoescape=True) for word in words.split()]
