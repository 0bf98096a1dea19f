"""A change as an entry of a feed: what it says in a sentence, by whose word, and every value that it wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from xml.etree.ElementTree import Element, tostring

from api import formatting
from api.feeds.markup import put, shown
from api.urls import page_path
from db.formatting import enum_label

# An import may have changed thousands of values; the page of the change has them all.
EDITS = 50
LONGEST_TITLE = 200
NOTHING = "nothing"


@dataclass(frozen=True)
class Entry:
    revision: int
    title: str
    recorded_at: str
    actor: str
    action: str
    # The addresses of the change itself, and of what it is chiefly about.
    page: str
    subject: str
    # As HTML.
    content: str


def entry(change: Mapping[str, Any], said: Sequence[Mapping[str, Any]], site: str, followed: str | None) -> Entry:
    """`said` are the statements that it recorded; `followed` is the name of what the feed is about."""
    subject, page = change["subject"], site + page_path("Change", change)
    div = Element("div")
    put(div, "p", change["summary"])
    for statement in said:
        _state(div, statement)
    _list(div, change["edits"], followed)
    put(put(div, "p"), "a", "The change in full", href=page)
    return Entry(
        revision=change["revision"],
        title=_title(change, said),
        recorded_at=change["recordedAt"],
        actor=shown(change["actor"]),
        action=enum_label(change["action"]),
        page=page,
        subject=site + page_path(subject["__typename"], subject),
        content=tostring(div, encoding="unicode", method="html"),
    )


def named(node: Mapping[str, Any]) -> str | None:
    """What a reader calls it; None for a commitment that nobody has identified."""
    return node.get("title") or node.get("promise") or node.get("name") or node.get("question")


def _title(change: Mapping[str, Any], said: Sequence[Mapping[str, Any]]) -> str:
    subject, text = change["subject"], change["summary"]
    # Some logs that earlier versions took over from files tell of a status what is not a commitment's.
    if change["action"] == "RECORDED" and len(said) == 1 and "ref" in subject:
        text = f"{subject['ref']}: {_standing(said[0])}"
    name = named(subject)
    if name is not None and name not in text:
        text = f"{name} — {text}"
    return shown(text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1]}…")


def _state(parent: Element, said: Mapping[str, Any]) -> None:
    """Where a commitment stood, by whose word, and where that can be read."""
    put(parent, "p", f"{_standing(said)}. In this tracker's words: {said['note']}")
    if said["citation"]:
        document, paragraph = said["citation"]["document"], said["citation"]["paragraph"]
        source = put(parent, "p", "Source: ")
        url = formatting.safe_url(document["url"])
        put(source, "cite" if url is None else "a", document["title"], **({"href": url} if url else {}))
        put(source, "span", f", paragraph {paragraph}" if paragraph else "")


def _standing(said: Mapping[str, Any]) -> str:
    """In progress, May 2019 (Government)."""
    day = formatting.day(said["effectiveOn"], said["precision"])
    return f"{enum_label(said['status'])}, {day} ({enum_label(said['voice'])})"


def _list(parent: Element, edits: Sequence[Mapping[str, Any]], followed: str | None) -> None:
    if not edits:
        return
    put(parent, "p", "What was written:")
    records = put(parent, "ul")
    # An import is told to many: to each first what is its own.
    first = sorted(edits, key=lambda edit: not _of(edit["record"], followed))[:EDITS]
    for record, values in groupby(first, itemgetter("record")):
        fields = put(put(records, "li", record), "ul")
        for edit in values:
            before, after = (NOTHING if edit[side] is None else f"“{edit[side]}”" for side in ("before", "after"))
            put(fields, "li", f"{edit['field']}: {before} → {after}")
    if len(edits) > EDITS:
        put(parent, "p", f"And {len(edits) - EDITS:,} more values.")


def _of(record: str, followed: str | None) -> bool:
    """Whether a row has this name, or one that begins with it: that of a link or an allocation."""
    return f"{record.partition(' ')[2]}/".startswith(f"{followed}/")
