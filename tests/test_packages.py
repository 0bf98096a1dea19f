"""A start that finds another package under one of our names says so, and one of ours imports what it needs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sixtyone
from tests.documents import ROOT


def start(*folders: Path, options: tuple[str, ...] = ("-S",)) -> tuple[int, str]:
    """The exit code and the output of a start with these folders on the path, and no others but Python's own."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, folders))}
    command = [sys.executable, *options, "-c", "import sixtyone; sixtyone.main()", "--help"]
    result = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, timeout=180)
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize("name", sixtyone.PACKAGES)
def test_another_package_of_one_of_our_names_is_named(tmp_path: Path, name: str) -> None:
    package = tmp_path / name / "__init__.py"
    package.parent.mkdir()
    package.write_text('"""Somebody else\'s."""\n')
    message = f"Another package is in the place of Sixty-One's `{name}`: {package}\n{sixtyone.ADVICE}\n"
    assert start(tmp_path, ROOT) == (1, message)


def test_a_package_whose_files_another_one_took_away_is_named(tmp_path: Path) -> None:
    for name in sixtyone.PACKAGES:
        (tmp_path / name).mkdir()
        if name != "schema":
            shutil.copy(ROOT / name / "__init__.py", tmp_path / name)
    shutil.copy(ROOT / "sixtyone.py", tmp_path)
    message = "The package `schema` of Sixty-One is not there, or another one has taken its files away."
    assert start(tmp_path) == (1, f"{message}\n{sixtyone.ADVICE}\n")


def test_our_own_packages_start() -> None:
    code, output = start(ROOT, options=())
    assert (code, "Usage:" in output) == (0, True), output


def test_a_start_imports_no_more_than_it_needs() -> None:
    code = """if True:
        import sys
        from typer.main import get_group
        from api import cli
        get_group(cli.app).get_command(None, "serve")
        from db.models import Dataset
        print(Dataset.__mapper__.configured, *sys.modules)
    """
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=180)
    is_configured, *modules = result.stdout.split()
    unneeded = {
        "alembic",
        "api.commands.scratch",
        "api.pages",
        "api.supervisor",
        "jinja2",
        "prometheus_client",
        "psycopg",
        "resvg_py",
        "rich",
        "sqlalchemy.dialects.postgresql",
    }
    assert (is_configured, unneeded & {*modules}) == ("False", set()), result.stderr
