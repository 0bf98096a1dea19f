"""What can be followed as it happens."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from schema.changes import Change, Subject, behind, followed
from schema.cohort import Cohort
from schema.context import Info


@strawberry.type(description="What can be followed as it happens.")
class Subscription:
    @strawberry.subscription(
        description="Every change as it is committed, whichever process committed it; `after` replays what was missed:"
        " each change once, in order."
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
        context, place = info.context, info.context.place
        wanted = None if subject is None else followed(subject)
        # A browser that connects again asks what it asked at first; where it got to, it tells beside that.
        start = behind((place and place.after) or after, await context.live_log.revision())
        async for change in context.live_log.changes(start):
            if wanted is None or await context.live_log.affects(change, wanted):
                context.renew()
                if context.pay:
                    await context.pay(context.meter.price)
                shaped: Change = Cohort(context).shape(change.row)
                if place:
                    place.cursor = shaped.cursor
                yield shaped
        # The server is about to go. Were this complete, no client would come back for what follows.
        if place:
            place.cut = True
        else:
            await asyncio.Event().wait()
