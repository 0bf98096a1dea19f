"""The service says which version of it answers, wherever a client or an operator may look."""

import re

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.api.lite import ROOT
from tests.server import NOW, Api

[VERSION] = re.findall(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)


def test_the_api_has_the_version_and_an_id_that_leads_back_to_it(api_sqlite: Api) -> None:
    service = api_sqlite.ask("{ service { __typename id version } }")["service"]
    assert service == {"__typename": "Service", "id": service["id"], "version": VERSION}
    again = "query ($id: ID!) { node(id: $id) { __typename id ... on Service { version } } }"
    assert api_sqlite.ask(again, id=service["id"])["node"] == service


def test_no_answer_with_the_version_is_said_to_last(api_sqlite: Api) -> None:
    id = api_sqlite.ask("{ service { id } }")["service"]["id"]
    moment = f'asOf: "2019-12-31", knownAt: "{NOW.replace(hour=1).isoformat()}"'
    for selection, control in (
        ("dataset { revision }", "public, max-age=31536000, immutable"),
        (f'node(id: "{id}") {{ ... on Service {{ version }} }}', "no-cache"),
    ):
        response = api_sqlite.http.get("/graphql", params={"query": f"{{ record({moment}) {{ {selection} }} }}"})
        assert "errors" not in response.json()
        assert response.headers["cache-control"] == control


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/graphql", "/graphql?query={__typename}", "/healthz", "/data/terms.csv"]
)
def test_every_answer_has_the_version_in_a_header(api_sqlite: Api, path: str) -> None:
    headers = api_sqlite.http.get(path, headers={"origin": "https://example.org"}).headers
    assert headers["sixty-one-version"] == VERSION
    assert "sixty-one-version" in headers["access-control-expose-headers"].split(", ")


def test_the_command_line_has_the_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"{VERSION}\n")
