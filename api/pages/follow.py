"""The page on which a reader follows the record, or a node of it: the feeds, and what stands in them now."""

from starlette.responses import Response

from api.pages.page_request import PageRequest
from api.subjects import read_subject
from api.urls import page_path

# How many entries of each feed are shown.
LATEST = 20


async def follow(page: PageRequest, kind: str | None = None) -> Response:
    subject = read_subject(page.request, kind)
    # Of an area and of a person no status speaks, and nothing is asked of statuses then.
    variables = {**subject.variables, "first": LATEST, "evidence": subject.has_evidence}
    data = await page.execute("follow", **variables)
    node = subject.node(page.request, data["nodes"])
    path = page_path(node["__typename"], node) if node else ""
    updates = data["statusUpdates"]["nodes"] if subject.has_evidence else []
    return await page.render(
        "follow.html",
        node=node,
        folder=path,
        evidence=subject.has_evidence,
        updates=updates,
        changes=data["changes"]["nodes"],
    )
