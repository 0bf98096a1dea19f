"""The page of the gaps with what would close each, and the page on the method."""

from itertools import groupby
from operator import itemgetter

from starlette.responses import Response

from api.pages.page_request import PageRequest

CLOSED_BY = {
    "UNIDENTIFIED": "The full published text of the Strategy, held against the rows that are identified.",
    "NO_STATUS": "Any dated source on where it stands: an answer in Parliament, a report, a page of its lead.",
    "LOW_CONFIDENCE": "A passage of the Strategy, or of a minister, that counts it as one of its own.",
    "UNKNOWN_SUM": "A list of recipients with sums, or an answer to a request for information.",
    "UNRECONCILED": "The full list of parts and recipients, with final sums. Funds of which no breakdown is known"
    " at all are not listed here.",
    "NO_DATE": "A dated invitation, page or report of the event.",
    "OPEN_DISCREPANCY": "A statement by one of the sources on which of the two is right.",
}


async def gaps(page: PageRequest) -> Response:
    data = await page.execute("gaps")
    coverage = data["coverage"]
    meanings = {value["name"]: value["description"] for value in data["kinds"]["enumValues"]}
    totals = {entry["kind"]: entry["count"] for entry in coverage["gapCounts"]}
    kinds = []
    for kind, rows in groupby(coverage["gaps"], key=itemgetter("kind")):
        texts = {"kind": kind, "meaning": meanings[kind], "closed_by": CLOSED_BY[kind]}
        kinds.append({**texts, "gaps": list(rows), "total": totals[kind]})
    return page.render("gaps.html", coverage=coverage, kinds=kinds, discrepancies=data["discrepancies"])


async def method(page: PageRequest) -> Response:
    return page.render("method.html", words=await page.execute("method"))
