"""The files in examples/deploy/ name what there is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from api.metrics import ReplicaStates
from api.settings import Settings
from db.database import Database
from db.replicas import Replicas
from tests.documents import ROOT
from tests.engines import seed_sqlite
from tests.server import serving

DEPLOY = ROOT / "examples" / "deploy"
UNITS = [*sorted(path.name for path in DEPLOY.glob("*.service")), "sixtyone-backup.timer"]


def test_every_setting_that_a_file_gives_exists() -> None:
    names = {f"SIXTYONE_{name}".upper() for name in Settings.model_fields}
    given = {name for path in DEPLOY.iterdir() for name in re.findall(r"SIXTYONE_[A-Z_]+", path.read_text())}
    assert given - names == set()
    assert "SIXTYONE_TRUSTED_PROXIES" in given


def test_the_service_in_a_container_may_do_what_it_needs_and_nothing_else() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    service = compose["services"]["service"]
    assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])
    assert "ports" not in service
    settings = {name: str(value) for name, value in service["environment"].items() if "${" not in str(value)}
    [network] = compose["networks"]["inside"]["ipam"]["config"]
    assert settings["SIXTYONE_TRUSTED_PROXIES"] == network["subnet"]
    Settings.model_validate({name.removeprefix("SIXTYONE_").lower(): value for name, value in settings.items()})


def test_every_metric_that_an_alert_reads_exists(tmp_path: Path) -> None:
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"][0]["rules"]
    expressions = " ".join(rule["expr"] for rule in rules)
    wanted = set(re.findall(r"\b(?:sixtyone|process)_\w+", expressions))
    url = seed_sqlite(tmp_path)
    with serving(url, port=8000, metrics_port=8000) as api:
        lines = api.http.get("/metrics").text
    # Those with labels have no line before something was counted.
    names = set(re.findall(r"^# TYPE (\w+)", lines, re.MULTILINE))
    names |= {metric.name for metric in ReplicaStates(Replicas(Database(url), [])).collect()}
    assert {name.removesuffix("_bucket") for name in wanted} - names == set()
    assert len(wanted) > 6
    # An increase is seen only of a line that was there before.
    counted = re.findall(r"increase\(\w+\{(\w+)=~?\"([\w|]+)\"", expressions)
    labels = [f'{label}="{value}"' for label, values in counted for value in values.split("|")]
    assert len(labels) > 2
    assert [label for label in labels if f"{{{label}}} 0.0\n" not in lines] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / name).read_text().replace("/opt/sixtyone/bin/sixtyone", sys.executable)
        (tmp_path / name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=180)
    # What is said of other units of this machine is no concern of ours.
    assert [line for line in result.stderr.splitlines() if "sixtyone" in line] == []
    assert result.returncode == 0
