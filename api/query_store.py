"""Queries that a request names in place of their text: by a hash, or by the id of a trusted document."""

import hashlib
import sys
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from schema.errors import BadRequest, DocumentNotFound, DocumentRequired, PersistedQueryNotFound

# The most texts that clients have sent with their hashes, and the bytes that they take.
MOST, MOST_BYTES = 1_000, 4_000_000
# The draft of GraphQL over HTTP writes a hash as an id like this.
HASH_PREFIX = "sha256:"


class QueryStore:
    """The trusted documents, and the latest texts that came with their hashes (automatic persisted queries).

    Each process has its own: a client whose hash is not known sends the text once more.
    """

    def __init__(self, documents: Mapping[str, str], *, only: bool = False) -> None:
        """`documents` by id, without the prefix of a hash. With `only`, nothing else is answered."""
        self.documents = {digest(text): text for text in documents.values()} | {**documents}
        self.trusted = frozenset(documents.values())
        self.only = only
        self.used_bytes = 0
        # By hash, the most recent last.
        self.texts: OrderedDict[str, str] = OrderedDict()

    def text(self, data: Mapping[str, Any]) -> str | None:
        """The text of the query that a request asks; None or empty if it asks none. Raises NoQuery."""
        text, id, hash = data.get("query"), data.get("documentId"), read_hash(data.get("extensions"))
        if id and (text or hash):
            raise BadRequest("`documentId` goes with neither `query` nor `extensions.persistedQuery`.")
        if not text and (name := id or hash):
            return self._find(name, by_hash=not id)
        if self.only and text not in self.trusted:
            raise DocumentRequired
        if text and hash:
            if hash != digest(text):
                raise BadRequest("`sha256Hash` is not the SHA-256 hash of `query`.")
            self._add(hash, text)
        return text

    def _find(self, name: str, *, by_hash: bool) -> str:
        key = name.removeprefix(HASH_PREFIX)
        if key in self.documents:
            return self.documents[key]
        if key in self.texts:
            self.texts.move_to_end(key)
            return self.texts[key]
        # After the first of these errors, clients send the text with its hash.
        raise PersistedQueryNotFound if by_hash and not self.only else DocumentNotFound(name)

    def _add(self, hash: str, text: str) -> None:
        if _size(hash, text) > MOST_BYTES:
            # It would drive out all others.
            return
        if hash not in self.texts:
            self.used_bytes += _size(hash, text)
        self.texts[hash] = text
        self.texts.move_to_end(hash)
        while len(self.texts) > MOST or self.used_bytes > MOST_BYTES:
            self.used_bytes -= _size(*self.texts.popitem(last=False))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_hash(extensions: Mapping[str, Any] | None) -> str | None:
    """The hash by the protocol of automatic persisted queries; None without one."""
    match (extensions or {}).get("persistedQuery"):
        case None:
            return None
        case {"version": 1, "sha256Hash": str() as hash}:
            return hash
    raise BadRequest("`extensions.persistedQuery` must have the `version` 1 and a `sha256Hash`.")


def _size(hash: str, text: str) -> int:
    return sys.getsizeof(hash) + sys.getsizeof(text)
