"""The log of changes: what was recorded, by whom, and what it changed."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Self

import strawberry

from db import changes, models, natural_keys
from db.paging import Order
from db.vocabulary import ChangeAction
from schema.cost import STATEMENT, Through, costs
from schema.errors import InvalidCursor, InvalidId
from schema.node import Node, global_id, node_of, parsed
from schema.orders import Direction
from schema.paging import read_cursor, write_cursor

LIST = "changes"


def _keyed(kind: str) -> Callable[[Any], str | None]:
    def key(change: Any) -> str | None:
        known = change.row.subject_type if change.row.subject_type in SUBJECTS else models.Strategy.__name__
        return change.row.subject_key if known == kind else None

    return key


Subject = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Only what bears on this: a commitment with its statuses, links and discrepancies; a fund with its"
        " amounts, allocations, links and discrepancies, and those of its parts; a theme with all that bears on the"
        " commitments in it now; or an event, organisation, document, discrepancy or the Strategy. An import bears on"
        " all that it wrote."
    ),
]
SUBJECTS = {
    model.__name__: (_keyed(model.__name__), model, getattr(model, natural_keys.KEY_COLUMN[model]))
    for model in changes.FOLLOWABLE
}


def order(direction: Direction) -> tuple[str, Order]:
    """The order of a list of changes, and the name of its cursors: `Change.cursor` is of the first."""
    if direction is Direction.ASC:
        return LIST, changes.by_revision()
    return f"{LIST} {direction.value}", changes.by_revision(descending=True)


@strawberry.type(description="One value that a change wrote.")
class Edit:
    record: str = strawberry.field(description="The row: its kind and its name, such as Commitment SVS-33.")
    field: str = strawberry.field(description="What of it, such as title.")
    before: str | None = strawberry.field(description="What it was, as text; null where there was nothing.")
    after: str | None = strawberry.field(description="What it became, as text; null where nothing is left.")


@node_of(models.Change, models.Change.revision)
@strawberry.type(description="An entry in the log. Every write leaves one, and nobody can edit or delete it.")
class Change(Node):
    row: strawberry.Private[models.Change]
    revision: int = strawberry.field(description="The revision of the data that it made; there are no gaps.")
    recorded_at: dt.datetime = strawberry.field(description="When it was recorded.")
    actor: str = strawberry.field(
        description="Who made it: the name of the token and its organisation. `import` for reviewed files."
    )
    action: ChangeAction = strawberry.field(description="What was done.")
    summary: str = strawberry.field(description="What it says, in a sentence.")
    cursor: str = strawberry.field(
        description="Where it stands in the log: `after` for what was recorded later, oldest first."
    )

    @strawberry.field(
        description="What it is chiefly about: a commitment for statuses and links, a fund for money, the Strategy for"
        " an import.",
        metadata=costs(fee=STATEMENT * len(SUBJECTS)),
    )
    def subject(self) -> Node:
        keyed = SUBJECTS.get(self.row.subject_type, SUBJECTS[models.Strategy.__name__])
        found: Node = self.asked(changes.subjects, *keyed)
        return found

    @strawberry.field(
        description="Every value that it wrote. An import gives those that it changed or took away, not what it added.",
        metadata=costs(Through(models.Change.edits), fee=0),
    )
    def edits(self) -> list[Edit]:
        return [Edit(**edit) for edit in self.row.edits]

    @classmethod
    def from_row(cls, row: models.Change) -> Self:
        return cls(
            id=global_id("Change", str(row.revision)),
            row=row,
            revision=row.revision,
            recorded_at=row.recorded_at,
            actor=row.actor,
            action=row.action,
            summary=row.summary,
            cursor=write_cursor(LIST, (row.revision,)),
        )


def behind(cursor: str | None, latest: int) -> int:
    """The revision that a cursor stands at: the latest one if there is none."""
    if cursor is None:
        return latest
    (revision,) = read_cursor(cursor, LIST, changes.by_revision())
    if not 0 <= revision <= latest:
        raise InvalidCursor(f"The log ends at revision {latest}: the cursor is of another database.")
    return int(revision)


def followed(id: str) -> changes.Node:
    """What somebody wants to follow, by its global id."""
    kind, key = parsed(id)
    if kind not in SUBJECTS:
        raise InvalidId(f"Changes are followed by {', '.join(SUBJECTS)}; this is the id of a {kind}.")
    return kind, key
