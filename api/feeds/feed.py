"""A feed and its entries, in whichever format they are sent."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from api.feeds.markup import xml_text
from api.json_types import JsonObject
from api.moment import Moment
from api.urls import site_url

PAGE = 50
# Date part of tag URIs (RFC 4151). Never change it: feed readers would show every entry again.
TAG_DATE = "2026"
MAX_TITLE = 200


@dataclass(frozen=True)
class Entry:
    """`name` is unique among all entries; `page` and `subject` are the URLs of the page of the entry and of what it is
    about; `content` is HTML."""

    name: str
    title: str
    recorded_at: str
    author: str
    category: str
    page: str
    subject: str
    content: str


@dataclass(frozen=True)
class Feed:
    """`authority` begins all ids. `page`, `url`, `first` and `next` are URLs: of the page with the same entries, and of
    this part of the feed, the first part and the next."""

    authority: str
    name: str
    title: str
    subtitle: str
    updated: str
    rights: str
    page: str
    url: str
    first: str
    next: str | None
    entries: Sequence[Entry]

    def id(self, name: str) -> str:
        return f"{self.authority}:{name}"


def make_feed(
    request: Request,
    moment: Moment,
    data: JsonObject,
    entries: Sequence[Entry],
    *,
    name: str,
    title: str,
    subtitle: str,
    page: str,
    end: JsonObject,
) -> Feed:
    """The feed at the request's path with these entries; `page` is the path of its page, `end` the end of the list."""
    site = site_url(request)
    path, after = site + request.url.path, request.query_params.get("after")
    return Feed(
        authority=f"tag:{host_name(site)},{TAG_DATE}",
        # A feed of a moment is another one than that which goes on.
        name=name + moment.query,
        title=xml_text(title),
        subtitle=subtitle,
        updated=entries[0].recorded_at if entries else data["dataset"]["updatedAt"],
        rights=rights(data["dataset"]["licence"], data["dataset"]["attribution"]),
        page=site + moment.at(page),
        url=moment.at(path, after=after or None),
        first=moment.at(path),
        next=moment.at(path, after=end["endCursor"]) if end["hasNextPage"] else None,
        entries=entries,
    )


def addresses(request: Request, moment: Moment) -> Callable[[str], str]:
    """Makes the URL of a path at the moment."""
    site = site_url(request)
    return lambda path: site + moment.at(path)


def short(title: str) -> str:
    return xml_text(title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1]}…")


def rights(licence: str, attribution: str) -> str:
    return xml_text(f"Licence: {licence}. Attribution: {attribution}")


def host_name(site: str) -> str:
    """The host of a URL as a part of ids, which cannot hold the brackets of an IPv6 address."""
    return re.sub("[^a-z0-9.-]", "-", urlsplit(site).hostname or "localhost")
