"""Bodies and answers of the API, for tests of HTTP."""

from pathlib import Path
from typing import Any

import httpx

from tests.engines import REVISION
from tests.server import GRAPHQL, Api

ROOT = Path(__file__).resolve().parent.parent.parent
ALIVE = ("{ dataset { revision } }", {"data": {"dataset": {"revision": REVISION}}})


def refusal(code: str, message: str, **extensions: Any) -> dict[str, Any]:
    """The whole body of an answer that is one error."""
    return {"errors": [{"message": message, "extensions": {"code": code, **extensions}}]}


def error_body(response: httpx.Response) -> dict[str, Any]:
    """The body of an answer without the places in the query, which clients have no use for."""
    body: dict[str, Any] = response.json()
    for error in body.get("errors", []):
        error.pop("locations", None)
    return body


def post(api: Api, content: bytes | str, **headers: str) -> httpx.Response:
    """A body as it stands."""
    all_headers = {"content-type": "application/json", "accept": GRAPHQL} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    return api.http.post("/graphql", content=content, headers=all_headers)


def answers(api: Api) -> bool:
    query, expected = ALIVE
    return bool(api.send(query).json() == expected)
