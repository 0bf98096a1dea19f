"""The part of the image that can be tried without one."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import sixtyone
from db.database import Database
from tests.api.lite import ROOT
from tests.engines import url_of
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
    with serving(url_of(empty_database)) as empty:
        # It is there, and has no data.
        assert not healthy(empty.http.base_url.port)
        port = empty.http.base_url.port
    assert not healthy(port)


def test_the_image_has_every_file_of_the_service(tmp_path: Path) -> None:
    ignored, *let_in = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in ("#", "")]
    assert ignored == "*"
    for name in (line.removeprefix("!") for line in let_in if line.startswith("!")):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / "src" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (tmp_path / "src").mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "src")
    # As the Dockerfile installs it.
    options = ["--quiet", "--no-build-isolation", "--no-deps", "--wheel-dir", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=tmp_path / "src", check=True, timeout=120)
    [wheel] = tmp_path.glob("*.whl")
    files = [
        path.relative_to(ROOT) for name in sixtyone.PACKAGES for path in (ROOT / name).rglob("*") if path.is_file()
    ]
    wanted = {str(path) for path in files if "__pycache__" not in path.parts and path.suffix != ".md"} | {"sixtyone.py"}
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()
