"""Tests the script beside it against a server of their own, which an editor may write to: see docs/testing.md."""

import subprocess
import sys
from pathlib import Path

import httpx

from api.testing import ScratchServer

pytest_plugins = ["api.testing.fixtures"]

SCRIPT = Path(__file__).with_name("what_changed.py")
RECORD = """
mutation ($input: RecordStatusInput!) {
  recordStatus(input: $input) {
    ... on StatusRecorded { statusUpdate { status } }
    ... on Rejected { problems { message } }
  }
}
"""
STATUS = {
    "commitment": "SVS-19",
    "status": "DELIVERED",
    "effectiveOn": "2019-12-30",
    "voice": "PARLIAMENT",
    "note": "A committee was told that it is done.",
    "citation": {"newDocument": {"slug": "minutes", "title": "Minutes of a committee"}},
}


def test_a_run_fetches_only_what_is_new_and_prints_it(sixtyone_server: ScratchServer, tmp_path: Path) -> None:
    line = [sys.executable, str(SCRIPT), sixtyone_server.url, "2018-12-31", "2019-12-31", "--keep", "answers.json"]

    def run() -> str:
        return subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    first, second = run(), run()
    body = {"query": RECORD, "variables": {"input": STATUS}}
    answer = httpx.post(sixtyone_server.graphql, json=body, headers=sixtyone_server.editor)
    assert answer.json() == {"data": {"recordStatus": {"statusUpdate": {"status": "DELIVERED"}}}}
    third = run()
    assert [output.splitlines()[-1] for output in (first, second, third)] == [
        "0 of 3 answers were the same as last time.",
        "3 of 3 answers were the same as last time.",
        "2 of 3 answers were the same as last time.",
    ]
    assert first.splitlines()[:-1] == second.splitlines()[:-1]
    news = "Delivered, 2019-12-30, parliament: A committee was told that it is done."
    assert [news in output for output in (second, third)] == [False, True]
