"""The statements of one writer to PostgreSQL, one after the other, by libpq.

The cursors of psycopg take several times the processor time, and so does the server for what is not prepared.
"""

from collections.abc import Mapping

import psycopg
import sqlalchemy as sa
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result

from db.pipeline import OUTDATED, Prepared, numbered
from db.statements import RawRow

PROCESS = "SELECT pg_backend_pid()"
OUTDATED_CODES = [code.encode() for code in OUTDATED]


def note_process(connection: sa.Connection, process: int) -> None:
    """Notes which process of the server has the transaction: what was prepared is there unless a pooler chose it."""
    driver: psycopg.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    prepared: Prepared = connection.info.setdefault("prepared", Prepared())
    prepared.is_direct = process == driver.pgconn.backend_pid
    if prepared.transformer is None:
        prepared.transformer = Transformer(driver.adapters)


def rows(connection: sa.Connection, sql: str, arguments: Mapping[str, object]) -> list[RawRow]:
    """The rows of a statement, in a transaction whose process was noted."""
    pgconn: pq.abc.PGconn = connection.connection.driver_connection.pgconn  # type: ignore[union-attr]
    prepared: Prepared = connection.info["prepared"]
    transformer = prepared.transformer
    assert transformer
    text, names = numbered(sql)
    written = transformer.dump_sequence([arguments[name] for name in names], [PyFormat.AUTO] * len(names))
    types, formats = transformer.types or (), transformer.formats
    if not prepared.is_direct:
        result = pgconn.exec_params(text, written, types, formats)
    else:
        key = text, types, False
        if (name := prepared.names.get(key)) is None:
            name = b"sixtyone_%d" % next(prepared.numbers)
            _check(pgconn, pgconn.prepare(name, text, types))
            prepared.names[key] = name
        result = pgconn.exec_prepared(name, written, formats)  # type: ignore[arg-type]
        if result.error_field(pq.DiagnosticField.SQLSTATE) in OUTDATED_CODES:
            # This change fails, and the next one prepares anew.
            prepared.names.clear()
    _check(pgconn, result)
    transformer.set_pgresult(result)
    rows: list[RawRow] = transformer.load_rows(0, result.ntuples, tuple)
    return rows


def _check(pgconn: pq.abc.PGconn, result: pq.abc.PGresult) -> None:
    if pgconn.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(pgconn.get_error_message())
    if result.status == pq.ExecStatus.FATAL_ERROR:
        raise error_from_result(result)
