"""Liveness and readiness of the service."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from api.errors import RETRY_LATER, JSONResponse
from api.services import services
from db import dataset, failures, versions
from db.writing import ledger
from schema.service import VERSION


async def alive(_: Request) -> Response:
    return JSONResponse({"status": "alive", "version": VERSION})


async def ready(clock: Callable[[], dt.datetime], request: Request) -> Response:
    """200 when the database answers, its tables are those of this version, and data is loaded; else 503 and why.

    Also 503 if the clock is behind the record: the latest changes would be missing from what is known now.
    """
    try:
        fault = await services(request).db.probe(partial(_fault, clock))
    except failures.FileReplaced:
        fault = "The file of the database was deleted or replaced: stop the service before you restore it."
    except failures.ERRORS:
        fault = "The database does not answer."
    if fault is None and services(request).db.is_damaged:
        fault = "The database is damaged."
    if fault := fault or services(request).files.folder.fault():
        return JSONResponse({"status": "not ready", "reason": fault}, status_code=503, headers=RETRY_LATER)
    return JSONResponse({"status": "ready"})


def _fault(clock: Callable[[], dt.datetime], session: Session) -> str | None:
    if fault := versions.fault(session.connection()):
        return fault
    if dataset.state(session) is None:
        return "No data is loaded: run `sixtyone seed`."
    return ledger.clock_problem(dataset.current(session), clock())
