"""The feed of new evidence: what sources say of where commitments stand, as it is recorded."""

from starlette.requests import Request

from api.feeds.entry import evidence_entry
from api.feeds.feed import PAGE, Feed, addresses, make_feed
from api.formatting import node_name
from api.internal_client import InternalClient
from api.moment import Moment
from api.query_files import query
from api.subjects import Subject
from api.urls import page_path

SUBTITLE = "What sources say of where commitments stand, and by whose word, as it is recorded; the latest first."


async def build_evidence(client: InternalClient, request: Request, moment: Moment, subject: Subject) -> Feed:
    """Raises 404 for a key that no node has, and 400 for a bad cursor."""
    variables = {**subject.variables, "first": PAGE, "after": request.query_params.get("after")}
    data = await client.execute(request, query("feed-evidence"), {**moment.variables, **variables})
    node = subject.node(request, data["nodes"]) or {"__typename": "Strategy", **data["strategy"]}
    address = addresses(request, moment)
    return make_feed(
        request,
        moment,
        data,
        [evidence_entry(update, address) for update in data["statusUpdates"]["nodes"]],
        name=f"evidence/{subject.kind.lower()}/{subject.key}" if subject.kind else "evidence",
        title=f"{node_name(node)}: new evidence",
        subtitle=SUBTITLE,
        page=page_path(node["__typename"], node),
        end=data["statusUpdates"]["pageInfo"],
    )
