"""What every row and every part of one has."""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from db.fields import Count, Slug, Text, Texts
from seeds.errors import SeedProblem


class Part(BaseModel):
    """What stands inside a row."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(Part):
    FILE: ClassVar[str]
    # The field that names the row to a reader, where it has one.
    NAME: ClassVar[str] = "slug"

    _where: str = PrivateAttr(default="")

    @property
    def where(self) -> str:
        return self._where

    def at(self, where: str) -> Self:
        self._where = where
        return self

    def problem(self, reason: str) -> SeedProblem:
        return SeedProblem(self.FILE, self.where, reason)


class Citation(Part):
    document: Slug
    paragraph: Count | None = None
    note: Text | None = None
    figures: Texts = Field(default_factory=list)
