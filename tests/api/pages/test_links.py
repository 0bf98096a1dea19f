"""Every link within the site leads somewhere, and keeps the moment that the reader chose."""

import re
from collections import deque
from collections.abc import Callable
from html import unescape
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest

from tests.api.pages.reading import Page
from tests.inputs import revision, submit_valid
from tests.server import Api
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

LINK = re.compile(r"""<(?:a|link)\s[^>]*?href="([^"]*)""")
ON = "asOf=2019-06-30"
# What is the same on every day, or is asked for a day in another way.
TIMELESS = re.compile(r"/feed\.\w+$|/events\.ics$|/graphql|/schema\.graphql$|/openapi\.json$")
# A page has many of these, each like that of another page: one in ten of them is followed.
MANY = re.compile(r"^/(follow|oembed|feed|charts|cards|data)\b|\.(atom|json|csv|svg)\b|^/\w+\?")
# Each page has these of its own, and they lead nowhere else: `test_citation_files.py` asks for them.
CITATION = re.compile(r"[?&](cite|statement)=")


def crawl(api: Api, start: str, most: int, follows: Callable[[str], bool] = bool) -> dict[str, str]:
    """The pages that can be reached, by their addresses; empty for what is no page. Fails at a dead end."""
    site = str(api.http.base_url).rstrip("/")
    result: dict[str, str] = {}
    queue = deque([start])
    while queue and len(result) < most:
        path = queue.popleft()
        if path in result:
            continue
        response = api.http.get(path, headers={"accept": "text/html"})
        assert response.status_code == 200, f"{path}: {response.status_code}"
        is_page = response.headers["content-type"].startswith("text/html") and not path.startswith("/graphql")
        page = result[path] = response.text if is_page else ""
        for link in map(unescape, LINK.findall(page)):
            # A phone takes `webcal` for a calendar to subscribe to, and fetches it by HTTP.
            whole = urlsplit(urljoin(f"{site}{path}", link.replace("webcal:", "http:", 1)))
            assert whole.scheme in ("http", "https"), f"{path} leads to {link}"
            if link.startswith("#"):
                assert f' id="{whole.fragment}"' in page, f"{path} has no {link}"
            # The answer to a page's own query is looked at where the page is.
            own_answer = whole.path == "/graphql" and whole.query
            address = f"{whole.path}?{whole.query}" if whole.query else whole.path
            if CITATION.search(address):
                continue
            if f"{whole.scheme}://{whole.netloc}" == site and not own_answer and follows(address):
                queue.append(address)
    return result


def test_every_link_leads_somewhere_and_every_page_is_led_to(api_sqlite: Api) -> None:
    def follows(address: str) -> bool:
        # A PNG is drawn of the SVG that stands beside it, and takes a hundred times as long.
        if address.partition("?")[0].endswith(".png"):
            return False
        return not MANY.search(address) or crc32(address.encode()) % 10 == 0

    result = crawl(api_sqlite, "/", 3000, follows)
    assert len(result) < 3000
    data = api_sqlite.ask("""{
        commitments(filter: { origin: [STRATEGY, LATER] }, first: 100) { nodes { ref } }
        funds(first: 100) { nodes { slug } } events(first: 100) { nodes { slug } }
        documents(first: 100) { nodes { slug } } organisations(first: 100) { nodes { slug } }
        strategy { themes { slug } } people(first: 100) { nodes { slug } }
    }""")
    paths = [f"/commitments/{one['ref']}" for one in data["commitments"]["nodes"]]
    paths += [f"/themes/{one['slug']}" for one in data["strategy"]["themes"]]
    for kind, folder in {"funds": "funds", "events": "events", "documents": "sources"}.items():
        paths += [f"/{folder}/{one['slug']}" for one in data[kind]["nodes"]]
    paths += [f"/organisations/{one['slug']}" for one in data["organisations"]["nodes"]]
    paths += [f"/people/{one['slug']}" for one in data["people"]["nodes"]]
    assert [path for path in paths if not result.get(path)] == []


def test_a_day_is_kept_from_page_to_page(api_writable: WritableApi) -> None:
    # A change that is about a place within a page.
    submit_valid(api_writable.editor, "openDiscrepancy")
    number = revision(api_writable.public)
    result = crawl(api_writable.public, f"/changes/{number}?{ON}", 60, lambda address: ON in address)
    pages = {path: Page(text) for path, text in result.items() if text}
    assert len(pages) > 30
    for path, page in pages.items():
        assert "What is on record now about 30 June 2019" in page.text
        assert next(field["value"] for field in page.all("input") if field.get("name") == "asOf") == "2019-06-30"
        # But for the way back to today, and the log of today.
        address, _, query = path.partition("?")
        others = "&".join(part for part in query.split("&") if part != ON)
        own = f"{address}?{others}" if others else address
        within = [link for link in page.links if link.startswith("/") and link not in (own, "/changes")]
        assert [link for link in within if ON not in urlsplit(link).query and not TIMELESS.search(link)] == []
