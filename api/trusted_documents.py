"""The trusted documents: a file of GraphQL texts by id, in the forms that tools for clients write."""

from pathlib import Path
from typing import Any

import orjson

from api.query_store import HASH_PREFIX
from schema.build import Schema

APOLLO = "apollo-persisted-query-manifest"
VARIABLE = "SIXTYONE_DOCUMENTS"


class DocumentsError(Exception):
    """Everything that is wrong with the file, a line for each."""


def read_documents(path: Path, schema: Schema) -> dict[str, str]:
    """The texts by id, without the prefix of a hash, each of which fits the schema. Raises DocumentsError.

    The file is a JSON object from id to text, as Relay and graphql-codegen write it, or Apollo's manifest.
    """
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise DocumentsError(f"{VARIABLE}: {path} cannot be read: {error.strerror}") from None
    except orjson.JSONDecodeError as error:
        raise DocumentsError(f"{VARIABLE}: {path} is not JSON: {error}") from None
    pairs = _pairs(content)
    if pairs is None:
        raise DocumentsError(f"{VARIABLE}: {path} is neither an object from id to text nor a manifest of Apollo.")
    documents: dict[str, str] = {}
    faults = []
    for id, text in pairs:
        faults += [(id, fault) for fault in schema.faults(text)]
        key = id.removeprefix(HASH_PREFIX)
        if not key:
            faults.append((id, "Nobody can ask for a document without an id."))
        elif documents.setdefault(key, text) != text:
            faults.append((id, "Another document has the same id."))
    if faults:
        raise DocumentsError("\n".join(f"{VARIABLE}: {path}: document {id!r}: {fault}" for id, fault in faults))
    return documents


def _pairs(content: Any) -> list[tuple[str, str]] | None:
    """Each id with its text; None for a file of another form."""
    if not isinstance(content, dict):
        return None
    pairs: list[tuple[Any, Any]] = [*content.items()]
    if content.get("format") == APOLLO:
        operations = content.get("operations")
        if not (isinstance(operations, list) and all(isinstance(operation, dict) for operation in operations)):
            return None
        pairs = [(operation.get("id"), operation.get("body")) for operation in operations]
    return pairs if all(isinstance(part, str) for pair in pairs for part in pair) else None
