"""Pages as a reader gets them: their text, links and elements, taken from the HTML."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import httpx

from api.charts.marks import ALONE_WORDS
from tests.server import Api

# One of every kind.
PAGES = [
    "/",
    "/commitments",
    "/commitments/SVS-19",
    "/commitments/SVS-60",
    "/themes",
    "/themes/communities",
    "/funds",
    "/funds/serious-violence-fund",
    "/areas",
    "/areas/northumbria",
    "/areas/yorkshire-and-the-humber",
    "/events",
    "/events/strategy-launch-2018",
    "/sources",
    "/sources/itv-2019-12-29",
    "/organisations",
    "/organisations/home-office",
    "/claims",
    "/compare",
    "/people",
    "/people/vera-baird",
    "/search?q=hospital+youth+workers",
    "/gaps",
    "/about",
    "/glossary",
    "/method",
    "/report",
    "/follow",
    "/follow/commitments/SVS-19",
    "/changes",
    "/changes/1",
]
DATA = "/data/"
# They ask nothing.
WITHOUT_QUERY = [DATA, "/ask"]
EMBEDS = ["/embed/progress", "/embed/commitments/SVS-19"]
# What has no end tag.
VOID = {"input", "link", "meta", "br", "img", "hr"}


class Page(HTMLParser):
    """The text as a browser shows it: character references are resolved."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.parts: list[tuple[tuple[str, ...], str]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.handle_data("\0")
        assert self.open.pop() == tag, f"</{tag}> ends something else"

    def handle_data(self, data: str) -> None:
        self.parts.append((tuple(self.open), data))

    def within(self, *tags: str) -> str:
        """The text within elements that stand within each other."""
        return "".join(text for path, text in self.parts if all(tag in path for tag in tags))

    @property
    def text(self) -> str:
        """Words and single spaces, as they are read."""
        return normalise_spaces("".join(text for path, text in self.parts if not {"script", "style"} & set(path)))

    @property
    def title(self) -> str:
        return normalise_spaces("".join(text for path, text in self.parts if path == ("html", "head", "title")))

    @property
    def heading(self) -> str:
        return normalise_spaces(self.within("h1"))

    @property
    def rows(self) -> list[str]:
        """The rows of the tables, but for their heads."""
        return [normalise_spaces(row) for row in self.within("tbody").split("\0") if row.strip()]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a")]

    @property
    def ids(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.elements if "id" in attributes}

    @property
    def query(self) -> tuple[str, dict[str, Any]]:
        """The query that the page says it asks, and its variables."""
        code_blocks = [text for path, text in self.parts if path[-2:] == ("pre", "code")]
        return code_blocks[0], json.loads(code_blocks[1]) if len(code_blocks) > 1 else {}


def normalise_spaces(text: str) -> str:
    return re.sub(r"[\s\0]+", " ", text).strip()


def join(path: str, query: str) -> str:
    """The path with these parameters behind those that it has."""
    return f"{path}{'&' if '?' in path else '?'}{query}"


def get(api: Api, path: str, status: int = 200, headers: Mapping[str, str] | None = None) -> httpx.Response:
    response = api.http.get(path, headers={"accept": "text/html", **(headers or {})})
    assert response.status_code == status, (path, response.status_code, response.text[-400:])
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response


def read(api: Api, path: str, status: int = 200) -> Page:
    return Page(get(api, path, status).text)


def count_marks(text: str, label: str) -> int:
    """How many marks the key of a picture counts of the status of this label, hollow ones too."""
    return sum(int(number) for number in re.findall(rf"\b{label}(?:{ALONE_WORDS})? (\d+)\b", text))
