"""What the two databases have in common for a search: which rows the index has for some words, and which they hold."""

import re
from collections.abc import Sequence
from typing import Protocol

from db.text import TITLE

# Shorter words are found as they are, longer ones as the beginning of a word, too.
PREFIX = 3
PARAMETER = re.compile(r"(?<!:):(\w+)")


class Engine(Protocol):
    """The SQL of one database. `:name` in it stands for a parameter."""

    # What comes before the statement; None for nothing.
    before: str | None

    def found(self, table: str, id: str, link: str, questions: int) -> Sequence[str]:
        """Statements for the ids of what is found by the rows `r` of a table that the index has for each question, at
        most `most` for each. The table shows some of the versions that the index has.

        The first are found without the others, as far as the database can.
        """

    def holds(self, column: str, parameter: str) -> str:
        """Whether a column holds a text."""

    def question(self, words: Sequence[str], *, every: bool = False) -> str:
        """What `matches` is asked: for any of the words, or for every one of them."""

    def statement(self, sql: str) -> str:
        """The statement as the driver takes it."""


class SQLite:
    before: str | None = None

    def found(self, table: str, id: str, link: str, questions: int) -> Sequence[str]:
        index = f"{table}_words"
        rows = f"{index} m JOIN {table} r ON r.id = m.rowid / 2147483648 AND r.since = m.rowid % 2147483648 {link}"
        return [
            f"SELECT {id} AS id FROM {rows} WHERE {index} MATCH :question_{number} LIMIT :most"
            for number in range(questions)
        ]

    def holds(self, column: str, parameter: str) -> str:
        return f"instr({column}, :{parameter}) > 0"

    def question(self, words: Sequence[str], *, every: bool = False) -> str:
        return (" AND " if every else " OR ").join(f'"{word}"{" *" if is_prefix(word) else ""}' for word in words)

    def statement(self, sql: str) -> str:
        return sql


class PostgreSQL:
    # A few rows are looked up in many tables. The planner knows no limit of them, and would read the tables, or have
    # other processes help, which take longer to start than all of it takes.
    before: str | None = "; ".join(
        f"SET LOCAL {setting}"
        for setting in (
            *(f"enable_{way} = off" for way in ("seqscan", "hashjoin", "mergejoin")),
            "jit = off",
            "max_parallel_workers_per_gather = 0",
        )
    )

    def found(self, table: str, id: str, link: str, questions: int) -> Sequence[str]:
        # One statement, because all of it is planned each time.
        rows = f"{table}_version m JOIN {table} r ON r.id = m.id AND r.since = m.since {link}"
        values = ", ".join(f"(:question_{number})" for number in range(questions))
        return [
            f"SELECT p.id FROM (VALUES {values}) q (question) CROSS JOIN LATERAL (SELECT {id} AS id FROM {rows}"
            f" WHERE words_of(m.search_words) @@ CAST(q.question AS tsquery) LIMIT :most) p"
        ]

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
