"""The trusted documents: a file of GraphQL texts by id, in the forms that tools for clients write."""

from pathlib import Path
from typing import Any

import orjson

from schema.build import Schema

APOLLO = "apollo-persisted-query-manifest"
VARIABLE = "SIXTYONE_DOCUMENTS"


class DocumentsError(Exception):
    """Everything that is wrong with the file, a line for each."""


def read_documents(path: Path, schema: Schema) -> dict[str, str]:
    """The texts by id, each of which fits the schema. Raises DocumentsError.

    The file is a JSON object from id to text, as Relay and graphql-codegen write it, or Apollo's manifest.
    """
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise DocumentsError(f"{VARIABLE}: {path} cannot be read: {error.strerror}") from None
    except orjson.JSONDecodeError as error:
        raise DocumentsError(f"{VARIABLE}: {path} is not JSON: {error}") from None
    documents = _by_id(content)
    if documents is None:
        raise DocumentsError(f"{VARIABLE}: {path} is neither an object from id to text nor a manifest of Apollo.")
    faults = [(id, fault) for id, text in documents.items() for fault in schema.faults(text)]
    if faults:
        raise DocumentsError("\n".join(f"{VARIABLE}: {path}: document {id!r}: {fault}" for id, fault in faults))
    return documents


def _by_id(content: Any) -> dict[str, str] | None:
    if not isinstance(content, dict):
        return None
    if content.get("format") == APOLLO:
        operations = content.get("operations")
        if not (isinstance(operations, list) and all(isinstance(operation, dict) for operation in operations)):
            return None
        content = {operation.get("id"): operation.get("body") for operation in operations}
    return content if all(isinstance(part, str) for pair in content.items() for part in pair) else None
