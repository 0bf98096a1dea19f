import shutil
from pathlib import Path

import pytest

from tests.conformance.node import MODULES, project, run
from tests.engines import Engine
from tests.server import serving

pytestmark = pytest.mark.sqlite_only


def test_a_service_serves_the_documents_that_the_compiler_of_relay_writes_and_nothing_else(
    sdl: Path, engine: Engine, seeded_template: str, tmp_path: Path
) -> None:
    folder = project("persisted", tmp_path)
    shutil.copy(sdl, folder)
    # The compiler adds to the file that is there.
    (folder / "documents.json").write_text("{}")
    run(MODULES / "relay-compiler" / "cli.js", "relay.config.json", folder=folder)
    with serving(engine.copy(seeded_template), documents=folder / "documents.json", documents_only=True) as api:
        # As a bundler builds it: otherwise urql wants a text that tells what kind of operation it is.
        url = str(api.http.base_url).rstrip("/")
        run(folder / "program.js", folder=folder, url=url, NODE_ENV="production")
