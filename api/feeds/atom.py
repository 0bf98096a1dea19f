"""Atom, RFC 4287, in the parts of RFC 5005."""

from xml.etree.ElementTree import Element, tostring

from starlette.responses import Response

from api.feeds.changes import Feed
from api.feeds.entry import Entry
from api.feeds.markup import add_element as add

MEDIA_TYPE = "application/atom+xml"


def respond(feed: Feed) -> Response:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"})
    add(root, "id", feed.id(feed.name))
    add(root, "title", feed.title)
    add(root, "subtitle", feed.subtitle)
    add(root, "updated", feed.updated)
    add(root, "rights", feed.rights)
    add(root, "generator", "Sixty-One")
    add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.url)
    add(root, "link", rel="alternate", type="text/html", href=feed.page)
    add(root, "link", rel="first", type=MEDIA_TYPE, href=feed.first)
    if feed.next:
        add(root, "link", rel="next", type=MEDIA_TYPE, href=feed.next)
    for entry in feed.entries:
        _add_entry(root, feed, entry)
    return Response(tostring(root, encoding="utf-8", xml_declaration=True), media_type=f"{MEDIA_TYPE}; charset=utf-8")


def _add_entry(root: Element, feed: Feed, entry: Entry) -> None:
    element = add(root, "entry")
    add(element, "id", feed.id(f"change/{entry.revision}"))
    add(element, "title", entry.title)
    # A change is never edited.
    add(element, "published", entry.recorded_at)
    add(element, "updated", entry.recorded_at)
    add(add(element, "author"), "name", entry.actor)
    add(element, "category", term=entry.action)
    add(element, "link", rel="alternate", type="text/html", href=entry.page)
    add(element, "link", rel="related", type="text/html", href=entry.subject)
    add(element, "content", entry.content, type="html")
