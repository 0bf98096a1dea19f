"""Clients in Python, made as docs/python.md says: they ask, write, and read what is beside an error."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.vocabulary import Role, Voice
from tests.conformance.examples import ADDRESS, require_output, sh
from tests.documents import FENCE, text
from tests.optional import skip_or_fail
from tests.writable import WritableApi

HERE = Path(__file__).resolve().parent / "python"
BIN = HERE / ".venv" / "bin"
PAGE = text("docs/python.md")
# A file of a project: its name stands in the first line, as a comment.
FILE = re.compile(r"# ([\w.]+)\n")

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def project(api_shared: WritableApi, tmp_path: Path) -> Callable[[str], "Project"]:
    if not BIN.is_dir():
        skip_or_fail("make tests/conformance/python/.venv/.stamp has not been run")
    token = api_shared.token(Role.EDITOR, *Voice, name=tmp_path.name)
    return lambda name: Project(Path(shutil.copytree(HERE / name, tmp_path / name)), api_shared.url.rstrip("/"), token)


@dataclass
class Project:
    """A copy of a folder, where tools may write, and the service that its programs ask."""

    folder: Path
    url: str
    token: str

    def follow(self, heading: str) -> None:
        """Does what a part of the page says, but for the installation."""
        part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
        for language, block in FENCE.findall(part):
            if language == "sh":
                install, *commands = block.splitlines()
                assert install.startswith("pip install ")
                for command in commands:
                    self.sh(command.replace(ADDRESS, self.url))
            elif name := FILE.match(block):
                (self.folder / name[1]).write_text(block, encoding="utf-8")

    def sh(self, command: str) -> None:
        environment = {"SIXTYONE_URL": self.url, "SIXTYONE_TOKEN": self.token}
        # Tools format what they write with the ruff beside them.
        environment["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        require_output(sh(command, self.folder, **environment))


Projects = Callable[[str], Project]


def test_ariadne_codegen_makes_a_client_that_leaves_out_what_has_a_default(project: Projects) -> None:
    ariadne = project("ariadne")
    ariadne.follow("With types of pydantic")
    ariadne.sh("python program.py")


def test_sgqlc_codegen_makes_types_and_operations_that_page_read_scalars_and_write(project: Projects) -> None:
    sgqlc = project("sgqlc")
    sgqlc.follow("With queries in Python")
    sgqlc.sh("python program.py")


def test_gql_asks_by_its_own_language_reads_scalars_writes_and_follows(project: Projects) -> None:
    gql = project("gql")
    gql.follow("With objects and subscriptions")
    gql.sh("python program.py")
