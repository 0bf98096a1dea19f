"""The files that settings name: whether a start can read them."""

from collections.abc import Iterator
from contextlib import closing

from api.doctor.finding import Finding, State
from api.settings import Settings
from api.trusted_documents import DocumentsError, read_documents
from db.clock import now
from schema.build import Schema
from seeds import files
from seeds.errors import SeedError

# Of one kind. `sixtyone seed --check` and a start name all of them.
MOST = 5


def examine_files(settings: Settings) -> Iterator[Finding]:
    if settings.documents:
        try:
            with closing(Schema(settings.limits())) as schema:
                number = len(read_documents(settings.documents, schema))
            yield Finding("documents", State.OK, f"{number} in {settings.documents}")
        except DocumentsError as error:
            yield from _problems("documents", str(error))
    if settings.data:
        try:
            yield Finding("reviewed files", State.OK, f"{settings.data}: {files.read(settings.data, now=now())}")
        except SeedError as error:
            yield from _problems("reviewed files", f"{settings.data} is not sound:\n{error}")


def _problems(check: str, text: str) -> Iterator[Finding]:
    lines = text.splitlines()
    for line in lines[:MOST]:
        yield Finding(check, State.PROBLEM, line.strip())
    if len(lines) > MOST:
        yield Finding(check, State.PROBLEM, f"And {len(lines) - MOST} more.")
