"""The dataset, and the log of the database that the files were written from. Reviewed files have no log."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, Strict

from db import models
from db.changes import FOLLOWABLE_KINDS
from db.fields import Text, matching
from db.vocabulary import ChangeAction
from seeds.fields import Instant, LogText, Record
from seeds.mapping import Custom, SeedPart
from seeds.rows.base import SeedRow, Unique

Sentence = Annotated[LogText, Field(min_length=1, max_length=50_000)]
Actor = Annotated[LogText, Field(min_length=1, max_length=2_000)]
Revision = Annotated[int, Strict(), Field(ge=1, lt=1_000_000_000)]
Name = Annotated[LogText, AfterValidator(matching("[a-z_]{1,60}", "field of a row, such as 'title'"))]
Kind = AfterValidator(matching("|".join(FOLLOWABLE_KINDS), f"kind to follow: {', '.join(FOLLOWABLE_KINDS)}"))


class DatasetRow(SeedRow):
    """The instant at which the dataset learned its rows, and the terms of its use."""

    FILE = "dataset.yaml"
    NAME = ""
    MODEL = models.Dataset
    UNIQUE: ClassVar[Unique] = {}
    SINGLE = True

    recorded_at: Instant
    licence: Text
    attribution: Text
    maintainer: Text | None = None
    funding: Text | None = None
    # The rows that editors wrote before there was a log; an export names them.
    edited: Annotated[list[Record], Custom()] = Field(default_factory=list)


class NodePart(SeedPart):
    type: Annotated[str, Strict(), Kind]
    key: LogText


class EditPart(SeedPart):
    record: Record
    field: Name
    before: LogText | None = None
    after: LogText | None = None


class ChangeRow(SeedRow):
    FILE = "changes.yaml"
    NAME = ""
    MODEL = models.Change
    UNIQUE: ClassVar[Unique] = {}
    OPTIONAL = True

    revision: Revision
    recorded_at: Instant
    actor: Actor
    action: ChangeAction
    summary: Sentence
    reason: Sentence | None = None
    subject: Annotated[NodePart, Custom()]
    about: Annotated[list[NodePart], Custom()] = Field(default_factory=list)
    edits: Annotated[list[EditPart], Custom()] = Field(default_factory=list)
