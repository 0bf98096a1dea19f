"""The log of changes: what was recorded, by whom, and what it changed."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator
from operator import attrgetter
from typing import Annotated, cast

import strawberry

from db import affected, changes, headlines, models, natural_keys
from db.paging import Order
from db.sizes import Sizes
from db.vocabulary import ChangeAction
from schema.arguments import After, First
from schema.batch import Batch
from schema.context import Context, Info
from schema.cost import BUILT, ROW_CONDITION_COST, STATEMENT, Arguments, Group, Through, costs, every, scan
from schema.edits import Edit, build_edit
from schema.errors import InvalidCursor, InvalidId, NotFound
from schema.keys import KeyOf
from schema.limits import PAGE
from schema.loads import then
from schema.moment import Moment
from schema.named import LABEL, Named
from schema.node import Node, node_of, parse_id
from schema.orders import Direction
from schema.paging import Connection, connect, read_cursor, write_cursor
from schema.record import moment_of
from schema.sharing import Pending, question_of

# The name of the cursors of the log.
LIST = "changes"
# The tables of the rows that a change can be about, by the kind that the log names.


def _subject_kind(change: models.Change) -> str:
    """The kind of the subject; the Strategy in place of a row that is no longer there."""
    return change.subject_type if change.subject_type in changes.FOLLOWABLE_KINDS else models.Strategy.__name__


def _key_of(kind: str) -> KeyOf[str]:
    return lambda change: change.row.subject_key if _subject_kind(change.row) == kind else None


REVISION: KeyOf[int] = attrgetter("row.revision")
# A key function for each table, so that changes about different tables load separately.
KEYS = {kind: _key_of(kind) for kind in changes.FOLLOWABLE_KINDS}

Subject = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Only what affects this: a commitment with its statuses, links and discrepancies; a fund with its"
        " amounts, allocations, links and discrepancies, and those of its parts; a theme with all that affects the"
        " commitments in it now; an area with its bodies and the events in it; a person with the events that sources"
        " put them at; or an event, organisation, document, discrepancy or the Strategy. An import affects all that it"
        " wrote."
    ),
]


def order(direction: Direction) -> tuple[str, Order]:
    """The order of a list of changes, and the name of its cursors: `Change.cursor` is of the ascending one."""
    if direction is Direction.ASC:
        return LIST, changes.by_revision()
    return f"{LIST} {direction.value}", changes.by_revision(descending=True)


def _affected(group: Group, sizes: Sizes, arguments: Arguments) -> Group:
    """Of each edit at most its row, two that this belongs to, and two that the value names; and the subject."""
    first = arguments("first")
    edits = Through(models.Change.edits)(group, sizes, arguments).number
    number = min(group.number * (first if type(first) is int else PAGE), 5 * edits + group.number)
    return Group(number, group.number)


@node_of(models.Change, "revision", cursor=lambda change: write_cursor(LIST, (change.revision,)))
@strawberry.type(description="An entry in the log. Every write adds one. An entry is never edited or deleted.")
class Change(Named):
    revision: int = strawberry.field(description="The revision of the data that it made; there are no gaps.")
    recorded_at: dt.datetime = strawberry.field(description="When it was recorded.")
    actor: str = strawberry.field(
        description="Who made it: the name of the token and its organisation. `import` for reviewed files."
    )
    action: ChangeAction = strawberry.field(description="What was done.")
    summary: str = strawberry.field(description="The change in a sentence.")
    reason: str | None = strawberry.field(
        description="Why, for a correction, a withdrawal or a link; null otherwise, and in entries older than reasons."
    )
    cursor: str = strawberry.field(
        description="Its place in the log: as `after`, it gives what was recorded later, oldest first."
    )

    @strawberry.field(description=f"{LABEL} Of a change the summary.", metadata=costs(flat=0))
    def label(self) -> str:
        return self.summary

    @strawberry.field(
        description="The change in a sentence for a reader: with titles in the place of refs and slugs, and by whose"
        " word. The summary, where that says all, as of an import.",
        metadata=costs(flat=STATEMENT * (len(changes.FOLLOWABLE_KINDS) + 1)),
    )
    def headline(self) -> str:
        text = self.load_optional(str, headlines.headlines, REVISION)
        return then(text, lambda text: text or self.summary)

    @strawberry.field(
        description="The row that it is mainly about: a commitment for statuses and links, a fund for money, the"
        " Strategy for an import. The Strategy in the place of a row that was withdrawn since: `edits` name that, and"
        " `lastVersion` gives it.",
        metadata=costs(flat=STATEMENT * len(changes.FOLLOWABLE_KINDS)),
    )
    def subject(self) -> Node:
        kind = _subject_kind(self.row)
        model = changes.FOLLOWABLE_KINDS[kind]
        return self.load_as(Node, changes.subjects, KEYS[kind], model, getattr(model, natural_keys.KEY_COLUMN[model]))

    @strawberry.field(
        description="Every value that it wrote. An import lists the values that it changed or removed, not those that"
        " it added.",
        metadata=costs(Through(models.Change.edits), flat=0),
    )
    def edits(self) -> list[Edit]:
        return [build_edit(edit, self.moment) for edit in self.row.edits]

    @strawberry.field(
        description="What a cache has to ask again: the subject, the rows that it wrote and that are still there, and"
        " the rows that these belong to or lead to, now or before; of a link both ends. Of an import, the rows that it"
        " changed. `rowId` of `edits` names those that are gone.",
        metadata=costs(_affected, flat=STATEMENT * (len(affected.KINDS) + 1 + len(affected.PLACED))),
    )
    def affected(
        self,
        first: Annotated[int | None, strawberry.argument(description="How many rows are looked for: 1 to 100.")] = PAGE,
    ) -> list[Node]:
        nodes = self.load_as(list[Node], affected.rows, REVISION, first or PAGE)
        return then(nodes, lambda nodes: nodes or [])


def revision_of_cursor(cursor: str | None, latest: int) -> int:
    """The revision of a cursor; the latest one without a cursor."""
    if not cursor:
        return latest
    (revision,) = read_cursor(cursor, LIST, changes.by_revision())
    if not isinstance(revision, int) or not 0 <= revision <= latest:
        raise InvalidCursor(f"The log ends at revision {latest}: the cursor is of another database.")
    return revision


async def find_subject(context: Context, moment: Moment, id: str) -> changes.Node:
    """The kind and the natural key of what is followed, from its global id. What is gone can be followed, too."""
    kind, key = parse_id(id)
    if kind not in changes.FOLLOWABLE_KINDS:
        raise InvalidId(f"Changes are followed by {', '.join(changes.FOLLOWABLE_KINDS)}; this is the id of a {kind}.")
    key_on_record = await context.read(moment, changes.find_key, kind, key)
    if key_on_record is None:
        raise NotFound("There is nothing with this id, and there never was.")
    return kind, key_on_record


@strawberry.type
class ChangeQueries:
    @strawberry.field(
        description="The log of changes, oldest first by default. A client that polls reads it from its last cursor.",
        metadata=costs(
            every(models.Change), scan(models.Change, work=ROW_CONDITION_COST, base=BUILT + STATEMENT), paged=True
        ),
    )
    async def changes(
        self,
        info: Info,
        since: Annotated[
            dt.datetime | None, strawberry.argument(description="Only what was recorded at this instant or later.")
        ] = None,
        subject: Subject = None,
        direction: Annotated[
            Direction | None,
            strawberry.argument(
                description="DESC for the latest first. Each direction has cursors of its own; `Change.cursor` is one"
                " of ASC."
            ),
        ] = Direction.ASC,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Change]:
        moment = moment_of(self, info)
        where = [] if since is None else [changes.since(since)]
        if subject:
            where.append(changes.affecting(*await find_subject(info.context, moment, subject)))
        name, by_revision = order(direction or Direction.ASC)
        return await connect(Change, info.context, moment, models.Change, where, by_revision, first, after, name=name)


@strawberry.type(description="What can be followed as it happens.")
class Subscription:
    @strawberry.subscription(
        description="Every change as it is committed, by whichever process. `after` first replays the changes since"
        " that one: each change once, in order."
    )
    async def changes(
        self,
        info: Info,
        after: Annotated[
            str | None,
            strawberry.argument(
                description="The `cursor` of the last change that you have. From now on if left out or empty."
            ),
        ] = None,
        subject: Subject = None,
    ) -> AsyncGenerator[Change, None]:
        context, position = info.context, info.context.position
        log = context.live_log
        node = await find_subject(context, context.moment, subject) if subject else None
        # A browser that connects again sends the same query as at first, and its position in a header.
        start = revision_of_cursor((position and position.after) or after, await log.revision())
        pending = Pending(question_of(info), lambda context, change: Batch(context).to_graphql(Change, change))
        async for page in log.changes(start):
            pending.changes.extend([entry.row for entry in page if node is None or await log.affects(entry, node)])
            while pending.changes and not log.closed:
                # It is executed as several events, one after the other.
                yield cast(Change, pending)
                if pending.changes:
                    await log.delivery.turn()
        # The server stops, and closes WebSockets: a client whose operation was called complete would not come back.
        if position is None:
            await asyncio.Event().wait()
