"""Statements that are compiled once and asked of the driver.

SQLAlchemy's way from a statement to its rows takes several times as long as the database takes to answer.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any, TypeAlias

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import iterate
from sqlmodel import Session

from db import failures, observers

# What makes a value from what the driver has; None where that is the value.
Reader: TypeAlias = Callable[[Any], Any] | None
# A row as the driver has it, and the parameters of a statement by name.
RawRow: TypeAlias = Sequence[Any]
Params: TypeAlias = Mapping[str, object]
# One that returns rows, as an insertion does, too; or an insertion that returns none.
Query: TypeAlias = (
    sa.Insert
    | sa.Select[*tuple[Any, ...]]
    | sa.CompoundSelect[*tuple[Any, ...]]
    | ReturningInsert[*tuple[Any, ...]]
    | ReturningUpdate[*tuple[Any, ...]]
)


class KeyList(sa.types.UserDefinedType[Sequence[int | str]]):
    """Any number of keys in one parameter, so that the text of a statement does not depend on it."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        return _write_json if dialect.name == "sqlite" else _write_array


def _write_json(keys: Sequence[int | str]) -> str:
    return orjson.dumps(keys).decode()


def _write_array(keys: Sequence[int | str]) -> str:
    """As PostgreSQL reads an array. The driver takes five times as long, and names a type by the size of the keys."""
    return f"{{{','.join([str(key) if isinstance(key, int) else _quote(key) for key in keys])}}}"


def _quote(key: str) -> str:
    escaped = key.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


KEYS: sa.BindParameter[Sequence[int | str]] = sa.bindparam("ids", type_=KeyList())


def keys(values: Iterable[int | str]) -> sa.BindParameter[Sequence[int | str]]:
    """These keys as one parameter, for conditions in which they stand as a value."""
    return sa.bindparam(None, list(values), type_=KeyList())


class among(FunctionElement[bool]):
    """Whether a column is one of the keys in a parameter: `among(column, KEYS)`."""

    inherit_cache = True
    # Not that of a truth value, which SQLAlchemy compares with 1 on SQLite: no index serves such a comparison.
    type = sa.types.NULLTYPE  # type: ignore[assignment]


@compiles(among, "sqlite")
def _among_sqlite(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, keys = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608  (both are compiled)


@compiles(among, "postgresql")
def _among_postgresql(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, keys = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY({keys})"


def readers(columns: Iterable[sa.ColumnElement[Any]], dialect: Dialect) -> tuple[Reader, ...]:
    return tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)


class Text:
    """A statement as one kind of database takes it."""

    def __init__(self, query: Query, dialect: Dialect) -> None:
        # Every parameter has a value here: the lists that are part of the statement are written out in its text.
        empty = {each.key: None for each in iterate(query) if isinstance(each, sa.BindParameter) and each.required}
        compiled = query.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        expansion = compiled.construct_expanded_state(empty)
        self.sql = expansion.statement
        # Its name where its rows are kept, which it need not outlive.
        self.digest = hashlib.sha256(self.sql.encode()).digest()
        # The names of the parameters in their places; None where the driver takes them by name.
        self.places = expansion.positiontup
        self.readers = readers(query.exported_columns, dialect)
        processors = {name: _writer(bind, dialect) for bind, name in compiled.bind_names.items()}
        processors |= expansion.processors
        lists = expansion.parameter_expansion
        # Of each parameter, by its key in the query: its names in the text, and what writes a value of it.
        self.writers: Mapping[str, tuple[str | Sequence[str], Any]] = {
            bind.key: (lists.get(name, name), processors[name]) for bind, name in compiled.bind_names.items()
        }
        self.constants = {
            name: write(value) if value is not None and (write := processors.get(name)) else value
            for name, value in expansion.parameters.items()
        }

    def part(self, places: Sequence[int]) -> "Text":
        """The same with the columns in these places alone. To compile it once more takes a hundred times as long."""
        columns, clause, rest = self.sql.partition(" \nFROM ")
        names = columns.removeprefix("SELECT ").split(", ")
        assert len(names) == len(self.readers), "Something else than columns is selected."
        text = copy(self)
        text.sql = f"SELECT {', '.join(names[place] for place in places)}{clause}{rest}"
        text.digest = hashlib.sha256(text.sql.encode()).digest()
        text.readers = tuple(self.readers[place] for place in places)
        return text

    def arguments(self, params: Params) -> Any:
        """What the driver takes beside the text."""
        values, writers = self.constants.copy(), self.writers
        for key, given in params.items():
            # SQLAlchemy leaves out what cannot matter, such as a condition beside one that is never true.
            if key not in writers:
                continue
            names, write = writers[key]
            if isinstance(names, str):
                values[names] = write(given) if write and given is not None else given
            else:
                entries: Sequence[Any] = given  # type: ignore[assignment]
                values.update(zip(names, map(write, entries) if write else entries, strict=True))
        return values if self.places is None else [values[name] for name in self.places]


def _writer(bind: sa.BindParameter[Any], dialect: Dialect) -> Any:
    return bind.type.dialect_impl(dialect).bind_processor(dialect)


class Statement:
    """A statement that is asked again and again with other parameters. Its parameters are those of `bindparam`.

    With `is_cacheable`, a database keeps its rows for as long as the record stays the same.
    """

    def __init__(self, query: Query, *, is_cacheable: bool = False) -> None:
        self.query = query
        self.is_cacheable = is_cacheable
        self.texts: dict[str, Text] = {}

    def text(self, dialect: Dialect) -> Text:
        text = self.texts.get(dialect.name)
        if text is None:
            text = self.texts[dialect.name] = self._text(dialect)
        return text

    def _text(self, dialect: Dialect) -> Text:
        return Text(self.query, dialect)

    def values(self, row: RawRow, dialect: Dialect) -> RawRow:
        """The values of a row of the driver."""
        return [read(value) if read else value for read, value in zip(self.text(dialect).readers, row, strict=True)]

    def ask(self, session: Session, params: Params) -> list[tuple[Any, ...]]:
        """The values of the rows, read in the transaction of a session."""
        connection = session.connection()
        readers = self.text(connection.dialect).readers
        rows: list[Any] = self._rows(connection, params)
        if not any(readers):
            return rows
        # As tuples, through which the collector of garbage need not look.
        return [
            tuple([read(value) if read else value for read, value in zip(readers, row, strict=True)]) for row in rows
        ]

    def write(self, session: Session, rows: Sequence[Params]) -> None:
        """Executes it once for each of these, where it returns nothing."""
        connection = session.connection()
        exchange = connection.get_execution_options().get("exchange")
        text = self.text(connection.dialect)
        arguments = [text.arguments(each) for each in rows]
        context = observers.begin(connection.engine, text.sql, arguments)
        try:
            if exchange:
                for each in arguments:
                    exchange(connection, text.sql, each)
            else:
                connection.connection.driver_connection.cursor().executemany(text.sql, arguments)  # type: ignore[union-attr]
        except failures.driver_errors() as error:
            observers.fail(connection.engine, error, context)
            raise
        observers.end(connection.engine, text.sql, arguments, context)

    def rows(self, session: Session, params: Params) -> list[RawRow]:
        """The rows as the driver has them, read in the transaction of a session."""
        return self._rows(session.connection(), params)

    def _rows(self, connection: sa.Connection, params: Params) -> list[RawRow]:
        driver, exchange = connection.connection.driver_connection, connection.get_execution_options().get("exchange")
        ask = exchange and partial(exchange, connection)
        return execute(connection.engine, driver, self.text(connection.dialect), params, ask)


class Part(Statement):
    """A statement with some of its first `width` columns, which are those of a table, and all others."""

    def __init__(self, whole: Statement, places: Sequence[int], width: int) -> None:
        super().__init__(whole.query)
        self.whole = whole
        self.places = places
        self.width = width

    def _text(self, dialect: Dialect) -> Text:
        text = self.whole.text(dialect)
        return text.part([*self.places, *range(self.width, len(text.readers))])


def execute(
    engine: sa.Engine, driver: Any, text: Text, params: Params, ask: Callable[[str, Any], list[RawRow]] | None = None
) -> list[RawRow]:
    """The rows of a statement that a connection of the driver executes, or `ask` in its place."""
    arguments = text.arguments(params)
    context = observers.begin(engine, text.sql, arguments)
    try:
        rows = ask(text.sql, arguments) if ask else driver.execute(text.sql, arguments).fetchall()
    except failures.driver_errors() as error:
        observers.fail(engine, error, context)
        raise
    observers.end(engine, text.sql, arguments, context)
    return rows
