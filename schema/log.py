"""Questions for the log of changes, and for who is asking."""

import datetime as dt
from typing import Annotated

import strawberry

from db import changes, models
from schema.arguments import After, First
from schema.changes import Change, Subject, followed, order
from schema.context import Info
from schema.cost import BUILT, LOOK, costs, every, scan
from schema.orders import Direction
from schema.paging import PAGE, Connection, connect
from schema.viewer import Viewer


@strawberry.type
class Log:
    @strawberry.field(
        description="What was recorded, oldest first unless told otherwise: the audit log, and what a poller reads.",
        metadata=costs(every(models.Change), scan(models.Change, work=LOOK, base=BUILT)),
    )
    async def changes(
        self,
        info: Info,
        since: Annotated[
            dt.datetime | None, strawberry.argument(description="Only what was recorded at this instant or later.")
        ] = None,
        subject: Subject = None,
        direction: Annotated[
            Direction,
            strawberry.argument(
                description="DESC for the latest first. Cursors of the one are none of the other, and `Change.cursor`"
                " is one of ASC."
            ),
        ] = Direction.ASC,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Change]:
        where = [] if since is None else [changes.since(since)]
        where += [] if subject is None else [changes.affecting(*followed(subject))]
        name, sort = order(direction)
        page: Connection[Change] = await connect(info.context, models.Change, where, sort, first, after, name=name)
        return page

    @strawberry.field(description="Whom the token speaks for; null for the public.")
    def viewer(self, info: Info) -> Viewer | None:
        return Viewer.of(info.context)
