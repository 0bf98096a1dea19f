"""One mark for each commitment, in rows by theme, the unidentified ones first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from api.json_types import JsonObject

WIDTH = 360
SIZE, GAP, HEAD = 33, 3, 24
PER_LINE = (WIDTH + GAP) // (SIZE + GAP)
# What is drawn hollow, and called otherwise, where nobody but the government says so.
HOLLOW = ("PARTIALLY_DELIVERED", "DELIVERED")
ALONE, ALONE_WORDS = "-alone", ", by the government\N{RIGHT SINGLE QUOTATION MARK}s word alone"


@dataclass(frozen=True)
class Mark:
    x: int
    y: int
    commitment: JsonObject
    sign: str


@dataclass(frozen=True)
class ThemeRow:
    y: int
    title: str
    marks: list[Mark]


@dataclass(frozen=True)
class MarksChart:
    """`numbers` are the marks of each sign, in the order of the statuses."""

    rows: list[ThemeRow]
    numbers: dict[str, int]
    height: int
    width: int = WIDTH
    size: int = SIZE


def sign(commitment: JsonObject) -> str:
    """The name of a mark: the status, and whether only the government says so."""
    status, update = commitment["status"], commitment["statusUpdate"]
    alone = status in HOLLOW and commitment["governmentAlone"] and update["side"] == "GOVERNMENT"
    return f"{status}{ALONE}" if alone else str(status)


def sign_labels(definitions: Sequence[JsonObject]) -> dict[str, str]:
    """The words of each sign, in the order of the statuses."""
    labels = {}
    for definition in definitions:
        status, label = definition["status"], definition["label"]
        labels[status] = label
        if status in HOLLOW:
            labels[status + ALONE] = label + ALONE_WORDS
    return labels


def marks_chart(
    commitments: Sequence[JsonObject], themes: Sequence[JsonObject], definitions: Sequence[JsonObject]
) -> MarksChart:
    """Within a theme, commitments are in the order of their statuses, then of their refs."""
    order = list(sign_labels(definitions))
    counted = Counter(map(sign, commitments))
    rows: list[ThemeRow] = []
    y = 0
    for slug, title in [(None, "Not identified yet"), *((theme["slug"], theme["title"]) for theme in themes)]:
        members = [commitment for commitment in commitments if (commitment["theme"] or {}).get("slug") == slug]
        if not members:
            continue
        members.sort(key=lambda commitment: (order.index(sign(commitment)), commitment["ref"]))
        top = y + HEAD
        marks = [
            Mark(index % PER_LINE * (SIZE + GAP), top + index // PER_LINE * (SIZE + GAP), commitment, sign(commitment))
            for index, commitment in enumerate(members)
        ]
        rows.append(ThemeRow(y, title, marks))
        y = marks[-1].y + SIZE + 2 * GAP
    return MarksChart(rows, {name: counted[name] for name in order if counted[name]}, y)
