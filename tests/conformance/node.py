"""Runs node scripts with the libraries in the node_modules of this folder."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from db.vocabulary import Role, Voice
from tests.optional import skip_or_fail
from tests.writable import WritableApi

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"


def command(script: Path, *arguments: str) -> list[str]:
    node = shutil.which("node")
    if node is None:
        skip_or_fail("there is no node here")
    if not MODULES.is_dir():
        skip_or_fail("npm ci has not been run in tests/conformance")
    return [str(node), str(script), *arguments]


def run(script: Path, *arguments: str, folder: Path = HERE, url: str = "", **environment: str) -> str:
    """The output of the script; if it fails, the test fails with its output."""
    result = subprocess.run(
        command(script, *arguments),
        cwd=folder,
        env={**os.environ, "SIXTYONE_URL": url, "NO_COLOR": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    if result.returncode:
        pytest.fail(f"{script.name} says:\n{result.stdout}", pytrace=False)
    return result.stdout


def run_at(api: WritableApi, script: Path) -> None:
    """Runs a script that may write everything."""
    run(script, url=api.url, SIXTYONE_TOKEN=api.token(Role.EDITOR, *Voice))


def project(name: str, folder: Path) -> Path:
    """A copy of one of our projects, where its tools may write, with node_modules beside it."""
    (folder / "node_modules").symlink_to(MODULES)
    return Path(shutil.copytree(HERE / name, folder / name))
