"""What changed between two days."""

import datetime as dt
from collections.abc import Mapping

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.formatting import day as day_text
from api.json_types import JsonObject
from api.moment import InvalidMoment, Moment, parse_param
from api.pages.commitments import read_choices
from api.pages.page_request import PageRequest, read_filter
from schema.scalars import read_day

DAYS = FROM, TO = ("from", "to")
FILTERS = ("theme", "origin")
NAMES = (*DAYS, *FILTERS, "after", "amountsAfter", "eventsAfter")
YEAR = dt.timedelta(days=365)
# The first day that has one a year before it.
FIRST_END = dt.date.min + YEAR


def read_days(
    params: Mapping[str, str], moment: Moment, published_on: dt.date | None = None
) -> tuple[dt.date, dt.date]:
    """The two days of a comparison: up to that of the moment, from that of the publication, unless they are stated.

    Where no such day is given, both are to be stated. Raises 400 with everything that is wrong.
    """
    days, faults = {}, []
    for name in (FROM, TO):
        try:
            days[name] = parse_param(name, params.get(name), read_day)
        except InvalidMoment as error:
            faults.append(error.detail)
    if published_on is None:
        faults += [f"State `{name}`." for name in DAYS if name in days and days[name] is None]
    if faults:
        raise HTTPException(400, " ".join(faults))
    end = days[TO] or moment.as_of
    start = days[FROM] or (published_on if published_on and published_on < end else max(end, FIRST_END) - YEAR)
    if end > moment.as_of:
        which = "which this page is about" if moment.params else "today"
        faults.append(f"`{TO}`: {day_text(end)} is after {day_text(moment.as_of)}, {which}.")
    if start > end:
        faults.append(f"`{FROM}` is after `{TO}`: {day_text(start)} is after {day_text(end)}.")
    if faults:
        raise HTTPException(400, " ".join(faults))
    return start, end


def read_commitments(params: QueryParams) -> JsonObject:
    """The filter of the commitments."""
    return read_filter(params, "theme") | read_choices(params, "origin")


async def compare(page: PageRequest) -> Response:
    published_on = dt.date.fromisoformat(page.layout["strategy"]["publishedOn"])
    start, end = read_days(page.params, page.moment, published_on)
    days = {FROM: start.isoformat(), TO: end.isoformat()}
    data = await page.execute("compare", filter=read_commitments(page.params), **days)
    changes, amounts, events = (data["comparison"][name] for name in ("statusChanges", "amounts", "events"))
    return await page.render(
        "compare.html",
        start=start,
        end=end,
        days=days,
        # The list of events has its first day, too.
        events_from=start + dt.timedelta(days=1),
        changes=changes,
        amounts=amounts,
        events=events,
    )
