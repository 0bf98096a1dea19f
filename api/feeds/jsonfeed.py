"""JSON Feed, version 1.1."""

from typing import Any

import orjson
from starlette.responses import Response

from api.feeds.changes import Feed
from api.feeds.entry import Entry


def write(feed: Feed) -> Response:
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        # It has no place for rights of its own.
        "description": f"{feed.subtitle} {feed.rights}",
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": "en-GB",
        "items": [_item(feed, entry) for entry in feed.entries],
    }
    if feed.next:
        told["next_url"] = feed.next
    return Response(orjson.dumps(told), media_type="application/feed+json")


def _item(feed: Feed, entry: Entry) -> dict[str, Any]:
    return {
        "id": feed.id(f"change/{entry.revision}"),
        "url": entry.page,
        "title": entry.title,
        "content_html": entry.content,
        "date_published": entry.recorded_at,
        "date_modified": entry.recorded_at,
        "authors": [{"name": entry.actor}],
        "tags": [entry.action],
    }
