"""The digest of a folder of files and of all by which they are loaded: code and libraries."""

import hashlib
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path

from seeds import plain_files

ROOT = Path(__file__).resolve().parent.parent
CODE = ("db", "migrations", "seeds")
LIBRARIES = ("alembic", "pydantic", "PyYAML", "SQLAlchemy", "sqlmodel")


def digest(directory: Path) -> str | None:
    """None if a file cannot be read: the load says why."""
    result = hashlib.sha256()
    for text in (sys.version, sqlite3.sqlite_version, *map(version, LIBRARIES)):
        result.update(text.encode() + b"\0")
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            _add(result, path.name, path.read_bytes())
    for path in sorted([*directory.glob("*.yaml"), *directory.glob("*.yml")]):
        try:
            _add(result, path.name, plain_files.read_bytes(directory, path.name, max_bytes=plain_files.MAX_BYTES))
        except plain_files.UnreadableFile:
            return None
    return result.hexdigest()


def _add(result: "hashlib._Hash", name: str, content: bytes) -> None:
    result.update(name.encode(errors="surrogateescape") + b"\0" + hashlib.sha256(content).digest())
