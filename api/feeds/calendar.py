"""The events as a calendar that phones subscribe to, RFC 5545 and RFC 7986."""

from collections.abc import Mapping

import anyio.lowlevel
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from api.internal_client import InternalClient
from api.json_types import JsonObject
from api.moment import AS_OF, Moment, parse_param
from api.query_files import query
from api.revision import new_reader, reader_of
from api.urls import site_url
from db import changes
from schema.scalars import read_day

PAGE = 100
# The parameters of the address are fields of the API's filter, some with several values.
LISTS = ("kind", "region", "series", "commitment")
SINGLES = ("from", "to", "search")


async def events(client: InternalClient, request: Request, moment: Moment) -> Response:
    """Every event whose date is known and that meets the filter in the address, up to the day if that is stated.

    Raises 400 for a bad filter.
    """
    filters = _filters(request)
    dated = {**filters, "dated": True, **_last(filters, moment)}
    rows: list[JsonObject] = []
    after = None
    while True:
        variables = {"filter": dated, "undated": {**filters, "dated": False}, "after": after, "first": PAGE}
        data = await client.execute(request, query("calendar"), {**moment.variables, **variables})
        rows += data["events"]["nodes"]
        after = data["events"]["pageInfo"]["endCursor"]
        if not data["events"]["pageInfo"]["hasNextPage"]:
            break
        # SQLite is read on the event loop: between two pages other requests get their turn.
        await anyio.lowlevel.checkpoint()
    reader = new_reader(request, revision=moment.state[0]) if moment.state else reader_of(request)
    recorded_at = await reader.read(changes.latest, "Event")

    def write() -> bytes:
        # icalendar takes a tenth of a second to import, which a start can save.
        from api.feeds.ical import write_calendar  # noqa: PLC0415

        return write_calendar(data, rows, recorded_at, filters, moment, site_url(request), request.url.path)

    # Many events take a while, so the event loop is left free.
    return Response(await anyio.to_thread.run_sync(write), media_type="text/calendar; charset=utf-8")


def _filters(request: Request) -> Mapping[str, str | list[str]]:
    params = request.query_params
    # A form sends the fields that are not filled in, too.
    lists = {name: [value for value in params.getlist(name) if value] for name in LISTS}
    singles = {name: params.get(name, "") for name in SINGLES}
    return {name: value for name, value in (lists | singles).items() if value}


def _last(filters: Mapping[str, str | list[str]], moment: Moment) -> Mapping[str, str]:
    """The last day of the events, as a field of the filter, where the address states the day that it asks about."""
    if AS_OF not in dict(moment.params):
        return {}
    until = filters.get("to")
    day = parse_param("to", until, read_day) if isinstance(until, str) else None
    return {"to": min(day or moment.as_of, moment.as_of).isoformat()}
