"""One mark for each commitment, in rows by theme, the unknown ones first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 360
SIZE, GAP, HEAD = 26, 4, 24
ACROSS = (WIDTH + GAP) // (SIZE + GAP)


@dataclass(frozen=True)
class Mark:
    x: int
    y: int
    commitment: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    y: int
    title: str
    total: int
    marks: list[Mark]


@dataclass(frozen=True)
class Marks:
    rows: list[Row]
    height: int
    width: int = WIDTH
    size: int = SIZE


def marks(commitments: Sequence[Mapping[str, Any]], themes: Sequence[Mapping[str, Any]], order: Sequence[str]) -> Marks:
    """`order` is that of the statuses. Commitments without a theme come first: nobody knows what they are."""
    named = [(None, "Not identified yet"), *((theme["slug"], theme["title"]) for theme in themes)]
    rows: list[Row] = []
    y = 0
    for slug, title in named:
        found = [one for one in commitments if (one["theme"] and one["theme"]["slug"]) == slug]
        if not found:
            continue
        found.sort(key=lambda one: (order.index(one["status"]), one["ref"]))
        top = y + HEAD
        placed = [
            Mark(place % ACROSS * (SIZE + GAP), top + place // ACROSS * (SIZE + GAP), one)
            for place, one in enumerate(found)
        ]
        rows.append(Row(y, title, len(found), placed))
        y = placed[-1].y + SIZE + 2 * GAP
    return Marks(rows, y)
