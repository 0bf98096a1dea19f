"""The page of the gaps with what would close each, and the page on the method."""

from itertools import groupby
from operator import itemgetter

from starlette.responses import Response

from api.pages.former import Former, last_values
from api.pages.page_request import PageRequest


async def gaps(page: PageRequest) -> Response:
    data = await page.execute("gaps")
    coverage = data["coverage"]
    meanings = {value["name"]: value["description"] for value in data["kinds"]["enumValues"]}
    totals = {entry["kind"]: entry["count"] for entry in coverage["gapCounts"]}
    kinds = [
        {"kind": kind, "meaning": meanings[kind], "gaps": list(rows), "total": totals[kind]}
        for kind, rows in groupby(coverage["gaps"], key=itemgetter("kind"))
    ]
    withdrawn = [Former(last_values(version), version["until"]) for version in data["withdrawals"]["nodes"]]
    return page.render(
        "gaps.html", coverage=coverage, kinds=kinds, discrepancies=data["discrepancies"], withdrawn=withdrawn
    )


async def method(page: PageRequest) -> Response:
    return page.render("method.html", words=await page.execute("method"))
