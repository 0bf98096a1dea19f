"""Dates, instants and decimals in JSON. A day or an instant that does not exist is refused."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import strawberry
from graphql import value_from_ast_untyped
from graphql.language import ast
from strawberry.types.scalar import ScalarDefinition

from db.formatting import instant_text
from schema.errors import BadInput

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


def read_day(value: object) -> dt.date:
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise BadInput(f"There is no day {value}.") from None
    raise BadInput("A Date is a day as text, such as 2019-05-09.")


def read_instant(value: object) -> dt.datetime:
    if isinstance(value, str) and INSTANT.fullmatch(value):
        try:
            return dt.datetime.fromisoformat(value.upper()).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise BadInput(f"There is no instant {value}.") from None
    raise BadInput("A DateTime is an instant with its zone as text, such as 2019-05-09T10:00:00Z.")


def read_decimal(value: object) -> Decimal:
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Decimal(value)
    raise BadInput("A Decimal is a number as text, such as 1300000.00.")


def in_text(read: Callable[[object], object]) -> Callable[[ast.ValueNode, dict[str, Any] | None], object]:
    """The same for a value in the text of a query: an error says where it stands."""

    def parse_literal(node: ast.ValueNode, variables: dict[str, Any] | None = None) -> object:
        try:
            return read(value_from_ast_untyped(node, variables))
        except BadInput as error:
            error.locate(node)
            raise

    return parse_literal


SCALARS: dict[object, ScalarDefinition] = {
    dt.date: strawberry.scalar(
        name="Date",
        description="A calendar date, ISO 8601 (2019-05-09).",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=dt.date.isoformat,
        parse_value=read_day,
        parse_literal=in_text(read_day),
    ),
    dt.datetime: strawberry.scalar(
        name="DateTime",
        description="An instant, RFC 3339, always UTC (2019-05-09T10:00:00Z). Other zones are accepted and converted.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=instant_text,
        parse_value=read_instant,
        parse_literal=in_text(read_instant),
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="A decimal number carried as a string, never as a float (63400000.00).",
        specified_by_url="https://www.w3.org/TR/xmlschema11-2/#decimal",
        serialize="{:.2f}".format,
        parse_value=read_decimal,
        parse_literal=in_text(read_decimal),
    ),
}
