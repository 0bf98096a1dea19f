"""The feed of the latest changes: of all, or of those that affect one node."""

from collections.abc import Sequence

from starlette.requests import Request

from api.feeds.entry import change_entry
from api.feeds.feed import PAGE, Feed, addresses, make_feed
from api.formatting import node_name
from api.internal_client import InternalClient
from api.json_types import JsonObject
from api.moment import Moment
from api.query_files import query
from api.subjects import Subject
from api.urls import page_path
from db.edits import parse_record
from schema.limits import IDS
from schema.node import global_id

SUBTITLE = "What was recorded, by whom, and from which source; the latest first."


async def build_changes(client: InternalClient, request: Request, moment: Moment, subject: Subject) -> Feed:
    """Raises 404 for a key that no node has, and 400 for a bad cursor."""
    variables = {**subject.variables, "first": PAGE, "after": request.query_params.get("after")}
    data = await client.execute(request, query("feed-changes"), {**moment.variables, **variables})
    node = subject.node(request, data["nodes"]) or {"__typename": "Strategy", **data["strategy"]}
    changes = data["changes"]["nodes"]
    updates = await _status_updates(client, request, moment, changes)
    address = addresses(request, moment)
    return make_feed(
        request,
        moment,
        data,
        [change_entry(change, updates.get(change["revision"], ()), address, subject.key) for change in changes],
        name=f"changes/{subject.kind.lower()}/{subject.key}" if subject.kind else "changes",
        title=f"{node_name(node)}: what changed",
        subtitle=SUBTITLE,
        page=page_path(node["__typename"], node),
        end=data["changes"]["pageInfo"],
    )


async def _status_updates(
    client: InternalClient, request: Request, moment: Moment, changes: Sequence[JsonObject]
) -> dict[int, list[JsonObject]]:
    """The status updates that each change recorded, by its revision."""
    revisions = {
        global_id("StatusUpdate", key): change["revision"]
        for change in changes
        if change["action"] in ("RECORDED", "CORRECTED")
        for edit in change["edits"]
        if edit["field"] == "status" and edit["before"] is None
        for kind, key in [parse_record(edit["record"])]
        if kind == "StatusUpdate" and key
    }
    updates: dict[int, list[JsonObject]] = {}
    if revisions:
        ids = list(revisions)[:IDS]
        data = await client.execute(request, query("feed-statuses"), {**moment.variables, "ids": ids})
        for id, node in zip(ids, data["nodes"], strict=True):
            # The log may name an update that does not exist, or was withdrawn: it is left out.
            if node:
                updates.setdefault(revisions[id], []).append(node)
    return updates
