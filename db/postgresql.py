"""PostgreSQL as it is used here: also behind a pooler that gives each transaction another connection."""

from typing import Any

import sqlalchemy as sa

# Beside those that read: one to write, one to tell whether all is well, and those that files are made from.
BESIDE = 4
# How long one waits for a lock: who reads, who writes for a request, and who migrates or loads, as others may that
# started at the same moment.
READ_MS = 1_000
REQUEST_MS = 10_000
START_MS = 60_000
ENCODING = "UTF8"
# Not from the address: statements that are prepared have names that collide behind a pooler; text is always sent in
# the one encoding that holds all; and we begin transactions ourselves.
ALWAYS = {"prepare_threshold": None, "client_encoding": "utf8", "autocommit": True}
# Unless the address says otherwise. A server that is gone without a word is given up, in seconds and in milliseconds.
DEFAULTS = {"connect_timeout": 5, "tcp_user_timeout": 10_000}


class Server:
    """The server behind an engine."""

    def __init__(self, url: str, seconds: float | None) -> None:
        """`seconds` is how long one statement may take that reads; None for as long as it takes."""
        given = sa.make_url(url)
        arguments = given.get_dialect()().create_connect_args(given)[1]
        # Of the driver, with which a connection can also be opened without the engine.
        self.arguments = {**DEFAULTS, **arguments, **ALWAYS}
        # Whoever locks a table against readers must not have all connections wait for it.
        limits = {} if seconds is None else {"statement_timeout": int(seconds * 1000), "lock_timeout": READ_MS}
        self.read = _begin("BEGIN", **limits)

    def engine(self, url: str, connections: int, **options: Any) -> sa.Engine:
        made = sa.create_engine(
            url,
            connect_args=self.arguments,
            pool_size=connections,
            max_overflow=BESIDE,
            pool_timeout=5,
            # The server may have been restarted since a connection was used last.
            pool_pre_ping=True,
            **options,
        )
        sa.event.listen(made, "begin", self._start)
        return made

    def _start(self, connection: sa.Connection) -> None:
        begin = connection.get_execution_options().get("begin", self.read)
        connection.connection.cursor().execute(begin)


def _begin(begin: str, **limits: int) -> str:
    # In one message, and for this transaction alone: the next one behind a pooler may be somebody else's.
    # The driver reads instants in one style only, and a database may have another one.
    return "; ".join(
        [begin, "SET LOCAL datestyle = ISO", *(f"SET LOCAL {name} = {value}" for name, value in limits.items())]
    )


WRITE = _begin("BEGIN", lock_timeout=START_MS)
SNAPSHOT = _begin("BEGIN ISOLATION LEVEL REPEATABLE READ", lock_timeout=REQUEST_MS)
