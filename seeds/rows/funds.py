"""Funds as a tree, the statements of their size, and the allocations to recipients."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from db import models, natural_keys
from db.fields import Refs, Slug, Text
from db.vocabulary import AmountKind, Bound
from seeds.fields import Flag, Items, Key, Sum, When
from seeds.mapping import DatabaseRow, Links, PeriodColumns, Reference, SeedPart, StatedKey
from seeds.rows.base import CitationPart, SeedRow


class AmountPart(SeedPart):
    MODEL = models.AmountStatement

    amount: Sum
    kind: AmountKind
    bound: Bound
    stated_on: Annotated[When | None, PeriodColumns("stated_on")] = None
    citation: CitationPart
    stated_key: Annotated[Key | None, StatedKey()] = Field(default=None, alias="key")

    def identity(self, owner: str, position: int) -> dict[str, object]:
        if self.stated_key:
            return {"key": self.stated_key}
        on, precision = (self.stated_on.on, self.stated_on.precision) if self.stated_on else (None, None)
        document, paragraph = self.citation.document, self.citation.paragraph
        return {"key": natural_keys.amount_statement(owner, self.kind, on, precision, document, paragraph)}

    @classmethod
    def sort_key(cls, row: DatabaseRow) -> tuple[str | dt.date, ...]:
        """By date, the undated first."""
        return row.stated_on or dt.date.min, row.key


class AllocationPart(SeedPart):
    MODEL = models.Allocation
    SORT_COLUMN = "key"

    recipient: Annotated[Slug, Reference(models.Organisation)]
    amount: Sum | None = None
    bound: Bound | None = None
    passes_on: Flag = False
    period: Text | None = None
    note: Text | None = None
    citation: CitationPart
    stated_key: Annotated[Text | None, StatedKey()] = Field(default=None, alias="key")

    def identity(self, owner: str, position: int) -> dict[str, object]:
        return {"key": self.stated_key or natural_keys.allocation(owner, self.recipient)}

    @model_validator(mode="after")
    def amount_with_bound(self) -> Self:
        if (self.amount is None) != (self.bound is None):
            raise ValueError("amount and bound go together")
        return self


class FundRow(SeedRow):
    FILE = "funds.yaml"
    MODEL = models.Fund

    slug: Slug
    name: Text
    parent: Annotated[Slug | None, Reference(models.Fund)] = None
    period: Text | None = None
    commitments: Annotated[Refs, Links(models.CommitmentFund, models.Commitment)] = Field(default_factory=list)
    note: Text | None = None
    amounts: Items[AmountPart] = Field(default_factory=list)
    allocations: Items[AllocationPart] = Field(default_factory=list)
    citations: Items[CitationPart] = Field(default_factory=list)

    @classmethod
    def batches(cls, rows: Sequence[Self]) -> Iterator[Sequence[Self]]:
        """Funds without a parent, then their parts, and so on: a part needs the id of its parent."""
        level = [row for row in rows if row.parent is None]
        while level:
            yield level
            parents = {row.slug for row in level}
            level = [row for row in rows if row.parent in parents]
