"""The feed of the latest changes: of all, or of those that affect one commitment, theme or fund."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.feeds.entry import Entry, build_entry, node_title
from api.feeds.markup import xml_text
from api.internal_client import InternalClient
from api.json_types import JsonObject
from api.moment import Moment
from api.query_files import query
from api.urls import CanonicalRedirect, page_path, site_url
from db.edits import parse_record
from db.natural_keys import spellings
from schema.limits import IDS
from schema.node import global_id

PAGE = 50
# Date part of tag URIs (RFC 4151). Never change it: feed readers would show every entry again.
TAG_DATE = "2026"
# The characters of refs and slugs.
KEY = re.compile("[A-Za-z0-9.-]{1,80}", re.ASCII)
SUBTITLE = "What was recorded, by whom, and from which source; the latest first."


@dataclass(frozen=True)
class Feed:
    """`authority` begins all ids. `page`, `url`, `first` and `next` are URLs: of the page with the same changes, and
    of this part of the feed, the first part and the next."""

    authority: str
    name: str
    title: str
    updated: str
    rights: str
    page: str
    url: str
    first: str
    next: str | None
    entries: Sequence[Entry]
    subtitle: str = SUBTITLE

    def id(self, name: str) -> str:
        return f"{self.authority}:{name}"


async def build_feed(client: InternalClient, request: Request, moment: Moment, kind: str | None) -> Feed:
    """The feed at the request's path, of a node of this kind or of all, with every link to the same moment.

    Raises 404 for a key that no node has, and 400 for a bad cursor.
    """
    key = request.path_params.get("name")
    if key is not None and not KEY.fullmatch(key):
        raise HTTPException(404)
    subject = global_id(kind, key) if kind and key else None
    after = request.query_params.get("after")
    variables = {"followed": [subject] if subject else [], "subject": subject, "first": PAGE, "after": after}
    data = await client.execute(request, query("feed-changes"), {**moment.variables, **variables})
    if kind and key and data["followed"] == [None]:
        raise await _missing(client, request, moment, kind, key)
    node: JsonObject = data["followed"][0] if subject else {"__typename": "Strategy", **data["strategy"]}
    site, changes, page = site_url(request), data["changes"]["nodes"], data["changes"]["pageInfo"]
    path = site + request.url.path
    updates = await _status_updates(client, request, moment, changes)
    title = " ".join(text for text in (node.get("ref"), node_title(node)) if text)
    return Feed(
        authority=f"tag:{host_name(site)},{TAG_DATE}",
        # A feed of a moment is another one than that which goes on.
        name=(f"changes/{node['__typename'].lower()}/{key}" if subject else "changes") + moment.query,
        title=xml_text(f"{title}: what changed"),
        updated=changes[0]["recordedAt"] if changes else data["dataset"]["updatedAt"],
        rights=rights(data["dataset"]),
        page=site + moment.at(page_path(node["__typename"], node)),
        url=moment.at(path, after=after or None),
        first=moment.at(path),
        next=moment.at(path, after=page["endCursor"]) if page["hasNextPage"] else None,
        entries=[
            build_entry(change, updates.get(change["revision"], ()), lambda path: site + moment.at(path), key)
            for change in changes
        ],
    )


def rights(dataset: JsonObject) -> str:
    return xml_text(f"Licence: {dataset['licence']}. Attribution: {dataset['attribution']}")


def host_name(site: str) -> str:
    """The host of a URL as a part of ids, which cannot hold the brackets of an IPv6 address."""
    return re.sub("[^a-z0-9.-]", "-", urlsplit(site).hostname or "localhost")


async def _missing(client: InternalClient, request: Request, moment: Moment, kind: str, key: str) -> HTTPException:
    """404, or a redirect to the feed of the node whose key is only spelt differently."""
    forms = spellings([key])
    variables = {**moment.variables, "ids": [global_id(kind, form) for form in forms]}
    data = await client.execute(request, query("feed-nodes"), variables)
    existing = next((form for form, node in zip(forms, data["nodes"], strict=True) if node), None)
    return CanonicalRedirect(request, key, existing) if existing else HTTPException(404)


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
