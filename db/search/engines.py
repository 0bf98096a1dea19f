"""What the two databases have in common for a search: which rows the index has for some words, and which they hold."""

import re
from collections.abc import Sequence
from typing import Protocol

from db.models.past import LEXEMES
from db.text import TITLE

# Shorter words are found as they are, longer ones as the beginning of a word, too.
PREFIX = 3
PARAMETER = re.compile(r"(?<!:):(\w+)")


class Engine(Protocol):
    """The SQL of one database. `:name` in it stands for a parameter."""

    def matches(self, table: str, parameter: str) -> str:
        """The id and the revision of every version of a table that the index has for a question."""

    def holds(self, column: str, parameter: str) -> str:
        """Whether a column holds a text."""

    def question(self, words: Sequence[str], *, every: bool = False) -> str:
        """What `matches` is asked: for any of the words, or for every one of them."""

    def statement(self, sql: str) -> str:
        """The statement as the driver takes it."""


class SQLite:
    def matches(self, table: str, parameter: str) -> str:
        index = f"{table}_words"
        number = "rowid / 2147483648 AS id, rowid % 2147483648 AS since"
        return f"SELECT {number} FROM {index} WHERE {index} MATCH :{parameter}"

    def holds(self, column: str, parameter: str) -> str:
        return f"instr({column}, :{parameter}) > 0"

    def question(self, words: Sequence[str], *, every: bool = False) -> str:
        return (" AND " if every else " OR ").join(f'"{word}"{" *" if is_prefix(word) else ""}' for word in words)

    def statement(self, sql: str) -> str:
        return sql


class PostgreSQL:
    def matches(self, table: str, parameter: str) -> str:
        return f"SELECT id, since FROM {table}_version WHERE {LEXEMES} @@ CAST(:{parameter} AS tsquery)"

    def holds(self, column: str, parameter: str) -> str:
        return f"strpos({column}, :{parameter}) > 0"

    def question(self, words: Sequence[str], *, every: bool = False) -> str:
        return (" & " if every else " | ").join(f"'{word}'{':*' if is_prefix(word) else ''}" for word in words)

    def statement(self, sql: str) -> str:
        return PARAMETER.sub(r"%(\1)s", sql)


def is_prefix(word: str) -> bool:
    return len(word.removeprefix(TITLE)) >= PREFIX


def engine(name: str) -> Engine:
    return SQLite() if name == "sqlite" else PostgreSQL()
