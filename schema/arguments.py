"""Arguments that mean the same in every field."""

import datetime as dt
from typing import Annotated

import strawberry

from db.vocabulary import Side, Voice

AsOf = Annotated[
    dt.date | None,
    strawberry.argument(
        name="asOf",
        description="The day in question, to its end. If left out, that of the record that the field stands under,"
        " else today. One later than tomorrow is refused: nothing is known of it.",
    ),
]
KnownAt = Annotated[
    dt.datetime | None,
    strawberry.argument(
        name="knownAt",
        description="What this service would have answered at this instant: from the last revision recorded by then."
        " If left out, the revision of the record that the field stands under, else the present one. One later than"
        " tomorrow is refused.",
    ),
]
Voices = Annotated[
    list[Voice] | None,
    strawberry.argument(description="Count only these voices. All of them if left out or empty."),
]
Sides = Annotated[
    list[Side] | None,
    strawberry.argument(description="Count only what these sides say. All, and the tracker, if left out or empty."),
]
From = Annotated[dt.date, strawberry.argument(name="from", description="The first day.")]
To = Annotated[
    dt.date,
    strawberry.argument(description="The last day. One later than tomorrow is refused: nothing is known of it."),
]
First = Annotated[
    int | None,
    strawberry.argument(
        description="The most items on the page: 1 to 100, 100 if left out. A larger number is refused."
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description="A cursor of the same list in the same order: start behind it. At the beginning if left out or"
        " empty."
    ),
]


def voices_key(voices: list[Voice] | None) -> tuple[Voice, ...] | None:
    """The voices as an argument of a question: in one order, and hashable; None for all."""
    return tuple(sorted(set(voices))) if voices else None


def sides_key(sides: list[Side] | None) -> tuple[Side, ...] | None:
    return tuple(sorted(set(sides))) if sides else None
