"""The examples in React are built and started as their READMEs say, and used in Chromium."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.vocabulary import Role, Voice
from tests.conformance.examples import EXAMPLES, require_output, sh
from tests.conformance.node import run
from tests.engines import url_of
from tests.optional import skip_or_fail
from tests.server import serving
from tests.writable import WritableApi

HERE = Path(__file__).resolve().parent
PRODUCTS = shutil.ignore_patterns("node_modules", "dist", "schema.graphql", "schema.d.ts", "__generated__")
FOLDERS = ("dashboard", "relay", "urql")
# The file, and the folders that have it.
SHARED = [
    *(
        (name, *FOLDERS)
        for name in (
            ".npmrc",
            "schema.mjs",
            "src/choice.ts",
            "src/fetch.ts",
            "src/Filters.tsx",
            "src/More.tsx",
            "src/server.ts",
            "src/style.css",
        )
    ),
    *(
        (name, "dashboard", "urql")
        for name in (".gitignore", "bundle.mjs", "tsconfig.json", "src/Commitment.tsx", "src/graphql.ts")
    ),
    ("src/index.html", "relay", "urql"),
]
pytestmark = [pytest.mark.usefixtures("chromium"), pytest.mark.sqlite_only]


def shell_lines(name: str) -> list[str]:
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    return str(block).splitlines()


@contextmanager
def started(name: str, folder: Path, url: str) -> Iterator[str]:
    """The address of the page, after what the README says has been done in a copy of the folder."""
    source = EXAMPLES / name
    if shutil.which("npm") is None:
        skip_or_fail("there is no npm here")
    if not (source / "node_modules").is_dir():
        skip_or_fail(f"npm ci has not been run in examples/{name}")
    shutil.copytree(source, folder, ignore=PRODUCTS)
    (folder / "node_modules").symlink_to(source / "node_modules")
    if (documents := folder / "documents.json").is_file():
        # The compiler of Relay adds to what is there.
        documents.write_text("{}")
    install, build, start = shell_lines(name)
    assert install == "npm ci"
    require_output(sh(build, folder, SIXTYONE_URL=url))
    # In a session of its own, to end npm with what it has started.
    process = subprocess.Popen(
        start.split(),
        cwd=folder,
        env=os.environ | {"SIXTYONE_URL": url, "PORT": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        for line in process.stdout:
            if found := re.match(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                return
        raise AssertionError("it did not start")
    finally:
        os.killpg(process.pid, 15)
        process.communicate()


def at(page: str, name: str, api: WritableApi) -> None:
    run(HERE / "react.mjs", name, page, url=api.url, SIXTYONE_TOKEN=api.token(Role.EDITOR, *Voice))


@pytest.mark.parametrize("name", ["dashboard", "urql"])
def test_a_reader_filters_scrolls_and_sees_changes(name: str, api_writable: WritableApi, tmp_path: Path) -> None:
    with started(name, tmp_path / name, api_writable.url) as page:
        at(page, name, api_writable)


def test_so_does_one_of_a_service_that_answers_trusted_documents_alone(
    api_writable: WritableApi, tmp_path: Path
) -> None:
    database = url_of(api_writable.database)
    documents = EXAMPLES / "relay" / "documents.json"
    with (
        serving(database, documents=documents, documents_only=True) as strict,
        started("relay", tmp_path / "relay", str(strict.http.base_url).rstrip("/")) as page,
    ):
        at(page, "relay", api_writable)
    assert json.loads((tmp_path / "relay" / "documents.json").read_text()) == json.loads(documents.read_text())


def test_each_stands_alone_and_what_they_share_is_the_same() -> None:
    for name, *others in SHARED:
        texts = {(EXAMPLES / folder / name).read_text(encoding="utf-8") for folder in others}
        assert len(texts) == 1, name
    for folder in FOLDERS:
        lock = (EXAMPLES / folder / "package-lock.json").read_text(encoding="utf-8")
        assert '"integrity"' in lock
        assert '"resolved"' not in lock
