"""What can be followed as it happens."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from schema.batch import Batch
from schema.changes import Change, Subject, parse_subject, revision_of_cursor
from schema.context import Info


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
            strawberry.argument(description="The `cursor` of the last change that you have. From now on if left out."),
        ] = None,
        subject: Subject = None,
    ) -> AsyncGenerator[Change, None]:
        context, position = info.context, info.context.position
        node = None if subject is None else parse_subject(subject)
        # A browser that connects again sends the same query as at first, and its position in a header.
        start = revision_of_cursor((position and position.after) or after, await context.live_log.revision())
        async for entry in context.live_log.changes(start):
            if node is None or await context.live_log.affects(entry, node):
                context.begin_event()
                if context.pay:
                    await context.pay(context.meter.price)
                change = Batch(context).to_graphql(Change, entry.row)
                if position:
                    position.cursor = change.cursor
                yield change
        # The server stops, and closes WebSockets: a client whose operation was called complete would not come back.
        if position is None:
            await asyncio.Event().wait()
