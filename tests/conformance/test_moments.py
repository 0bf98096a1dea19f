import shutil
from pathlib import Path

import pytest

from tests.conformance.node import MODULES, project, run
from tests.inputs import submit_valid
from tests.writable import WritableApi


@pytest.mark.sqlite_only
def test_caches_keep_one_commitment_at_several_moments_apart(
    api_writable: WritableApi, sdl: Path, tmp_path: Path
) -> None:
    submit_valid(api_writable.editor, "identifyCommitment")
    folder = project("moments", tmp_path)
    shutil.copy(sdl, folder)
    run(MODULES / "relay-compiler" / "cli.js", "relay.config.json", folder=folder)
    run(folder / "moments.mjs", folder=folder, url=api_writable.url)
