"""What the README tells a newcomer to ask is answered."""

import json
import re
from pathlib import Path

import pytest

from tests.server import Api
from tests.writable import WritableApi

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```graphql\n(.*?)```", README, re.DOTALL)
[MUTATION] = [snippet for snippet in SNIPPETS if snippet.startswith("mutation")]
[SUBSCRIPTION] = [snippet for snippet in SNIPPETS if snippet.startswith("subscription")]
QUERIES = [snippet for snippet in SNIPPETS if snippet.startswith("{")]
QUERIES += re.findall(r'QUESTION = """(.*?)"""', README, re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_readme_is_answered(api_readonly: Api, query: str) -> None:
    assert api_readonly.ask(query)


def test_the_readme_has_queries() -> None:
    assert len(QUERIES) == 3


def test_who_follows_as_the_readme_says_sees_what_is_recorded_as_it_says(api_writable: WritableApi) -> None:
    end = api_writable.public.ask("{ changes { pageInfo { endCursor } } }")["changes"]["pageInfo"]["endCursor"]
    # From a place in the log: nothing tells when a subscription without one has begun.
    body = {"query": SUBSCRIPTION.replace("changes {", f'changes(after: "{end}") {{', 1)}
    with api_writable.public.http.stream("POST", "/graphql/stream", json=body, timeout=10) as stream:
        written = api_writable.editor.ask(MUTATION)["recordStatus"]
        lines = (line.removeprefix("data: ") for line in stream.iter_lines() if line.startswith("data: "))
        told = json.loads(next(lines))["data"]["changes"]
    assert told["summary"] == written["change"]["summary"]
    assert told["subject"]["ref"] == "SVS-07"
