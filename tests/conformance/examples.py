"""Runs the examples as their README says."""

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
# What a reader of the README types, in its order.
SHELL_LINES, SCRIPT_LINES = (block.splitlines() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
ADDRESS = "http://127.0.0.1:8000"


def sh(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIXTYONE_")}
    return subprocess.run(
        line, shell=True, cwd=folder, env=clean | environment, capture_output=True, text=True, timeout=100
    )


def require_output(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@contextmanager
def following(folder: Path, url: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program, from when it knows its place in the log."""
    node = subprocess.Popen(
        ["node", "dist/follow.js", *arguments],
        cwd=folder,
        env=os.environ | {"SIXTYONE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
    )
    # A reader that waits for a line gets the end of the output instead.
    patience = threading.Timer(120, node.kill)
    patience.start()
    try:
        assert read_line(node).startswith("Following ")
        yield node
    finally:
        patience.cancel()
        node.kill()
        node.communicate()


def read_line(node: subprocess.Popen[str]) -> str:
    assert node.stdout
    return node.stdout.readline()
