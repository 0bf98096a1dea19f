"""The history of the bench: what counts as worse, and the line of a release."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.servers import ROOT

RATIO = {"value": 1.0, "target": None, "unit": "", "more_is_better": True}
GROWTH = RATIO | {"more_is_better": False}


def measured(version: str, **figures: dict[str, Any]) -> str:
    return json.dumps({"version": version, "figures": figures}) + "\n"


def hold(folder: Path, history: str, run: str, *arguments: str) -> tuple[int, str]:
    """The exit code, and what is printed."""
    paths = {"--history": folder / "history.jsonl", "--run": folder / "bench.json"}
    for path, text in zip(paths.values(), (history, run), strict=True):
        path.write_text(text)
    command = [sys.executable, "-m", "tests.bench.history", *arguments]
    for option, path in paths.items():
        command += [option, str(path)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return process.returncode, process.stdout + process.stderr


def test_a_ratio_that_got_worse_by_more_than_a_fifth_is_named_and_ends_with_1(tmp_path: Path) -> None:
    history = measured("1.0.0", speed=RATIO | {"value": 9.0}) + measured(
        "1.1.0", speed=RATIO, growth=GROWTH, gone=RATIO
    )
    run = measured("1.2.0", speed=RATIO | {"value": 0.8}, growth=GROWTH | {"value": 1.25}, more=RATIO)
    assert hold(tmp_path, history, run) == (
        1,
        "Worse than in 1.1.0 by more than a fifth: 2.\n- growth: 1.25 after 1\n- speed: 0.8 after 1\n"
        "Not measured this time:\n- gone\n",
    )


def test_a_fifth_is_noise_and_what_has_a_unit_is_of_the_machine(tmp_path: Path) -> None:
    wait = GROWTH | {"unit": "ms"}
    history = measured("1.1.0", speed=RATIO, growth=GROWTH, wait=wait)
    run = measured("1.2.0", speed=RATIO | {"value": 0.85}, growth=GROWTH | {"value": 1.15}, wait=wait | {"value": 9.0})
    assert hold(tmp_path, history, run) == (0, "Worse than in 1.1.0 by more than a fifth: nothing.\n")


def test_a_run_becomes_the_line_of_its_version(tmp_path: Path) -> None:
    before, again = measured("1.0.0", speed=RATIO), measured("1.1.0", speed=RATIO | {"value": 1.1})
    assert hold(tmp_path, before + measured("1.1.0", speed=RATIO), again, "--record")[0] == 0
    lines = (tmp_path / "history.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(before), json.loads(again)]
