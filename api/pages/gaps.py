"""What is not known, what would settle it, and where sources disagree."""

from itertools import groupby
from operator import itemgetter

from starlette.responses import Response

from api.pages.visit import Visit

SETTLED_BY = {
    "UNIDENTIFIED": "The full published text of the Strategy, held against the rows that are identified.",
    "NO_STATUS": "Any dated source on where it stands: an answer in Parliament, a report, a page of whoever leads it.",
    "LOW_CONFIDENCE": "A passage of the Strategy, or of a minister, that counts it as one of its own.",
    "UNKNOWN_SUM": "A list of recipients with sums, or an answer to a request for information.",
    "UNRECONCILED": "The full list of parts and recipients, with final sums. Funds of which no breakdown is known"
    " at all are not listed here.",
    "NO_DATE": "A dated invitation, page or report of the event.",
    "OPEN_DISCREPANCY": "A word from one of the sources on which of the two it stands by.",
}


async def gaps(visit: Visit) -> Response:
    data = await visit.ask("gaps")
    coverage = data["coverage"]
    meanings = {value["name"]: value["description"] for value in data["kinds"]["enumValues"]}
    totals = {entry["kind"]: entry["count"] for entry in coverage["gapCounts"]}
    kinds = []
    for kind, found in groupby(coverage["gaps"], key=itemgetter("kind")):
        told = {"kind": kind, "meaning": meanings[kind], "settled": SETTLED_BY[kind]}
        kinds.append({**told, "gaps": list(found), "total": totals[kind]})
    return visit.show("gaps.html", coverage=coverage, kinds=kinds, discrepancies=data["discrepancies"])


async def method(visit: Visit) -> Response:
    return visit.show("method.html", words=await visit.ask("method"))
