"""A feed as Atom, RFC 4287, in the parts of RFC 5005, and as JSON Feed, version 1.1."""

from xml.etree.ElementTree import Element, tostring

import orjson
from starlette.responses import Response

from api.feeds.feed import Entry, Feed
from api.feeds.markup import add_element as add

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


def atom_response(feed: Feed) -> Response:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"})
    add(root, "id", feed.id(feed.name))
    add(root, "title", feed.title)
    add(root, "subtitle", feed.subtitle)
    add(root, "updated", feed.updated)
    add(root, "rights", feed.rights)
    add(root, "generator", "Sixty-One")
    add(root, "link", rel="self", type=ATOM, href=feed.url)
    add(root, "link", rel="alternate", type="text/html", href=feed.page)
    add(root, "link", rel="first", type=ATOM, href=feed.first)
    if feed.next:
        add(root, "link", rel="next", type=ATOM, href=feed.next)
    for entry in feed.entries:
        _add_entry(root, feed, entry)
    return Response(tostring(root, encoding="utf-8", xml_declaration=True), media_type=f"{ATOM}; charset=utf-8")


def json_response(feed: Feed) -> Response:
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
                "id": feed.id(entry.name),
                "url": entry.page,
                "title": entry.title,
                "content_html": entry.content,
                "date_published": entry.recorded_at,
                "date_modified": entry.recorded_at,
                "authors": [{"name": entry.author}],
                "tags": [entry.category],
            }
            for entry in feed.entries
        ],
    }
    if feed.next:
        document["next_url"] = feed.next
    return Response(orjson.dumps(document), media_type=JSON_FEED)


def _add_entry(root: Element, feed: Feed, entry: Entry) -> None:
    element = add(root, "entry")
    add(element, "id", feed.id(entry.name))
    add(element, "title", entry.title)
    # A change is never edited.
    add(element, "published", entry.recorded_at)
    add(element, "updated", entry.recorded_at)
    add(add(element, "author"), "name", entry.author)
    add(element, "category", term=entry.category)
    add(element, "link", rel="alternate", type="text/html", href=entry.page)
    add(element, "link", rel="related", type="text/html", href=entry.subject)
    add(element, "content", entry.content, type="html")
