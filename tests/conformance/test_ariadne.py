"""A client that ariadne-codegen makes of the schema writes, and reads what is beside an error."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from db.vocabulary import Role, Voice
from tests.optional import skip_or_fail
from tests.writable import WritableApi

HERE = Path(__file__).resolve().parent / "ariadne"
BIN = HERE / ".venv" / "bin"

pytestmark = pytest.mark.sqlite_only


def run(folder: Path, *command: str | Path, **environment: str) -> None:
    result = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, timeout=100
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_python_client_that_is_generated_leaves_out_what_has_a_default(
    api_writable: WritableApi, sdl: Path, tmp_path: Path
) -> None:
    if not BIN.is_dir():
        skip_or_fail("make tests/conformance/ariadne/.venv/.stamp has not been run")
    for name in ("codegen.toml", "queries.graphql", "program.py"):
        shutil.copy(HERE / name, tmp_path)
    shutil.copy(sdl, tmp_path / "schema.graphql")
    # It formats what it writes with the ruff beside it.
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    run(tmp_path, BIN / "ariadne-codegen", "--config", "codegen.toml", PATH=path)
    token = api_writable.token(Role.EDITOR, *Voice)
    run(tmp_path, BIN / "python", "program.py", SIXTYONE_URL=api_writable.url, SIXTYONE_TOKEN=token)
