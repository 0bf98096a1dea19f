"""Runs scripts of other people's libraries, which stand in the node_modules of this folder."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import optional

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"


def run(script: Path, *arguments: str, folder: Path = HERE, url: str = "", **environment: str) -> str:
    """What the script prints; where it fails, the test fails with that."""
    node = shutil.which("node")
    if node is None:
        optional("there is no node here")
    if not MODULES.is_dir():
        optional("npm ci has not been run in tests/conformance")
    done = subprocess.run(
        [str(node), str(script), *arguments],
        cwd=folder,
        env={**os.environ, "SIXTYONE_URL": url, "NO_COLOR": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
    )
    if done.returncode:
        pytest.fail(f"{script.name} says:\n{done.stdout}", pytrace=False)
    return done.stdout


def project(name: str, folder: Path) -> Path:
    """A copy of one of our projects, where its tools may write, with node_modules beside it."""
    (folder / "node_modules").symlink_to(MODULES)
    return Path(shutil.copytree(HERE / name, folder / name))
