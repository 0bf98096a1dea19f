"""Arguments that mean the same wherever they stand."""

import datetime as dt
from typing import Annotated

import strawberry

from db.vocabulary import Voice

AsOf = Annotated[
    dt.date | None,
    strawberry.argument(
        name="asOf",
        description="The day in question: what was true by its end. Today if left out. A day that is still to come is"
        " answered by what is on record now.",
    ),
]
KnownAt = Annotated[
    dt.datetime | None,
    strawberry.argument(
        name="knownAt",
        description="What this dataset had learned, and not yet corrected, by this instant. Now if left out.",
    ),
]
Voices = Annotated[
    list[Voice] | None,
    strawberry.argument(description="Count only these voices. All of them if left out; none if empty."),
]
First = Annotated[
    int | None, strawberry.argument(description="How many at most: 1 to 100. More is refused, never cut.")
]
After = Annotated[
    str | None, strawberry.argument(description="A cursor of the same list in the same order: start behind it.")
]


def spoken(voices: list[Voice] | None) -> tuple[Voice, ...] | None:
    """The voices as a key for a loader."""
    return None if voices is None else tuple(sorted(set(voices)))
