"""What is wrong, or will be, with an installation: each thing is looked at, whatever came of the others."""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

import httpx
from pydantic import ValidationError
from sqlmodel import Session
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from api.client_address import parse_networks
from api.database_settings import PREFIX
from api.settings import Settings
from api.sockets.connection import max_connections, max_descriptors
from api.temporary import TemporaryFolder
from db import dataset, diagnosis, failures, versions
from db.clock import Clock, now
from db.database import Database
from db.writing import ledger

# In bytes.
SCARCE, TOO_LITTLE = 1_000_000_000, 50_000_000
# How long the public address may take, in seconds.
PATIENCE = 5.0


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    check: str
    state: State
    text: str


def examine(environment: Mapping[str, str]) -> Iterator[Finding]:
    yield Finding("version", State.OK, f"{version('sixty-one')}, on Python {platform.python_version()}")
    names = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in names:
            yield Finding("settings", State.WARNING, f"{name} is no setting, and nobody reads it.")
    try:
        settings = Settings()
    except ValidationError as error:
        # Without the values, among which are passwords.
        for problem in error.errors():
            name = f"{PREFIX}{problem['loc'][0]}".upper()
            yield Finding("settings", State.PROBLEM, f"{name}: {problem['msg'].removeprefix('Value error, ')}")
        return
    given = sorted(names & {name.upper() for name in environment})
    yield Finding("settings", State.OK, f"set: {', '.join(given) or 'none'}")
    yield from _database(settings)
    today = Clock(now, settings.zone).today()
    yield Finding("time zone", State.OK, f"{settings.time_zone}, where it is {today}")
    yield from _machine(settings)
    yield from _proxies(settings)


def _database(settings: Settings) -> Iterator[Finding]:
    db = Database(settings.database_url)
    address = db.engine.url.render_as_string(hide_password=True)
    try:
        file = diagnosis.file_of(db.engine)
        if file is not None:
            yield _space("disk", file.absolute().parent)
        # To connect would make the file.
        if file is not None and not file.exists():
            can_be_made = os.access(file.absolute().parent, os.W_OK)
            text = "is not there: the first start makes it" if can_be_made else "cannot be made: nobody may write there"
            yield Finding("database", State.WARNING if can_be_made else State.PROBLEM, f"{file} {text}.")
            return
        with Session(db.engine) as session:
            yield from _contents(session, address)
    except failures.ERRORS as error:
        yield Finding("database", State.PROBLEM, f"{address}: {failures.describe(error)}")
    finally:
        db.close()


def _contents(session: Session, address: str) -> Iterator[Finding]:
    connection, instant = session.connection(), now()
    result = diagnosis.diagnose(connection, instant, ledger.TOLERANCE)
    yield Finding("database", State.OK, f"{result.kind} at {address}, {result.size / 1e6:.1f} MB")
    for fault in result.faults:
        yield Finding("database", State.PROBLEM, fault)
    if missing := diagnosis.missing_programs(connection):
        text = f"{', '.join(missing)} not found: `sixtyone backup` needs the client programs of PostgreSQL."
        yield Finding("backup", State.WARNING, text)
    if reason := versions.incompatibility(connection):
        yield Finding("migrations", State.PROBLEM, reason)
        return
    yield Finding("encoding", State.OK, result.encoding)
    if (tables := versions.current(connection)) != versions.LATEST:
        text = f"The tables are of version {tables or 'none'}: the next start brings them to {versions.LATEST}."
        yield Finding("migrations", State.WARNING, text)
        return
    yield Finding("migrations", State.OK, f"version {tables}")
    if (state := dataset.state(session)) is None:
        yield Finding("data", State.WARNING, "No data is loaded: the next start does.")
        return
    yield Finding("data", State.OK, f"revision {state[0]} of {state[1]:%Y-%m-%dT%H:%M:%SZ}")
    problem = ledger.clock_problem(dataset.current(session), instant)
    yield Finding("clock", State.PROBLEM if problem else State.OK, problem or f"{instant:%Y-%m-%dT%H:%M:%SZ}")


def _machine(settings: Settings) -> Iterator[Finding]:
    folder = TemporaryFolder()
    fault = folder.fault()
    folder.close()
    if fault:
        yield Finding("temporary folder", State.PROBLEM, fault)
    else:
        yield _space("temporary folder", Path(tempfile.gettempdir()))
    most = max_connections(max_descriptors())
    if most < settings.max_connections:
        text = f"{most} connections at once and not {settings.max_connections}: raise the limit of open files."
        yield Finding("open files", State.WARNING, text)


def _space(check: str, folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(check, State.PROBLEM, f"{folder}: {error.strerror}")
    state = State.PROBLEM if free < TOO_LITTLE else State.WARNING if free < SCARCE else State.OK
    return Finding(check, state, f"{free / 1e9:.1f} GB free in {folder}")


def _proxies(settings: Settings) -> Iterator[Finding]:
    networks = parse_networks(settings.trusted_proxies)
    if any(not network.prefixlen for network in networks):
        text = "Everybody is trusted to say who asks: name the proxies in SIXTYONE_TRUSTED_PROXIES."
        yield Finding("proxies", State.PROBLEM, text)
    elif settings.public_url and not settings.is_local and all(network.is_loopback for network in networks):
        text = "A proxy on another machine is not trusted: all its clients count as one. See SIXTYONE_TRUSTED_PROXIES."
        yield Finding("proxies", State.WARNING, text)
    else:
        yield Finding("proxies", State.OK, f"{settings.trusted_proxies} may say who asks")
    if settings.public_url:
        yield from _public(settings.public_url)
    elif not settings.is_local:
        text = "Addresses are made of what each request says: set SIXTYONE_PUBLIC_URL."
        yield Finding("public address", State.WARNING, text)


def _public(url: str) -> Iterator[Finding]:
    """Asks the service by its public address, through every proxy before it."""
    try:
        response = httpx.get(f"{url}/healthz", timeout=PATIENCE)
        if response.status_code != 200 or "alive" not in response.text:
            text = f"{url}/healthz answers {response.status_code}, and not as this service does."
            yield Finding("public address", State.WARNING, text)
            return
        yield Finding("public address", State.OK, f"{url} answers")
        socket = f"{url.replace('http', 'ws', 1)}/graphql"
        with connect(socket, subprotocols=[Subprotocol("graphql-transport-ws")], open_timeout=PATIENCE):
            yield Finding("WebSockets", State.OK, "pass every proxy")
    except httpx.HTTPError as error:
        yield Finding("public address", State.WARNING, f"{url} does not answer: {error}")
    except (WebSocketException, OSError) as error:
        text = f"do not pass the proxy, which must send on `Upgrade` and `Connection`: {error}"
        yield Finding("WebSockets", State.WARNING, text)
