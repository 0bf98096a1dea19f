"""PostgreSQL as it is used here: also behind a pooler that gives each transaction another connection."""

from typing import Any

import sqlalchemy as sa

# Connections beside those of readers: one to write, one for the health check, and those of downloads.
OVERFLOW = 4
# How long to wait for a lock: to read, to write for a request, and to migrate or load, which several may begin at once.
READ_MS = 1_000
REQUEST_MS = 10_000
START_MS = 60_000
ENCODING = "UTF8"
# The schema of the views of the past, and the setting that they read the revision from.
PAST = "past"
SETTING = "sixtyone.revision"
STATE = "SELECT revision, updated_at FROM dataset"
# The revision and the instant of its making, in one form whatever the settings of the connection are.
LOOK = b"""SELECT revision, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00') FROM dataset"""
# Fixed, whatever the address says: the names of prepared statements collide behind a pooler, only UTF-8 holds all
# text, and we begin transactions ourselves.
ALWAYS = {"prepare_threshold": None, "client_encoding": "utf8", "autocommit": True}
# Unless the address says otherwise. A silent server is given up after these seconds and milliseconds.
DEFAULTS = {"connect_timeout": 5, "tcp_user_timeout": 10_000}


class Server:
    """A server, and the engine that connects to it."""

    def __init__(self, url: str, connections: int, seconds: float | None, **options: Any) -> None:
        """`seconds` limits each statement of a reader; None for no limit."""
        parsed = sa.make_url(url)
        # As the address has it, for the programs of PostgreSQL.
        self.address = dict(parsed.get_dialect()().create_connect_args(parsed)[1])
        # For the driver, which can also open a connection without the engine.
        self.arguments = {**DEFAULTS, **self.address, **ALWAYS}
        # A table that somebody locks against readers must not make all connections wait for it.
        limits = {} if seconds is None else {"statement_timeout": int(seconds * 1000), "lock_timeout": READ_MS}
        # One state for all statements of a question, with which its revision is read.
        self.read = _begin("BEGIN ISOLATION LEVEL REPEATABLE READ", **limits)
        self.engine = sa.create_engine(
            url,
            connect_args=self.arguments,
            pool_size=connections,
            max_overflow=OVERFLOW,
            pool_timeout=5,
            # The server may have been restarted since a connection was used last.
            pool_pre_ping=True,
            **options,
        )
        sa.event.listen(self.engine, "begin", self._start)

    def _start(self, connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        statements = [options.get("begin", self.read)]
        if (revision := options.get("revision")) is not None:
            # The first value fails for a role without the right to the schema. A search path leaves such a schema out
            # without a word, and the tables of today would answer for the past.
            statements.append(
                f"SELECT '{PAST}.dataset'::regclass,"
                f" set_config('search_path', '{PAST}, ' || current_setting('search_path'), true),"
                f" set_config('{SETTING}', '{int(revision)}', true)"
            )
        is_pinned = options.get("pin", False)
        if is_pinned:
            statements.append(STATE)
        cursor = connection.connection.cursor()
        cursor.execute("; ".join(statements))
        if is_pinned:
            while cursor.nextset():
                pass
            connection.info["state"] = cursor.fetchone() or (0, None)


def _begin(begin: str, **limits: int) -> str:
    # In one message, and for this transaction alone: behind a pooler the next one may be another client's. The driver
    # reads instants in one style only, and the database may have another one.
    settings = {"datestyle": "ISO", **limits}
    return "; ".join([begin, *(f"SET LOCAL {name} = {value}" for name, value in settings.items())])


WRITE = _begin("BEGIN", lock_timeout=START_MS)
SNAPSHOT = _begin("BEGIN ISOLATION LEVEL REPEATABLE READ", lock_timeout=REQUEST_MS)
