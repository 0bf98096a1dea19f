"""A change as an entry of a feed: what it says in a sentence, by whose word, and every value that it wrote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from xml.etree.ElementTree import Element, tostring

from api.feeds.markup import add_element as add
from api.feeds.markup import xml_text
from api.formatting import day, safe_url
from api.json_types import JsonObject
from api.urls import page_path
from db.edits import parse_record
from db.formatting import enum_label

# An import may have changed thousands of values; the page of the change has them all.
MAX_EDITS = 50
MAX_TITLE = 200
NOTHING = "nothing"


@dataclass(frozen=True)
class Entry:
    """`page` and `subject` are the URLs of the pages of the change and of its subject; `content` is HTML."""

    revision: int
    title: str
    recorded_at: str
    actor: str
    action: str
    page: str
    subject: str
    content: str


def build_entry(
    change: JsonObject, updates: Sequence[JsonObject], address: Callable[[str], str], key: str | None
) -> Entry:
    """`updates` are the status updates that the change recorded, `key` the natural key of the feed's node; `address`
    makes the URL of a path."""
    subject, page = change["subject"], address(page_path("Change", change))
    div = Element("div")
    add(div, "p", change["summary"])
    for update in updates:
        _add_update(div, update)
    _add_edits(div, change["edits"], key)
    add(add(div, "p"), "a", "The change in full", href=page)
    return Entry(
        revision=change["revision"],
        title=_title(change, updates),
        recorded_at=change["recordedAt"],
        actor=xml_text(change["actor"]),
        action=enum_label(change["action"]),
        page=page,
        subject=address(page_path(subject["__typename"], subject)),
        content=tostring(div, encoding="unicode", method="html"),
    )


def node_title(node: JsonObject) -> str | None:
    """None for a commitment that is not identified."""
    return node.get("title") or node.get("promise") or node.get("name") or node.get("question")


def _title(change: JsonObject, updates: Sequence[JsonObject]) -> str:
    subject, text = change["subject"], change["summary"]
    # Some logs that earlier versions loaded from files have statuses of other subjects than commitments.
    if change["action"] == "RECORDED" and len(updates) == 1 and "ref" in subject:
        text = f"{subject['ref']}: {_status_text(updates[0])}"
    title = node_title(subject)
    if title is not None and title not in text:
        text = f"{title} — {text}"
    return xml_text(text if len(text) <= MAX_TITLE else f"{text[: MAX_TITLE - 1]}…")


def _add_update(parent: Element, update: JsonObject) -> None:
    add(parent, "p", f"{_status_text(update)}. In this tracker's words: {update['note']}")
    if update["citation"]:
        document, paragraph = update["citation"]["document"], update["citation"]["paragraph"]
        source = add(parent, "p", "Source: ")
        url = safe_url(document["url"])
        add(source, "cite" if url is None else "a", document["title"], **({"href": url} if url else {}))
        add(source, "span", f", paragraph {paragraph}" if paragraph else "")


def _status_text(update: JsonObject) -> str:
    """In progress, May 2019 (Government)."""
    stated_on = day(update["effectiveOn"], update["precision"])
    return f"{enum_label(update['status'])}, {stated_on} ({enum_label(update['voice'])})"


def _add_edits(parent: Element, edits: Sequence[JsonObject], key: str | None) -> None:
    if not edits:
        return
    add(parent, "p", "What was written:")
    records = add(parent, "ul")
    # An import is an entry of many feeds: each begins with the records of its own node.
    first = sorted(edits, key=lambda edit: not _is_of(edit["record"], key))[:MAX_EDITS]
    for record, values in groupby(first, itemgetter("record")):
        fields = add(add(records, "li", record), "ul")
        for edit in values:
            before, after = (NOTHING if edit[side] is None else f"“{edit[side]}”" for side in ("before", "after"))
            add(fields, "li", f"{edit['field']}: {before} → {after}")
    if len(edits) > MAX_EDITS:
        add(parent, "p", f"And {len(edits) - MAX_EDITS:,} more values.")


def _is_of(record: str, key: str | None) -> bool:
    """Whether a record has this natural key, or one that begins with it, as links and allocations have."""
    return f"{parse_record(record)[1]}/".startswith(f"{key}/")
