"""Liveness and readiness of the service."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from api.errors import RETRY_LATER, JSONResponse
from api.json_types import JsonObject
from api.services import services
from db import dataset, failures, versions
from db.replicas import Replica, Replicas
from db.writing import ledger
from schema.service import VERSION


async def alive(request: Request) -> Response:
    """Also tells callers what address they are taken for, which shows whether the proxies are set up."""
    client = request.client.host if request.client else None
    return JSONResponse({"status": "alive", "version": VERSION, "client": client})


async def ready(clock: Callable[[], dt.datetime], request: Request) -> Response:
    """200 when the database answers, its tables are those of this version, and data is loaded; else 503 and why.

    Also 503 if the clock is behind the record: the latest changes would be missing from what is known now. While the
    database does not answer and a replica can, it is 200 and why.
    """
    shared, status, folder_fault = services(request), "not ready", services(request).files.folder.fault()
    try:
        fault = await shared.db.probe(partial(_fault, clock))
    except failures.FileReplaced:
        fault = "The file of the database was deleted or replaced: stop the service before you restore it."
    except failures.errors():
        fault = "The database does not answer."
        if shared.replicas and shared.replicas.is_readable() and not folder_fault:
            status = "ready to read"
    if fault is None and shared.db.is_damaged:
        fault = "The database is damaged."
    fault = fault or folder_fault
    body: JsonObject = {"status": status, "reason": fault} if fault else {"status": "ready"}
    if shared.replicas:
        body["replicas"] = [_describe(shared.replicas, replica) for replica in shared.replicas.members]
    if body["status"] == "not ready":
        return JSONResponse(body, status_code=503, headers=RETRY_LATER)
    return JSONResponse(body)


def _describe(replicas: Replicas, replica: Replica) -> JsonObject:
    if replica.fault:
        return {"status": "away", "reason": replica.fault}
    behind = replicas.behind(replica)
    return {"status": "behind" if behind else "ready", "revision": replica.revision, "behind": behind}


def _fault(clock: Callable[[], dt.datetime], session: Session) -> str | None:
    if fault := versions.fault(session.connection()):
        return fault
    if dataset.state(session) is None:
        return "No data is loaded: run `sixtyone seed`."
    return ledger.clock_problem(dataset.current(session), clock())
