"""What the README tells a newcomer to ask is answered."""

import re
from pathlib import Path

import pytest

from tests.server import Api

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", README, re.DOTALL)
QUERIES += re.findall(r'QUESTION = """(.*?)"""', README, re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_readme_is_answered(api: Api, query: str) -> None:
    assert api.ask(query)


def test_the_readme_has_queries() -> None:
    assert len(QUERIES) == 3
