"""The nodes that have feeds of their own, and a page on which a reader follows them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.json_types import JsonObject
from api.urls import PAGES, CanonicalRedirect
from db.natural_keys import spellings
from db.statuses import EVIDENCE_VOICES
from schema.node import global_id

# The kinds that can be followed, each with the field of `StatusUpdateFilter` by which its evidence is found; None for
# those of which no status speaks.
KINDS: dict[str, str | None] = {
    "Commitment": "commitment",
    "Theme": "theme",
    "Fund": "fund",
    "Organisation": "organisation",
    "Area": None,
    "Person": None,
}
# The path of the page of each kind, in which `name` is the field that names the node.
PATHS = {PAGES[kind][0].format("{name}"): kind for kind in KINDS}
# The path of the page on which the whole record is followed; that of a node is its own path below this one.
FOLLOW = "/follow"
# The characters of refs and slugs.
KEY = re.compile("[A-Za-z0-9.-]{1,80}", re.ASCII)


@dataclass(frozen=True)
class Subject:
    """What the address of a request follows: one node, or the whole record where `kind` and `key` are None."""

    kind: str | None = None
    key: str | None = None

    @property
    def has_evidence(self) -> bool:
        return self.kind is None or KINDS[self.kind] is not None

    @property
    def variables(self) -> JsonObject:
        """The variables of a query that asks for the node, for changes that affect it, and for evidence about it."""
        voices = [voice.value for voice in EVIDENCE_VOICES]
        if self.kind is None or self.key is None:
            return {"ids": [], "subject": None, "filter": {"voice": voices}}
        field = KINDS[self.kind]
        return {
            "ids": [global_id(self.kind, form) for form in spellings([self.key])],
            "subject": global_id(self.kind, self.key),
            "filter": {"voice": voices} | ({field: [self.key]} if field else {}),
        }

    def node(self, request: Request, nodes: Sequence[JsonObject | None]) -> JsonObject | None:
        """The node among those that the variables ask for; None for the whole record.

        Raises 404, or redirects where the key is only spelt differently.
        """
        if self.kind is None or self.key is None:
            return None
        node = next(filter(None, nodes), None)
        if node is None:
            raise HTTPException(404)
        key = str(node[PAGES[self.kind][1]])
        if key != self.key:
            raise CanonicalRedirect(request, self.key, key)
        return node


def read_subject(request: Request, kind: str | None) -> Subject:
    """Raises 404 for a text that can be no key."""
    if kind is None:
        return Subject()
    key: str = request.path_params["name"]
    if not KEY.fullmatch(key):
        raise HTTPException(404)
    return Subject(kind, key)
