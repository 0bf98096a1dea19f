"""Column types that mean the same on SQLite and on PostgreSQL, and the type of a condition on columns."""

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Field

from db.formatting import pounds

# A column as an attribute of a model, which SQLModel types as its value.
Column: TypeAlias = Any
# A condition of SQL, as `where` takes it.
Condition = sa.ColumnElement[bool]


class Instant(sa.TypeDecorator[dt.datetime]):
    """An aware instant, always UTC. SQLite has no zones, so there it is stored as naive UTC."""

    impl = sa.DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[dt.datetime]:
        return dt.datetime

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[dt.datetime]:
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Pounds(sa.TypeDecorator[Decimal]):
    """Pounds as Decimal, stored as whole pence: SQLite has no exact decimals, and integers add up in any engine."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        pence = value * 100
        if pence != pence.to_integral_value():
            raise ValueError(f"£{value} is not a whole number of pence.")
        return int(pence)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else pounds(value)


def snake_case(name: str) -> str:
    """The name of a class as the name of a table or a constraint."""
    return re.sub("(?<!^)(?=[A-Z])", "_", name).lower()


def enum_column(enum: type[StrEnum]) -> Any:
    """Text under a CHECK that allows the values of an enumeration and no others."""
    return sa.Enum(enum, native_enum=False, create_constraint=True, length=32, name=snake_case(enum.__name__))


def search_column() -> Any:
    """Text that sorts as Python sorts it. The collation of a PostgreSQL database may skip punctuation."""
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return Field(default="", sa_type=text, nullable=False, sa_column_kwargs={"server_default": ""})


def since_column() -> Any:
    """The revision that wrote this version of the row. Triggers set it, whatever tool writes."""
    return Field(default=0, nullable=False, sa_column_kwargs={"server_default": "0"})


def foreign_key(target: str, *, nullable: bool = False, primary_key: bool = False, unique: bool = False) -> Any:
    """A foreign key with an index, which a unique column has anyway.

    The first column of a primary key needs none: it takes `Field(foreign_key=…)`.
    """
    return Field(
        foreign_key=target, nullable=nullable, primary_key=primary_key, unique=unique, index=not unique,
        default=None if nullable else ...,
    )  # fmt: skip


class entries(FunctionElement[str]):
    """The texts in a column that holds a list, as a table with the column `value`."""

    inherit_cache = True


@compiles(entries, "sqlite")
def _entries_sqlite(element: entries, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(entries, "postgresql")
def _entries_postgresql(element: entries, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text({compiler.process(element.clauses, **options)})"
