"""The list of commitments with its filters, and the page of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from api.charts import timeline
from api.pages.site import Visit

WORDS = ("theme", "status", "statusGroup", "agreement", "lead", "fund", "event")
CHOICES = ("identified", "hasFunds", "hasEvents")
ORIGINS = {"all": None, "later": ["LATER"]}
AGREEMENT = {
    "AGREE": "The government and others say the same.",
    "DISAGREE": "The latest words of the government and of others differ, be it only because one spoke later.",
    "GOVERNMENT_ONLY": "Only the government says so; nobody else is on record.",
    "OTHERS_ONLY": "Only others say so; the government is not on record.",
    "NEITHER": "Neither the government nor anybody else is on record.",
}
TRUTH = {"yes": True, "no": False}


async def commitment(visit: Visit) -> Response:
    data = await visit.ask("commitment", ref=visit.request.path_params["ref"])
    found = data["commitment"]
    told, events = visit.until(found["statusHistory"], "effectiveOn"), visit.until(found["events"])
    lanes = [
        *(
            (title, [(update["effectiveOn"], update) for update in told if (update["voice"] in voices) is inside])
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
        commitment=found,
        later=len(found["statusHistory"]) - len(told),
        told=told[::-1],
        events=events,
        timeline=timeline.timeline(lanes),
        AGREEMENT=AGREEMENT,
        permanent=visit.permanent(known=True),
    )


async def commitments(visit: Visit) -> Response:
    """Every filter of the API, by the names that it has there."""
    wanted: dict[str, Any] = {name: found for name in WORDS if (found := visit.words(name))}
    wanted |= {name: TRUTH[word] for name in CHOICES if (word := visit.word(name)) in TRUTH}
    if search := visit.word("search"):
        wanted["search"] = search
    if (origin := visit.word("origin")) in ORIGINS:
        wanted["origin"] = ORIGINS[origin]
    data = await visit.ask(
        "commitments",
        filter={**wanted, "asOf": visit.moment.as_of.isoformat()},
        orderBy={"by": visit.word("orderBy") or "REF", "direction": visit.word("direction") or "ASC"},
        after=visit.word("after"),
    )
    leads, funds, events = (_choices(data["choices"]["nodes"], name) for name in ("leads", "funds", "events"))
    return visit.show(
        "commitments.html",
        commitments=data["commitments"],
        choices={"leads": leads, "funds": funds, "events": events},
        narrowed=bool(wanted),
    )


def _choices(commitments: Sequence[Mapping[str, Any]], name: str) -> list[tuple[str, str]]:
    """What the commitments are tied to, by slug and name, in the order of the names."""
    found = {one["slug"]: one.get("name") or one["title"] for each in commitments for one in each[name]}
    return sorted(found.items(), key=lambda entry: entry[1].casefold())
