"""The list of commitments with its filters, and the page of each."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.charts.timeline import timeline_chart
from api.json_types import JsonObject
from api.pages.page_request import PageRequest

ENUM_FILTERS = ("theme", "status", "statusGroup", "agreement", "lead", "fund", "event")
YES_NO_FILTERS = ("identified", "hasFunds", "hasEvents")
ORIGINS = {"all": None, "later": ["LATER"]}
AGREEMENT = {
    "AGREE": "The latest status by the government's word and the latest by the word of others are the same.",
    "DISAGREE": "The latest status by the government's word and the latest by the word of others differ."
    " One may simply be later than the other.",
    "GOVERNMENT_ONLY": "Only the government says so; nobody else is on record.",
    "OTHERS_ONLY": "Only others say so; the government is not on record.",
    "NEITHER": "Neither the government nor anybody else is on record.",
}
NAMES = (*ENUM_FILTERS, *YES_NO_FILTERS, "search", "origin", "orderBy", "direction", "after")
YES_NO = {"yes": True, "no": False}


async def commitment(page: PageRequest) -> Response:
    data = await page.execute("commitment", ref=page.request.path_params["ref"])
    row = data["commitment"]
    events = page.until(row["events"], "date", undated=True)
    updates = page.until(row["statusHistory"], "effectiveOn", undated=False)
    updates = [_as_known(update, page.moment.known_at) for update in updates]
    in_force = [update for update in updates if not update["correctedBy"]]
    lanes = [
        *(
            (title, [(update["effectiveOn"], update) for update in in_force if (update["voice"] in voices) is inside])
            for title, voices, inside in (
                ("The government says", ("GOVERNMENT",), True),
                ("Others say", ("GOVERNMENT", "TRACKER"), False),
                ("This tracker searched", ("TRACKER",), True),
            )
        ),
        ("Events", [(event["date"], event) for event in events if event["date"]]),
    ]
    return page.render(
        "commitment.html",
        both_clocks=True,
        commitment=row,
        later=len(row["statusHistory"]) - len(updates),
        updates=updates[::-1],
        events=events,
        timeline=timeline_chart(lanes),
        AGREEMENT=AGREEMENT,
    )


async def commitments(page: PageRequest) -> Response:
    """The list, with every filter of the API under the name that the API gives it."""
    filters: dict[str, object] = {name: values for name in ENUM_FILTERS if (values := page.params.getlist(name))}
    filters |= {name: _one_of(YES_NO, name, value) for name in YES_NO_FILTERS if (value := page.params.get(name))}
    if search := page.params.get("search"):
        filters["search"] = search
    if origin := page.params.get("origin"):
        filters["origin"] = _one_of(ORIGINS, "origin", origin)
    data = await page.execute(
        "commitments",
        filter={**filters, "asOf": page.moment.as_of.isoformat()},
        orderBy={"by": page.params.get("orderBy", "REF"), "direction": page.params.get("direction", "ASC")},
        after=page.params.get("after"),
    )
    leads, funds, events = (_choices(data["choices"]["nodes"], name) for name in ("leads", "funds", "events"))
    return page.render(
        "commitments.html",
        both_clocks=True,
        commitments=data["commitments"],
        choices={"leads": leads, "funds": funds, "events": events},
        has_filters=bool(filters),
    )


def _one_of(values: JsonObject, name: str, value: str) -> Any:
    if value not in values:
        raise HTTPException(400, f"`{name}` is {' or '.join(values)}.")
    return values[value]


def _as_known(update: JsonObject, known_at: dt.datetime | None) -> JsonObject:
    """A status update without a correction that was recorded after `known_at`."""
    correction = update["correctedBy"]
    if known_at and correction and dt.datetime.fromisoformat(correction["recordedAt"]) > known_at:
        return {**update, "correctedBy": None}
    return update


def _choices(commitments: Sequence[JsonObject], name: str) -> list[tuple[str, str]]:
    """The slugs and names of the rows to which the commitments are linked, by name."""
    names = {row["slug"]: row.get("name") or row["title"] for commitment in commitments for row in commitment[name]}
    return sorted(names.items(), key=lambda entry: entry[1].casefold())
