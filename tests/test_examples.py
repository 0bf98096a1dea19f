"""What README and docs/ give to type is answered."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import ROOT, blocks
from tests.server import Api
from tests.writable import WritableApi

DOCUMENTS = ("README.md", "docs/api.md", "docs/follow.md", "docs/recording.md")
ADDRESS = "http://127.0.0.1:8000"
SNIPPETS = [snippet for document in DOCUMENTS for snippet in blocks(document, "graphql")]
[MUTATION, CORRECTION] = [snippet for snippet in SNIPPETS if snippet.startswith("mutation")]
[SUBSCRIPTION] = [snippet for snippet in SNIPPETS if snippet.startswith("subscription")]
QUERIES = [snippet for snippet in SNIPPETS if snippet.startswith("{")]
[PROGRAM] = blocks("README.md", "python")
[CURL] = [block for block in blocks("README.md", "sh") if block.startswith("curl")]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_documents_is_answered(api_readonly: Api, query: str) -> None:
    assert api_readonly.ask(query)


def test_the_documents_have_queries() -> None:
    assert len(QUERIES) == 10


def test_the_program_of_the_readme_runs(api_readonly: Api, capsys: pytest.CaptureFixture[str]) -> None:
    exec(PROGRAM.replace(ADDRESS, str(api_readonly.http.base_url).rstrip("/")), {})
    assert "'progress': {'total': 61," in capsys.readouterr().out


def test_the_picture_of_the_readme_is_told_with_the_numbers_of_the_data(api_readonly: Api) -> None:
    groups = api_readonly.ask("{ progress { total groups { group count } } }")["progress"]
    count = {entry["group"]: entry["count"] for entry in groups["groups"]}
    told = (
        f"{count['UNKNOWN']} of the {groups['total']} commitments are unknown, {count['OPEN']} open, "
        f"{count['DELIVERED']} reported delivered, {count['ENDED']} ended"
    )
    assert f"![The first page: {told};" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_curl_of_the_readme_is_answered(api_readonly: Api) -> None:
    body = re.search(r"--data '(.*)'", CURL, re.DOTALL)
    assert body
    assert api_readonly.ask(json.loads(body[1].replace("\n", " "))["query"])["commitment"]["status"]


def test_the_digests_of_a_document_are_printed_as_the_documents_say(tmp_path: Path) -> None:
    [line] = [line for line in blocks("docs/your-own-strategy.md", "sh") if "digest" in line]
    document = tmp_path / "document.txt"
    document.write_text("A heading\n\nThe first paragraph.\n", encoding="utf-8")
    python, *arguments, _ = shlex.split(line)
    assert python == ".venv/bin/python"
    run = subprocess.run([sys.executable, *arguments, document], cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert [re.fullmatch(r"    - '[0-9a-f]{16}'", line) is not None for line in run.stdout.splitlines()] == [True, True]


def test_the_documented_subscription_gets_the_documented_mutation(api_writable: WritableApi) -> None:
    end = api_writable.public.ask("{ changes { pageInfo { endCursor } } }")["changes"]["pageInfo"]["endCursor"]
    # From a place in the log: nothing tells when a subscription without one has begun.
    body = {"query": SUBSCRIPTION.replace("changes {", f'changes(after: "{end}") {{', 1)}
    with api_writable.public.http.stream("POST", "/graphql/stream", json=body) as stream:
        payload = api_writable.editor.ask(MUTATION)["recordStatus"]
        lines = (line.removeprefix("data: ") for line in stream.iter_lines() if line.startswith("data: "))
        change = json.loads(next(lines))["data"]["changes"]
    assert change["summary"] == payload["change"]["summary"]
    assert change["subject"]["ref"] == "SVS-07"


def test_the_documented_correction_is_made(api_writable: WritableApi) -> None:
    fund = api_writable.editor.ask(CORRECTION)["correctFund"]["fund"]
    assert fund["period"] == "2019/20"
    assert fund["versions"][-1] == {"until": None}
