"""Areas of police forces, regions and nations, and the organisations that stand in them."""

from collections.abc import Sequence
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from db.columns import enum_column, foreign_key
from db.models.base import Record, Searchable
from db.vocabulary import AreaKind


class Area(Searchable, table=True):
    TEXTS: ClassVar[Sequence[str]] = ("name",)
    __table_args__ = (sa.CheckConstraint("parent_id <> id", name="not_its_own_parent"),)

    slug: str = Field(unique=True)
    name: str
    kind: AreaKind = Field(sa_type=enum_column(AreaKind))
    # The nine characters by which the Office for National Statistics knows it.
    code: str = Field(unique=True)
    parent_id: int | None = foreign_key("area.id", nullable=True)


class AreaOrganisation(Record, table=True):
    area_id: int = Field(foreign_key="area.id", primary_key=True)
    organisation_id: int = foreign_key("organisation.id", primary_key=True)
