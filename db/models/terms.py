"""Terms of the field, and what they mean."""

from collections.abc import Sequence
from typing import ClassVar

from sqlmodel import Field

from db.models.base import Searchable


class Term(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("name", "meaning")

    slug: str = Field(unique=True)
    # The word or words by which pages find it in a text.
    name: str = Field(unique=True)
    meaning: str
