"""The part of the image that can be tried without one."""

import json
import os
import shutil
import subprocess

from db.database import Database
from tests.api.lite import ROOT
from tests.optional import skip_or_fail
from tests.server import Api, serving

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def healthy(port: int | None) -> bool:
    """What the command of the health check says of the server at this port."""
    if shutil.which("bash") is None:
        skip_or_fail("there is no bash here")
    command = json.loads(DOCKERFILE.partition("HEALTHCHECK")[2].partition("CMD")[2].partition("\n")[0])
    environment = {"PATH": os.environ["PATH"], "SIXTYONE_PORT": str(port)}
    return subprocess.run(command, env=environment, capture_output=True, timeout=10).returncode == 0


def test_the_health_check_knows_a_server_that_can_answer_from_one_that_cannot(
    api_readonly: Api, empty_database: Database
) -> None:
    assert healthy(api_readonly.http.base_url.port)
    with serving(empty_database.engine.url.render_as_string(hide_password=False)) as empty:
        # It is there, and has no data.
        assert not healthy(empty.http.base_url.port)
        port = empty.http.base_url.port
    assert not healthy(port)
