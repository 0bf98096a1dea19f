"""One mark for each commitment, in rows by theme, the unidentified ones first."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.json_types import JsonObject

WIDTH = 360
SIZE, GAP, HEAD = 26, 4, 24
PER_LINE = (WIDTH + GAP) // (SIZE + GAP)


@dataclass(frozen=True)
class Mark:
    x: int
    y: int
    commitment: JsonObject


@dataclass(frozen=True)
class ThemeRow:
    y: int
    title: str
    marks: list[Mark]


@dataclass(frozen=True)
class MarksChart:
    rows: list[ThemeRow]
    height: int
    width: int = WIDTH
    size: int = SIZE


def marks_chart(
    commitments: Sequence[JsonObject], themes: Sequence[JsonObject], definitions: Sequence[JsonObject]
) -> MarksChart:
    """Within a theme, commitments are in the order of their statuses, then of their refs."""
    order = [definition["status"] for definition in definitions]
    rows: list[ThemeRow] = []
    y = 0
    for slug, title in [(None, "Not identified yet"), *((theme["slug"], theme["title"]) for theme in themes)]:
        members = [commitment for commitment in commitments if (commitment["theme"] or {}).get("slug") == slug]
        if not members:
            continue
        members.sort(key=lambda commitment: (order.index(commitment["status"]), commitment["ref"]))
        top = y + HEAD
        marks = [
            Mark(index % PER_LINE * (SIZE + GAP), top + index // PER_LINE * (SIZE + GAP), commitment)
            for index, commitment in enumerate(members)
        ]
        rows.append(ThemeRow(y, title, marks))
        y = marks[-1].y + SIZE + 2 * GAP
    return MarksChart(rows, y)
