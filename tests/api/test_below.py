"""The site below a path of its host: every address holds it, whether or not the proxy in front takes it away."""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from api.settings import Settings
from tests.engines import seed_sqlite
from tests.server import Api, serving

HOME = "https://example.org/tracker"
BASE = "/tracker"
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')
# One page of each kind; what they lead to is asked for, too.
PAGES = [
    "/", "/commitments", "/commitments/SVS-19", "/themes", "/themes/communities",
    "/funds", "/funds/serious-violence-fund",
    "/areas", "/areas/northumbria", "/events", "/sources", "/organisations", "/compare", "/gaps", "/about",
    "/method", "/data/",
    "/changes", "/changes/1",
    "/embed/commitments/SVS-19", "/embed/progress", "/commitments/NONE-1", "/embed/commitments/NONE-1", "/nowhere",
]  # fmt: skip


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with serving(seed_sqlite(tmp_path_factory.mktemp("below")), public_url=f"{HOME}/", rate_per_minute=0) as api:
        yield api


def links(response: httpx.Response) -> set[str]:
    """The addresses of our host in a page."""
    result = {unescape(link) for link in LINK.findall(response.text)}
    return {link for link in result if urlsplit(link).netloc in ("", "example.org") and not link.startswith("#")}


@pytest.mark.parametrize("front", [BASE, ""], ids=["kept", "taken"])
def test_every_link_of_every_page_is_below_it_and_leads_somewhere(below: Api, front: str) -> None:
    results: set[str] = set()
    for page in PAGES:
        response = below.http.get(front + page, headers={"accept": "text/html"})
        assert response.status_code == (404 if "NONE" in page or "nowhere" in page else 200)
        results |= links(response)
    assert len(results) > 150
    for link in results:
        assert f"{urlsplit(link).path}/".startswith(f"{BASE}/"), link
    # One link to each path, the plainest: there are files that need parameters.
    plainest = {urlsplit(link).path: urlsplit(link).query for link in sorted(results, reverse=True)}
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in plainest:
        alike[path.removeprefix(f"{BASE}/").partition("/")[0], PurePosixPath(path).suffix].append(path)
    # Of those in one folder and of one format, every tenth.
    once = {path: plainest[path] for paths in alike.values() for path in paths[::10] if not path.endswith("/oembed")}
    for path, query in once.items():
        response = below.http.head(
            path if front else path.removeprefix(BASE) or "/",
            params=httpx.QueryParams(query),
            headers={"accept": "text/html, */*"},
        )
        assert response.status_code == 200, (path, query)


@pytest.mark.parametrize("front", [BASE, ""], ids=["kept", "taken"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/data", f"{BASE}/data/"),
        ("/data?asOf=2019-01-01", f"{BASE}/data/?asOf=2019-01-01"),
        ("/commitments/", f"{BASE}/commitments"),
        ("/commitments?search=&theme=communities", f"{BASE}/commitments?theme=communities"),
        ("/commitments/svs-19", f"{BASE}/commitments/SVS-19"),
    ],
)
def test_redirects_stay_below_it(below: Api, front: str, path: str, expected: str) -> None:
    response = below.http.get(front + path, headers={"accept": "text/html"})
    assert (response.is_redirect, response.headers["location"]) == (True, expected)


@pytest.mark.parametrize("front", [BASE, ""], ids=["kept", "taken"])
def test_all_addresses_in_answers_are_below_it(below: Api, front: str) -> None:
    feed = below.http.get(f"{front}/commitments/SVS-19/feed.json").json()
    assert feed["feed_url"] == f"{HOME}/commitments/SVS-19/feed.json"
    assert feed["home_page_url"] == f"{HOME}/commitments/SVS-19"
    assert f'href="{HOME}/feed.atom"' in below.http.get(f"{front}/feed.atom").text
    calendar = below.http.get(f"{front}/events.ics").text.replace("\r\n ", "")
    assert f"SOURCE;VALUE=URI:{HOME}/events.ics" in calendar
    assert f"{HOME}/events/" in calendar
    assert below.http.get(f"{front}/data/commitments.csv").headers["link"].startswith(f"<{BASE}/data/datapackage.json>")
    body = below.http.get(f"{front}/oembed", params={"url": f"{HOME}/commitments/SVS-19"}).json()
    assert f'src="{HOME}/embed/commitments/SVS-19"' in body["html"]
    assert body["provider_url"] == HOME
    assert (
        below.http.get(f"{front}/oembed", params={"url": "https://example.org/commitments/SVS-19"}).status_code == 404
    )
    page = below.http.get(f"{front}/commitments/SVS-19").text
    assert f'rel="canonical" href="{HOME}/commitments/SVS-19"' in page
    assert f"{HOME}/commitments/SVS-19?asOf=" in page
    assert "webcal://example.org/tracker/events.ics" in below.http.get(f"{front}/events").text


@pytest.mark.parametrize("front", [BASE, ""], ids=["kept", "taken"])
def test_the_api_and_its_editor_are_below_it(below: Api, front: str) -> None:
    answer = below.http.post(f"{front}/graphql", json={"query": "{ __typename }"})
    assert answer.json() == {"data": {"__typename": "Query"}}
    editor = below.http.get(f"{front}/graphql", headers={"accept": "text/html"})
    # It asks at addresses that are relative to its own.
    assert not re.search(r'["\'`(]/(graphql|schema)', editor.text)
    address = str(below.http.base_url).replace("http", "ws") + f"{front}/graphql"
    with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        socket.send('{"type": "connection_init"}')
        assert socket.recv() == '{"type":"connection_ack"}'


@pytest.mark.parametrize(
    "url", ["https://example.org/a b", "https://example.org/a?b", "https://example.org//a", "https://example.org/%2e"]
)
def test_a_wrong_path_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="nothing behind it but a path"):
        Settings(public_url=url)


def test_a_path_that_only_begins_alike_is_none_of_ours(below: Api) -> None:
    assert below.http.get("/trackers").status_code == 404
    assert below.http.get(BASE).status_code == 200
