"""Clients in Python, made as docs/python.md says: they ask, write, and read what is beside an error."""

import csv
import html
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from db.vocabulary import Role, Voice
from tests.conformance.examples import ADDRESS, EXAMPLES, require_output, sh
from tests.documents import FENCE, text
from tests.optional import skip_or_fail
from tests.writable import WritableApi

HERE = Path(__file__).resolve().parent / "python"
BIN = HERE / ".venv" / "bin"
PAGE = text("docs/python.md")
# A file of a project: its name stands in the first line, as a comment.
FILE = re.compile(r"# ([\w.]+)\n")
NOTEBOOK = EXAMPLES / "notebook" / "money-and-statuses.ipynb"
# What the notebook comes to, asked in other ways than it asks.
NUMBERS = """
{
  organisations(filter: {role: [RECIPIENT]}) {
    nodes { name areas { slug } allocated { amount bound } allocations { money { amount } } }
  }
  statusDefinitions { status label }
  progress { counts { status count } }
  coverage { withStatus }
}
"""

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

    def sh(self, command: str) -> str:
        environment = {"SIXTYONE_URL": self.url, "SIXTYONE_TOKEN": self.token}
        # Tools format what they write with the ruff beside them.
        environment["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        return require_output(sh(command, self.folder, **environment))


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


def test_the_notebook_has_the_numbers_of_the_api_says_which_are_unknown_and_names_sources(project: Projects) -> None:
    notebook = project("notebook")
    tables = json.loads(notebook.sh(f"python program.py {NOTEBOOK}"))
    with httpx.Client(base_url=notebook.url) as http:
        answer = http.post("/graphql", json={"query": NUMBERS}).json()["data"]
        areas = list(csv.DictReader(http.get("/areas.csv?kind=REGION&kind=NATION").text.splitlines()))
    bodies = {body["name"]: body for body in answer["organisations"]["nodes"]}
    assert tables["by_recipient"] == {
        name: {
            "pounds": body["allocated"] and body["allocated"]["amount"],
            "bound": body["allocated"] and body["allocated"]["bound"],
            "unknown": sum(allocation["money"] is None for allocation in body["allocations"]),
        }
        for name, body in bodies.items()
    }
    assert None in [row["pounds"] for row in tables["by_recipient"].values()]
    assert sorted(tables["in_no_area"]) == sorted(name for name, body in bodies.items() if not body["areas"])
    assert tables["by_region"] == {
        row["name"]: {"pounds": row["allocated"], "bound": row["allocatedBound"], "unknown": int(row["unknownSums"])}
        for row in areas
        if row["slug"] != "england"
    }
    labels = {definition["status"]: definition["label"] for definition in answer["statusDefinitions"]}
    counts = {labels[count["status"]]: count["count"] for count in answer["progress"]["counts"]}
    assert tables["over_time"] == [{label: count for label, count in counts.items() if label in tables["over_time"][0]}]
    statements = tables["statements"]
    assert len(statements) == sum(tables["over_time"][0].values()) == 61
    assert sum(row["source"] is not None for row in statements.values()) == answer["coverage"]["withStatus"]
    page = httpx.get(statements["SVS-19"]["page"])
    assert (page.status_code, statements["SVS-19"]["source"] in html.unescape(page.text)) == (200, True)
    assert tables["pictures"] == 2


def test_the_notebook_stands_without_what_a_run_of_it_printed() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    printed = [(cell["outputs"], cell["execution_count"]) for cell in cells if cell["cell_type"] == "code"]
    assert printed == [([], None)] * len(printed)
