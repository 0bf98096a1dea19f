"""The table of areas with the money of each, and the page of each area."""

from collections.abc import Sequence

from starlette.datastructures import QueryParams
from starlette.responses import Response

from api.formatting import money, plural
from api.json_types import JsonObject
from api.moment import Moment
from api.pages.page_request import PageRequest, read_filter
from api.pictures.card import Card
from api.urls import page_path
from db.formatting import enum_label

LIST = ("kind", "search")
# What the table has if no kind is asked for.
USUAL = {"kind": ["POLICE_FORCE_AREA"]}


def variables(params: QueryParams, _moment: Moment) -> JsonObject:
    return {"filter": {**USUAL, **read_filter(params, "kind")}}


async def areas(page: PageRequest) -> Response:
    """With a column for each of the largest funds: from data, because each strategy has its own."""
    search = page.params.get("search", "")
    filter = variables(page.params, page.moment)["filter"]
    data = await page.execute("areas", filter=filter, kinds=filter["kind"], search=search, searches=bool(search))
    shares = [{share["area"]["slug"]: share["total"] for share in fund["shares"]} for fund in data["funds"]["nodes"]]
    return await page.render(
        "areas.html",
        **data,
        shares=shares,
        groups=_by_parent(data["areas"]["nodes"]),
        has_filters=bool(page.params.get("kind") or search),
    )


def _by_parent(rows: Sequence[JsonObject]) -> list[tuple[list[JsonObject], list[JsonObject]]]:
    """The areas within each wider one, with that and the one around it; by their names, the widest first."""
    groups: dict[tuple[str, ...], tuple[list[JsonObject], list[JsonObject]]] = {}
    for row in rows:
        around = _chain(row["parent"])
        groups.setdefault(tuple(area["name"] for area in reversed(around)), (around, []))[1].append(row)
    return [groups[names] for names in sorted(groups)]


def _chain(area: JsonObject | None) -> list[JsonObject]:
    return [area, *_chain(area.get("parent"))] if area else []


async def area(page: PageRequest) -> Response:
    data = await page.execute("area")
    row = data["area"]
    parts = [part for part in data["within"]["nodes"] if part["slug"] != row["slug"]]
    return await page.render(
        "area.html",
        **{**data, "parts": parts},
        around=_chain(row["parent"]),
        periods=_by_period(data["allocations"]["nodes"]),
        card=area_card_of(page, row),
    )


def _by_period(rows: Sequence[JsonObject]) -> list[tuple[str, list[JsonObject]]]:
    """The allocations for each span of years, as sources give these; those without any last."""
    periods: dict[str, list[JsonObject]] = {}
    for row in rows:
        periods.setdefault(row["period"] or "", []).append(row)
    return sorted(periods.items(), key=lambda item: (not item[0], item[0]))


async def area_card(page: PageRequest) -> Card:
    return area_card_of(page, (await page.execute("area-card"))["area"])


def area_card_of(page: PageRequest, row: JsonObject) -> Card:
    got = row["allocated"]
    unknown = plural(got["unknownSums"], "sum is", "sums are")
    return Card(
        page=page_path("Area", row),
        kicker=enum_label(row["kind"]),
        title=f"{row['name']}: money and events of the {page.layout['strategy']['title']}",
        verdict=f"{money(got['money'])} on record" if got["money"] else "No sum is known",
        said=f"{unknown} not known. {plural(row['eventCount'], 'event')} on record.",
    )
