"""The description of the site, and its address."""

import hashlib
from functools import cache, lru_cache

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.conditional import cache_control, not_modified
from api.json_types import JsonObject
from api.openapi.parameters import COMPONENTS
from api.openapi.paths import HTML, JSON, paths
from api.urls import site_url
from schema.errors import CODES
from schema.service import VERSION

PATH = "/openapi.json"
DESCRIPTION = (
    "Every address but those of GraphQL: `/graphql`, and `/graphql/stream` for server-sent events, whose description is"
    " the schema at `/schema.graphql`. Every GET is a HEAD, too, and nothing takes a token."
)


def _object(**properties: JsonObject) -> JsonObject:
    return {"type": "object", "properties": properties, "required": [*properties]}


TEXT: JsonObject = {"type": "string"}
NUMBER: JsonObject = {"type": "integer"}
CODE: JsonObject = {"type": "string", "enum": [*CODES]}
EXTENSIONS: JsonObject = {
    "type": "object",
    "properties": {"code": CODE, "retryAfter": {**NUMBER, "description": "Seconds."}},
    "required": ["code"],
}
SCHEMAS: JsonObject = {
    "Error": _object(errors={"type": "array", "items": _object(message=TEXT, extensions=EXTENSIONS), "minItems": 1}),
    "Alive": _object(status={"const": "alive"}, version=TEXT, client={"type": ["string", "null"]}),
    "Ready": _object(status={"const": "ready"}),
    "NotReady": _object(status={"const": "not ready"}, reason=TEXT),
    "Embed": _object(
        version={"const": "1.0"},
        type={"const": "rich"},
        title=TEXT,
        provider_name=TEXT,
        provider_url=TEXT,
        html=TEXT,
        width=NUMBER,
        height=NUMBER,
    ),
}
ERROR: JsonObject = {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}, HTML: {}}
RETRY: JsonObject = {"Retry-After": {"description": "In how many seconds to come back.", "schema": NUMBER}}
RESPONSES: JsonObject = {
    "303": {"description": "The same address without its empty parameters."},
    "304": {"description": "The copy of the client, whose tag `If-None-Match` has, is current."},
    "400": {"description": "A parameter is not known here, or its value cannot be read.", "content": ERROR},
    "404": {"description": "There is nothing of this name, or nothing was on record at this moment.", "content": ERROR},
    "412": {"description": "The record has not reached the revision that the client has seen.", "content": ERROR},
    "416": {"description": "The file has no such part."},
    "429": {"description": "The client has asked for too much lately.", "headers": RETRY, "content": ERROR},
    "501": {"description": "It is not served in this form.", "content": ERROR},
    "503": {"description": "It cannot be answered at the moment.", "headers": RETRY, "content": ERROR},
}


@cache
def document() -> JsonObject:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sixty-One", "version": VERSION, "description": DESCRIPTION},
        "paths": paths(),
        "components": {"parameters": COMPONENTS, "responses": RESPONSES, "schemas": SCHEMAS},
    }


# A client chooses the host of its request, so there may be many.
@lru_cache(maxsize=8)
def _body(site: str) -> tuple[bytes, str]:
    """The description for an address of the site, and its tag."""
    body = orjson.dumps({**document(), "servers": [{"url": site}]})
    return body, f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'


async def _describe(request: Request) -> Response:
    body, tag = _body(site_url(request))
    headers = {"etag": tag, "cache-control": cache_control(lasts=False)}
    return not_modified(request, headers) or Response(body, media_type=JSON, headers=headers)


route = Route(PATH, _describe)
