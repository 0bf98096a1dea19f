"""Two repositories of other people, made from nothing by the steps of docs/testing.md in an empty environment."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import FENCE, ROOT, text
from tests.optional import skip_or_fail

PAGE = text("docs/testing.md")
# What a checkout has that an installation takes.
CHECKOUT = (
    "api", "db", "migrations", "schema", "seeds", "sixtyone.py", "pyproject.toml", "requirements.txt", "README.md",
    "LICENSE", "LICENCE-DATA.md",
)  # fmt: skip
# A file of a project: its name stands in the first line, as a comment.
FILE = re.compile(r"(?:#|//) ([\w.]+)\n")
# Where and how packages are fetched is the business of the machine.
MACHINE = re.compile("(PIP|SSL|NODE)_.*|.*_(proxy|PROXY)")


def sh(line: str, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if MACHINE.fullmatch(name)} | {
        "HOME": str(folder.parent / "home"),
        "PATH": os.pathsep.join([str(folder.parent / "bin"), "/usr/local/bin", "/usr/bin", "/bin"]),
        # For what the page does not pin.
        "PIP_CONSTRAINT": str(folder.parent / "constraints.txt"),
    }
    result = subprocess.run(line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, line + result.stdout + result.stderr
    return result.stdout


def follow(heading: str, folder: Path) -> str:
    """Does what a part of the page says, and returns what its last command has printed."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    output = ""
    for language, block in FENCE.findall(part):
        if language == "sh":
            for line in block.splitlines():
                output = sh(line, folder)
        else:
            name = FILE.match(block)
            assert name
            (folder / name[1]).write_text(block, encoding="utf-8")
    return output


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project in which Sixty-One is installed, beside a checkout."""
    base = tmp_path_factory.mktemp("downstream")
    for name in ("bin", "home", "sixty-one", "project"):
        (base / name).mkdir()
    for name in CHECKOUT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, base / "sixty-one" / name)
    pins = re.findall(r"^\S+==[^\\\n]+", (ROOT / "requirements-dev.txt").read_text(encoding="utf-8"), re.MULTILINE)
    (base / "constraints.txt").write_text("\n".join(pins), encoding="utf-8")
    # The same Python as that of the tests.
    (base / "bin" / "python3").symlink_to(Path(sys.base_prefix, "bin", "python3"))
    follow("Install it", base / "project")
    return base / "project"


def test_a_repository_in_python(project: Path) -> None:
    assert re.search(r"\b3 passed in ", follow("From Python", project))


def test_a_repository_in_node(project: Path) -> None:
    if node := shutil.which("node"):
        (project.parent / "bin" / "node").symlink_to(node)
    else:
        skip_or_fail("there is no node here")
    output = follow("From Node", project)
    assert [re.findall(rf". {word} (\d+)\n", output) for word in ("pass", "fail")] == [["2"], ["0"]], output
