"""What every row has, and the citation, which many rows have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, PrivateAttr

from db import models, natural_keys
from db.fields import Count, Slug, Text, Texts
from seeds.errors import SeedProblem
from seeds.fields import Key
from seeds.mapping import Reference, SeedPart, StatedKey

Unique = Mapping[str, Callable[[Any], object]]


class CitationPart(SeedPart):
    MODEL = models.Citation
    SORT_COLUMN = "id"

    document: Annotated[Slug, Reference(models.Document)]
    paragraph: Count | None = None
    locator: Text | None = None
    note: Text | None = None
    figures: Texts = Field(default_factory=list)
    stated_key: Annotated[Key | None, StatedKey()] = Field(default=None, alias="key")

    def key(self, table: str, owner: str) -> str:
        """The key as a citation of a row of `table`, the owner."""
        return self.stated_key or natural_keys.citation(table, owner, self.document, self.paragraph)


class SeedRow(SeedPart):
    FILE: ClassVar[str]
    # The field that messages name a row by; its natural key, where the file states one.
    NAME: ClassVar[str] = "slug"
    SORT_COLUMN = "slug"
    # What no two rows of the file may have in common, by the word for it in messages.
    UNIQUE: ClassVar[Unique] = {"slug": attrgetter("slug")}
    # The file is one row, and no list.
    SINGLE: ClassVar[bool] = False
    # The file may be missing.
    OPTIONAL: ClassVar[bool] = False

    # The name and the line of the row, for messages.
    _where: str = PrivateAttr(default="")

    @property
    def natural_key(self) -> str:
        return str(getattr(self, self.NAME)) if self.NAME else ""

    @property
    def where(self) -> str:
        return self._where

    def at(self, where: str) -> Self:
        self._where = where
        return self

    def problem(self, reason: str) -> SeedProblem:
        return SeedProblem(self.FILE, self.where, reason)

    @classmethod
    def batches(cls, rows: Sequence[Self]) -> Iterable[Sequence[Self]]:
        """The rows as they are loaded: a batch may refer to the batches before it."""
        return [rows]
