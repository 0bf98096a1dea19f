"""The log of the database that the files were written from. Reviewed files have none."""

from typing import Annotated

from pydantic import Field, Strict

from db.fields import Count
from db.vocabulary import ChangeAction
from seeds.fields import Instant
from seeds.rows.base import Part, Row

# A log tells what was said, in whatever form.
Told = Annotated[str, Strict()]


class Node(Part):
    type: Told
    key: Told


class Edit(Part):
    record: Told
    field: Told
    before: Told | None = None
    after: Told | None = None


class Change(Row):
    FILE = "changes.yaml"
    NAME = ""

    revision: Count
    recorded_at: Instant
    actor: Told
    action: ChangeAction
    summary: Told
    subject: Node
    about: list[Node] = Field(default_factory=list)
    edits: list[Edit] = Field(default_factory=list)
