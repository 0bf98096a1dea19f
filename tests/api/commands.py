"""Runs a command of `sixtyone` in this process, on a database."""

from pathlib import Path

from typer.testing import CliRunner, Result

from api import cli

RUNNER = CliRunner()


def run(url: str, *arguments: str | Path) -> Result:
    return RUNNER.invoke(cli.app, list(map(str, arguments)), env={"SIXTYONE_DATABASE_URL": url})


def expect(url: str, *arguments: str | Path) -> str:
    """What it prints where it succeeds."""
    result = run(url, *arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout
