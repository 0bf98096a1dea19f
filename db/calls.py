"""Statements that are asked of PostgreSQL on the event loop."""

import asyncio
from dataclasses import dataclass
from typing import TypeAlias

from db.statements import Params, RawRow, Text

# The rows of a call, its error, or None where an error before it kept it from being run.
Result: TypeAlias = list[RawRow] | Exception | None


@dataclass(slots=True)
class Call:
    """A statement with its parameters, and the future of its rows."""

    text: Text
    params: Params
    rows: "asyncio.Future[list[RawRow]]"
