"""The form of messages in graphql-transport-ws, which Strawberry takes for granted."""

from typing import Any


def is_well_formed(message: object) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] not in ("subscribe", "complete"):
        return True
    if not isinstance(message.get("id"), str):
        return False
    payload = message.get("payload")
    return message["type"] == "complete" or (
        isinstance(payload, dict)
        and isinstance(payload.get("extensions"), dict | None)
        and (isinstance(payload.get("query"), str) or "persistedQuery" in (payload.get("extensions") or ()))
        and isinstance(payload.get("query"), str | None)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )


def without_nulls(message: Any) -> Any:
    """The message without fields that are null, and without an empty name of an operation: as by HTTP."""
    fields = {name: value for name, value in message.items() if value is not None}
    if message["type"] == "subscribe":
        fields["payload"] = {name: value for name, value in fields["payload"].items() if value is not None}
        if not fields["payload"].get("operationName"):
            fields["payload"].pop("operationName", None)
    return fields
