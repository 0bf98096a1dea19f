"""Our data in SQLite alone, for tests to which the kind of database makes no difference."""

from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from db import migrate
from seeds import loader
from tests.engines import LOADED_AT, SQLite, build_database
from tests.server import GRAPHQL, Api

ROOT = Path(__file__).resolve().parent.parent.parent
ALIVE = ("{ dataset { revision } }", {"data": {"dataset": {"revision": 1}}})


def seed_sqlite(folder: Path) -> str:
    """A database of its own in a folder."""
    url = SQLite(folder).empty()
    Path(url.removeprefix("sqlite:///")).write_bytes(_seeded())
    return url


@cache
def _seeded() -> bytes:
    """The file of a database with our data, which is loaded once in a run."""
    with TemporaryDirectory() as folder:
        url = build_database(SQLite(Path(folder)), migrate.upgrade, partial(loader.load, now=LOADED_AT))
        return Path(url.removeprefix("sqlite:///")).read_bytes()


def refusal(code: str, message: str, **extensions: Any) -> dict[str, Any]:
    """The whole body of an answer that is one error."""
    return {"errors": [{"message": message, "extensions": {"code": code, **extensions}}]}


def told(response: httpx.Response) -> dict[str, Any]:
    """The body of an answer without the places in the query, which clients have no use for."""
    body: dict[str, Any] = response.json()
    for error in body.get("errors", []):
        error.pop("locations", None)
    return body


def post(api: Api, content: bytes | str, **headers: str) -> httpx.Response:
    """A body as it stands."""
    sent = {"content-type": "application/json", "accept": GRAPHQL} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    return api.http.post("/graphql", content=content, headers=sent)


def answers(api: Api) -> bool:
    query, expected = ALIVE
    return bool(api.send(query).json() == expected)


def table(heading: str) -> list[tuple[str, ...]]:
    """The rows of the table in README.md whose first column is headed so."""
    rows: list[tuple[str, ...]] = []
    inside = False
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|")) if line.startswith("|") else ()
        inside = cells[:1] == (heading,) or (inside and bool(cells))
        if inside:
            rows.append(cells)
    return rows[2:]
