"""Atom, RFC 4287, in the parts of RFC 5005."""

from xml.etree.ElementTree import Element, tostring

from starlette.responses import Response

from api.feeds.changes import Feed
from api.feeds.entry import Entry
from api.feeds.markup import put

MEDIA = "application/atom+xml"


def write(feed: Feed) -> Response:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"})
    put(root, "id", feed.id(feed.name))
    put(root, "title", feed.title)
    put(root, "subtitle", feed.subtitle)
    put(root, "updated", feed.updated)
    put(root, "rights", feed.rights)
    put(root, "generator", "Sixty-One")
    put(root, "link", rel="self", type=MEDIA, href=feed.address)
    put(root, "link", rel="alternate", type="text/html", href=feed.page)
    put(root, "link", rel="first", type=MEDIA, href=feed.first)
    if feed.next:
        put(root, "link", rel="next", type=MEDIA, href=feed.next)
    for entry in feed.entries:
        _write(put(root, "entry"), feed, entry)
    return Response(tostring(root, encoding="utf-8", xml_declaration=True), media_type=f"{MEDIA}; charset=utf-8")


def _write(element: Element, feed: Feed, entry: Entry) -> None:
    put(element, "id", feed.id(f"change/{entry.revision}"))
    put(element, "title", entry.title)
    # A change is never edited.
    put(element, "published", entry.recorded_at)
    put(element, "updated", entry.recorded_at)
    put(put(element, "author"), "name", entry.actor)
    put(element, "category", term=entry.action)
    put(element, "link", rel="alternate", type="text/html", href=entry.page)
    put(element, "link", rel="related", type="text/html", href=entry.subject)
    put(element, "content", entry.content, type="html")
