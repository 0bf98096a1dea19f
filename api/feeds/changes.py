"""The latest changes, as the API tells of them: all, or those that bear on one commitment, theme or fund."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.feeds.entry import Entry, entry, named
from api.feeds.markup import shown
from api.internal_client import InternalClient
from api.urls import CanonicalRedirect, page_path, site_url
from db.natural_keys import spellings
from schema.limits import IDS
from schema.node import global_id

PAGE = 50
# Whoever had the host then may name things by it for good. It stays, or every reader would show all entries again.
SINCE = "2026"
# What a ref or a slug is made of.
NAME = re.compile("[A-Za-z0-9.-]{1,80}", re.ASCII)
STATEMENT = re.compile("StatusUpdate ([0-9a-f]{20})")
NODE = """
__typename
... on Commitment { ref promise: title }
... on Fund { slug name }
... on Event { slug title }
... on Theme { slug title }
... on Document { slug title }
... on Organisation { slug name }
... on Discrepancy { slug question }
... on Strategy { slug title }
"""
CHANGES = f"""query Changes($followed: [ID!]!, $subject: ID, $first: Int!, $after: String) {{
  dataset {{ updatedAt licence attribution }}
  strategy {{ title }}
  followed: nodes(ids: $followed) {{ {NODE} }}
  changes(direction: DESC, subject: $subject, first: $first, after: $after) {{
    nodes {{
      revision recordedAt actor action summary
      subject {{ {NODE} }}
      edits {{ record field before after }}
    }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}"""
STATEMENTS = """query Statements($ids: [ID!]!) {
  nodes(ids: $ids) { ... on StatusUpdate {
    id status effectiveOn precision voice note citation { paragraph document { title url } }
  } }
}"""

NODES = "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id } }"


@dataclass(frozen=True)
class Feed:
    # The part of each id that comes before the name.
    authority: str
    name: str
    title: str
    subtitle: str
    updated: str
    rights: str
    # The address of the page on the same, and of parts of the feed: this one, the first, the next if there is one.
    page: str
    address: str
    first: str
    next: str | None
    entries: Sequence[Entry]

    def id(self, name: str) -> str:
        return f"{self.authority}:{name}"


async def feed(client: InternalClient, request: Request, kind: str | None) -> Feed:
    """The feed at the request's address. Raises 404 where nothing has its name, and 400 for a bad place in it."""
    key = request.path_params.get("name")
    if key is not None and not NAME.fullmatch(key):
        raise HTTPException(404)
    subject = global_id(kind, key) if kind and key else None
    after = request.query_params.get("after")
    asked = {"followed": [subject] if subject else [], "subject": subject, "first": PAGE, "after": after}
    told = await client.execute(request, CHANGES, asked)
    if kind and key and told["followed"] == [None]:
        raise await _missing(client, request, kind, key)
    about: Mapping[str, Any] = told["followed"][0] if subject else {"__typename": "Strategy", **told["strategy"]}
    here, changes, end = site_url(request), told["changes"]["nodes"], told["changes"]["pageInfo"]
    first = here + request.url.path
    said = await _said(client, request, changes)
    title = " ".join(text for text in (about.get("ref"), named(about)) if text)
    return Feed(
        authority=authority(here),
        name=f"changes/{about['__typename'].lower()}/{key}" if subject else "changes",
        title=shown(f"{title}: what changed"),
        subtitle="What was recorded, by whom, and from which source; the latest first.",
        updated=changes[0]["recordedAt"] if changes else told["dataset"]["updatedAt"],
        rights=rights(told["dataset"]),
        page=here + page_path(about["__typename"], about),
        address=_part(first, after),
        first=first,
        next=_part(first, end["endCursor"]) if end["hasNextPage"] else None,
        entries=[entry(change, said.get(change["revision"], ()), here, key) for change in changes],
    )


async def _missing(client: InternalClient, request: Request, kind: str, key: str) -> HTTPException:
    """That nothing has the name; or, where it is only spelt in another way, where the feed is."""
    forms = spellings([key])
    found = (await client.execute(request, NODES, {"ids": [global_id(kind, form) for form in forms]}))["nodes"]
    written = next((form for form, node in zip(forms, found, strict=True) if node), None)
    return CanonicalRedirect(request, key, written) if written else HTTPException(404)


def rights(dataset: Mapping[str, Any]) -> str:
    return shown(f"Licence: {dataset['licence']}. Attribution: {dataset['attribution']}")


def authority(here: str) -> str:
    """What ids begin with, see RFC 4151."""
    return f"tag:{host(here)},{SINCE}"


def host(here: str) -> str:
    """The host as part of a name, for which an address in brackets is no part."""
    return re.sub("[^a-z0-9.-]", "-", urlsplit(here).hostname or "localhost")


async def _said(
    client: InternalClient, request: Request, changes: Sequence[Mapping[str, Any]]
) -> dict[int, list[Mapping[str, Any]]]:
    """The statements of status that each change recorded."""
    made = {
        global_id("StatusUpdate", statement[1]): change["revision"]
        for change in changes
        if change["action"] in ("RECORDED", "CORRECTED")
        for edit in change["edits"]
        if edit["field"] == "status" and edit["before"] is None and (statement := STATEMENT.fullmatch(edit["record"]))
    }
    found: dict[int, list[Mapping[str, Any]]] = {}
    if made:
        for node in (await client.execute(request, STATEMENTS, {"ids": list(made)[:IDS]}))["nodes"]:
            # One that is not there, or that nobody can tell, is left out: the feed has more to say.
            if node:
                found.setdefault(made[node["id"]], []).append(node)
    return found


def _part(first: str, after: str | None) -> str:
    return f"{first}?{urlencode({'after': after})}" if after else first
