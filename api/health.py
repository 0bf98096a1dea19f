"""Is the process alive, and can it answer."""

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from api.errors import JSON
from api.failures import RETRY
from db import dataset, faults, migrate


async def alive(_: Request) -> Response:
    return JSON({"status": "alive"})


async def ready(request: Request) -> Response:
    """200 when the database answers, its tables are those of this version, and data is loaded; else 503 and why."""
    try:
        fault = await request.state.db.probe(_fault)
    except faults.Moved:
        fault = "The file of the database was deleted or replaced: stop the service before you restore it."
    except faults.ERRORS:
        fault = "The database does not answer."
    if fault is None and request.state.db.is_damaged:
        fault = "The database is damaged."
    if fault:
        return JSON({"status": "not ready", "reason": fault}, status_code=503, headers=RETRY)
    return JSON({"status": "ready"})


def tables(session: Session) -> str | None:
    """What is wrong with the tables, if anything is."""
    connection = session.connection()
    if fault := migrate.fault(connection):
        return fault
    if migrate.current(connection) != migrate.head():
        return "The tables are not those of this version: run `sixtyone migrate`."
    return None


def _fault(session: Session) -> str | None:
    if fault := tables(session):
        return fault
    return None if dataset.loaded(session) else "No data is loaded: run `sixtyone seed`."
