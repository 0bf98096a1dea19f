"""Money: what was said of a fund's size, and to whom it went."""

from typing import Self

from pydantic import Field, model_validator

from db import natural_keys
from db.fields import Refs, Slug, Text
from db.vocabulary import AmountKind, Bound
from seeds.fields import Items, Sum, When
from seeds.rows.base import Citation, Part, Row


class Amount(Part):
    amount: Sum
    kind: AmountKind
    bound: Bound
    stated_on: When | None = None
    citation: Citation

    def key(self, fund: str) -> str:
        on, precision = (self.stated_on.on, self.stated_on.precision) if self.stated_on else (None, None)
        return natural_keys.amount_statement(
            fund, self.kind, on, precision, self.citation.document, self.citation.paragraph
        )


class Allocation(Part):
    recipient: Slug
    amount: Sum | None = None
    bound: Bound | None = None
    period: Text | None = None
    note: Text | None = None
    citation: Citation

    @model_validator(mode="after")
    def money(self) -> Self:
        if (self.amount is None) != (self.bound is None):
            raise ValueError("amount and bound go together")
        return self


class Fund(Row):
    FILE = "funds.yaml"

    slug: Slug
    name: Text
    parent: Slug | None = None
    period: Text | None = None
    commitments: Refs = Field(default_factory=list)
    note: Text | None = None
    amounts: Items[Amount] = Field(default_factory=list)
    allocations: Items[Allocation] = Field(default_factory=list)
    citations: Items[Citation] = Field(default_factory=list)
