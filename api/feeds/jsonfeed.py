"""JSON Feed, version 1.1."""

import orjson
from starlette.responses import Response

from api.feeds.changes import Feed


def respond(feed: Feed) -> Response:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        # JSON Feed has no member for rights.
        "description": f"{feed.subtitle} {feed.rights}",
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": "en-GB",
        "items": [
            {
                "id": feed.id(f"change/{entry.revision}"),
                "url": entry.page,
                "title": entry.title,
                "content_html": entry.content,
                "date_published": entry.recorded_at,
                "date_modified": entry.recorded_at,
                "authors": [{"name": entry.actor}],
                "tags": [entry.action],
            }
            for entry in feed.entries
        ],
    }
    if feed.next:
        document["next_url"] = feed.next
    return Response(orjson.dumps(document), media_type="application/feed+json")
