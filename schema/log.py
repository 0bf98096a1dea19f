"""Questions for the log of changes, and for who is asking."""

import datetime as dt
from typing import Annotated

import strawberry

from db import changes, models
from schema.arguments import After, First
from schema.changes import LIST, Change, followed
from schema.context import Info
from schema.paging import PAGE, Connection, connect
from schema.viewer import Viewer


@strawberry.type
class Log:
    @strawberry.field(description="What was recorded, newest last: the audit log, and what a poller reads.")
    async def changes(
        self,
        info: Info,
        since: Annotated[
            dt.datetime | None, strawberry.argument(description="Only what was recorded at this instant or later.")
        ] = None,
        subject: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                description="Only what bears on this commitment, fund, event, organisation, document or discrepancy."
            ),
        ] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Change]:
        where = [] if since is None else [changes.since(since)]
        where += [] if subject is None else [changes.about(*followed(subject))]
        page: Connection[Change] = await connect(
            info.context, models.Change, where, changes.by_revision(), first, after, name=LIST
        )
        return page

    @strawberry.field(description="Whom the token speaks for; null for the public.")
    def viewer(self, info: Info) -> Viewer | None:
        return Viewer.of(info.context)
