"""The list of commitments with its filters, and the page of each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.charts import timeline
from api.pages.visit import Visit

WORDS = ("theme", "status", "statusGroup", "agreement", "lead", "fund", "event")
CHOICES = ("identified", "hasFunds", "hasEvents")
ORIGINS = {"all": None, "later": ["LATER"]}
AGREEMENT = {
    "AGREE": "The latest status by the government's word and the latest by the word of others are the same.",
    "DISAGREE": "The latest status by the government's word and the latest by the word of others differ."
    " One may simply be later than the other.",
    "GOVERNMENT_ONLY": "Only the government says so; nobody else is on record.",
    "OTHERS_ONLY": "Only others say so; the government is not on record.",
    "NEITHER": "Neither the government nor anybody else is on record.",
}
NAMES = (*WORDS, *CHOICES, "search", "origin", "orderBy", "direction", "after")
TRUTH = {"yes": True, "no": False}


async def commitment(visit: Visit) -> Response:
    data = await visit.ask("commitment", ref=visit.request.path_params["ref"])
    found = data["commitment"]
    events = visit.until(found["events"], "date", undated=True)
    told = visit.until(found["statusHistory"], "effectiveOn", undated=False)
    told = [_as_known(update, visit.moment.known_at) for update in told]
    standing = [update for update in told if not update["correctedBy"]]
    lanes = [
        *(
            (title, [(update["effectiveOn"], update) for update in standing if (update["voice"] in voices) is inside])
            for title, voices, inside in (
                ("The government says", ("GOVERNMENT",), True),
                ("Others say", ("GOVERNMENT", "TRACKER"), False),
                ("This tracker searched", ("TRACKER",), True),
            )
        ),
        ("Events", [(event["date"], event) for event in events if event["date"]]),
    ]
    return visit.show(
        "commitment.html",
        held=True,
        commitment=found,
        later=len(found["statusHistory"]) - len(told),
        told=told[::-1],
        events=events,
        timeline=timeline.timeline(lanes),
        AGREEMENT=AGREEMENT,
    )


async def commitments(visit: Visit) -> Response:
    """Every filter of the API, by the names that it has there."""
    wanted: dict[str, Any] = {name: found for name in WORDS if (found := visit.given.getlist(name))}
    wanted |= {name: _one_of(TRUTH, name, word) for name in CHOICES if (word := visit.given.get(name))}
    if search := visit.given.get("search"):
        wanted["search"] = search
    if origin := visit.given.get("origin"):
        wanted["origin"] = _one_of(ORIGINS, "origin", origin)
    data = await visit.ask(
        "commitments",
        filter={**wanted, "asOf": visit.moment.as_of.isoformat()},
        orderBy={"by": visit.given.get("orderBy", "REF"), "direction": visit.given.get("direction", "ASC")},
        after=visit.given.get("after"),
    )
    leads, funds, events = (_choices(data["choices"]["nodes"], name) for name in ("leads", "funds", "events"))
    return visit.show(
        "commitments.html",
        held=True,
        commitments=data["commitments"],
        choices={"leads": leads, "funds": funds, "events": events},
        narrowed=bool(wanted),
    )


def _one_of(words: Mapping[str, Any], name: str, given: str) -> Any:
    if given not in words:
        raise HTTPException(400, f"`{name}` is {' or '.join(words)}.")
    return words[given]


def _as_known(update: Mapping[str, Any], known_at: dt.datetime | None) -> Mapping[str, Any]:
    """What was put right later stood as it was until then."""
    correction = update["correctedBy"]
    if known_at and correction and dt.datetime.fromisoformat(correction["recordedAt"]) > known_at:
        return {**update, "correctedBy": None}
    return update


def _choices(commitments: Sequence[Mapping[str, Any]], name: str) -> list[tuple[str, str]]:
    """What the commitments are tied to, by slug and name, in the order of the names."""
    found = {one["slug"]: one.get("name") or one["title"] for each in commitments for one in each[name]}
    return sorted(found.items(), key=lambda entry: entry[1].casefold())
