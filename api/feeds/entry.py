"""A change, and a statement of evidence, as an entry of a feed: what it says in a sentence, and by whose word."""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from xml.etree.ElementTree import Element, tostring

from api.feeds.feed import Entry, short
from api.feeds.markup import add_element as add
from api.feeds.markup import xml_text
from api.formatting import safe_url, statement
from api.json_types import JsonObject
from api.urls import page_path
from db.edits import parse_record
from db.formatting import enum_label
from schema.node import global_id, parse_id

# An import may have changed thousands of values; the page of the change has them all.
MAX_EDITS = 50
NOTHING = "nothing"
Address = Callable[[str], str]


def change_entry(change: JsonObject, updates: Sequence[JsonObject], address: Address, key: str | None) -> Entry:
    """`updates` are the status updates that the change recorded, `key` the natural key of the feed's node; `address`
    makes the URL of a path."""
    subject, page = change["subject"], address(page_path("Change", change))
    div = Element("div")
    add(div, "p", change["headline"])
    for update in updates:
        _add_update(div, update)
    _add_edits(div, change["edits"], key)
    add(add(div, "p"), "a", "The change in full", href=page)
    return Entry(
        name=f"change/{change['revision']}",
        title=short(change["headline"]),
        recorded_at=change["recordedAt"],
        author=xml_text(change["actor"]),
        category=enum_label(change["action"]),
        page=page,
        subject=address(page_path(subject["__typename"], subject)),
        content=tostring(div, encoding="unicode", method="html"),
    )


def evidence_entry(update: JsonObject, address: Address) -> Entry:
    """A status update: its author is the publisher of the source, by whose voice it is told."""
    commitment = update["commitment"]
    path = page_path("Commitment", commitment)
    name = " ".join(filter(None, (commitment["ref"], commitment["title"])))
    div = Element("div")
    _add_update(div, update)
    add(add(div, "p"), "a", "The commitment", href=address(path))
    publisher = update["citation"] and update["citation"]["document"]["publisher"]
    kind, key = parse_id(update["id"])
    return Entry(
        name=f"statement/{key}",
        title=short(f"{name}: {statement(update)}"),
        recorded_at=update["recordedAt"],
        author=xml_text(publisher["name"] if publisher else enum_label(update["voice"])),
        category=enum_label(update["status"]),
        page=address(f"{path}#{global_id(kind, key)}"),
        subject=address(path),
        content=tostring(div, encoding="unicode", method="html"),
    )


def _add_update(parent: Element, update: JsonObject) -> None:
    text = statement(update)
    add(parent, "p", f"{text[0].upper()}{text[1:]}. In this tracker's words: {update['note']}")
    if update["citation"]:
        document, paragraph = update["citation"]["document"], update["citation"]["paragraph"]
        source = add(parent, "p", "Source: ")
        url = safe_url(document["url"])
        add(source, "cite" if url is None else "a", document["title"], **({"href": url} if url else {}))
        add(source, "span", f", paragraph {paragraph}" if paragraph else "")


def _add_edits(parent: Element, edits: Sequence[JsonObject], key: str | None) -> None:
    if not edits:
        return
    fold = add(parent, "details")
    add(fold, "summary", "The values that were written")
    records = add(fold, "ul")
    # An import is an entry of many feeds: each begins with the records of its own node.
    first = sorted(edits, key=lambda edit: not _is_of(edit["record"], key))[:MAX_EDITS]
    for record, values in groupby(first, itemgetter("record")):
        fields = add(add(records, "li", record), "ul")
        for edit in values:
            before, after = (NOTHING if edit[side] is None else f"“{edit[side]}”" for side in ("before", "after"))
            add(fields, "li", f"{edit['field']}: {before} → {after}")
    if len(edits) > MAX_EDITS:
        add(fold, "p", f"And {len(edits) - MAX_EDITS:,} more values.")


def _is_of(record: str, key: str | None) -> bool:
    """Whether a record has this natural key, or one that begins with it, as links and allocations have."""
    return f"{parse_record(record)[1]}/".startswith(f"{key}/")
