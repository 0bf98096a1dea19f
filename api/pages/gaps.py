"""The page of the gaps: what would close each, whom to ask, and what."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from starlette.responses import Response

from api.json_types import JsonObject
from api.pages.former import Former, last_values
from api.pages.page_request import PageRequest


async def gaps(page: PageRequest) -> Response:
    data = await page.execute("gaps")
    coverage = data["coverage"]
    meanings = {value["name"]: value["description"] for value in data["kinds"]["enumValues"]}
    gaps = {kind: list(rows) for kind, rows in groupby(coverage["gaps"], key=itemgetter("kind"))}
    kinds = [
        {**entry, "meaning": meanings[kind], "gaps": gaps[kind], "funds": _by_fund(gaps[kind])}
        for entry in coverage["gapCounts"]
        if (kind := entry["kind"]) in gaps
    ]
    withdrawn = [Former(last_values(version), version["until"]) for version in data["withdrawals"]["nodes"]]
    return await page.render(
        "gaps.html", coverage=coverage, kinds=kinds, discrepancies=data["discrepancies"], withdrawn=withdrawn
    )


def _by_fund(gaps: Sequence[JsonObject]) -> list[tuple[JsonObject, list[JsonObject]]]:
    """The unknown sums by the funds that they belong to, and those funds by name."""
    funds: dict[str, tuple[JsonObject, list[JsonObject]]] = {}
    for gap in gaps:
        if gap["kind"] == "UNKNOWN_SUM":
            fund = gap["subject"].get("fund") or gap["subject"]
            funds.setdefault(fund["slug"], (fund, []))[1].append(gap)
    return sorted(funds.values(), key=lambda entry: entry[0]["name"].casefold())
