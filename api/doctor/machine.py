"""The machine below the service: room on the disks, temporary files, open files."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from api.doctor.finding import Finding, State
from api.settings import Settings
from api.sockets.connection import max_connections, max_descriptors
from api.temporary import TemporaryFolder

# In bytes.
SCARCE, TOO_LITTLE = 1_000_000_000, 50_000_000


def examine_machine(settings: Settings) -> Iterator[Finding]:
    folder = TemporaryFolder()
    fault = folder.fault()
    folder.close()
    if fault:
        yield Finding("temporary folder", State.PROBLEM, fault)
    else:
        yield examine_space("temporary folder", Path(tempfile.gettempdir()))
    most = max_connections(max_descriptors())
    if most < settings.max_connections:
        text = f"{most} connections at once and not {settings.max_connections}: raise the limit of open files."
        yield Finding("open files", State.WARNING, text)


def examine_space(check: str, folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(check, State.PROBLEM, f"{folder}: {error.strerror}")
    state = State.PROBLEM if free < TOO_LITTLE else State.WARNING if free < SCARCE else State.OK
    return Finding(check, state, f"{free / 1e9:.1f} GB free in {folder}")
