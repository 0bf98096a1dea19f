"""The log of the database that the files were written from. Reviewed files have none."""

from typing import Annotated

from pydantic import AfterValidator, Field, Strict

from db import changes
from db.fields import matching
from db.vocabulary import ChangeAction
from seeds.fields import Instant, Record, Told
from seeds.rows.base import Part, Row

FOLLOWABLE = tuple(model.__name__ for model in changes.FOLLOWABLE)
Sentence = Annotated[Told, Field(min_length=1, max_length=50_000)]
Actor = Annotated[Told, Field(min_length=1, max_length=2_000)]
Revision = Annotated[int, Strict(), Field(ge=1, lt=1_000_000_000)]
Name = Annotated[Told, AfterValidator(matching("[a-z_]{1,60}", "field of a row, such as 'title'"))]


class Node(Part):
    type: Annotated[
        str, Strict(), AfterValidator(matching("|".join(FOLLOWABLE), f"kind to follow: {', '.join(FOLLOWABLE)}"))
    ]
    key: Told


class Edit(Part):
    record: Record
    field: Name
    before: Told | None = None
    after: Told | None = None


class Change(Row):
    FILE = "changes.yaml"
    NAME = ""

    revision: Revision
    recorded_at: Instant
    actor: Actor
    action: ChangeAction
    summary: Sentence
    subject: Node
    about: list[Node] = Field(default_factory=list)
    edits: list[Edit] = Field(default_factory=list)
