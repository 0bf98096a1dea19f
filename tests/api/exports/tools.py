"""Runs the tools of other people."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import frictionless


def run(*command: str) -> str:
    result = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, timeout=120)
    assert result.stdout, result.stderr
    return result.stdout


def validate(descriptor: str) -> Any:
    """The report of Frictionless on a package."""
    return frictionless.validate(descriptor).to_descriptor()


def sound(package: bytes, folder: Path) -> bool:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(folder)
    return bool(validate(str(folder / "datapackage.json"))["valid"])
