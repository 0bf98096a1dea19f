"""The list of commitments with its filters, and the page of each."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.charts.timeline import timeline_chart
from api.json_types import JsonObject
from api.moment import Moment
from api.pages.frames import commitment_frame, picture_frame
from api.pages.page_request import PageRequest, read_filter
from api.pages.status_card import status_card
from api.pages.timeline import lanes_of, timeline_of
from schema.node import global_id, parse_id

SIDES = ("governmentStatus", "deliveryStatus", "othersStatus", "confirmation")
ENUM_FILTERS = ("theme", "status", "statusGroup", *SIDES, "agreement", "lead", "fund", "event", "area")
YES_NO = {"yes": True, "no": False}
# Parameters whose values are other words than those of the API's filter.
CHOICES: dict[str, JsonObject] = {
    **dict.fromkeys(("governmentAlone", "identified", "hasFunds", "hasEvents"), YES_NO),
    "origin": {"all": ["STRATEGY", "LATER"], "later": ["LATER"]},
}
LIST = (*ENUM_FILTERS, *CHOICES, "search", "orderBy", "direction")
NAMES = (*LIST, "after")


async def commitment(page: PageRequest) -> Response:
    row = (await page.execute("commitment"))["commitment"]
    events = page.until(row["events"], "date", undated=True)
    updates = page.until(row["statusHistory"], "effectiveOn", undated=False)
    for update in updates:
        # The same at every moment, so that an address of a statement always leads to it.
        update["anchor"] = global_id(*parse_id(update["id"]))
    anchor = page.params.get("statement")
    cited = next((update for update in updates if update["anchor"] == anchor), row["statusUpdate"])
    if anchor and (not cited or cited.get("anchor") != anchor):
        raise HTTPException(404, f"{row['ref']} has no statement {anchor} at this moment.")
    return await page.render(
        "commitment.html",
        card=status_card(page, row),
        frame=commitment_frame(page, row).html(page),
        timeline_frame=picture_frame(page, timeline_of(page, row)).html(page),
        cited=cited,
        commitment=row,
        later=len(row["statusHistory"]) - len(updates),
        updates=updates[::-1],
        # The latest word of each side: updates are in order, oldest first.
        words={update["side"]: update for update in updates if not update["correctedBy"]},
        events=events,
        timeline=timeline_chart(lanes_of(updates, events)),
    )


def variables(params: QueryParams, _moment: Moment) -> JsonObject:
    """What the list is asked for: every filter of the API has there the name that the API gives it."""
    return {
        "filter": read_filter(params, *ENUM_FILTERS) | read_choices(params, *CHOICES),
        "orderBy": {"by": params.get("orderBy", "REF"), "direction": params.get("direction", "ASC")},
    }


async def commitments(page: PageRequest) -> Response:
    asked = variables(page.params, page.moment)
    data = await page.execute("commitments", **asked)
    return await page.render(
        "commitments.html",
        commitments=data["commitments"],
        choices={name: _choices(data["choices"]["nodes"], name) for name in ("leads", "funds", "events")},
        has_filters=bool(asked["filter"]),
    )


def read_choices(params: Mapping[str, str], *names: str) -> JsonObject:
    """The entries of the API's filter that these parameters choose. Raises 400."""
    filters: JsonObject = {}
    for name in names:
        if value := params.get(name):
            values = CHOICES[name]
            if value not in values:
                raise HTTPException(400, f"`{name}` is {' or '.join(values)}.")
            filters[name] = values[value]
    return filters


def _choices(commitments: Sequence[JsonObject], name: str) -> list[tuple[str, str]]:
    """The slugs and names of the rows to which the commitments are linked, by name."""
    names = {row["slug"]: row.get("name") or row["title"] for commitment in commitments for row in commitment[name]}
    return sorted(names.items(), key=lambda entry: entry[1].casefold())
