"""The description at /openapi.json is sound, complete, and true of what the service answers."""

import re
from functools import reduce
from operator import getitem
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from starlette.routing import Route

from api.app import create_app
from api.openapi.document import document
from api.revision import HEADER
from api.settings import Settings
from tests.engines import REVISION
from tests.server import Api, serving

DOCUMENT = document()
GRAPHQL = {"/graphql", "/graphql/stream"}
# A name for each path that takes one: by the parameter, or by the first part of the path.
NAMES = {"ref": "SVS-19", "number": "1", "file": "terms.csv"}
SLUGS = {
    "areas": "north-east",
    "commitments": "SVS-19",
    "events": "antique-firearms-consultation-opens-2017",
    "funds": "anti-knife-crime-community-fund",
    "organisations": "home-office",
    "people": "amber-rudd",
    "sitemap-{name}.xml": "pages-1",
    "sources": "acid-retailers-news-2018",
    "themes": "county-lines",
}
# The values of parameters that are not one of a few words.
VALUES = {
    "asOf": "2019-12-31",
    "revision": str(REVISION),
    "search": "police",
    "q": "police",
    "since": "2026-11-23T00:00:00Z",
    "from": "2018-12-31",
    "to": "2019-06-30",
    "maxwidth": "640",
    "maxheight": "480",
    "theme": "county-lines",
    "lead": "home-office",
    "fund": "anti-knife-crime-community-fund",
    "commitment": "SVS-19",
    "publisher": "home-office",
    "area": "north-east",
}
# What a path that is asked with an unknown parameter says that it takes.
TAKES = re.compile(r"(?:this page|a picture|a file) takes (.*)\.")
PATHS = [*DOCUMENT["paths"]]


def resolve(item: dict[str, Any]) -> dict[str, Any]:
    """A component in the place of its name."""
    component: dict[str, Any] = reduce(getitem, item["$ref"].split("/")[1:], DOCUMENT) if "$ref" in item else item
    return component


def query_parameters(path: str) -> list[dict[str, Any]]:
    described = map(resolve, DOCUMENT["paths"][path]["get"].get("parameters", []))
    return [parameter for parameter in described if parameter["in"] == "query"]


def address(api: Api, path: str) -> str:
    """With a name that there is in the place of the parameter of a path."""
    if path == "/static/{name}":
        [link, *_] = re.findall(r'href="(/static/[^"]+)"', api.http.get("/about").text)
        return str(link)
    parts = path.strip("/").split("/")
    slug = next((SLUGS[part] for part in parts if part in SLUGS), "")
    return re.sub(r"{(\w+)}", lambda match: NAMES.get(match[1], slug), path)


def check(api: Api, path: str, params: dict[str, str]) -> None:
    """The answer has a status, a media type and a form that are described."""
    response = api.http.get(address(api, path), params=params)
    responses = DOCUMENT["paths"][path]["get"]["responses"]
    if "3XX" in responses:
        assert (response.status_code, response.headers["location"]) == (308, "/data/")
        return
    assert response.status_code == 200, response.text[:500]
    content = responses["200"]["content"]
    kind = response.headers["content-type"].partition(";")[0]
    assert kind in content
    assert ("etag" in response.headers) == ("304" in responses)
    if schema := content[kind].get("schema"):
        conforms(response.json(), schema)


def conforms(body: object, schema: dict[str, Any]) -> None:
    OAS31Validator({**schema, "components": DOCUMENT["components"]}).validate(body)


def test_it_is_sound_and_says_where_and_of_which_version_it_is(api_sqlite: Api) -> None:
    response = api_sqlite.http.get("/openapi.json")
    served = response.json()
    validate(served)
    assert served == {**DOCUMENT, "servers": [{"url": str(api_sqlite.http.base_url).rstrip("/")}]}
    assert served["info"]["version"] == response.headers["sixty-one-version"]
    headers = {"if-none-match": response.headers["etag"]}
    assert api_sqlite.http.get("/openapi.json", headers=headers).status_code == 304


def test_every_page_links_it(api_sqlite: Api) -> None:
    assert '<link rel="service-desc" type="application/json" href="/openapi.json">' in api_sqlite.http.get("/").text


def test_every_route_is_described_and_nothing_else_is() -> None:
    app = create_app(Settings(database_url="sqlite:///never-made.db"))
    routes = {route.path for route in (*app.routes, *app.state.site.load().router.routes) if isinstance(route, Route)}
    assert set(PATHS) == routes - GRAPHQL


@pytest.mark.parametrize("path", PATHS)
def test_each_path_answers_as_described(api_sqlite: Api, path: str) -> None:
    described = query_parameters(path)
    names = [parameter["name"] for parameter in described]
    values = VALUES | {"url": f"{api_sqlite.http.base_url}/commitments/SVS-19"}
    values |= {parameter["name"]: words[-1] for parameter in described if (words := words_of(parameter["schema"]))}
    values.pop("cite", None)
    check(api_sqlite, path, {name: values[name] for name in names if name in values})


def refuse(api: Api, path: str, params: dict[str, str], headers: dict[str, str] | None = None) -> int:
    """The status of an answer to what nobody asks in earnest: one that is described, in the form that it has."""
    response = api.http.get(address(api, path), params=params, headers=headers)
    responses = DOCUMENT["paths"][path]["get"]["responses"]
    assert str(response.status_code) in responses, (response.url, response.text[:500])
    content = resolve(responses[str(response.status_code)]).get("content", {})
    kind = response.headers.get("content-type", "").partition(";")[0]
    assert kind in content or not content
    if schema := content.get(kind, {}).get("schema"):
        conforms(response.json(), schema)
    return response.status_code


@pytest.mark.parametrize("path", [path for path in PATHS if "3XX" not in DOCUMENT["paths"][path]["get"]["responses"]])
def test_each_path_refuses_as_described(api_sqlite: Api, path: str) -> None:
    """And answers of the first day and of the first revision, where there was nothing yet."""
    names = {parameter["name"] for parameter in query_parameters(path)}
    first = {"asOf": "0001-01-01", "revision": "1"}
    needed = {each["name"]: VALUES.get(each["name"], "x") for each in query_parameters(path) if "required" in each}
    for name in first.keys() & names:
        refuse(api_sqlite, path, needed | {name: first[name]})
    refuse(api_sqlite, path, needed | dict.fromkeys(sorted(names)[:1], ""))
    assert refuse(api_sqlite, path, needed, {HEADER: str(REVISION + 1)}) == 412
    if "206" in DOCUMENT["paths"][path]["get"]["responses"]:
        assert refuse(api_sqlite, path, needed, {"range": "bytes=99999999-"}) == 416


def words_of(schema: dict[str, Any]) -> list[str]:
    """The words of which a parameter is one, or more."""
    words: list[str] = schema.get("items", schema).get("enum", [])
    return words


@pytest.mark.parametrize("form", ["bib", "ris", "csl"])
def test_a_page_as_a_citation_answers_as_described(api_sqlite: Api, form: str) -> None:
    check(api_sqlite, "/commitments/{ref}", {"cite": form})


@pytest.mark.parametrize("path", [path for path in PATHS if query_parameters(path)])
def test_each_path_takes_what_is_described_and_says_so(api_sqlite: Api, path: str) -> None:
    names = {parameter["name"] for parameter in query_parameters(path)}
    response = api_sqlite.http.get(address(api_sqlite, path), params={"unknown": "1"})
    # Feeds, and what is made for search engines and frames, ignore what they do not know.
    if response.status_code == 400 and (takes := TAKES.search(response.text)):
        assert set(re.findall(r"`(\w+)`|<code>(\w+)</code>", takes[1])) == {(name, "") for name in names}
    else:
        assert path.endswith((".atom", ".json", ".ics", "/oembed", "/print.css")), response.text[:500]


def test_what_is_required_is_enough(api_sqlite: Api) -> None:
    check(api_sqlite, "/compare.csv", {name: VALUES[name] for name in ("from", "to")})
    for path in ("/compare.csv", "/oembed"):
        required = [parameter["name"] for parameter in query_parameters(path) if parameter.get("required")]
        refusal = api_sqlite.http.get(path)
        assert (refusal.status_code, all(f"`{name}`" in refusal.text for name in required)) == (400, True)


def test_errors_have_the_described_form(api_sqlite: Api) -> None:
    error = {"$ref": "#/components/schemas/Error"}
    for path, status in (("/data/nothing.csv", 404), ("/data/terms.csv?asOf=never", 400), ("/oembed", 400)):
        response = api_sqlite.http.get(path)
        assert response.status_code == status
        conforms(response.json(), error)
    with serving("sqlite:////dev/null/none.db") as away:
        response = away.http.get("/readyz")
        assert response.status_code == 503
        conforms(response.json(), {"$ref": "#/components/schemas/NotReady"})
