"""Column types that mean the same on SQLite and on PostgreSQL, and the type of a condition on columns."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlmodel import Field

from db.formatting import pounds

# A condition of SQL, as `where` takes it.
Condition = sa.ColumnElement[bool]


class Instant(sa.TypeDecorator[dt.datetime]):
    """An aware instant, always UTC. SQLite has no zones, so there it is stored as naive UTC."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
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


def enum_column(words: type[StrEnum]) -> Any:
    """Text under a CHECK that allows the words of an enumeration and no others."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in words.__name__).lstrip("_")
    return sa.Enum(words, native_enum=False, create_constraint=True, length=32, name=name)


def search_column() -> Any:
    """Text that was folded here. The database's own collation may skip punctuation; this one sorts as Python does."""
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return Field(default="", sa_type=text, nullable=False, sa_column_kwargs={"server_default": ""})


def foreign_key(target: str, *, nullable: bool = False, primary_key: bool = False, unique: bool = False) -> Any:
    """An indexed foreign key. Part of a primary key, it is indexed where it does not come first."""
    return Field(
        foreign_key=target, nullable=nullable, primary_key=primary_key, unique=unique, index=not unique,
        default=None if nullable else ...,
    )  # fmt: skip
