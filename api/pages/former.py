"""What rows said before they were changed, and rows that were taken away: pages strike it through where it stood."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from api.formatting import day, money
from api.json_types import JsonObject
from db.formatting import enum_label

Values: TypeAlias = Mapping[str, str]
# Fields that say nothing to a reader, or that stand within the text of another one.
HIDDEN = {
    "bound", "corrected_by", "correction_reason", "currency", "digests", "file", "identified", "origin", "position",
    "precision", "recorded_at", "ref", "slug", "strategy",
}  # fmt: skip
# The pages of what other rows name by its slug or ref, by the field that names it.
FOLDERS = {
    "commitment": "/commitments", "area": "/areas", "document": "/sources", "event": "/events", "fund": "/funds",
    "organisation": "/organisations", "parent": "/funds", "person": "/people", "publisher": "/organisations",
    "recipient": "/organisations", "theme": "/themes",
}  # fmt: skip
ENUMS = {"confidence", "kind", "state", "status", "voice"}
YES_NO = {"passes_on"}


@dataclass(frozen=True)
class Value:
    """`path` leads to the page of what the value names, if it names something."""

    label: str
    text: str
    path: str | None


@dataclass(frozen=True)
class Former:
    """Values that a row had until a change."""

    values: list[Value]
    change: JsonObject


def corrections(row: JsonObject) -> list[Former]:
    """What each change of a row, or of the citation that it has, replaced: the latest first."""
    citation = row.get("citation")
    of_citation = corrections(citation) if citation and "versions" in citation else []
    if len(row["versions"]) == 1:
        # Most rows were never changed.
        return of_citation
    texts = [(_texts(version), version["until"]) for version in row["versions"]]
    formers = [
        Former(_values({field: text for field, text in old.items() if new.get(field) != text}), change)
        for (old, change), (new, _) in pairwise(texts)
    ]
    return [former for former in reversed(formers) if former.values] + of_citation


def withdrawals(row: JsonObject, *kinds: str) -> list[Former]:
    """The rows of these kinds that belonged to a row and were taken away, the latest first."""
    key = row.get("ref") or row["slug"]
    return [
        Former(_values({field: text for field, text in _texts(version).items() if text != key}), version["until"])
        for version in row["withdrawals"]
        if version["record"].partition(" ")[0] in kinds
    ]


def last_values(version: JsonObject) -> list[Value]:
    """The values of a row that was taken away."""
    return _values(_texts(version))


def _values(texts: Values) -> list[Value]:
    return [
        Value(enum_label(field), text, f"{FOLDERS[field]}/{text}" if field in FOLDERS else None)
        for field, text in texts.items()
    ]


def _texts(version: JsonObject) -> Values:
    """The values of a version that tell a reader something, as text."""
    values = {entry["field"]: entry["value"] for entry in version["values"] if entry["value"] is not None}
    return {field: _text(field, values) for field in values if field not in HIDDEN}


def _text(field: str, values: Values) -> str:
    value = values[field]
    if field == "amount":
        return money({"amount": value, "currency": values["currency"], "bound": values["bound"]})
    if field in YES_NO:
        return "Yes" if value == "true" else "No"
    if field.endswith("_on"):
        return day(value, values.get("precision"))
    return enum_label(value) if field in ENUMS else value


FILTERS: Mapping[str, Callable[..., object]] = {"corrections": corrections, "withdrawals": withdrawals}
